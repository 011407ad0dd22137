/** `concordat signout`: removes what `concordat signin` has kept on this computer. */
import { openClient, type SignInRefusal, signInEnding, signInText, signOutPerson } from '../../client';
import { type Command, command } from '../command';
import { EXIT } from '../terminal';
import { type Open, PROFILE_OPTIONS, withClient } from './client-run';

/** The command, for a way to open the client. */
export function signoutCommand(open: Open = openClient): Command {
  return command({
    name: 'signout',
    words: {},
    options: PROFILE_OPTIONS,
    example: 'npx concordat signout',
    run: (values, terminal) =>
      withClient<SignInRefusal>(
        values,
        terminal,
        async (client, says) => {
          const was = signOutPerson(client);
          says.result(was ? 'Signed out on this computer.' : 'Nobody was signed in on this computer.', {
            event: 'signed-out',
            was,
          });
          if (was)
            says.talk(
              'What runs already goes on until its role’s session ends. Your identity provider may still know you in the browser: sign out there too, if others use it.',
            );
          return EXIT.clean;
        },
        { open, refusals: { text: signInText, ending: signInEnding } },
      ),
  });
}

/** The command as it is called. */
export const signout: Command = signoutCommand();
