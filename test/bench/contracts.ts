/**
 * What checking CSV against a contract costs, beside the naive byte loop, DuckDB on one thread and csv-parse with the same rules,
 * each in processor time of the same run; the memory of a large file made on the fly; and how long the engine takes to load.
 * `tsx test/bench/contracts.ts [MB of file [MB on the fly [rounds]]]`
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import type { ContractOutcome, ContractPlan } from '../../lib/wire/contracts';
import { HEADER, PLAN, rowsOf, wardInUse } from './contract-file';
import { csvParse, duckDb, naiveLoop } from './contract-rivals';
import { median } from './results';

const [size = '190', onTheFly = '10000', rounds = '5'] = process.argv.slice(2);
const BYTES = Number(size) * 1e6;
const ROUNDS = Number(rounds);
/** csv-parse makes a string of everything at once, and is slow: it is given a part. */
const PART_OF_PARSE = 1 / 8;
const LEAST_TIMES_DUCKDB = 1.5;
const LEAST_TIMES_PARSE = 8;
const MOST_MEMORY = 150e6;
/** With digests: 64 MB of them at a time, and what sorts and spills them. */
const MOST_MEMORY_KEYED = 400e6;
/** Making a reference for each row takes time of its own. */
const PART_OF_KEYED = 1 / 5;
const MOST_COLD_START = 2.5;
/** In smaller files the start of everything is most of it. */
const LEAST_MEGABYTES = 50;

/** The engine as it is deployed: one bundled file. What tsx makes of private members is slower. */
const ENTRY = `
export { checkFile } from './lib/contracts';
`;

interface Engine {
  checkFile: typeof import('../../lib/contracts').checkFile;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-contracts-'));
  try {
    const bundle = join(folder, 'engine.mjs');
    bundleTo(bundle, ENTRY);
    const kept = [await speed(folder, bundle), memory(folder), coldStart(folder, bundle)];
    if (kept.includes(false)) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function bundleTo(outfile: string, contents: string): void {
  buildSync({
    stdin: { contents, resolveDir: resolve(__dirname, '../..'), loader: 'ts' },
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  });
}

async function speed(folder: string, bundle: string): Promise<boolean> {
  const { checkFile }: Engine = await import(pathToFileURL(bundle).href);
  const bytes = Buffer.concat([Buffer.from(HEADER), rowsOf(BYTES)]);
  const part = bytes.subarray(0, bytes.indexOf(10, bytes.length * PART_OF_PARSE) + 1);
  const file = join(folder, 'file.csv');
  writeFileSync(file, bytes);
  const check = async (plan: ContractPlan) => {
    const source = { read: () => pieces(bytes) };
    const checked = await checkFile(plan, 'csv', source, { largest: bytes.length, gss: wardInUse });
    if (checked.kind !== 'done' || checked.outcome.result !== 'passed') throw new Error(brokenIn(checked));
  };
  const keyed: ContractPlan = { ...PLAN, unique: [{ rule: '/key', columns: [0], primary: true }] };
  const rates = new Map<string, number[]>();
  const measure = async (what: string, size: number, act: () => Promise<unknown> | unknown) => {
    const before = process.cpuUsage();
    const came = await act();
    const { user, system } = process.cpuUsage(before);
    if (typeof came === 'number' && came !== 0) throw new Error(`${what} found ${came} faults`);
    rates.set(what, [...(rates.get(what) ?? []), size / (user + system)]);
  };
  // In rounds, so that what else the machine does falls on all alike; the first, in which code is compiled, is not counted.
  for (let round = 0; round <= ROUNDS; round++) {
    if (round === 1) rates.clear();
    await measure('naive byte loop', bytes.length, () => void naiveLoop(bytes));
    await measure('engine', bytes.length, () => check(PLAN));
    await measure('engine, with a key', bytes.length, () => check(keyed));
    await measure('DuckDB, one thread', bytes.length, () => duckDb(file));
    await measure('csv-parse', part.length, () => csvParse(part));
  }
  const rate = (what: string) => median(rates.get(what) ?? []);
  const engine = rate('engine');
  console.log(
    `${(bytes.length / 1e6).toFixed(0)} MB, 12 columns, the same rules, median of ${ROUNDS}, of processor time:`,
  );
  for (const what of rates.keys())
    console.log(
      `${what}: ${rate(what).toFixed(0)} MB/s${what === 'engine' ? '' : `, engine ${(engine / rate(what)).toFixed(2)} times`}`,
    );
  console.log(
    `at least ${LEAST_TIMES_DUCKDB} times DuckDB and ${LEAST_TIMES_PARSE} times csv-parse are asked; half of the naive loop is aimed at`,
  );
  if (Number(size) < LEAST_MEGABYTES) return true;
  return (
    engine >= LEAST_TIMES_DUCKDB * rate('DuckDB, one thread') &&
    engine >= LEAST_TIMES_PARSE * rate('csv-parse')
  );
}

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1_048_576) yield bytes.subarray(at, at + 1_048_576);
}

