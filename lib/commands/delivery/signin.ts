/** `concordat signin`: signs a person in with the organisation’s own identity provider. */
import {
  type Client,
  hasBrowser,
  openBrowser,
  openClient,
  type SignInListener,
  type SignInRefusal,
  type SignInRequest,
  type SignInWorld,
  signedInText,
  signInEnding,
  signInPerson,
  signInText,
} from '../../client';
import { visible } from '../../words';
import { type Command, command } from '../command';
import { text, toggle, UsageError } from '../option';
import { EXIT, type Terminal } from '../terminal';
import { type Open, PROFILE_OPTIONS, type Says, withClient } from './client-run';

/** What tests give in the place of the world. */
interface SignInSetting extends SignInWorld {
  readonly open?: Open;
  /** Opens an address in a browser, and says whether it could; undefined where there is none in front of the person. */
  readonly browse?: ((address: string) => Promise<boolean>) | undefined;
}

/** The command. Exits 0; 1 refused; 3 no profile; 5 nobody came to its end. */
export function signinCommand({
  open = openClient,
  browse = hasBrowser(process.env) ? openBrowser : undefined,
  ...world
}: SignInSetting = {}): Command {
  return command({
    name: 'signin',
    words: {},
    options: {
      device: toggle('sign in on another device, such as a telephone, by a code'),
      port: text('PORT', 'where the browser comes back on this computer; any free port if not given'),
      ...PROFILE_OPTIONS,
    },
    example: 'npx concordat signin',
    run: (values, terminal) => {
      const port = values.port === undefined ? undefined : portOf(values.port);
      if (values.device && port !== undefined)
        throw new UsageError('--port is where a browser comes back: with --device none does');
      const way: SignInRequest['way'] = values.device
        ? 'device'
        : browse || port
          ? 'browser'
          : 'device-if-there';
      return withClient<SignInRefusal>(
        values,
        terminal,
        async (client: Client, says) => {
          const listener = listenerOn(terminal, says, values.json, browse);
          const done = await signInPerson(client, { way, port }, listener, world);
          const ends = new Date(done.ends).toISOString();
          says.result(signedInText(done), { event: 'signed-in', ...done, ends });
          return EXIT.clean;
        },
        { open, refusals: { text: signInText, ending: signInEnding } },
      );
    },
  });
}

/** The command as it is called. */
export const signin: Command = signinCommand();

/** What must be done elsewhere is said with `--quiet` too. */
function listenerOn(
  terminal: Terminal,
  says: Says,
  json: boolean,
  browse: SignInSetting['browse'],
): SignInListener {
  const say = (words: string) => void (json || terminal.err(`${words}\n`));
  return {
    open: async (address) => {
      says.fact({ event: 'open', address });
      const opened = (await browse?.(address)) ?? false;
      say(
        `${opened ? 'Your browser opens to sign you in. If it does not, open' : 'Open this address in a browser on this computer'}:\n${address}\nWaiting for at most five minutes; Ctrl-C stops.`,
      );
    },
    code: ({ address, code, ends }) => {
      says.fact({ event: 'code', address, code, ends: new Date(ends).toISOString() });
      say(
        `On any device, open ${address} and type this code:\n\n  ${visible(code)}\n\nType it only if you began this yourself. Waiting; Ctrl-C stops.`,
      );
    },
  };
}

function portOf(given: string): number {
  const port = Number(given);
  if (!/^\d{1,5}$/.test(given) || port < 1 || port > 65_535)
    throw new UsageError(`'${given}' is no port: --port takes a number from 1 to 65535`);
  return port;
}
