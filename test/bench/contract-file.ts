/** A file for the bench of contracts: rows of twelve columns like those that councils share, and the contract that they keep. */

import { automatonOf } from '../../lib/contracts/pattern/automaton';
import type { ContractPlan } from '../../lib/wire/contracts';
import { Random } from './random';

const REFERENCE = '[A-Z]{2}[0-9]{8}';

const INWARD = 'ABDEFGHJLNPQRSTUWXYZ';
const TENURES = ['owner-occupied', 'private-rented', 'social-rented', 'temporary', 'other'];
const WORDS =
  'visit agreed with tenant about repairs, heating and damp; second call in spring after letter to agent'.split(
    ' ',
  );
/** Wards that the bench’s lookup of GSS codes knows. */
const WARDS = 8_000;

/** The header of the file. */
export const HEADER =
  'reference,uprn,postcode,nhs_number,ward,award_start,award_end,amount,tenure,bedrooms,updated,notes\n';

/** Rows from the n-th on, as many as fit into so many bytes or one more. The same seed gives the same rows. */
export function rowsOf(bytes: number, seed = 17, first = 0): Buffer {
  const random = new Random(seed);
  const rows: string[] = [];
  let size = 0;
  for (let n = first; size < bytes; n++) {
    const row = rowAt(n, random);
    rows.push(row);
    size += row.length;
  }
  return Buffer.from(rows.join(''), 'latin1');
}

function rowAt(n: number, random: Random): string {
  const below = (most: number) => Math.floor(random.next() * most);
  const pick = (from: string) => from[below(from.length)] ?? '';
  const start = below(3_000);
  const postcode = `${pick('BEGLMNSW')}${pick('ABDEHLNRSTW')}${1 + below(20)} ${below(10)}${pick(INWARD)}${pick(INWARD)}`;
  const words = Array.from({ length: 2 + below(5) }, () => WORDS[below(WORDS.length)]).join(' ');
  return [
    `HB${String(n).padStart(8, '0')}`,
    String(1 + below(200_000_000_000)),
    postcode,
    nhsNumber(400_000_000 + below(380_000_000)) ?? nhsNumber(400_000_001) ?? '',
    `E05${String(below(WARDS)).padStart(6, '0')}`,
    day(start),
    below(4) === 0 ? '' : day(start + below(900)),
    (below(250_000) / 100).toFixed(2),
    TENURES[below(TENURES.length)],
    String(below(7)),
    `${day(start + below(900))}T${two(below(24))}:${two(below(60))}:${two(below(60))}${below(2) ? '+01:00' : 'Z'}`,
    `"${words}"\n`,
  ].join(',');
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}

function day(n: number): string {
  return new Date(Date.UTC(2017, 3, 1) + n * 86_400_000).toISOString().slice(0, 10);
}

/** With its check digit (modulus 11), where there is one. */
function nhsNumber(nine: number): string | undefined {
  const digits = String(nine);
  let sum = 0;
  for (let at = 0; at < 9; at++) sum += (10 - at) * Number(digits[at]);
  const check = (11 - (sum % 11)) % 11;
  return check === 10 ? undefined : `${digits}${check}`;
}

/** Whether a ward is one that was in use, for the bench alone. */
export function wardInUse(code: string): readonly { readonly from: string }[] | undefined {
  return code.startsWith('E05') && Number(code.slice(3)) < WARDS ? [{ from: '2000-01-01' }] : undefined;
}

const at = (n: number, rest = '') => `/schema/0/properties/${n}${rest}`;
const type = (n: number) => ({ rule: at(n, '/logicalType') });

/** The contract of the file. */
export const PLAN: ContractPlan = {
  form: 'concordat-contract-plan/v1',
  contract: { id: 'housing-benefit-awards', version: '1.0.0', digest: '0'.repeat(64) },
  object: 'awards',
  csv: { columnOrder: 'fixed' },
  columns: [
    {
      name: 'reference',
      at: at(0),
      required: { rule: at(0, '/required') },
      type: {
        kind: 'text',
        ...type(0),
        pattern: { rule: at(0, '/pattern'), value: REFERENCE, automaton: automatonOf(REFERENCE) },
      },
    },
    { name: 'uprn', at: at(1), required: { rule: at(1, '/required') }, type: { kind: 'uprn', ...type(1) } },
    { name: 'postcode', at: at(2), type: { kind: 'postcode', ...type(2) } },
    { name: 'nhs_number', at: at(3), type: { kind: 'nhs-number', ...type(3) } },
    {
      name: 'ward',
      at: at(4),
      type: {
        kind: 'gss-code',
        ...type(4),
        entities: ['E05'],
        validOn: { rule: at(4, '/logicalTypeOptions/validOn'), on: { day: '2026-11-28' } },
        also: [],
      },
    },
    {
      name: 'award_start',
      at: at(5),
      required: { rule: at(5, '/required') },
      type: { kind: 'date', ...type(5) },
    },
    { name: 'award_end', at: at(6), type: { kind: 'date', ...type(6) } },
    {
      name: 'amount',
      at: at(7),
      required: { rule: at(7, '/required') },
      type: {
        kind: 'number',
        ...type(7),
        minimum: { rule: at(7, '/minimum'), value: '0', exclusive: false },
        maximum: { rule: at(7, '/maximum'), value: '5000', exclusive: false },
        multipleOf: { rule: at(7, '/multipleOf'), value: '0.01' },
      },
    },
    {
      name: 'tenure',
      at: at(8),
      oneOf: { rule: at(8, '/quality/0'), severity: 'error', values: TENURES },
      type: { kind: 'text', ...type(8) },
    },
    {
      name: 'bedrooms',
      at: at(9),
      type: {
        kind: 'integer',
        ...type(9),
        minimum: { rule: at(9, '/minimum'), value: '0', exclusive: false },
        maximum: { rule: at(9, '/maximum'), value: '20', exclusive: false },
      },
    },
    { name: 'updated', at: at(10), type: { kind: 'timestamp', ...type(10), zone: 'required' } },
    {
      name: 'notes',
      at: at(11),
      type: { kind: 'text', ...type(11), maxLength: { rule: at(11, '/maxLength'), value: 500 } },
    },
  ],
  unique: [],
  comparisons: [
    {
      rule: '/schema/0/quality/0',
      severity: 'error',
      left: 6,
      operator: 'greater-or-equal',
      right: 5,
    },
  ],
  references: [],
  metrics: [],
  recipients: [],
};
