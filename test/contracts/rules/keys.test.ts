/** That values which recur, or are not found, are told with exact places, whether memory holds them or not. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { checkFile, FolderSpill, RoomError, type Spill } from '../../../lib/contracts';
import { MOST_PLACES } from '../../../lib/contracts/findings';
import { SipHash } from '../../../lib/contracts/rules/keys/sip-hash';
import type { ContractOutcome } from '../../../lib/wire/contracts';
import { column, LARGEST, outcomeOf, planOf, sourceOf, told } from '../engine/plans';

/** Runs in memory. */
class MemorySpill implements Spill {
  readonly runs: Uint8Array[][] = [];
  removed = false;
  async append(run: number, bytes: Uint8Array) {
    this.runs[run] = [...(this.runs[run] ?? []), Uint8Array.from(bytes)];
  }
  async read(run: number, from: number, to: number) {
    return Buffer.concat(this.runs[run] ?? []).subarray(from, to);
  }
  async remove() {
    this.removed = true;
  }
}

const text = { kind: 'text' } as const;
const PLAN = planOf(
  [column(0, 'id', text), column(1, 'parent', text), column(2, 'amount', { kind: 'number' })],
  {
    unique: [
      { rule: '/id', columns: [0], primary: true },
      { rule: '/pair', columns: [1, 2], primary: false },
    ],
    references: [{ rule: '/parent', from: [1], to: [0] }],
    metrics: [
      {
        rule: '/again',
        severity: 'warning',
        threshold: { operator: 'equal', values: ['0'], unit: 'rows' },
        what: { metric: 'duplicateValues', columns: [2] },
      },
    ],
  },
);

/** What the rules mean, said plainly. */
function expected(rows: readonly (readonly [string, string, string])[]) {
  const found = new Map<string, (readonly [row: number, first?: number])[]>([
    ['/id', []],
    ['/pair', []],
    ['/parent', []],
    ['/again', []],
  ]);
  const seen = new Map<string, number>();
  /** Where it stands for the first time, which is here if it was not met before. */
  const firstOf = (what: string, row: number) => {
    const first = seen.get(what);
    if (first === undefined) seen.set(what, row);
    return first;
  };
  const all = new Set(rows.map(([id]) => id).filter((id) => id !== ''));
  rows.forEach(([id, parent, amount], n) => {
    const row = n + 1;
    const keys: readonly (readonly [rule: string, key: string | undefined])[] = [
      ['/id', id || undefined],
      ['/pair', parent && amount && `${parent} ${Number(amount)}`],
      ['/again', amount && String(Number(amount))],
    ];
    for (const [rule, key] of keys) {
      const first = key ? firstOf(`${rule} ${key}`, row) : undefined;
      if (first !== undefined) found.get(rule)?.push([row, first]);
    }
    if (parent !== '' && !all.has(parent)) found.get('/parent')?.push([row]);
  });
  return found;
}

const word = fc.constantFrom('', 'a', 'b', 'c', 'd', 'é', 'aa');
const rows = fc.array(fc.tuple(word, word, fc.constantFrom('', '1', '1.0', '1.00', '-0', '0', '2', '10')), {
  maxLength: 40,
});

/** The rows that break a rule, each with the one in which its value stands first. */
function rowsOf({ broken }: ContractOutcome, rule: string) {
  const { places = [] } = broken.find((each) => each.rule === rule) ?? {};
  return places.map(({ row, first }) => (first ? [row, first.row] : [row]));
}

it('finds what recurs and what is not found, in the order of the file', async () => {
  await fc.assert(
    fc.asyncProperty(rows, async (table) => {
      const outcome = await outcomeOf(
        PLAN,
        sourceOf(`id,parent,amount\n${table.map((row) => `${row.join()}\n`).join('')}`),
      );
      for (const [rule, places] of expected(table)) {
        expect([rule, rowsOf(outcome, rule)]).toEqual([rule, places]);
        expect(outcome.broken.find((each) => each.rule === rule)?.count ?? 0).toBe(places.length);
      }
    }),
    { numRuns: 100 },
  );
});

it('tells the line and the byte of a value of one column, and of the row for several; and those where it stands first', async () => {
  const content = 'id,parent,amount\n"a\nb",,\n"a\nb","x""y",1\nc,"x""y",1.0\n';
  const outcome = await outcomeOf({ ...PLAN, references: [], metrics: [] }, sourceOf(content));
  expect(told(outcome)).toEqual([
    '/id 1',
    `  2 id 1 4 ${content.lastIndexOf('a\nb')}`,
    '/pair 1',
    `  3 - - 6 ${content.indexOf('c,"')}`,
  ]);
  expect(outcome.broken.map(({ places }) => places.map(({ first }) => first))).toEqual([
    [{ row: 1, line: 2, byte: content.indexOf('a\nb') }],
    [{ row: 2, line: 4, byte: content.lastIndexOf('"a\nb"') }],
  ]);
});

