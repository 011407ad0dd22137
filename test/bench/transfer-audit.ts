/**
 * What reading CloudTrail’s log files costs the transfer audit, beside gunzip and JSON.parse alone in the same run: as a
 * whole up to 64 MB unpacked, streamed above, and with everything decided.
 * `tsx --expose-gc test/bench/transfer-audit.ts [MB read as a whole [MB streamed [rounds]]]`
 */
import { randomUUID } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { eventEntry } from '../../lib/transfers/entry';
import { Exchange } from '../../lib/transfers/exchange';
import { interpret, isInterpreted } from '../../lib/transfers/interpret';
import { readLogFile, WHOLE_BYTES } from '../../lib/transfers/log-file';
import { entryIdOf } from '../../lib/transfers/meaning';
import { mayConcern, trailEventOf } from '../../lib/transfers/record';
import { collect, deposit, INDEX, noise } from '../transfers/trail-records';

const [whole, large = '160', rounds = '3'] = process.argv.slice(2);
const SMALL_BYTES = whole === undefined ? WHOLE_BYTES : Number(whole) * 1e6;
const LARGE_BYTES = Number(large) * 1e6;
const ROUNDS = Number(rounds);
const MOST_WHOLE = 1.5;
const MOST_STREAMED = 5;
const MOST_GROWTH = 40_000_000;

const FILE =
  '100000000011/CloudTrail/eu-west-2/2026/10/01/100000000011_CloudTrail_eu-west-2_20261001T1200Z_a.json.gz';
const exchange = new Exchange(INDEX, '2026-04-01T00:00:00Z');

/** A log file of so many bytes unpacked, one in five records of the zone’s concern. */
function logFile(bytes: number): Buffer {
  const parts: string[] = [];
  for (let size = 0, n = 0; size < bytes - 2_000; n++) {
    const event = n % 10 === 0 ? deposit() : n % 10 === 5 ? collect() : noise();
    const text = JSON.stringify({ ...event, eventID: randomUUID(), requestID: randomUUID() });
    parts.push(text);
    size += text.length + 1;
  }
  return gzipSync(`{"Records":[${parts.join(',')}]}`, { level: 6 });
}

async function* inPieces(packed: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < packed.length; at += 65_536) yield packed.subarray(at, at + 65_536);
}

async function seconds(act: () => Promise<unknown> | unknown): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    globalThis.gc?.();
    const before = process.cpuUsage();
    await act();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1e6);
  }
  return Math.min(...times);
}

async function read(packed: Buffer): Promise<number> {
  let records = 0;
  await readLogFile(
    inPieces(packed),
    async (each) => {
      records += each.length;
    },
    SMALL_BYTES,
  );
  return records;
}

/** Reads, judges and writes entries, but stages none. */
async function decide(packed: Buffer): Promise<void> {
  await readLogFile(inPieces(packed), async (records, sha256) => {
    for (const each of records) {
      if (!mayConcern(each) || !isInterpreted(String(each.eventSource), String(each.eventName))) continue;
      const event = trailEventOf(each);
      for (const meaning of interpret(event, exchange))
        eventEntry(event, meaning, exchange, entryIdOf(event, meaning), { file: FILE, sha256 });
    }
  });
}

/** The most memory that is in use while a file is streamed, above what was before. */
async function growth(packed: Buffer): Promise<number> {
  globalThis.gc?.();
  const before = process.memoryUsage();
  let most = 0;
  let n = 0;
  const look = async () => {
    if (n++ % 20 !== 0) return;
    globalThis.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    most = Math.max(most, heapUsed + external - before.heapUsed - before.external);
  };
  await readLogFile(inPieces(packed), look, SMALL_BYTES);
  return most;
}

async function main(): Promise<void> {
  const report = (what: string, time: number, base: number, most?: number): boolean => {
    const limit = most === undefined ? '' : `, at most ${most}`;
    console.log(`${what}: ${time.toFixed(2)} s of CPU, ${(time / base).toFixed(2)} times${limit}`);
    return time / base <= (most ?? Number.POSITIVE_INFINITY);
  };
  const kept: boolean[] = [];

  const small = logFile(SMALL_BYTES);
  const base = await measure('gunzip and JSON.parse alone', small);
  kept.push(report('read as a whole', await seconds(() => read(small)), base, MOST_WHOLE));
  report('read, judged and written as entries', await seconds(() => decide(small)), base);

  const large = logFile(LARGE_BYTES);
  const largeBase = await measure('gunzip and JSON.parse alone', large);
  kept.push(report('read as it comes', await seconds(() => read(large)), largeBase, MOST_STREAMED));
  if (globalThis.gc) {
    const grown = await growth(large);
    console.log(`memory while it comes: ${(grown / 1e6).toFixed(1)} MB, at most ${MOST_GROWTH / 1e6}`);
    kept.push(grown <= MOST_GROWTH);
  } else console.log('memory: not measured, run with --expose-gc');
  if (kept.includes(false)) process.exitCode = 1;
}

/** The time of the baseline. */
async function measure(what: string, packed: Buffer): Promise<number> {
  const bytes = gunzipSync(packed).length;
  const time = await seconds(() => JSON.parse(gunzipSync(packed).toString('utf8')) as unknown);
  console.log(
    `${(bytes / 1e6).toFixed(0)} MB unpacked, ${(packed.length / 1e6).toFixed(1)} MB packed, best of ${ROUNDS}`,
  );
  console.log(`${what}: ${time.toFixed(2)} s of CPU`);
  return time;
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 4;
});
