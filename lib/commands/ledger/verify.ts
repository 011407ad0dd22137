/** `concordat verify`: says whether a bundle of the ledger is what it claims to be, offline. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { LedgerFormatError } from '../../ledger';
import {
  BundleError,
  type BundleFiles,
  bundleFolder,
  checkpointOf,
  EntriesByPlace,
  type PinnedKey,
  pinnedKeysOf,
  type Verdict,
  verifyBundle,
} from '../../ledger/bundle';
import { type ArchiveVerdict, compareWithArchive, entryFormat, type LogArchive } from '../../transfers';
import { count, plural, systemCode, systemWords } from '../../words';
import { command } from '../command';
import { text, toggle, UsageError, word } from '../option';
import { EXIT, type ExitCode, type Terminal } from '../terminal';
import { JSON_OPTION } from '../vocabulary';
import { archiveFolder } from './archive-folder';
import { withArchive } from './archive-words';

/** What is shown of findings; --json has them all. */
const MOST_SHOWN = 50;

/** Needs neither network nor AWS. Exits 0, 1 with findings, or 3 where there is no bundle to verify. */
export const verify = command({
  name: 'verify',
  words: { bundle: word('the folder of the copy') },
  options: {
    key: text('FILE', 'the log’s public key (PEM or vkey), had from elsewhere than the bundle'),
    known: text('FILE', 'a checkpoint that you kept, or had from another source'),
    archive: text(
      'DIR',
      'a copy of the log archive, to hold every entry against the event that it was made from',
    ),
    'receipts-only': toggle('the folder holds receipts and keys, and not the whole ledger'),
    ...JSON_OPTION,
  },
  example: 'npx concordat verify ledger-copy --key zone-ledger.pem',
  run: verifyFolder,
});

async function verifyFolder(
  values: {
    readonly bundle: string;
    readonly key: string | undefined;
    readonly known: string | undefined;
    readonly archive: string | undefined;
    readonly 'receipts-only': boolean;
    readonly json: boolean;
  },
  terminal: Terminal,
): Promise<ExitCode> {
  const { bundle: folder, key, known, archive } = values;
  if (archive !== undefined && values['receipts-only'])
    throw new UsageError('--archive needs the whole ledger: leave out --receipts-only');
  let verdict: Verdict;
  let pinned: readonly PinnedKey[];
  try {
    pinned = key === undefined ? [] : pinnedKeysOf(read(key, terminal), key);
    const files = bundleFolder(resolve(terminal.cwd, folder), folder);
    verdict = await verifyBundle(files, {
      pinned,
      known: known === undefined ? undefined : knownCheckpoint(known, terminal),
      receiptsOnly: values['receipts-only'],
      entries: entryFormat,
    });
    if (archive !== undefined && verdict.head !== undefined)
      verdict = withArchive(verdict, await compared(files, archiveFolder(terminal.cwd, archive)));
  } catch (error) {
    if (!(error instanceof BundleError) && !(error instanceof LedgerFormatError)) throw error;
    terminal.err(`error: ${error.message}\n`);
    return EXIT.faultyInput;
  }
  if (verdict.head === undefined) {
    const [why] = verdict.findings.filter(({ kind }) => kind === 'checkpoint');
    terminal.err(
      `error: ${folder} holds no checkpoint that can be read${why ? ` (${why.path}: ${why.message})` : ''}: it is no bundle\n`,
    );
    return EXIT.faultyInput;
  }
  if (values.json) terminal.out(`${JSON.stringify(verdict, undefined, 2)}\n`);
  else terminal.out(textOfVerdict(verdict, verdict.head));
  terminal.err(`\n${conclusion(verdict, pinned.length > 0)}\n`);
  return verdict.findings.length > 0 ? EXIT.findings : EXIT.clean;
}

/** Holds the ledger against the archive. An index that is not there is told of, and less is compared. */
function compared(files: BundleFiles, archive: LogArchive): Promise<ArchiveVerdict> {
  const there = new Set(files.paths());
  return compareWithArchive(new EntriesByPlace(files), archive, (sha256) => {
    const path = `index/${sha256}.json`;
    return there.has(path) ? Buffer.from(files.read(path)).toString('utf8') : undefined;
  });
}

function knownCheckpoint(path: string, terminal: Terminal): Uint8Array {
  const bytes = read(path, terminal);
  checkpointOf(bytes, path, { empty: 'give a checkpoint that you kept, or leave out --known' });
  return bytes;
}

function read(path: string, terminal: Terminal): Buffer {
  try {
    return readFileSync(resolve(terminal.cwd, path));
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    const what =
      code === 'ENOENT'
        ? `there is no file ${path}`
        : `${path} cannot be read (${systemWords(code, 'read')}): name a file`;
    throw new BundleError(what, { cause: error });
  }
}

function textOfVerdict(
  { findings, checked, unchecked, leftBehind }: Verdict,
  head: NonNullable<Verdict['head']>,
): string {
  const list = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? '' : `\n${title}:\n${lines.map((line) => `  - ${line}\n`).join('')}`;
  return (
    `log: ${head.origin}\nentries: ${count(head.size)}\nroot: ${head.root}\n` +
    list('Found', first(findings.map(({ kind, path, message }) => `${kind}: ${path}: ${message}`))) +
    list(
      'Left by a file manager or an operating system, no part of the ledger, and not read',
      first(leftBehind),
    ) +
    list('Checked', checked) +
    list('Not checked', unchecked)
  );
}

function first(lines: readonly string[]): string[] {
  const more = lines.length - MOST_SHOWN;
  return [...lines.slice(0, MOST_SHOWN), ...(more > 0 ? [`and ${more} more: --json lists them all`] : [])];
}

function conclusion({ findings, head }: Verdict, pinned: boolean): string {
  if (findings.length > 0) {
    const found = plural(findings.length, 'finding');
    return findings.every(({ kind }) => kind === 'line-ends')
      ? `${found}: line ends were changed, and nothing else is wrong. Copy those files again before you rely on this copy.`
      : `${found}: do not rely on this copy.`;
  }
  const size = head?.size ?? 0;
  const these = `${size === 1 ? 'this' : 'these'} ${plural(size, 'entry', 'entries')}`;
  return pinned
    ? `Nothing is wrong with ${these} under the key that you gave.`
    : `Nothing is wrong with ${these} if the keys in the bundle are the log’s: --key settles that.`;
}