/** More rows than the least memory holds for each rule, with a few that recur, some of them far apart. */
const MANY = 6_000;
const manyRows = Array.from({ length: MANY }, (_, n): [string, string, string] => {
  const id = n % 1_000 === 999 ? `id${n - 999}` : `id${n}`;
  return [id, n % 700 === 0 ? `gone${n}` : `id${(n * 7) % MANY}`, String(n)];
});
const manyText = `id,parent,amount\n${manyRows.map((row) => `${row.join()}\n`).join('')}`;

it('finds the same in runs that were spilled as in memory', async () => {
  const inMemory = await outcomeOf(PLAN, sourceOf(manyText));
  const spill = new MemorySpill();
  const borders = Array.from({ length: 40 }, (_, n) => (n * manyText.length) / 40);
  const spilled = await outcomeOf(PLAN, sourceOf(manyText, borders.map(Math.floor)), { memory: 1, spill });
  expect(spilled).toEqual(inMemory);
  expect(spill.runs.length).toBeGreaterThan(8);
  expect(spill.removed).toBe(true);
  for (const [rule, places] of expected(manyRows))
    expect(rowsOf(spilled, rule)).toEqual(places.slice(0, MOST_PLACES));
});

it('spills into a folder of which nothing is left, also when the check fails', async () => {
  const below = mkdtempSync(join(tmpdir(), 'concordat-spill-test-'));
  try {
    const options = { memory: 1, spill: new FolderSpill(below) };
    expect(await outcomeOf(PLAN, sourceOf(manyText), options)).toEqual(
      await outcomeOf(PLAN, sourceOf(manyText)),
    );
    expect(readdirSync(below)).toEqual([]);
    const failing = {
      async *read() {
        yield Buffer.from(manyText);
        throw new Error('the network has gone');
      },
    };
    await expect(outcomeOf(PLAN, failing, { memory: 1, spill: new FolderSpill(below) })).rejects.toThrow(
      'the network',
    );
    expect(readdirSync(below)).toEqual([]);
  } finally {
    rmSync(below, { recursive: true, force: true });
  }
});

it('spills digests into a folder that is there only while it is needed', async () => {
  const parent = mkdtempSync(join(tmpdir(), 'concordat-test-'));
  const spill = new FolderSpill(parent);
  expect(readdirSync(parent)).toEqual([]);
  await spill.append(0, Buffer.from('one'));
  await spill.append(1, Buffer.from('other'));
  await spill.append(0, Buffer.from('two'));
  expect(Buffer.from(await spill.read(0, 2, 5)).toString()).toBe('etw');
  expect(Buffer.from(await spill.read(1, 0, 5)).toString()).toBe('other');
  await expect(spill.read(1, 3, 9)).rejects.toThrow(RangeError);
  await spill.remove();
  expect([existsSync(parent), readdirSync(parent)]).toEqual([true, []]);
  rmSync(parent, { recursive: true });
});

it('ends in an error, and not in an outcome, where there is neither memory nor a place to spill to', async () => {
  await expect(outcomeOf(PLAN, sourceOf(manyText), { memory: 1 })).rejects.toThrow(RoomError);
});

it('cannot pause, and says so', async () => {
  const options = { largest: LARGEST, pauseWhen: () => true };
  await expect(checkFile(PLAN, 'csv', sourceOf(manyText, [100]), options)).rejects.toThrow(RoomError);
});

/** From the reference implementation’s vectors_sip128: the key is 00 to 0f, the n-th input 00 to n less one. */
const VECTORS: Readonly<Record<number, string>> = {
  0: 'a3817f04ba25a8e66df67214c7550293',
  1: 'da87c1d86b99af44347659119b22fc45',
  2: '8177228da4a45dc7fca38bdef60affe4',
  7: 'a1f1ebbed8dbc153c0b84aa61ff08239',
  8: '3b62a9ba6258f5610f83e264f31497b4',
  9: '264499060ad9baabc47f8b02bb6d71ed',
  15: '5493e99933b0a8117e08ec0f97cfc3d9',
  16: '6ee2a4ca67b054bbfd3315bf85230577',
};

it('digests as the reference implementation of SipHash-2-4 with 128 bits', () => {
  const hash = new SipHash(Uint8Array.from({ length: 16 }, (_, n) => n));
  for (const [length, digest] of Object.entries(VECTORS)) {
    hash.digest(
      Uint8Array.from({ length: Number(length) }, (_, n) => n),
      0,
      Number(length),
    );
    const out = Buffer.alloc(16);
    [hash.word0, hash.word1, hash.word2, hash.word3].forEach((word, n) => {
      out.writeInt32LE(word, 4 * n);
    });
    expect([length, out.toString('hex')]).toEqual([length, digest]);
  }
});
