/** Verifies a ledger in memory as `concordat verify` does, and its checkpoint by openssl. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyBundle } from '../../../lib/ledger/bundle';
import { pemOf, type VerifierKey } from '../../../lib/ledger/core/verifier-key';
import type { World } from './world';

type Kept = Pick<World, 'objects' | 'current'>;

/** How many entries the ledger has, verified by us and by openssl with the keys that people were given. */
export function verified(world: Kept, ...keys: VerifierKey[]): Promise<number | undefined> {
  return verifiedBy(world, keys, false);
}

/** The same of what an organisation holds: the checkpoint and its receipts, without the ledger. */
export function receiptsVerified(world: Kept, ...keys: VerifierKey[]): Promise<number | undefined> {
  return verifiedBy(world, keys, true);
}

async function verifiedBy(
  world: Kept,
  keys: readonly VerifierKey[],
  receiptsOnly: boolean,
): Promise<number | undefined> {
  const { findings, head } = await verifyBundle(
    {
      paths: () => [...world.objects.keys()].sort(),
      read: (path) => world.current(path) ?? Buffer.of(),
    },
    {
      pinned: keys.map(({ publicKey }) => publicKey),
      known: undefined,
      receiptsOnly,
      entries: undefined,
      threads: 1,
    },
  );
  expect(findings).toEqual([]);
  expect(keys.some((key) => opensslSays(String(world.current('checkpoint')), key))).toBe(true);
  return head?.size;
}

/** As docs/verify.md has it: the first three lines, and the signature after four bytes of key id. */
export function opensslSays(checkpoint: string, key: VerifierKey): boolean {
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
