/** The command line: `npx concordat`. */
import { limitHeapGrowth } from '../lib/commands/heap-growth';
import { main } from '../lib/commands/main';
import { processTerminal } from '../lib/commands/terminal';
import { compileWasmOnce } from '../lib/commands/wasm-code';

limitHeapGrowth(process.argv[2]);
compileWasmOnce(process.argv[2]);

void main(process.argv.slice(2), processTerminal()).then((code) => {
  process.exitCode = code;
});
