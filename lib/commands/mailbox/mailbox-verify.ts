/** `concordat mailbox verify`: holds what is served as a mailbox, or lies in a folder, against what this release makes. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  type MailboxFolder,
  mailboxFolder,
  partsApart,
  type Said,
  type Served,
  type ServedDifference,
  servedDifferences,
} from '../../mailbox/folder';
import { PROFILE_FILE, parseProfile, WireError } from '../../wire';
import { andList, plural, systemCode, systemWords, visible } from '../../words';
import { command } from '../command';
import { text, textOr, UsageError, word } from '../option';
import { EXIT, type Terminal } from '../terminal';
import { profileIn } from './mailbox';
import { releaseTold } from './mailbox-ledger';

/** How long one file may take, in milliseconds. */
const PATIENCE = 30_000;
/** By how many bytes what is made of another profile may be longer, to be told as that. */
const OTHER_PROFILE = 1_000_000;
/** How much of what a server says is repeated, in characters. */
const MOST_SHOWN = 200;
/** In clear only on this computer, where a folder is tried. */
const ADDRESS = /^(?:https:\/\/|http:\/\/(?:127\.0\.0\.1|localhost)(?::\d{1,5})?(?:\/|$))/;

/**
 * Exits 0 where it is the same, 1 where it is not or the ledger tells another, 3 where the profile cannot be used, 5 where the
 * address does not answer.
 */
export const mailboxVerify = command({
  name: 'mailbox verify',
  words: { where: word('the https address of the page, or a folder') },
  options: {
    profile: textOr(
      'FILE',
      'the organisation’s profile of the day on which the page was made, from its joining pack',
      PROFILE_FILE,
    ),
    ledger: text(
      'DIR',
      'a copy of the ledger, or of the organisation’s receipts: it is to have an entry of this release, and of no later one',
    ),
    key: text('FILE', 'the ledger’s public key (PEM or vkey), had from elsewhere than the copy'),
  },
  example: 'npx concordat mailbox verify mailbox --profile concordat-profile.json',
  run: async ({ where, profile: file, ledger, key }, terminal) => {
    if (key !== undefined && ledger === undefined)
      throw new UsageError('--key is of the ledger: name its copy with --ledger');
    const profile = profileIn(file, terminal);
    if (profile === undefined) return EXIT.faultyInput;
    const wanted = mailboxFolder(profile);
    const served = /^[a-z]+:\/\//i.test(where)
      ? await servedAt(where, wanted, terminal)
      : inFolder(resolve(terminal.cwd, where), where);
    if (served === undefined) return EXIT.unfinished;
    const differences = servedDifferences(wanted, served);
    for (const each of differences) terminal.out(`${inWords(each)}\n`);
    if (differences.length > 0) {
      terminal.err(
        `\n${where} is not the mailbox that this release makes of ${file}. Nobody should sign in there until it is known why.\n${isOfOtherProfile(served) ? `It is what this release makes of the profile that lies there, which is not ${file}. A profile is of its day and its register: hold the page against that of the day on which it was put in place, which npx concordat profile ${profile.organisation.id} --as-of DAY makes of the register of then. If it is the page that is old, put` : 'It is of another release of Concordat, or somebody changed it. Put'} it in place again, with npx concordat mailbox publish where the zone serves it, or else with npx concordat mailbox page.\n`,
      );
      return EXIT.findings;
    }
    const told =
      ledger &&
      (await releaseTold(
        {
          ledger,
          key,
          organisation: profile.organisation.id,
          digest: wanted.digest,
          files: [...wanted.files.keys()],
        },
        terminal,
      ));
    if (typeof told === 'number') return told;
    terminal.out(
      `${where}: ${plural(wanted.files.size, 'file')}, all as this release makes them of ${file}\nsha256 ${wanted.digest}\n`,
    );
    return EXIT.clean;
  },
});

/** Whether all but the profile is as it should be: every file is what this release makes of the profile that lies there. */
function isOfOtherProfile({ files }: Served): boolean {
  const bytes = files.get(PROFILE_FILE);
  if (bytes === undefined) return false;
  try {
    const there = mailboxFolder(parseProfile(Buffer.from(bytes).toString('utf8')));
    return [...there.files].every(
      ([name, file]) => name.includes(there.digest) || file.bytes.equals(files.get(name) ?? new Uint8Array()),
    );
  } catch (error) {
    if (error instanceof WireError) return false;
    throw error;
  }
}

function inWords(difference: ServedDifference): string {
  switch (difference.what) {
    case 'missing':
      return `${difference.name} is missing`;
    case 'other bytes':
      return `${difference.name} has other bytes`;
    case 'not of this release':
      return `${difference.name} is not of this release`;
    case 'header':
      return saidInWords(difference);
  }
}

/** A header, with which files it is so, and what it should be: of one with many parts, those in which it differs. */
function saidInWords({ name, files, ofAll, wanted, found }: Said): string {
  const where = ofAll
    ? 'every file'
    : andList(files.map((file) => (file === 'index.html' ? 'the page' : file)));
  const quoted = (text: string) =>
    `“${visible(text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text)}”`;
  const of = `the header ${name} of ${where}`;
  if (wanted === undefined) return `${of} is no header of this release: ${quoted(found ?? '')}`;
  if (found === undefined) return `${of} is missing: it should be “${wanted}”`;
  const { lacks, adds } = partsApart(name, wanted, found);
  const told = (parts: readonly string[]) => andList(parts.map(quoted));
  if (lacks.length === 0) return `${of} says ${told(adds)} besides`;
  return `${of} says ${adds.length === 0 ? `no ${told(lacks)}` : `${told(adds)}, and not ${told(lacks)}`}`;
}

function inFolder(path: string, named: string): Served {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new UsageError(`${named} is neither an address nor a folder`);
  const names = readdirSync(path);
  const read = (name: string) =>
    statSync(join(path, name)).isFile() ? readFileSync(join(path, name)) : new Uint8Array();
  return { files: new Map(names.map((name) => [name, read(name)])), headers: undefined };
}

/** Asks for each file of the release; others at that address are not known of. Nothing where one is not answered. */
async function servedAt(
  address: string,
  wanted: MailboxFolder,
  { err }: Terminal,
): Promise<Served | undefined> {
  if (!ADDRESS.test(address)) throw new UsageError(`${address} is not an https address`);
  const base = new URL(address.endsWith('/') ? address : `${address}/`);
  const files = new Map<string, Uint8Array>();
  const headers = new Map<string, (name: string) => string | null>();
  for (const [name, { bytes, keeps }] of wanted.files) {
    try {
      const answer = await fetch(new URL(name === 'index.html' ? '' : name, base), {
        redirect: 'error',
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (!answer.ok) continue;
      files.set(name, await upTo(answer, bytes.length + (keeps ? 0 : OTHER_PROFILE)));
      headers.set(name, (each) => answer.headers.get(each));
    } catch (error) {
      const { cause, name: kind, message } = error as Error;
      const code = systemCode(cause) ?? systemCode({ code: kind });
      err(
        `${base.href} did not answer for ${name} (${code === undefined ? message : systemWords(code, 'reach')}).\nCheck the address and the connection, and run the command again.\n`,
      );
      return undefined;
    }
  }
  return { files, headers };
}

/** What an answer holds, and one byte more at most: that shows that it is another. */
async function upTo(answer: Response, most: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of answer.body ?? []) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes > most) break;
  }
  return Buffer.concat(pieces);
}
