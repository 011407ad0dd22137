/** The command line: `npx concordat`. */
import { limitHeapGrowth } from '../lib/commands/heap-growth';
import { main } from '../lib/commands/main';
import { processTerminal } from '../lib/commands/terminal';

limitHeapGrowth(process.argv[2]);

void main(process.argv.slice(2), processTerminal()).then((code) => {
  process.exitCode = code;
});
