/**
 * `npm run bench`: measures the commands at several sizes, beside a bare CDK app and a bare YAML parse; then every part
 * that has a bench of its own. Or measures this build in turn with that of another commit.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildOf, removeBuild, thisBuild } from './builds';
import { ChoiceError } from './choose';
import { type Asked, asked, HELP } from './command-line';
import { runParts } from './parts';
import { comparisonJson, comparisonText, jsonReport, textReport } from './report';
import { targets } from './results';
import { type Bench, compare, measure } from './rounds';

async function main(): Promise<number> {
  const ask = asked(process.argv.slice(2));
  if (ask === undefined) {
    process.stdout.write(HELP);
    return 0;
  }
  const folder = mkdtempSync(join(tmpdir(), 'concordat-bench-'));
  // An interrupted bench takes its folder and its work tree away as well.
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
  try {
    return ask.against === undefined
      ? await alone(ask, { folder, signal: stop.signal, smoke: ask.smoke })
      : await against(ask.against, ask, folder, stop.signal);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function alone({ cases, smoke, json, assert, parts: names }: Asked, bench: Bench): Promise<number> {
  const results = await measure(bench, thisBuild(), cases);
  const parts = await runParts(names, smoke);
  process.stdout.write(json ? jsonReport(results, parts) : textReport(results, parts));
  return assert && [...targets(results), ...parts].some((each) => !each.met) ? 1 : 0;
}

/** Each build reads a register of the same size, made from its own sample. */
async function against(
  commit: string,
  { cases, json }: Asked,
  folder: string,
  signal: AbortSignal,
): Promise<number> {
  try {
    const before = buildOf(commit, folder);
    const bench = { folder, signal, smoke: false };
    const comparisons = await compare(bench, before, thisBuild(), cases);
    process.stdout.write((json ? comparisonJson : comparisonText)(comparisons, before.name));
    return comparisons.some((each) => each.failure !== undefined) ? 1 : 0;
  } finally {
    removeBuild(folder);
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = error instanceof ChoiceError ? 2 : 4;
  },
);