function brokenIn(checked: unknown): string {
  return `the file of the bench was not passed: ${JSON.stringify(checked).slice(0, 500)}`;
}

/**
 * Checks a file that is never there as a whole, in a process of its own; with a key, each row has a reference of its own, and what
 * memory does not hold of them is spilled.
 */
const ON_THE_FLY = `
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { checkFile, FolderSpill } from './lib/contracts';
import { HEADER, PLAN, rowsOf, wardInUse } from './test/bench/contract-file';
const most = Number(process.argv[2]);
const keyed = process.argv[3] === 'keyed';
const block = rowsOf(4e6);
const starts = [0];
for (let at = block.indexOf(10); at >= 0 && at + 1 < block.length; at = block.indexOf(10, at + 1)) starts.push(at + 1);
let next = 0;
function renumbered() {
  const copy = Buffer.from(block);
  for (const start of starts) copy.write('HB' + String(next++).padStart(8, '0'), start, 'latin1');
  return copy;
}
let spilled = 0;
class Counted extends FolderSpill {
  async append(run, bytes) { spilled += bytes.length; return super.append(run, bytes); }
}
async function* read() {
  yield Buffer.from(HEADER);
  for (let at = 0; at < most; at += block.length) yield keyed ? renumbered() : block;
}
const plan = keyed ? { ...PLAN, unique: [{ rule: '/key', columns: [0], primary: true }] } : PLAN;
const { outcome } = await checkFile(plan, 'csv', { read }, { largest: 1e15, gss: wardInUse, spill: new Counted(tmpdir()) });
// What getrusage says begins with what the process that started this one had, which holds the bench's file.
const status = '/proc/self/status';
const own = existsSync(status) && /^VmHWM:\\s+(\\d+) kB$/m.exec(readFileSync(status, 'utf8'));
const memory = (own ? Number(own[1]) : process.resourceUsage().maxRSS) * 1024;
console.log(JSON.stringify({ outcome, memory, spilled }));
`;

function memory(folder: string): boolean {
  const script = join(folder, 'on-the-fly.mjs');
  bundleTo(script, ON_THE_FLY);
  const most = (keyed: boolean): number => {
    const megabytes = keyed ? Number(onTheFly) * PART_OF_KEYED : Number(onTheFly);
    const said = execFileSync(
      process.execPath,
      [script, String(megabytes * 1e6), ...(keyed ? ['keyed'] : [])],
      {
        encoding: 'utf8',
      },
    );
    const { outcome, memory, spilled }: { outcome: ContractOutcome; memory: number; spilled: number } =
      JSON.parse(said);
    if (outcome.result !== 'passed') throw new Error(brokenIn(outcome));
    const more = keyed ? `, with a key, of which ${(spilled / 1e6).toFixed(0)} MB were spilled` : '';
    console.log(
      `${(outcome.bytes / 1e9).toFixed(2)} GB made on the fly${more}: ${(memory / 1e6).toFixed(0)} MB of memory with all of Node, at most ${(keyed ? MOST_MEMORY_KEYED : MOST_MEMORY) / 1e6}`,
    );
    return memory;
  };
  return [most(false) <= MOST_MEMORY, most(true) <= MOST_MEMORY_KEYED].every(Boolean);
}

function coldStart(folder: string, bundle: string): boolean {
  const empty = join(folder, 'empty.mjs');
  writeFileSync(empty, 'export {};\n');
  const loader = join(folder, 'loader.mjs');
  writeFileSync(loader, 'await import(process.argv[2]); console.log(performance.now());\n');
  const times = new Map<string, number[]>([
    [empty, []],
    [bundle, []],
  ]);
  for (let round = 0; round < 9; round++)
    for (const [file, list] of times) {
      const said = execFileSync(process.execPath, [loader, pathToFileURL(file).href], { encoding: 'utf8' });
      list.push(Number(said));
    }
  const [base, engine] = [median(times.get(empty) ?? []), median(times.get(bundle) ?? [])];
  console.log(
    `a module with the engine: ready after ${engine.toFixed(0)} ms, ${(engine / base).toFixed(2)} times an empty one, at most ${MOST_COLD_START}`,
  );
  return engine <= MOST_COLD_START * base;
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 4;
});
