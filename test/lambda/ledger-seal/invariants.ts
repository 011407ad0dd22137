/** What must hold of a ledger whatever has happened, said without the sealer’s own code. */

import { parseCheckpoint } from '../../../lib/ledger/core/checkpoint';
import { EMPTY_ROOT, leafHash, nodeHash } from '../../../lib/ledger/core/hash';
import { parseReceipt } from '../../../lib/ledger/core/receipt';
import { checkSignatures } from '../../../lib/ledger/core/signature';
import { entriesOf, tilePath, tilesOf } from '../../../lib/ledger/core/tile';
import { proves } from '../../../lib/ledger/core/tlog-proof';
import { ORGANISATIONS, ORIGIN, type World } from './world';

/** Holds at every moment: nothing was forked, overwritten or taken back. */
export async function expectNoFork(world: World): Promise<void> {
  const rewritten = [...world.objects].filter(([, versions]) => versions.length > 1).map(([path]) => path);
  expect(rewritten.filter((path) => path !== 'checkpoint' && path !== 'sealed')).toEqual([]);
  const heads = (world.objects.get('checkpoint') ?? []).map((each) => parseCheckpoint(each));
  const sizes = heads.map(({ size }) => size);
  expect(sizes).toEqual([...new Set(sizes)].sort((a, b) => a - b));
  const finished = (world.objects.get('sealed') ?? []).map((each) => Number(String(each)));
  expect(finished).toEqual([...finished].sort((a, b) => a - b));
  const newest = heads.at(-1);
  if (!newest) return;
  const entries = readEntries(world, newest.size);
  const leaves = entries.map(leafHash);
  const [found, due]: [unknown[], unknown[]] = [[], []];
  for (const [path, [bytes]] of world.objects) {
    if (!path.startsWith('checkpoints/') && path !== 'checkpoint') continue;
    const checkpoint = parseCheckpoint(bytes ?? Buffer.of());
    const { origin, size, root } = checkpoint;
    const signatures = await checkSignatures(checkpoint, [world.publicKey]);
    found.push([path, origin, signatures.map(({ outcome }) => outcome), hex(root)]);
    due.push([
      path,
      ORIGIN,
      ['good'],
      size <= newest.size ? hex(naiveRoot(leaves.slice(0, size))) : expect.anything(),
    ]);
  }
  expect(found).toEqual(due);
}

/** Holds once a run has completed with the index caught up: all that was staged is in, once, and everybody was told. */
export async function expectAllSealed(world: World): Promise<void> {
  await expectNoFork(world);
  const newest = world.current('checkpoint');
  const size = newest ? parseCheckpoint(newest).size : 0;
  const entries = readEntries(world, size);
  const texts = entries.map(String);
  expect(size).toBe(world.rows.size);
  expect(new Set(texts).size).toBe(size);
  const rows = [...world.rows].map(([id, { item }]) => ({ id, item }));
  expect(rows.filter(({ item }) => item.unsealed !== undefined)).toEqual([]);
  expect(rows.filter(({ item }) => texts[Number(item.leaf?.N)] !== String(item.entry?.B))).toEqual([]);
  for (const organisation of ORGANISATIONS) {
    const told: string[] = [];
    for (const [path, [bytes]] of world.objects) {
      if (!path.startsWith(`receipts/${organisation}/`)) continue;
      for (const { entry, proof } of parseReceipt(bytes ?? Buffer.of(), path).entries) {
        if (!proves(proof, entry) || texts[proof.index] !== String(entry))
          throw new Error(`${path} proves nothing`);
        told.push(String(entry));
      }
    }
    const due = [...world.rows.values()].filter(({ item }) => item.organisations?.SS?.includes(organisation));
    expect(told.sort()).toEqual(due.map(({ item }) => String(item.entry?.B)).sort());
  }
  if (size > 0) expect(String(world.current('sealed'))).toBe(`${size}\n`);
}

/** The entries from the bundles, with every tile that the specification asks for there. */
function readEntries(world: World, size: number): Uint8Array[] {
  const entries: Uint8Array[] = [];
  for (const tile of tilesOf(size)) {
    const path = tilePath(tile);
    const bytes = world.current(path);
    if (!bytes) throw new Error(`${path} is missing`);
    if (tile.level === 'entries') entries.push(...entriesOf(bytes, tile.width, path));
    if (tile.level === 0) {
      const leaves = entries.slice(tile.index * 256, tile.index * 256 + tile.width).map(leafHash);
      expect(hex(bytes)).toBe(hex(Buffer.concat(leaves)));
    }
  }
  return entries;
}

function naiveRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [first] = leaves;
  if (!first) return EMPTY_ROOT;
  if (leaves.length === 1) return first;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return nodeHash(naiveRoot(leaves.slice(0, k)), naiveRoot(leaves.slice(k)));
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
