/** The command line of the whole program. */
import { COMMANDS } from './commands';
import { dispatch } from './dispatch';
import type { ExitCode, Terminal } from './terminal';

/** Runs one command line and gives its exit code. Nothing is thrown. */
export function main(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  return dispatch(
    {
      called: 'npx concordat',
      purpose: 'concordat: share data between public bodies under agreements',
      commands: COMMANDS,
      version: () => (require('./version') as typeof import('./version')).versionLine(),
    },
    argv,
    terminal,
  );
}
