/** Checks many changed files, and says of each how it ended: only ever with an outcome, soon, and within memory. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { checkUnlocked } from '../../lib/contracts';
import type { ContractPlan, FileForm } from '../../lib/wire/contracts';
import { Random } from '../bench/random';
import * as sevenZips from './locked/seven-zips';
import { mutated } from './mutated';
import { AWARDS } from './parquet/awards-plan';
import { at, bound, column, planOf } from './plans';
import { sourceOf } from './sources';
import { GOOD } from './unpack/archives';

/** A file as it should be, from which changed ones are made. */
interface Original {
  readonly name: string;
  readonly form: FileForm;
  readonly plan: ContractPlan;
  readonly bytes: Uint8Array;
  /** How often, of ten times, its end is changed. */
  readonly tail: number;
}

const TABLE = planOf(
  [
    column('reference', { kind: 'text' }, { required: true }),
    column('amount', { kind: 'number', minimum: bound('amount', 'minimum', '0') }),
    column('day', { kind: 'date' }),
    column('kind', { kind: 'text' }, { oneOf: ['grant', 'loan'] }),
    column('tags', { kind: 'list', items: { kind: 'text', rule: at('tags', '/items') } }),
  ],
  {
    unique: [{ rule: '/schema/0/unique', columns: [0], primary: true }],
    metrics: [
      {
        rule: '/schema/0/rows',
        severity: 'error',
        threshold: { operator: 'greater', values: ['0'], unit: 'rows' },
        what: { metric: 'rowCount' },
      },
    ],
  },
);
const FLAT = planOf(TABLE.columns.slice(0, 4), { unique: TABLE.unique, metrics: TABLE.metrics });

const CSV = `reference,amount,day,kind\r\n${Array.from(
  { length: 12 },
  (_, n) => `"A,${n}",${n}.50,2027-04-${10 + n},${n % 2 ? 'grant' : '"lo""an"'}\r\n`,
).join('')}`;
const JSON_LINES = Array.from(
  { length: 12 },
  (_, n) =>
    `{"reference":"A\\u20ac${n}","amount":${n}.5,"day":"2027-04-${10 + n}","kind":null,"tags":["é","\\"",null]}\n`,
).join('');

const FILES = join(__dirname, 'parquet/files');

/** One of each format, however packed, and archives whose list is looked through for a lock. */
export function originals(): readonly Original[] {
  const text = (name: string, form: FileForm, plan: ContractPlan, bytes: Uint8Array, tail = 0) => ({
    name,
    form,
    plan,
    bytes,
    tail,
  });
  return [
    text('csv', 'csv', FLAT, Buffer.from(CSV)),
    text('json-lines', 'json-lines', TABLE, Buffer.from(JSON_LINES)),
    text('csv in gzip', 'csv', FLAT, gzipSync(CSV)),
    text(
      'json-lines in gzip',
      'json-lines',
      TABLE,
      Buffer.concat([gzipSync(JSON_LINES), gzipSync(JSON_LINES)]),
    ),
    ...Object.entries(GOOD).map(([name, archive]) =>
      text(`zip ${name}`, 'json-lines', TABLE, Buffer.from(archive, 'base64'), 5),
    ),
    ...Object.entries({ ...sevenZips.OPEN, ...sevenZips.LOCKED }).map(([name, archive]) =>
      text(`7-Zip, list packed by ${name}`, 'csv', FLAT, Buffer.from(archive, 'base64'), 3),
    ),
    ...readdirSync(FILES)
      .filter((name) => name.endsWith('.parquet'))
      .map((name) =>
        text(name, 'parquet', planOf(AWARDS), Uint8Array.from(readFileSync(join(FILES, name))), 3),
      ),
  ];
}

/** What came of many changed files. */
export interface Fuzzed {
  /** By original and fault, or `passed` or `failed`. */
  readonly counts: ReadonlyMap<string, number>;
  /** What ended in anything but an outcome: the name of the original, its seed, and what was thrown. */
  readonly thrown: readonly string[];
  /** The longest that one took, in milliseconds of processor time, and which. */
  readonly slowest: { readonly milliseconds: number; readonly which: string };
}

/** Checks so many changed copies of each original. */
export async function fuzz(each: number, seed: number, told?: (done: number) => void): Promise<Fuzzed> {
  const counts = new Map<string, number>();
  const thrown: string[] = [];
  let slowest = { milliseconds: 0, which: '' };
  let done = 0;
  for (const { name, form, plan, bytes, tail } of originals()) {
    for (let n = 0; n < each; n++) {
      const which = `${name}, seed ${seed}, ${n}`;
      const random = new Random(seed * 1_000_003 + n * 31 + name.length);
      const file = mutated(bytes, random, tail);
      const ends = [Math.floor(random.next() * file.length)];
      const before = process.cpuUsage();
      let result: string;
      try {
        const checked = await checkUnlocked(plan, form, sourceOf(file, ends), { largest: 10_000_000 });
        result = checked.kind === 'done' ? resultOf(checked.outcome) : checked.kind;
      } catch (error) {
        result = 'thrown';
        thrown.push(`${which}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      }
      const { user, system } = process.cpuUsage(before);
      const milliseconds = (user + system) / 1000;
      if (milliseconds > slowest.milliseconds) slowest = { milliseconds, which };
      const key = `${name}: ${result}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      if (++done % 1000 === 0) told?.(done);
    }
  }
  return { counts, thrown, slowest };
}

function resultOf({
  result,
  broken,
}: {
  readonly result: string;
  readonly broken: readonly { readonly rule: string }[];
}): string {
  return broken.find(({ rule }) => rule.startsWith('form:'))?.rule ?? result;
}
