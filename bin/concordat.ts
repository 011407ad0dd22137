/** The command line: `npx concordat`. */
import { main } from '../lib/commands/main';
import { processTerminal } from '../lib/commands/terminal';

void main(process.argv.slice(2), processTerminal()).then((code) => {
  process.exitCode = code;
});
