/**
 * Checks changed files: each has to end in an outcome, within seconds and within memory. `formats` takes files of every format,
 * however packed; `csv` takes one of CSV with many rules, whose outcome has to be the same in pieces as whole.
 * `npm run fuzz -- csv|formats [files [seed]]`
 */
import { checkDamaged } from '../contracts/engine/damaged';
import { fuzz, originals } from '../contracts/fuzzed';

const [, , what = 'formats', files = '100000', seed = '1'] = process.argv;
const MOST_MEGABYTES = 700;
const MOST_MILLISECONDS = 5_000;
/** Enough that damages are rarely in one row; few enough that the whole takes minutes. */
const ROWS = 60;

interface Came {
  readonly results: ReadonlyMap<string, number>;
  readonly wrong: readonly string[];
  readonly slowest: { readonly milliseconds: number; readonly which: string };
}

const KINDS: Readonly<Record<string, () => Promise<Came>>> = {
  csv: () => checkDamaged(Number(files), Number(seed), { rows: ROWS, told }),
  formats: async () => {
    const each = Math.ceil(Number(files) / originals().length);
    const { counts, thrown, slowest } = await fuzz(each, Number(seed), told);
    const results = new Map<string, number>();
    for (const [key, count] of counts) {
      const result = key.slice(key.indexOf(': ') + 2);
      results.set(result, (results.get(result) ?? 0) + count);
    }
    return { results, wrong: thrown, slowest };
  },
};

function told(done: number): void {
  process.stderr.write(`${done} files\r`);
}

async function main(): Promise<void> {
  const run = KINDS[what];
  if (!run) throw new Error(`say which: ${Object.keys(KINDS).join(' or ')}`);
  const { results, wrong, slowest } = await run();
  const all = [...results.values()].reduce((sum, count) => sum + count, 0);
  const megabytes = process.resourceUsage().maxRSS / 1024;
  console.log(
    `${all.toLocaleString('en-GB')} changed files, seed ${seed}: ${wrong.length} were wrong; the slowest took ` +
      `${Math.round(slowest.milliseconds)} ms of processor time (${slowest.which}); ${Math.round(megabytes)} MB at most`,
  );
  console.log([...results].map(([result, count]) => `${result} ${count}`).join(', '));
  for (const each of wrong.slice(0, 10)) console.error(each);
  if (wrong.length > 0 || slowest.milliseconds > MOST_MILLISECONDS || megabytes > MOST_MEGABYTES)
    process.exitCode = 1;
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 4;
});
