/**
 * That every change of a bundle is noticed. The changes are generated: of every file, in every way that a file can be
 * changed, and of the ledger as a whole, as somebody would who knows how it is made. What is not noticed is said by name.
 */
import { leafHash } from '../../lib/ledger/core/hash';
import { CHECKPOINT, checkpointPath } from '../../lib/ledger/core/layout';
import { bundleOf as bytesOfEntries, entriesOf, tilePath } from '../../lib/ledger/core/tile';
import { Random } from '../bench/random';
import { bundleOf, type Files, SIZES, smallDay, verdictOf } from './sample';
import type { SampleEntry } from './sample-day';

const LAST = SIZES.at(-1) ?? 0;
/** What may go missing from a bundle without its saying anything false; each is said under “Not checked”, or is not asked for. */
const MAY_BE_LEFT_OUT = [
  // Older partial tiles, which the specification lets a log delete.
  'tile/0/000.p/4',
  'tile/0/000.p/9',
  'tile/entries/000.p/4',
  'tile/entries/000.p/9',
  // Earlier checkpoints: fewer comparisons.
  ...SIZES.map(checkpointPath),
  'register/register.json',
];

let whole: Files;
let forked: Files;
beforeAll(async () => {
  whole = await bundleOf(smallDay());
  forked = await bundleOf(changed(smallDay(), 7));
});

const noticed = async (files: Files, options?: Parameters<typeof verdictOf>[1]) =>
  (await verdictOf(files, options)).findings.length > 0;

/** The log’s key as somebody has it who got it from elsewhere. */
const pinned = () => [...whole.keys()].filter((path) => /^keys\/ed25519.*vkey$/.test(path)).map(pinOf);
function pinOf(path: string): Uint8Array {
  const vkey = String(whole.get(path)).trim();
  return Buffer.from(vkey.slice(vkey.lastIndexOf('+', vkey.length - 45) + 1), 'base64').subarray(1);
}

it('a bundle that nobody has changed is clean, with and without a key brought along', async () => {
  expect((await verdictOf(whole)).findings).toEqual([]);
  expect(pinned().map(({ length }) => length)).toEqual([32]);
  expect((await verdictOf(whole, { pinned: pinned(), known: whole.get(CHECKPOINT) })).findings).toEqual([]);
  expect((await verdictOf(forked)).findings).toEqual([]);
});

describe('a file', () => {
  it('is noticed to be changed: every file, at many places, in every way', async () => {
    const random = new Random(4);
    const missed: string[] = [];
    let count = 0;
    for (const [path, bytes] of whole)
      for (const [what, mutant] of mutantsOf(bytes, random)) {
        count += 1;
        if (!(await noticed(new Map(whole).set(path, mutant)))) missed.push(`${path}: ${what}`);
      }
    expect(count).toBeGreaterThan(150);
    expect(missed).toEqual([]);
  });

  it('that is signed by ML-DSA-44 too is noticed to be changed', async () => {
    const random = new Random(5);
    const twice = await bundleOf(smallDay(5), [5], true);
    const { findings, checked } = await verdictOf(twice);
    expect([findings, checked.length > 3]).toEqual([[], true]);
    for (const [path, bytes] of twice)
      if (/^(?:checkpoint|keys\/mlDsa)/.test(path))
        for (const [what, mutant] of mutantsOf(bytes, random))
          expect([path, what, await noticed(new Map(twice).set(path, mutant))]).toEqual([path, what, true]);
  });

  it('is noticed to be missing, but for those that may be', async () => {
    const missed: string[] = [];
    for (const path of whole.keys()) {
      const files = new Map(whole);
      files.delete(path);
      if (!(await noticed(files))) missed.push(path);
    }
    expect(missed.sort()).toEqual([...MAY_BE_LEFT_OUT].sort());
  });

  it('is noticed to be another’s: each in the place of each of its kind', async () => {
    const missed: string[] = [];
    for (const [path, bytes] of whole)
      for (const [other, instead] of whole) {
        if (path === other || Buffer.compare(bytes, instead) === 0 || kindOf(path) !== kindOf(other))
          continue;
        // The newest with its witness’s line is the same checkpoint.
        if (other === CHECKPOINT && path === checkpointPath(LAST)) continue;
        if (!(await noticed(new Map(whole).set(path, instead)))) missed.push(`${path} <- ${other}`);
      }
    expect(missed).toEqual([]);
  });

  it('that is a key under another’s name is noticed, though its twin goes with it', async () => {
    const files = new Map(whole);
    for (const path of whole.keys())
      if (path.startsWith('keys/ed25519')) {
        files.delete(path);
        files.set(path.replace(/-[0-9a-f]{8}/, '-00000000'), whole.get(path) ?? Buffer.of());
      }
    expect((await verdictOf(files)).findings.map(({ kind }) => kind)).toEqual(['key']);
  });

  it('is noticed to be too many', async () => {
    const [bundle = Buffer.of(), tile = Buffer.of()] = ['tile/entries/000', 'tile/0/000'].map((path) =>
      whole.get(path),
    );
    for (const [path, bytes] of [
      ['tile/entries/002.p/1', bundle],
      ['tile/entries/001.p/3', bundle],
      ['tile/0/001.p/3', tile],
      ['tile/0/002', tile],
      ['tile/2/000.p/1', tile],
      ['tile/0/0', tile],
      ['receipts/leeds/0000000000000005.json', Buffer.from('{}')],
      ['checkpoints/0000000000000005', Buffer.from('x')],
      ['keys/more.vkey', Buffer.from('x')],
      ['notes.txt', Buffer.from('x')],
    ] as const)
      expect([path, await noticed(new Map(whole).set(path, bytes))]).toEqual([path, true]);
  });
});

