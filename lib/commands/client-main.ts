/** The command line of `concordat-client.mjs`: the commands of delivery alone. */
import { CLIENT_COMMANDS } from './client-commands';
import { dispatch } from './dispatch';
import { type ExitCode, processTerminal, type Terminal } from './terminal';

/** Runs one command line of the client. Nothing is thrown. @param version of the package that it was bundled from */
export function runClient(
  argv: readonly string[],
  version: string,
  terminal: Terminal = processTerminal(),
): Promise<ExitCode> {
  return dispatch(
    {
      called: 'node concordat-client.mjs',
      purpose: 'concordat-client: send and collect under data-sharing agreements',
      commands: CLIENT_COMMANDS,
      version: () => `concordat-client ${version}\n`,
    },
    argv,
    terminal,
  );
}
