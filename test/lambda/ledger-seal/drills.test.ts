/**
 * What the operator can lose of the ledger, and gets back: a drill for each in docs/recovery.md, with the sealer’s own code and a
 * ledger in memory. Before and after each, the ledger is verified as `concordat verify` does, and its checkpoint by openssl.
 */
import { checkpointPath } from '../../../lib/ledger/core/layout';
import { type Drilled, drilled } from '../../drilled';
import { opensslSays, receiptsVerified, verified } from './verified';
import { entryOf, keyFrom, OPEN, publicKeyOf, World } from './world';

const entries = (count: number, from = 0) => Array.from({ length: count }, (_, n) => entryOf(from + n));
const EARLIER = publicKeyOf(keyFrom('log'));

/** Holds a drill against its row. @param began when its loss was there, in milliseconds of this machine */
const measured = (lost: string, forGood: string, began: number) => {
  const told: Drilled = { lost, seconds: (performance.now() - began) / 1000, by: 'measured', forGood };
  drilled(told);
};

async function ledgerOf(count: number): Promise<World> {
  const world = new World();
  world.stage(...entries(count));
  await world.sealer()();
  return world;
}

it('asks openssl something that it can deny', async () => {
  const world = await ledgerOf(3);
  expect(opensslSays(String(world.current('checkpoint')), EARLIER)).toBe(true);
  expect(opensslSays(String(world.current('checkpoint')), publicKeyOf(keyFrom('another')))).toBe(false);
});

it('the staging table is lost: told what was sealed, and staged again from the log archive, nothing is sealed twice', async () => {
  const world = await ledgerOf(7);
  // Of what was staged, something is not sealed yet.
  world.stage(...entries(2, 7));
  expect(await verified(world, EARLIER)).toBe(7);
  const began = performance.now();
  world.rows.clear();

  await world.sealer()({ again: true });
  world.stage(...entries(9));
  await world.sealer()();
  expect(await verified(world, EARLIER)).toBe(9);
  await world.sealer()();
  expect(await verified(world, EARLIER)).toBe(9);
  measured('the zone’s staging table', 'nothing', began);
});

it('the newest checkpoint is lost: the next sealing writes it, on top of the one that is kept', async () => {
  const world = await ledgerOf(7);
  expect(await verified(world, EARLIER)).toBe(7);
  const began = performance.now();
  world.objects.delete('checkpoint');

  world.stage(...entries(1, 7));
  await world.sealer()();
  expect(await verified(world, EARLIER)).toBe(8);
  measured('the newest `checkpoint`', 'nothing', began);
});

it('a kept checkpoint is lost: nothing is signed until its version is back, and nothing is lost', async () => {
  const world = await ledgerOf(7);
  const kept = world.objects.get(checkpointPath(7)) ?? [];
  expect(await verified(world, EARLIER)).toBe(7);
  const began = performance.now();
  world.objects.delete(checkpointPath(7));

  world.stage(...entries(1, 7));
  await expect(world.sealer()()).rejects.toThrow();
  // The bucket keeps versions: whoever takes the marker away has it again.
  world.objects.set(checkpointPath(7), kept);
  await world.sealer()();
  expect(await verified(world, EARLIER)).toBe(8);
  measured('a kept `checkpoints/<size>`', 'nothing', began);
});

it('the key that signs is lost: another goes on with the same ledger, and the former vouches for what was before', async () => {
  const world = await ledgerOf(7);
  expect(await verified(world, EARLIER)).toBe(7);
  const began = performance.now();
  const key = keyFrom('another');
  const after = Object.assign(new World(), {
    ...{ objects: world.objects, rows: world.rows },
    ...{ key, publicKey: publicKeyOf(key) },
  });

  after.stage(...entries(1, 7));
  await after.sealer(OPEN, { formerKeys: [EARLIER] })();
  expect(await verified(after, publicKeyOf(key), EARLIER)).toBe(8);
  measured('the key that signs', 'nothing', began);
});

it('the zone’s account is lost: the copy that another keeps is sound by itself, and says which entries came after it', async () => {
  const world = await ledgerOf(7);
  const copy = Object.assign(new World(), { objects: new Map(world.objects) });
  world.stage(...entries(2, 7));
  await world.sealer()();
  expect(await verified(world, EARLIER)).toBe(9);
  // Checkpoint and receipts of each organisation are with that organisation.
  const receipts = [...world.objects].filter(
    ([path]) => path === 'checkpoint' || path.startsWith('receipts/'),
  );
  const began = performance.now();

  expect(await verified(copy, EARLIER)).toBe(7);
  const theirs = Object.assign(new World(), { objects: new Map(receipts) });
  expect(await receiptsVerified(theirs, EARLIER)).toBe(9);
  measured('the zone’s account', 'what no copy has', began);
});
