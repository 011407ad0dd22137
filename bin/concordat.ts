/** The command line: `npx concordat`. */
import { endWith } from '../lib/commands/ending';
import { limitHeapGrowth } from '../lib/commands/heap-growth';
import { main } from '../lib/commands/main';
import { processTerminal } from '../lib/commands/terminal';
import { compileWasmOnce } from '../lib/commands/wasm-code';

const [command] = process.argv.slice(2);
limitHeapGrowth(command);
compileWasmOnce(command);

void main(process.argv.slice(2), processTerminal()).then((code) => endWith(code, command));