describe('the ledger', () => {
  const edits: readonly (readonly [string, (entries: SampleEntry[], at: number) => SampleEntry[]])[] = [
    ['edited', changed],
    ['dropped', (all, at) => all.filter((_, n) => n !== at)],
    ['doubled', (all, at) => [...all.slice(0, at + 1), ...all.slice(at)]],
    ['put before the last', (all, at) => swapped(all, at, at > 0 ? at - 1 : 1)],
    ['put in the place of the last of all', (all, at) => swapped(all, at, at === LAST - 1 ? 0 : LAST - 1)],
  ];
  const places = [0, 3, 4, 8, 100, 255, 256, 257];

  it.each(edits)(
    'with an entry %s is noticed, though every tile and hash is made to fit',
    async (_what, edit) => {
      for (const at of places) {
        const entries = edit(smallDay(), at);
        const sizes = SIZES.map((size) => (size === LAST ? entries.length : size));
        const remade = await bundleOf(entries, sizes);
        // Everything is made anew but what is signed.
        const forged = new Map(remade);
        for (const path of whole.keys())
          if (/^(?:checkpoint|receipts)/.test(path)) forged.set(path, whole.get(path) ?? Buffer.of());
        for (const path of remade.keys())
          if (/^(?:checkpoint|receipts)/.test(path) && !whole.has(path)) forged.delete(path);
        expect([at, await noticed(forged)]).toEqual([at, true]);
        // The receipts too, and they then speak for themselves.
        for (const path of whole.keys()) if (path.startsWith('receipts/')) forged.delete(path);
        expect([at, await noticed(forged)]).toEqual([at, true]);
      }
    },
  );

  it('with a forged entry and its leaf’s hash is noticed, and so is one with all hashes above (CVE-2026-56865)', async () => {
    for (const at of places) {
      const entries = changed(smallDay(), at);
      const entry = entries[at]?.entry ?? Buffer.of();
      const forged = new Map(whole);
      const index = Math.floor(at / 256);
      const width = index === 0 ? 256 : LAST - 256;
      const bundle = tilePath({ level: 'entries', index, width });
      const list = entriesOf(whole.get(bundle) ?? Buffer.of(), width, bundle);
      forged.set(bundle, bytesOfEntries(list.map((each, n) => (n === at % 256 ? entry : each))));
      const leaves = Buffer.from(whole.get(tilePath({ level: 0, index, width })) ?? Buffer.of());
      leaves.set(leafHash(entry), (at % 256) * 32);
      forged.set(tilePath({ level: 0, index, width }), leaves);
      expect([at, (await verdictOf(forged)).findings.map(({ kind }) => kind)]).toEqual([
        at,
        expect.arrayContaining(['root']),
      ]);
    }
  });

  it('cut short, with all that tells of more taken away, is noticed by whoever knows more', async () => {
    const short = await bundleOf(smallDay(9), [4, 9]);
    expect((await verdictOf(short)).findings).toEqual([]);
    for (const known of [whole.get(CHECKPOINT), whole.get(checkpointPath(LAST))])
      expect((await verdictOf(short, { known })).findings.map(({ kind }) => kind)).toContain('checkpoint');
  });

  it('with an old checkpoint put back is noticed, by what is newer', async () => {
    for (const size of SIZES.slice(0, -1)) {
      const old = new Map(whole).set(CHECKPOINT, whole.get(checkpointPath(size)) ?? Buffer.of());
      expect(await noticed(old)).toBe(true);
      for (const path of old.keys()) if (path.startsWith('checkpoints/')) old.delete(path);
      expect(await noticed(old)).toBe(true);
      for (const path of old.keys()) if (path.startsWith('tile/')) old.delete(path);
      expect((await verdictOf(old)).findings.map(({ path }) => path)).toContain(CHECKPOINT);
    }
  });

  it('with two heads of one size is proof of a fork, and the finding says so', async () => {
    for (const known of [forked.get(CHECKPOINT), forked.get(checkpointPath(9))]) {
      const { findings } = await verdictOf(whole, { known });
      expect(findings.map(({ kind }) => kind)).toContain('fork');
      expect(findings.map(({ kind }) => kind)).not.toContain('signature');
    }
    const mixed = new Map(whole).set(CHECKPOINT, forked.get(CHECKPOINT) ?? Buffer.of());
    expect((await verdictOf(mixed)).findings.map(({ kind }) => kind)).toContain('fork');
    const later = new Map(whole).set(checkpointPath(9), forked.get(checkpointPath(9)) ?? Buffer.of());
    expect((await verdictOf(later)).findings.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['fork', 'root']),
    );
  });

  it('that somebody else has made and signed whole is noticed by the key that was brought along, and only so', async () => {
    const theirs = new Map([...whole].map(([path, bytes]) => [path, Buffer.from(bytes)]));
    const other = [Buffer.alloc(32, 7)];
    expect(await noticed(theirs)).toBe(false);
    expect((await verdictOf(theirs, { pinned: other })).findings.map(({ kind }) => kind)).toContain(
      'signature',
    );
    expect((await verdictOf(theirs)).unchecked[0]).toContain('--key');
  });
});

