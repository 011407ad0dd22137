/**
 * What the operator can lose of the ledger, and gets back: a drill for each in docs/recovery.md, with the sealer’s own code and a
 * ledger in memory. Before and after each, the ledger is verified as `concordat verify` does, and its checkpoint by openssl.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyBundle } from '../../../lib/ledger/bundle';
import { checkpointPath } from '../../../lib/ledger/core/layout';
import { pemOf, type VerifierKey } from '../../../lib/ledger/core/verifier-key';
import { entryOf, keyFrom, OPEN, publicKeyOf, World } from './world';

const entries = (count: number, from = 0) => Array.from({ length: count }, (_, n) => entryOf(from + n));
const EARLIER = publicKeyOf(keyFrom('log'));

async function ledgerOf(count: number): Promise<World> {
  const world = new World();
  world.stage(...entries(count));
  await world.sealer()();
  return world;
}

/** How many entries the ledger has, verified by us and by openssl with the keys that people were given. */
async function verified(world: World, ...keys: VerifierKey[]): Promise<number | undefined> {
  const { findings, head } = await verifyBundle(
    {
      paths: () => [...world.objects.keys()].sort(),
      read: (path) => world.current(path) ?? Buffer.of(),
    },
    {
      pinned: keys.map(({ publicKey }) => publicKey),
      known: undefined,
      receiptsOnly: false,
      entries: undefined,
      threads: 1,
    },
  );
  expect(findings).toEqual([]);
  expect(keys.some((key) => opensslSays(String(world.current('checkpoint')), key))).toBe(true);
  return head?.size;
}

/** As docs/verify.md has it: the first three lines, and the signature after four bytes of key id. */
function opensslSays(checkpoint: string, key: VerifierKey): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-drill-'));
  try {
    const [text = '', ...signatures] = checkpoint.split('\n\n');
    const line = signatures.join('').split('\n')[0] ?? '';
    const file = (name: string, content: string | Buffer) => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    };
    const { status } = spawnSync('openssl', [
      ...['pkeyutl', '-verify', '-pubin', '-rawin'],
      ...['-inkey', file('key.pem', pemOf(key))],
      ...['-in', file('text', `${text}\n`)],
      ...['-sigfile', file('signature', Buffer.from(line.split(' ')[2] ?? '', 'base64').subarray(4))],
    ]);
    return status === 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
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
  world.rows.clear();

  await world.sealer()({ again: true });
  world.stage(...entries(9));
  await world.sealer()();
  expect(await verified(world, EARLIER)).toBe(9);
  await world.sealer()();
  expect(await verified(world, EARLIER)).toBe(9);
});

it('the newest checkpoint is lost: the next sealing writes it, on top of the one that is kept', async () => {
  const world = await ledgerOf(7);
  expect(await verified(world, EARLIER)).toBe(7);
  world.objects.delete('checkpoint');

  world.stage(...entries(1, 7));
  await world.sealer()();
  expect(await verified(world, EARLIER)).toBe(8);
});

it('a kept checkpoint is lost: nothing is signed until its version is back, and nothing is lost', async () => {
  const world = await ledgerOf(7);
  const kept = world.objects.get(checkpointPath(7)) ?? [];
  expect(await verified(world, EARLIER)).toBe(7);
  world.objects.delete(checkpointPath(7));

  world.stage(...entries(1, 7));
  await expect(world.sealer()()).rejects.toThrow();
  // The bucket keeps versions: whoever takes the marker away has it again.
  world.objects.set(checkpointPath(7), kept);
  await world.sealer()();
  expect(await verified(world, EARLIER)).toBe(8);
});

it('the key that signs is lost: another goes on with the same ledger, and the former vouches for what was before', async () => {
  const world = await ledgerOf(7);
  expect(await verified(world, EARLIER)).toBe(7);
  const key = keyFrom('another');
  const after = Object.assign(new World(), {
    ...{ objects: world.objects, rows: world.rows },
    ...{ key, publicKey: publicKeyOf(key) },
  });

  after.stage(...entries(1, 7));
  await after.sealer(OPEN, { formerKeys: [EARLIER] })();
  expect(await verified(after, publicKeyOf(key), EARLIER)).toBe(8);
});
