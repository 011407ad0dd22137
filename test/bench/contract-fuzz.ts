/**
 * Checks changed files of every format, however packed: each has to end in an outcome, within seconds and within memory.
 * `tsx test/bench/contract-fuzz.ts [files [seed]]`
 */
import { fuzz, originals } from '../contracts/fuzzed';

const files = Number(process.argv[2] ?? 100_000);
const seed = Number(process.argv[3] ?? 1);
const MOST_MEGABYTES = 700;
const MOST_MILLISECONDS = 5_000;

async function main(): Promise<void> {
  const each = Math.ceil(files / originals().length);
  const { counts, thrown, slowest } = await fuzz(each, seed, (done) =>
    process.stderr.write(`${done} files\r`),
  );
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const megabytes = process.resourceUsage().maxRSS / 1024;
  console.log(
    `${all.toLocaleString('en-GB')} changed files, seed ${seed}: ${thrown.length} ended in an error; the slowest took ` +
      `${Math.round(slowest.milliseconds)} ms of processor time (${slowest.which}); ${Math.round(megabytes)} MB at most`,
  );
  const byResult = new Map<string, number>();
  for (const [key, count] of counts) {
    const result = key.slice(key.indexOf(': ') + 2);
    byResult.set(result, (byResult.get(result) ?? 0) + count);
  }
  console.log([...byResult].map(([result, count]) => `${result} ${count}`).join(', '));
  for (const each of thrown.slice(0, 10)) console.error(each);
  if (thrown.length > 0 || slowest.milliseconds > MOST_MILLISECONDS || megabytes > MOST_MEGABYTES)
    process.exitCode = 1;
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 4;
});