describe('receipts', () => {
  it('by themselves are verified with the key, and their changes noticed, without the ledger', async () => {
    const alone = new Map([...whole].filter(([path]) => /^(?:receipts\/leeds|keys)\//.test(path)));
    const options = { receiptsOnly: true, pinned: pinned() };
    expect((await verdictOf(alone, options)).findings).toEqual([]);
    const random = new Random(9);
    for (const [path, bytes] of alone) {
      if (!path.startsWith('receipts/')) continue;
      for (const [what, mutant] of mutantsOf(bytes, random))
        expect([
          path,
          what,
          (await verdictOf(new Map(alone).set(path, mutant), options)).findings.length > 0,
        ]).toEqual([path, what, true]);
    }
  });

  it('that leave out an entry, or claim one of others, are noticed', async () => {
    const path = `receipts/leeds/${String(LAST).padStart(16, '0')}.json`;
    const receipt = JSON.parse(String(whole.get(path))) as { entries: { entry: string; proof: string }[] };
    const mutants: (typeof receipt)[] = [
      { ...receipt, entries: receipt.entries.slice(1) },
      { ...receipt, entries: receipt.entries.slice(0, -1) },
      { ...receipt, entries: [...receipt.entries].reverse() },
      { ...receipt, entries: [...receipt.entries, ...receipt.entries.slice(-1)] },
      {
        ...receipt,
        entries: receipt.entries.map((each, n) => ({
          ...each,
          entry: receipt.entries[(n + 1) % 2]?.entry ?? '',
        })),
      },
    ];
    for (const mutant of mutants)
      expect(await noticed(new Map(whole).set(path, Buffer.from(JSON.stringify(mutant))))).toBe(true);
  });

  it('of an organisation that has none here are said not to be checked', async () => {
    const files = new Map([...whole].filter(([path]) => !path.startsWith('receipts/leeds/')));
    const { findings, unchecked } = await verdictOf(files);
    expect(findings).toEqual([]);
    expect(unchecked.some((line) => line.startsWith('receipts of leeds'))).toBe(true);
  });
});

/** Every way to change bytes, at several places. */
function* mutantsOf(bytes: Uint8Array, random: Random): Generator<readonly [string, Buffer]> {
  const last = bytes.length - 1;
  for (const at of new Set([0, last, random.between(0, last), random.between(0, last)])) {
    const flipped = Buffer.from(bytes);
    flipped[at] = (flipped[at] ?? 0) ^ (1 << random.between(0, 7));
    yield [`a bit of byte ${at}`, flipped];
  }
  const at = random.between(0, last);
  yield ['cut short', Buffer.from(bytes.subarray(0, last))];
  yield ['emptied', Buffer.of()];
  yield ['lengthened', Buffer.concat([bytes, Buffer.from('\n')])];
  yield [`byte ${at} left out`, Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)])];
  yield [`byte ${at} doubled`, Buffer.concat([bytes.subarray(0, at + 1), bytes.subarray(at)])];
}

function kindOf(path: string): string {
  return path.startsWith('tile/')
    ? path.split('/').slice(0, 2).join('/')
    : (path.split('/')[0] ?? '').replace(/s$/, '');
}

/** One entry says something else, in good form. */
function changed(entries: SampleEntry[], at: number): SampleEntry[] {
  return entries.map((each, n) =>
    n === at
      ? { ...each, entry: Buffer.from(String(Buffer.from(each.entry)).replace('"eu-west-2"', '"eu-west-1"')) }
      : each,
  );
}

function swapped(entries: SampleEntry[], a: number, b: number): SampleEntry[] {
  const [one, other] = [entries[a], entries[b]];
  return entries.map((each, n) => (n === a ? (other ?? each) : n === b ? (one ?? each) : each));
}
