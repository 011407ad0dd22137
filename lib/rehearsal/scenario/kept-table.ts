/** A table that keeps a contract, and one that breaks it: made up from the contract’s plan, with values that are about nobody. */
import { CheckError, checkFile, gssLookup } from '../../contracts';
import type { Automaton, ContractPlan, PlannedColumn } from '../../wire/contracts';
import { RehearsalError } from '../errors';
import type { GateFiles } from '../gate-files';

/** A day within every bound that a plan is likely to set; where it is not, the engine says so. */
const DAY = '2025-04-01';
const HOUR = 3_600_000;
/** Made up by its check digit (modulus 11). @see https://www.datadictionary.nhs.uk/attributes/nhs_number.html */
const NHS_NUMBER = '9434765919';

/** A table that keeps the contract, as CSV, of as few rows as it allows; undefined where none could be made that the engine passes. */
export async function keptTable(plan: ContractPlan): Promise<string | undefined> {
  const rows = Array.from({ length: leastRows(plan) }, (_, n) => plan.columns.map((each) => madeUp(each, n)));
  if (rows.some((row) => row.includes(undefined))) return undefined;
  const lines = [plan.columns.map(({ name }) => name), ...rows].map((row) =>
    row.map((each) => quoted(each ?? '')).join(','),
  );
  const text = `${lines.join('\r\n')}\r\n`;
  return (await keeps(plan, text)) ? text : undefined;
}

/**
 * A table that keeps the contract of an agreement; undefined where it has none.
 * @throws RehearsalError where none could be made up
 */
export async function tableFor(gate: GateFiles | undefined, agreement: string): Promise<string | undefined> {
  const contract = gate?.list.agreements.find(({ id }) => id === agreement)?.contract;
  const plan = contract?.kind === 'contract' ? gate?.plans.get(contract.id) : undefined;
  if (plan === undefined) return undefined;
  const table = await keptTable(plan);
  if (table !== undefined) return table;
  throw new RehearsalError(
    `no table could be made up that keeps the contract ${plan.contract.id}: rehearse another agreement`,
  );
}

/** How many rows the contract’s metric on them asks for. */
function leastRows({ metrics }: ContractPlan): number {
  const asked = metrics.map(({ what, threshold: { operator, values, unit } }) => {
    const least = Number(values[0]);
    if (what.metric !== 'rowCount' || unit !== 'rows') return 1;
    return operator === 'greater' ? least + 1 : operator.includes('less') ? 1 : least;
  });
  return Math.max(1, ...asked.filter(Number.isSafeInteger));
}

/** The same with a column of another name: no contract allows that. */
export function brokenTable(kept: string): string {
  return `no_such_column,${kept.replace('\r\n', '\r\n1,')}`;
}

async function keeps(plan: ContractPlan, text: string): Promise<boolean> {
  const bytes = Buffer.from(text);
  const source = {
    bytes: bytes.length,
    async *read(from: number) {
      yield bytes.subarray(from);
    },
  };
  try {
    const checked = await checkFile(plan, 'csv', source, { largest: bytes.length, gss: gssLookup });
    return checked.kind === 'done' && checked.outcome.result === 'passed';
  } catch (error) {
    if (error instanceof CheckError) return false;
    throw error;
  }
}

/** @param row from 0: moments go on by the hour, so that rows are told apart */
function madeUp({ oneOf, type }: PlannedColumn, row: number): string | undefined {
  const [first] = oneOf?.values ?? [];
  if (first !== undefined) return first;
  switch (type.kind) {
    case 'text':
      if (type.pattern) return shortestOf(type.pattern.automaton);
      return (
        { uuid: '00000000-0000-4000-8000-000000000000', email: 'rehearsal@example.gov.uk' }[
          String(type.format?.value) as 'uuid'
        ] ?? 'r'.repeat(Math.max(1, type.minLength?.value ?? 1))
      );
    case 'integer':
    case 'number':
      return type.minimum?.value ?? type.maximum?.value ?? type.multipleOf?.value ?? '1';
    case 'boolean':
      return 'true';
    case 'date':
      return type.minimum?.value ?? DAY;
    case 'time':
      return `07:00:00${type.zone === 'required' ? 'Z' : ''}`;
    case 'timestamp':
      return `${new Date(Date.parse(`${DAY}T07:00:00Z`) + row * HOUR).toISOString().slice(0, 19)}${type.zone === 'required' ? 'Z' : ''}`;
    case 'uprn':
    case 'usrn':
      return '1';
    case 'nhs-number':
      return NHS_NUMBER;
    case 'national-insurance-number':
      return 'AA000000A';
    case 'postcode':
      return 'SW1A 1AA';
    case 'gss-code':
      return {
        E06: 'E06000001',
        E08: 'E08000035',
        E09: 'E09000001',
        N09: 'N09000003',
        W06: 'W06000015',
        S12: 'S12000036',
      }[type.entities[0] ?? 'E06'];
    default:
      return undefined;
  }
}

/** The shortest text that a pattern allows, by the lowest characters from `0` on where there is a choice. */
function shortestOf({ bounds, classes, next, accepts }: Automaton): string | undefined {
  const width = Math.max(...classes) + 1;
  const characterOf = new Map<number, string>();
  for (const [n, from] of bounds.entries()) {
    const last = (bounds[n + 1] ?? 0x7f) - 1;
    const of = classes[n] ?? 0;
    const point = Math.max(from, 0x30);
    if (point <= last && point < 0x7f && !characterOf.has(of))
      characterOf.set(of, String.fromCodePoint(point));
  }
  const seen = new Map<number, string>([[1, '']]);
  for (const [state, text] of seen) {
    if (accepts.includes(state)) return text;
    for (const [of, character] of characterOf) {
      const to = next[state * width + of] ?? 0;
      if (to !== 0 && !seen.has(to)) seen.set(to, text + character);
    }
  }
  return undefined;
}

function quoted(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
