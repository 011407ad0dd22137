/**
 * Runs the random properties with new seeds, and several times as often as they say: `npm run explore -- --times 20 ledger`.
 * A property that fails names its seed and its path; given to it as `{ seed, path }`, they draw the same again.
 */
const { execFileSync, spawnSync } = require('node:child_process');
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { parseArgs } = require('node:util');

const USAGE = 'npm run explore [-- [--times N] [--workers N] [PATTERN ...]]';

function main() {
  const { times, workers, patterns } = asked();
  const drawing = readdirSync(__dirname, { recursive: true })
    .map((name) => join(__dirname, name))
    .filter((file) => file.endsWith('.ts') && readFileSync(file, 'utf8').includes("from 'fast-check'"));
  const files = jest('--listTests', '--findRelatedTests', ...drawing)
    .split('\n')
    .filter((file) => isWanted(file, patterns));
  if (files.length === 0)
    throw new Error(`no test with random properties has ${patterns.join(' or ')} in its path`);
  const { status } = spawnSync(
    process.execPath,
    [JEST, '--maxWorkers', workers, '--runTestsByPath', ...files],
    { stdio: 'inherit', env: { ...process.env, CONCORDAT_DRAW_TIMES: String(times) } },
  );
  process.exitCode = status ?? 1;
}

const isWanted = (file, patterns) =>
  file !== '' && (patterns.length === 0 || patterns.some((pattern) => file.includes(pattern)));

const JEST = require.resolve('jest/bin/jest');

function jest(...options) {
  return execFileSync(process.execPath, [JEST, ...options], { encoding: 'utf8', maxBuffer: 1 << 26 });
}

function asked() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { times: { type: 'string', default: '10' }, workers: { type: 'string', default: '100%' } },
  });
  const times = Number(values.times);
  if (!Number.isInteger(times) || times < 1) throw new Error(`--times is a whole number from 1: ${USAGE}`);
  return { times, workers: values.workers, patterns: positionals };
}

main();
