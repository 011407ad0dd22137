/**
 * What the ledger costs, each beside its limit in the same run: sealing entries, beside hashing the same bytes once; and
 * verifying a bundle on disk. `tsx test/bench/ledger.ts [entries to verify] [entries to seal]`
 */

import { sign } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bundleFolder, throwawayKey, verifyBundle } from '../../lib/ledger/bundle';
import { checkpointText } from '../../lib/ledger/core/checkpoint';
import { sha256 } from '../../lib/ledger/core/hash';
import { formatNote } from '../../lib/ledger/core/signed-note';
import { bundleOf, TILE_WIDTH, tilePath } from '../../lib/ledger/core/tile';
import { Tree } from '../../lib/ledger/core/tree';
import { formatVkey, pemOf, verifierKey } from '../../lib/ledger/core/verifier-key';
import { witnessKey } from '../../lib/ledger/witness';
import { entryFormat } from '../../lib/transfers/ocsf';
import { SAMPLE_LOG } from '../../lib/transfers/sample-trail';
import type { StagedEntry } from '../../lib/wire';
import { NOW, OPEN, World } from '../lambda/ledger-seal/world';
import { sampleDay } from '../ledger/sample-day';

const MOST_SECONDS = 15;
/** Of processor time; of fewer entries than this, the start of the program is most of it. */
const LEAST_SEALED = 20_000;
const toVerify = Number(process.argv[2] ?? 1_000_000);
const toSeal = Number(process.argv[3] ?? 20_000);

const DAY = sampleDay(
  {
    agreements: [{ id: 'housing-benefit', owner: 'dwp', recipients: ['leeds'] }],
    registerDigest: '0'.repeat(64),
  },
  5_000,
);

/** The n-th entry: of a day that comes again and again, each with its own id. */
function entryAt(n: number): Uint8Array {
  const text = Buffer.from(DAY[1 + (n % (DAY.length - 1))]?.entry ?? Buffer.of()).toString('latin1');
  return Buffer.from(text.replace(/sample-\d{6}/, `sample-${String(n).padStart(9, '0')}`), 'latin1');
}

function writeBundle(folder: string, size: number): number {
  const write = (path: string, bytes: Uint8Array | string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  };
  const tree = new Tree((tile) => write(tilePath(tile), tile.bytes));
  let total = 0;
  for (let index = 0; index * TILE_WIDTH < size; index++) {
    const width = Math.min(TILE_WIDTH, size - index * TILE_WIDTH);
    const entries = Array.from({ length: width }, (_, at) => entryAt(index * TILE_WIDTH + at));
    for (const entry of entries) tree.append(entry);
    const bundle = bundleOf(entries);
    total += bundle.length;
    write(tilePath({ level: 'entries', index, width }), bundle);
  }
  for (const tile of tree.partialTiles()) write(tilePath(tile), tile.bytes);
  const privateKey = throwawayKey(`${SAMPLE_LOG.word}: log`);
  const { publicKey } = witnessKey({ name: SAMPLE_LOG.origin, privateKey });
  const key = verifierKey(SAMPLE_LOG.origin, 'ed25519', publicKey);
  const text = checkpointText({ origin: SAMPLE_LOG.origin, size, root: tree.root() });
  const signature = sign(null, Buffer.from(text), privateKey);
  write('checkpoint', formatNote({ text, signatures: [{ name: key.name, keyId: key.keyId, signature }] }));
  write(`keys/ed25519-${key.keyId}.pem`, pemOf(key));
  write(`keys/ed25519-${key.keyId}.vkey`, `${formatVkey(key)}\n`);
  return total;
}

async function verifying(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-ledger-'));
  try {
    const bytes = writeBundle(folder, toVerify);
    const began = performance.now();
    const before = process.cpuUsage();
    const verdict = await verifyBundle(bundleFolder(folder), {
      pinned: [],
      known: undefined,
      receiptsOnly: false,
      entries: entryFormat,
    });
    const seconds = (performance.now() - began) / 1000;
    const { user, system } = process.cpuUsage(before);
    if (verdict.findings.length > 0 || verdict.head?.size !== toVerify)
      throw new Error(`nothing was to be found, yet ${JSON.stringify(verdict.findings.slice(0, 3))}`);
    console.log(
      `verifying ${toVerify} entries (${(bytes / 1e6).toFixed(0)} MB): ${seconds.toFixed(2)} s, ` +
        `${((user + system) / 1e6).toFixed(2)} s of CPU, at most ${MOST_SECONDS} s for 1,000,000`,
    );
    return seconds <= (MOST_SECONDS * Math.max(toVerify, 1)) / 1_000_000;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How often entries are sealed, each time in a ledger of its own: the function too stays warm from one minute to the next. */
const ROUNDS = 5;

async function sealing(): Promise<boolean> {
  const staged = Array.from(
    { length: toSeal },
    (_, n): StagedEntry => ({
      eventId: `event-${n}`,
      entry: entryAt(n),
      organisations: ['dwp', 'leeds'],
      stagedAt: new Date(NOW - 3_600_000 + n).toISOString(),
    }),
  );
  const rounds: { readonly sealed: number; readonly hashed: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const hashing = cpuOf(() => {
      for (const { entry } of staged) sha256(entry);
    });
    rounds.push({ sealed: toSeal / (await secondsToSeal(staged)), hashed: toSeal / hashing });
  }
  rounds.sort((a, b) => a.sealed - b.sealed);
  const [least, median, most] = [rounds[0], rounds[(ROUNDS - 1) / 2], rounds.at(-1)];
  if (!least || !median || !most) throw new Error('nothing was measured');
  console.log(
    `sealing ${toSeal} entries, each with two receipts, against stores in memory, ${ROUNDS} times: ` +
      `${Math.round(median.sealed)} a second of CPU (${Math.round(least.sealed)} to ${Math.round(most.sealed)}), at least ${LEAST_SEALED}; ` +
      `hashing the same bytes once: ${Math.round(median.hashed)} a second; ratio ${(median.hashed / median.sealed).toFixed(1)}`,
  );
  return toSeal < LEAST_SEALED || median.sealed >= LEAST_SEALED;
}

async function secondsToSeal(staged: readonly StagedEntry[]): Promise<number> {
  const world = new World();
  world.pageSize = 100;
  world.stage(...staged);
  const before = process.cpuUsage();
  await world.sealer(OPEN, { limits: { entries: 2_000, bytes: 8 * 1024 * 1024 } })();
  const { user, system } = process.cpuUsage(before);
  const size = [...world.rows.values()].filter(({ item }) => item.leaf).length;
  if (size !== toSeal) throw new Error(`${size} of ${toSeal} were sealed`);
  return (user + system) / 1e6;
}

function cpuOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

async function main(): Promise<void> {
  const met = [await sealing(), await verifying()];
  if (met.includes(false)) process.exitCode = 1;
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 4;
});
