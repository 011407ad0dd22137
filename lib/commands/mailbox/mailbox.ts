/** `concordat mailbox`: writes an organisation’s mailbox as a folder that any server serves, and serves a play of it. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { makeFolder } from '../../disk';
import { headersOf, mailboxFolder, type ServedPlay, servePlay } from '../../mailbox/folder';
import { PROFILE_FILE, type Profile, parseProfile, WireError } from '../../wire';
import { plural, systemCode, systemWords } from '../../words';
import { type Command, command } from '../command';
import { text, textOr, UsageError, word } from '../option';
import { demandOutsideRegisters } from '../outside-registers';
import { EXIT, type ExitCode, type Terminal } from '../terminal';

/** Needs neither network nor AWS. Exits 0, or 3 where the profile cannot be used. */
export const mailboxPage = command({
  name: 'mailbox page',
  words: { folder: word('the folder to write the page to, new or empty') },
  options: {
    profile: textOr('FILE', 'the organisation’s profile, from its joining pack', PROFILE_FILE),
  },
  example: 'npx concordat mailbox page mailbox --profile concordat-profile.json',
  run: ({ folder, profile: file }, terminal) => {
    const profile = profileIn(file, terminal);
    return profile === undefined ? EXIT.faultyInput : writePage(folder, profile, terminal);
  },
});

/** A profile of somebody whose people sign in; nothing where it is not, which is said. */
export function profileIn(file: string, { cwd, err }: Terminal): Profile | undefined {
  try {
    const profile = parseProfile(readFileSync(resolve(cwd, file), 'utf8'), file);
    if (profile.signIn !== undefined) return profile;
    err(
      `${profile.organisation.name} has no signIn in its profile, and people come to the mailbox by that alone.\nWrite signIn into its file in the register, and make its profile again.\n`,
    );
  } catch (error) {
    const code = systemCode(error);
    if (!(error instanceof WireError) && code === undefined) throw error;
    const why =
      code === undefined
        ? (error as Error).message
        : `${file} cannot be read (${systemWords(code, 'read')}).`;
    err(`${why}\nTake ${PROFILE_FILE} from the joining pack, and name it with --profile FILE.\n`);
  }
  return undefined;
}

function writePage(folder: string, profile: Profile, { cwd, out, err }: Terminal): ExitCode {
  const target = resolve(cwd, folder);
  demandOutsideRegisters(folder, { cwd });
  if (existsSync(target) && readdirSync(target).length > 0)
    throw new UsageError(`${folder} is not empty: name a folder that is new or empty`);
  const made = mailboxFolder(profile);
  const { files, headers } = made;
  makeFolder(target, (fresh) => {
    for (const [name, { bytes }] of files) writeFileSync(join(fresh, name), bytes);
  });
  for (const [name, value] of Object.entries(headers)) out(`${name}: ${value}\n`);
  for (const name of files.keys()) {
    const own = Object.entries(headersOf(made, name)).filter(([header]) => !(header in headers));
    out(`\n${name}\n${own.map(([header, value]) => `  ${header}: ${value}\n`).join('')}`);
  }
  err(
    `${plural(files.size, 'file')} in ${folder}. Serve each with the headers at the top, and with its own below its name, under the address that ${profile.organisation.name}’s provider knows for ${profile.signIn?.client}.\n`,
  );
  return EXIT.clean;
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** The command, for a way to wait until it is to end. */
export function mailboxServeCommand(untilStopped: (served: ServedPlay) => Promise<void>): Command {
  return command({
    name: 'mailbox serve',
    words: {},
    options: { port: text('PORT', 'the port on this computer; any that is free if not given') },
    example: 'npx concordat mailbox serve',
    run: async ({ port }, terminal) => {
      const served = await begun(port === undefined ? 0 : portOf(port));
      try {
        terminal.out(served.organisations.map(({ name, address }) => `${name}: ${address}\n`).join(''));
        terminal.err(
          'This is a demonstration: two made-up organisations, and everything in memory. Open each address in a window of its own. Ctrl+C ends it.\n',
        );
        await untilStopped(served);
      } finally {
        await served.close();
      }
      return EXIT.clean;
    },
  });
}

/** The command as it is called: it serves until it is stopped. */
export const mailboxServe: Command = mailboxServeCommand(
  () =>
    new Promise((done) => {
      for (const signal of SIGNALS) process.once(signal, () => done());
    }),
);

/** What keeps a port from being listened on. */
const PORT_REFUSED: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program does',
  EACCES: 'this computer lets only its administrator do so',
};

async function begun(port: number): Promise<ServedPlay> {
  try {
    return await servePlay(port);
  } catch (error) {
    const why = PORT_REFUSED[systemCode(error) ?? ''];
    if (why === undefined) throw error;
    throw new UsageError(`nothing can listen on port ${port}, since ${why}: name another, or none`, {
      cause: error,
    });
  }
}

function portOf(given: string): number {
  const port = Number(given);
  if (!/^\d{1,5}$/.test(given) || port < 1 || port > 65_535)
    throw new UsageError(`'${given}' is no port: --port takes a number from 1 to 65535`);
  return port;
}
