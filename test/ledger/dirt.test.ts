/**
 * That dirt is told from damage: what file managers and operating systems leave is listed apart, changed line ends are named
 * as the cause, and what is wrong beside either is still found.
 */
import fc from 'fast-check';
import { checkpointOf, isLeftBehind, pinnedKeysOf } from '../../lib/ledger/bundle';
import { parsePinnedKeys } from '../../lib/ledger/bundle/keys';
import { CHECKPOINT } from '../../lib/ledger/core/layout';
import { bundleOf, type Files, smallDay, verdictOf } from './sample';

/** As macOS, Windows, Linux desktops, editors and network storage leave them, in any folder. */
const DIRT = [
  '.DS_Store',
  '._checkpoint',
  '._.DS_Store',
  '__MACOSX/._checkpoint',
  '__MACOSX/checkpoints/._0000000000000009',
  '.Spotlight-V100/Store-V2/x',
  '.fseventsd/0000000001',
  '.Trashes/501/checkpoint',
  'Icon\r',
  '.localized',
  'Thumbs.db',
  'Thumbs.db:encryptable',
  'ehthumbs.db',
  'desktop.ini',
  'Desktop.ini',
  '$RECYCLE.BIN/S-1-5/desktop.ini',
  'System Volume Information/IndexerVolumeGuid',
  'checkpoint:Zone.Identifier',
  '.directory',
  '.Trash-1000/files/checkpoint',
  '.nfs0000000002d3a4b100000012',
  'lost+found/#1',
  'checkpoint~',
  '.checkpoint.swp',
  '.~lock.0000000000000009.json#',
  '@eaDir/checkpoint@SynoEAStream',
];
const FOLDERS = ['', 'checkpoints/', 'tile/entries/', 'receipts/leeds/', 'keys/', 'register/', 'timestamp/'];
/** What is text in a bundle, with line ends. */
const TEXT = /^(?:checkpoint|keys\/)/;

let whole: Files;
beforeAll(async () => {
  whole = await bundleOf(smallDay(), undefined, true);
});

const dirty = (files: Files, dirt: readonly string[]): Files =>
  new Map([...files, ...dirt.map((path) => [path, Buffer.from('Mac OS X\0\r\n')] as const)]);

const withLineEnds = (files: Files, end: string, which: (path: string) => boolean): Files =>
  new Map(
    [...files].map(([path, bytes]) => [
      path,
      which(path)
        ? Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll('\n', end), 'latin1')
        : bytes,
    ]),
  );

describe('what file managers and operating systems leave', () => {
  it.each(FOLDERS)('in %p of a copy is listed apart, and is no finding', async (folder) => {
    const dirt = DIRT.map((name) => `${folder}${name}`);
    const { findings, leftBehind } = await verdictOf(dirty(whole, dirt));
    expect(findings).toEqual([]);
    expect(leftBehind).toEqual([...dirt].sort());
  });

  it('hides no damage beside it', async () => {
    const plain = new Map(whole).set('tile/0/000', Buffer.alloc(8192)).set('notes.txt', Buffer.from('x'));
    const { findings } = await verdictOf(plain);
    const dirt = FOLDERS.flatMap((folder) => DIRT.map((name) => `${folder}${name}`));
    expect(findings.map(({ path }) => path).sort()).toEqual(['notes.txt', 'tile/0/000']);
    expect((await verdictOf(dirty(plain, dirt))).findings).toEqual(findings);
  });

  it('stands for no part of the copy: a checkpoint or a tile below such a name is missing', async () => {
    for (const path of [CHECKPOINT, 'tile/0/000', 'tile/entries/000']) {
      const moved = new Map(whole).set(`__MACOSX/${path}`, whole.get(path) ?? Buffer.of());
      moved.delete(path);
      expect((await verdictOf(moved)).findings.map((found) => found.path)).toContain(path);
    }
  });

  it('is never what a ledger writes', () => {
    for (const path of [...whole.keys(), 'claim/0000000000000000', 'index/ab.json', 'sealed'])
      expect([path, isLeftBehind(path)]).toEqual([path, false]);
    for (const path of [
      'notes.txt',
      'keys/more.vkey',
      'tile/0/0',
      '.git/HEAD',
      'DS_Store',
      'desktop.ini.txt',
    ])
      expect([path, isLeftBehind(path)]).toEqual([path, false]);
  });
});

