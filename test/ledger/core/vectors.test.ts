/** That trees, notes and keys are those of the specifications, by vectors that others have published. */
import fc from 'fast-check';
import { bytesOf, fromHex, hex, utf8 } from '../../../lib/ledger/core/bytes';
import { parseCheckpoint } from '../../../lib/ledger/core/checkpoint';
import { EMPTY_ROOT, leafHash, nodeHash } from '../../../lib/ledger/core/hash';
import {
  consistencyProof,
  inclusionProof,
  rootAt,
  verifyConsistency,
  verifyInclusion,
} from '../../../lib/ledger/core/merkle';
import { checkSignatures, ed25519Verify } from '../../../lib/ledger/core/signature';
import { parseNote } from '../../../lib/ledger/core/signed-note';
import { bundleOf, entriesOf, tileAt, tilePath, tilesOf } from '../../../lib/ledger/core/tile';
import { nodesOfTiles, Tree } from '../../../lib/ledger/core/tree';
import { formatVkey, parsePem, parseVkey, pemOf } from '../../../lib/ledger/core/verifier-key';
import { NOTE, VKEY } from './ml-dsa-vector';

/** The leaves and roots of the test data of RFC 6962’s first implementation (certificate-transparency, merkletree tests). */
const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

describe('a tree', () => {
  it('has the published roots at each of its sizes', () => {
    const tree = new Tree();
    expect(hex(tree.root())).toBe(ROOTS[0]);
    for (const [n, leaf] of LEAVES.entries()) {
      tree.append(fromHex(leaf));
      expect(hex(tree.root())).toBe(ROOTS[n + 1]);
    }
  });

  it('has the root that the recursive definition gives, proves each leaf and each earlier size, and no other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 700 }), fc.nat(), fc.nat(), fc.nat(), (size, a, b, c) => {
        const { leaves, tiles, tree } = grown(size);
        const root = naiveRoot(leaves);
        expect(hex(tree.root())).toBe(hex(root));
        const node = nodesOfTiles((level, index) => tiles.get(`${level}/${index}`));
        const index = a % size;
        const leaf = leaves[index] ?? EMPTY_ROOT;
        const proof = inclusionProof(node, index, size);
        const claim = { leaf, index, size, root };
        expect(verifyInclusion(proof, claim)).toBe(true);
        expect(verifyInclusion(proof, { ...claim, leaf: nodeHash(leaf, leaf) })).toBe(false);
        const other = b % (size + 1);
        if (other !== index) expect(verifyInclusion(proof, { ...claim, index: other })).toBe(false);
        expect(verifyInclusion([...proof, leaf], claim)).toBe(false);
        if (proof.length > 0) expect(verifyInclusion(proof.slice(1), claim)).toBe(false);
        const earlier = c % (size + 1);
        const older = { size: earlier, root: naiveRoot(leaves.slice(0, earlier)) };
        expect(hex(rootAt(node, earlier))).toBe(hex(older.root));
        const steps = consistencyProof(node, earlier, size);
        expect(verifyConsistency(steps, older, { size, root })).toBe(true);
        expect(verifyConsistency(steps, { size: earlier, root: nodeHash(root, root) }, { size, root })).toBe(
          false,
        );
        expect(verifyConsistency([...steps, root], older, { size, root })).toBe(false);
        if (earlier > 0)
          expect(verifyConsistency(steps, older, { size, root: nodeHash(root, root) })).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('goes on from its partial tiles as if it had never stopped', async () => {
    for (const stop of [0, 1, 255, 256, 257, 511, 600]) {
      const first = grown(stop);
      const partial = new Map(first.tree.partialTiles().map((tile) => [tilePath(tile), tile.bytes]));
      const again = await Tree.load(stop, async (tile) => partial.get(tilePath(tile)) ?? Uint8Array.of());
      const whole = grown(stop + 300);
      for (const leaf of whole.leaves.slice(stop)) again.appendLeaf(leaf);
      expect(hex(again.root())).toBe(hex(whole.tree.root()));
      expect(again.partialTiles()).toEqual(whole.tree.partialTiles());
    }
  });

  it('of 70,000 leaves holds one tile of each level', () => {
    const tree = new Tree();
    const leaf = leafHash(Uint8Array.of(1));
    for (let n = 0; n < 70_000; n++) tree.appendLeaf(leaf);
    expect(tree.partialTiles().map(({ level, index, width }) => [level, index, width])).toEqual([
      [0, 273, 112],
      [1, 1, 17],
      [2, 0, 1],
    ]);
  });
});

describe('tiles', () => {
  it('lie where the specification says', () => {
    expect(tilePath({ level: 0, index: 1_234_067, width: 256 })).toBe('tile/0/x001/x234/067');
    expect(tilePath({ level: 'entries', index: 0, width: 17 })).toBe('tile/entries/000.p/17');
    expect(tileAt('tile/entries/x001/000.p/255')).toEqual({ level: 'entries', index: 1000, width: 255 });
    for (const path of [
      'tile/0/67',
      'tile/00/067',
      'tile/0/x000/067',
      'tile/0/067.p/0',
      'tile/0/067.p/256',
      'tile/0/067.p/01',
      'tile/0/x067',
      'tile/x/067',
      'tile/0/067/',
    ])
      expect(tileAt(path)).toBeUndefined();
  });

  it('of a tree of 70,000 are those that the specification counts', () => {
    const tiles = [...tilesOf(70_000)].filter(({ level }) => level !== 'entries');
    const count = (level: number, full: boolean) =>
      tiles.filter((tile) => tile.level === level && (tile.width === 256) === full);
    expect([count(0, true).length, count(1, true).length, count(2, true).length]).toEqual([273, 1, 0]);
    expect(
      [count(0, false), count(1, false), count(2, false)].map((list) => list.map(({ width }) => width)),
    ).toEqual([[112], [17], [1]]);
    expect([...tilesOf(256)].map(tilePath)).toEqual(['tile/entries/000', 'tile/0/000', 'tile/1/000.p/1']);
  });

  it('hold entries after their lengths, and nothing over', () => {
    const bundle = bundleOf([bytesOf('ab'), bytesOf('c')]);
    expect(hex(bundle)).toBe('00026162000163');
    expect(entriesOf(bundle, 2, 'x').map((entry) => utf8(entry, 'x'))).toEqual(['ab', 'c']);
    for (const [bytes, width] of [
      ['00026162000163', 1],
      ['00026162000163', 3],
      ['000261620001', 2],
      ['0002616200', 2],
    ] as const)
      expect(() => entriesOf(fromHex(bytes), width, 'x')).toThrow(/^x (?:ends|has)/);
  });
});

describe('a note', () => {
  // From the documentation of golang.org/x/mod/sumdb/note.
  const KEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
  const NOTE =
    'If you think cryptography is the answer to your problem,\n' +
    'then you don’t know what your problem is.\n'.replace('’', "'") +
    '\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';

  it('by Peter Neumann is his', () => {
    const key = parseVkey(KEY);
    const { text, signatures } = parseNote(NOTE);
    expect(signatures).toMatchObject([{ name: 'PeterNeumann', keyId: 'c74f20a3' }]);
    const [line] = signatures;
    expect(ed25519Verify(line?.signature ?? Uint8Array.of(), bytesOf(text), key.publicKey)).toBe(true);
    expect(
      ed25519Verify(line?.signature ?? Uint8Array.of(), bytesOf(text.replace('you', 'we')), key.publicKey),
    ).toBe(false);
    expect(formatVkey(key)).toBe(KEY);
    expect(hex(parsePem(pemOf(key)).bytes)).toBe(hex(key.publicKey));
  });

  it('is refused unless it is written in the one way', () => {
    for (const bad of [
      NOTE.slice(0, -1),
      NOTE.replace('\n\n', '\n'),
      NOTE.replace('— ', '- '),
      NOTE.replace('AM=\n', 'AN=\n'),
      NOTE.replace('PeterNeumann x', 'Peter+Neumann x'),
      NOTE.replace('PeterNeumann x', 'PeterNeumann  x'),
      NOTE.replace('think', 'th\tnk'),
      NOTE.replace('think', 'th\rnk'),
      `${NOTE}\n`,
      `${NOTE}x`,
      '',
    ])
      expect(() => parseNote(bad)).toThrow(/./);
    expect(() => parseNote(Uint8Array.of(0xff, 0x0a, 0x0a))).toThrow('UTF-8');
  });

  it('has keys whose id is theirs, or they are refused', () => {
    expect(() => parseVkey(KEY.replace('c74f20a3', 'c74f20a4'))).toThrow('has the id c74f20a3');
    expect(() => parseVkey(KEY.replace('+AR', '+BR'))).toThrow();
    expect(() => parseVkey('PeterNeumann')).toThrow();
  });
});

it('an ML-DSA-44 cosignature that another implementation made is good, and of no other tree', async () => {
  const checkpoint = parseCheckpoint(NOTE);
  const lines = (changed: object) => checkSignatures({ ...checkpoint, ...changed }, [parseVkey(VKEY)]);
  expect(await lines({})).toMatchObject([
    { name: 'example.com/mldsa-log', keyId: 'b5df45c5', outcome: 'good', time: 0 },
  ]);
  expect(await lines({ size: 2 })).toMatchObject([{ outcome: 'bad' }]);
  expect(await lines({ root: EMPTY_ROOT })).toMatchObject([{ outcome: 'bad' }]);
  expect(await lines({ origin: 'example.com/another' })).toMatchObject([{ outcome: 'bad' }]);
});

it('no signature is checked with the key of another', async () => {
  const note = parseNote(
    'x.example\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— x.example AAAAAAA=\n',
  );
  const checkpoint = { origin: 'x.example', size: 0, root: EMPTY_ROOT, note };
  expect(await checkSignatures(checkpoint, [])).toMatchObject([{ outcome: 'unknown' }]);
});

function grown(size: number) {
  const tiles = new Map<string, readonly Uint8Array[]>();
  const tree = new Tree((tile, hashes) => tiles.set(`${tile.level}/${tile.index}`, hashes));
  const leaves = Array.from({ length: size }, (_, n) => tree.append(bytesOf(`entry ${n}`)));
  for (const { level, index, width, bytes } of tree.partialTiles())
    tiles.set(
      `${level}/${index}`,
      Array.from({ length: width }, (_, at) => bytes.subarray(at * 32, at * 32 + 32)),
    );
  return { leaves, tiles, tree };
}

/** RFC 6962, word for word. */
function naiveRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [first] = leaves;
  if (!first) return EMPTY_ROOT;
  if (leaves.length === 1) return first;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return nodeHash(naiveRoot(leaves.slice(0, k)), naiveRoot(leaves.slice(k)));
}
