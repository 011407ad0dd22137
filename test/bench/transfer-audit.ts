/**
 * What reading CloudTrail’s log files costs the transfer audit, beside gunzip and JSON.parse alone in the same run: as a
 * whole up to 64 MB unpacked, streamed above, and with everything decided. `tsx --expose-gc test/bench/transfer-audit.ts`
 */
import { gunzipSync, gzipSync } from 'node:zlib';
import { readLogFile, WHOLE_BYTES } from '../../lambda/transfer-audit/log-file';
import { eventEntry } from '../../lib/transfers/entry';
import { Exchange } from '../../lib/transfers/exchange';
import { entryIdOf } from '../../lib/transfers/finding';
import { isJudged, judge } from '../../lib/transfers/judge';
import { mayConcern, trailEventOf } from '../../lib/transfers/record';
import { collect, deposit, INDEX, noise } from '../transfers/trail-records';

const ROUNDS = 5;
const MOST_WHOLE = 1.5;
const MOST_STREAMED = 5;
const MOST_GROWTH = 40_000_000;

const exchange = new Exchange(INDEX, '2026-04-01T00:00:00Z');

/** A log file of so many bytes unpacked, one in five records of the zone’s concern. */
function logFile(bytes: number): Buffer {
  const parts: string[] = [];
  for (let size = 0, n = 0; size < bytes - 2_000; n++) {
    const text = JSON.stringify(n % 10 === 0 ? deposit() : n % 10 === 5 ? collect() : noise());
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

async function read(packed: Buffer, whole: number): Promise<number> {
  let records = 0;
  await readLogFile(inPieces(packed), async (each) => void (records += each.length), whole);
  return records;
}

/** Reads, judges and writes entries, but stages none. */
async function decide(packed: Buffer): Promise<void> {
  await readLogFile(inPieces(packed), async (records) => {
    for (const each of records) {
      if (!mayConcern(each) || !isJudged(String(each.eventSource), String(each.eventName))) continue;
      const event = trailEventOf(each);
      for (const finding of judge(event, exchange))
        eventEntry(event, finding, exchange, entryIdOf(event, finding));
    }
  });
}

/** The most memory that is in use while a file is streamed, above what was before. */
async function growth(packed: Buffer): Promise<number> {
  globalThis.gc?.();
  const before = process.memoryUsage();
  let most = 0;
  let n = 0;
  await readLogFile(
    inPieces(packed),
    async () => {
      if (n++ % 50 !== 0) return;
      globalThis.gc?.();
      const { heapUsed, external } = process.memoryUsage();
      most = Math.max(most, heapUsed + external - before.heapUsed - before.external);
    },
    1024 * 1024,
  );
  return most;
}

async function main(): Promise<void> {
  const packed = logFile(WHOLE_BYTES);
  const bytes = gunzipSync(packed).length;
  const alone = () => JSON.parse(gunzipSync(packed).toString('utf8')) as unknown;
  const base = await seconds(alone);
  const whole = await seconds(() => read(packed, WHOLE_BYTES));
  const streamed = await seconds(() => read(packed, 1024 * 1024));
  const decided = await seconds(() => decide(packed));
  const megabytes = (bytes / 1e6).toFixed(0);
  const line = (what: string, time: number, most?: number) =>
    console.log(
      `${what}: ${time.toFixed(2)} s of CPU, ${(time / base).toFixed(2)} times${most ? `, at most ${most}` : ''}`,
    );
  console.log(`${megabytes} MB unpacked, ${(packed.length / 1e6).toFixed(1)} MB packed, best of ${ROUNDS}`);
  line('gunzip and JSON.parse alone', base);
  line('read as a whole', whole, MOST_WHOLE);
  line('read as it comes', streamed, MOST_STREAMED);
  line('read, judged and written as entries', decided);
  const grown = globalThis.gc ? await growth(packed) : undefined;
  if (grown === undefined) console.log('memory: not measured, run with --expose-gc');
  else console.log(`memory while it comes: ${(grown / 1e6).toFixed(0)} MB, at most ${MOST_GROWTH / 1e6}`);
  if (whole / base > MOST_WHOLE || streamed / base > MOST_STREAMED || (grown ?? 0) > MOST_GROWTH)
    process.exitCode = 1;
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 4;
});