describe('changed line ends', () => {
  it.each([
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('to %s are found in each file that has them, and as nothing else', async (_name, end) => {
    const { findings, head } = await verdictOf(withLineEnds(whole, end, (path) => TEXT.test(path)));
    const text = [...whole.keys()].filter((path) => TEXT.test(path));
    expect(findings.map(({ kind, path }) => [kind, path]).sort()).toEqual(
      text.map((path) => ['line-ends', path]).sort(),
    );
    expect(findings[0]?.message).toMatch(/line ends were changed .* copy it again byte for byte/);
    expect(head?.size).toBe(258);
  });

  it('by a transfer in text mode are found in entries and hashes too', async () => {
    const day = smallDay().map(({ entry, organisations }) => {
      // Its length has a byte that is a line end.
      const uid = `sample-${'x'.repeat((0x0a - entry.length) & 0xff)}`;
      return { entry: Buffer.from(String(Buffer.from(entry)).replace('sample-', uid)), organisations };
    });
    const files = await bundleOf(day);
    const changed = withLineEnds(files, '\r\n', (path) => path.startsWith('tile/'));
    const differing = [...files.keys()].filter(
      (path) => changed.get(path)?.length !== files.get(path)?.length,
    );
    for (const level of ['entries', '0'])
      expect([level, differing.some((path) => path.startsWith(`tile/${level}/`))]).toEqual([level, true]);
    const { findings } = await verdictOf(changed);
    expect(findings.map(({ kind, path }) => [kind, path]).sort()).toEqual(
      differing.map((path) => ['line-ends', path]).sort(),
    );
  });

  it('of some files hide no damage of others, nor of the same', async () => {
    const text = [...whole.keys()].filter((path) => TEXT.test(path));
    await fc.assert(
      fc.asyncProperty(
        fc.subarray(text, { minLength: 1 }),
        fc.constantFrom(...whole.keys()),
        async (some, path) => {
          const bytes = Buffer.from(whole.get(path) ?? Buffer.of());
          bytes[5] = (bytes[5] ?? 0) ^ 1;
          const damaged = new Map(whole).set(path, bytes);
          const { findings } = await verdictOf(withLineEnds(damaged, '\r\n', (each) => some.includes(each)));
          const named = findings.filter(({ kind }) => kind === 'line-ends').map((found) => found.path);
          // The twin of a damaged key is not looked at.
          expect(some).toEqual(expect.arrayContaining(named));
          expect(named.length).toBeGreaterThan(some.length - 2);
          expect(findings.length).toBeGreaterThan(named.length);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('are taken in a public key, in all three forms, for the text is the same', () => {
    const pem = [...whole.keys()].find((path) => path.endsWith('.pem')) ?? '';
    const text = String(whole.get(pem));
    const [expected] = parsePinnedKeys(text);
    for (const end of ['\n', '\r\n', '\r', ' \r\n'])
      for (const before of ['', '\uFEFF', 'Subject: the key\n\n'])
        expect(pinnedKeysOf(Buffer.from(`${before}${text}`.replaceAll('\n', end)), 'key.pem')).toEqual([
          expected,
        ]);
    const vkeys = [pem.replace('.pem', '.vkey'), pem.replace('.pem', '.vkey')];
    for (const end of ['\r\n', '\r'])
      expect(parsePinnedKeys(vkeys.map((path) => String(whole.get(path)).trim()).join(end))).toEqual([
        expected,
        expected,
      ]);
  });

  it('of a checkpoint that was kept are named, with the file and what to do; so is one that is emptied', () => {
    const kept = String(whole.get(CHECKPOINT));
    const read = (text: string) => () =>
      checkpointOf(Buffer.from(text), 'kept.txt', { empty: 'put it back' });
    expect(read(kept)().size).toBe(258);
    expect(read(kept.replaceAll('\n', '\r\n'))).toThrow(
      /^kept\.txt is no checkpoint: its line ends were changed .*copy it/,
    );
    expect(read('')).toThrow('kept.txt is no checkpoint: it is empty: put it back');
    expect(read('\r\n')).toThrow('kept.txt is no checkpoint: it is empty: put it back');
    // Line ends are not the cause of everything.
    expect(read('x\r\ny\r\n')).toThrow('kept.txt is no checkpoint: the note has no empty line');
  });
});
