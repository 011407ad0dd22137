/** How WebAssembly is compiled for a command: in a process of its own, since it holds for all that comes after. */
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

/** Lays out 300 pictures as a command that is called so would, with V8 telling each function that it compiles once more. */
const script = (command: string) => `
  require('./lib/start/typescript.cjs').loadTypeScript(process.cwd());
  require('./lib/commands/wasm-code.ts').compileWasmOnce('${command}');
  require('node:v8').setFlagsFromString('--wasm-tiering-budget=1000');
  require('@viz-js/viz').instance().then((viz) => {
    for (let n = 0; n < 300; n++) viz.renderString('digraph{a->b->c->a}', { format: 'plain' });
  });
`;

/** How many functions V8 compiled by its better compiler. */
function betterCodeIn(command: string): number {
  const words = ['--trace-wasm-compilation-times', '-e', script(command)];
  const told = execFileSync(process.execPath, words, { cwd: ROOT, encoding: 'utf8' });
  return told.match(/TurboFan/g)?.length ?? 0;
}

// What is asked of V8 was measured with that of Node 20; another collects and compiles by rules of its own.
const ofNode20 = process.version.startsWith('v20.') ? it : it.skip;

ofNode20('makes the better code of WebAssembly for commands that run it for long alone', () => {
  expect(betterCodeIn('evidence')).toBe(0);
  expect(betterCodeIn('synth')).toBeGreaterThan(0);
});
