/**
 * How long a process takes from its start until a Lambda’s handler is ready to be called, beside one that loads an empty
 * module. On this machine’s Node, not in Lambda, whose own part comes on top. `tsx test/bench/cold-start.ts [runs]`
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { lambdaBundle } from '../../lib/constructs/functions/lambda-bundle';
import { median } from './results';

const LAMBDAS = resolve(__dirname, '../../lambda');
const EMPTY = 'an empty module';
/** What each source is called, in a folder of its own. */
const MODULE = 'index.mjs';
const runs = Number(process.argv[2] ?? 10);

/** Loads a module and says how many milliseconds after the start of the process it was there, and what it exports. */
const LOADER = `
const { handler } = await import(process.argv[2]);
console.log(JSON.stringify({ milliseconds: performance.now(), handler: typeof handler }));
`;

function main(): void {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-cold-start-'));
  try {
    const loader = join(folder, 'loader.mjs');
    writeFileSync(loader, LOADER);
    const sources = new Map([[EMPTY, 'export {};\n']]);
    for (const name of readdirSync(LAMBDAS).sort()) sources.set(name, lambdaBundle(name).text);
    const times = new Map<string, number[]>();
    for (const [name, text] of sources) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, MODULE), text);
      times.set(name, []);
    }
    // In rounds, so that what else the machine does falls on all alike; the first is not counted.
    for (let round = 0; round <= runs; round++) {
      for (const [name, list] of times) {
        const time = readyAfter(loader, join(folder, name, MODULE), name === EMPTY);
        if (round > 0) list.push(time);
      }
    }
    const base = median(times.get(EMPTY) ?? []);
    console.log(`${EMPTY}: ready after ${base.toFixed(0)} ms, median of ${runs}`);
    for (const [name, list] of times) {
      if (name === EMPTY) continue;
      const kilobytes = Math.round(Buffer.byteLength(sources.get(name) ?? '') / 1000);
      const time = median(list);
      console.log(
        `${name} (${kilobytes} kB): handler ready after ${time.toFixed(0)} ms, ${(time / base).toFixed(2)} times`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** In milliseconds. */
function readyAfter(loader: string, bundle: string, empty: boolean): number {
  const said = execFileSync(process.execPath, [loader, pathToFileURL(bundle).href], { encoding: 'utf8' });
  const { milliseconds, handler } = JSON.parse(said) as { milliseconds: number; handler: string };
  if (handler !== (empty ? 'undefined' : 'function')) throw new Error(`${bundle} exports a ${handler}`);
  return milliseconds;
}

main();
