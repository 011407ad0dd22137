/** The command line of the whole program. */
import { COMMANDS } from './commands';
import { dispatch } from './dispatch';
import { homeOf } from './home-folder';
import { type Places, USUAL } from './places';
import type { ExitCode, Terminal } from './terminal';

/** Runs one command line and gives its exit code. Nothing is thrown. */
export function main(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let places: Places | undefined;
  return dispatch(
    {
      called: 'npx concordat',
      purpose: 'concordat: share data between public bodies under agreements',
      commands: COMMANDS,
      version: () => (require('./version') as typeof import('./version')).versionLine(),
    },
    argv,
    {
      ...terminal,
      // Looked for once, and only by a command that means a folder which it is not told. What reads settings is loaded where they are.
      places: () => {
        places ??=
          homeOf(terminal.cwd) === undefined
            ? USUAL
            : (require('./home') as typeof import('./home')).placesFrom(terminal);
        return places;
      },
    },
  );
}
