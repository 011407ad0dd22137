/** The command line: `npx concordat`. */
import { setFlagsFromString } from 'node:v8';
import { main } from '../lib/commands/main';
import { processTerminal } from '../lib/commands/terminal';

/**
 * By how much of what is in use the heap may grow before V8 collects it, in hundredths. V8 lets it grow to four times that, so a
 * proof ended with 0.5 or 1 GB as the last collection fell early or late, and a pack of evidence with 1.1 GB (docs/performance.md).
 */
const PROOF_GROWS_BY = 70;

if (['prove', 'evidence'].includes(process.argv[2] ?? ''))
  setFlagsFromString(`--heap-growing-percent=${PROOF_GROWS_BY}`);

void main(process.argv.slice(2), processTerminal()).then((code) => {
  process.exitCode = code;
});
