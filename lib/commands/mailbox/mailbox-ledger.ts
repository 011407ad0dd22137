/** What a copy of the ledger, or of an organisation’s receipts, tells of the releases of its page. */

import { resolve } from 'node:path';
import { LedgerFormatError, parseReceipt } from '../../ledger';
import {
  BundleError,
  type BundleFiles,
  bundleFolder,
  EntriesByPlace,
  verifyBundle,
} from '../../ledger/bundle';
import { entryFormat } from '../../transfers';
import { momentWords } from '../../words';
import { pinnedKeysIn } from '../ledger/pinned-keys';
import { EXIT, type ExitCode, type Terminal } from '../terminal';

/** What is looked for. */
export interface ToldOf {
  /** The folder of the copy, and the file of the ledger’s public key, as they were named. */
  readonly ledger: string;
  readonly key: string | undefined;
  readonly organisation: string;
  /** Of the release that is served, with the names of its files. */
  readonly digest: string;
  readonly files: readonly string[];
}

/** What an entry says of a file of the page. */
interface PageEntry {
  readonly time: number;
  /** Below the path of the organisation; empty of the page itself. */
  readonly name: string;
  readonly release: string | undefined;
  readonly isViolation: boolean;
}

/**
 * Verifies the copy, and looks whether its newest release of the organisation’s page is the one that is served; says so.
 * @returns nothing where it is; else how the command is to end
 * @throws UsageError where the key cannot be read
 */
export async function releaseTold(
  { ledger, key, organisation, digest, files: names }: ToldOf,
  { cwd, out, err }: Terminal,
): Promise<ExitCode | undefined> {
  const pinned = key === undefined ? [] : pinnedKeysIn(resolve(cwd, key), key);
  try {
    const files = bundleFolder(resolve(cwd, ledger), ledger);
    const isWhole = files.paths().some((path) => path.startsWith('tile/entries/'));
    const { findings, head } = await verifyBundle(files, {
      pinned,
      known: undefined,
      receiptsOnly: !isWhole,
      entries: entryFormat,
    });
    const { entries, until } = entriesIn(files, findings.length > 0, isWhole, organisation);
    if (head === undefined || findings.length > 0) {
      err(
        `${ledger} is no copy of the ledger that holds together, so it tells nothing of the page.\nLook with npx concordat verify ${ledger}${isWhole ? '' : ' --receipts-only'}\n`,
      );
      return EXIT.faultyInput;
    }
    const wrong = faultsIn(entries, digest, names);
    for (const each of wrong) out(`${each}\n`);
    if (wrong.length > 0) {
      err(`\nThe ledger does not tell what is served. Nobody should sign in there until it is known why.\n`);
      return EXIT.findings;
    }
    const [last = 0, ...before] = entries
      .flatMap(({ release, time }) => (release === digest ? [time] : []))
      .reverse();
    out(
      `in the ledger ${head.origin}: released ${momentWords(last)}${before.length === 0 ? '' : `; before that, ${before.map(momentWords).join('; ')}`}\n`,
    );
    for (const { name, time } of entries.filter(({ isViolation }) => isViolation))
      out(`before that, somebody who may not changed ${named(name)}, ${momentWords(time)}\n`);
    err(
      `${ledger} tells of what was until ${momentWords(until)}: it has no later release, and no later change.\n`,
    );
    if (pinned.length === 0)
      err('Whose ledger that is, is not known: give its public key, had from elsewhere, with --key FILE.\n');
    return undefined;
  } catch (error) {
    if (!(error instanceof BundleError) && !(error instanceof LedgerFormatError)) throw error;
    err(`error: ${error.message}\n`);
    return EXIT.faultyInput;
  }
}

/**
 * In what the entries do not tell of this release as the newest, put in place by whom it may be, once. What was wrong before it is
 * mended by it, since a release puts each of its files in place.
 */
function faultsIn(entries: readonly PageEntry[], digest: string, files: readonly string[]): string[] {
  const newest = entries.findLast(({ release }) => release !== undefined);
  const after = entries.filter(({ time }) => newest === undefined || time >= newest.time);
  const put = after.filter(({ isViolation, release }) => !isViolation && release === undefined);
  const own = new Set(files.map((name) => (name === 'index.html' ? '' : name)));
  const again = put.filter(({ name }, index) => put.findIndex((each) => each.name === name) !== index);
  const told = (each: PageEntry) => `${named(each.name)}, ${momentWords(each.time)}`;
  return [
    ...(newest?.release === digest
      ? []
      : entries.some(({ release }) => release === digest)
        ? [`the ledger has a later release: ${newest?.release}, ${momentWords(newest?.time ?? 0)}`]
        : [`the ledger has no entry of the release ${digest}`]),
    ...after
      .filter(({ isViolation }) => isViolation)
      .map((each) => `somebody who may not changed ${told(each)}`),
    // Of another release these would be its own.
    ...(newest?.release === digest
      ? [
          ...put
            .filter(({ name }) => !own.has(name))
            .map((each) => `a file that the release does not have was put in place: ${told(each)}`),
          ...again.map(
            (each) => `after the release, without another, this was put in place again: ${told(each)}`,
          ),
        ]
      : []),
  ];
}

function named(name: string): string {
  return name === '' ? 'the page itself' : name;
}

/** Those on the organisation’s page in the order of their times, each once; and the time of the newest on anything. */
function entriesIn(files: BundleFiles, isFaulty: boolean, isWhole: boolean, organisation: string) {
  if (isFaulty) return { entries: [], until: 0 };
  let until = 0;
  const found = new Map<string, PageEntry>();
  for (const bytes of isWhole ? ofLedger(files) : ofReceipts(files)) {
    // Two receipts may have the same entry.
    const text = Buffer.from(bytes).toString('utf8');
    const entry = JSON.parse(text) as Entry;
    until = Math.max(until, entry.time ?? 0);
    const page = pageEntryIn(entry, organisation);
    if (page !== undefined) found.set(text, page);
  }
  return { entries: [...found.values()].sort((a, b) => a.time - b.time), until };
}

function* ofLedger(files: BundleFiles): Generator<Uint8Array> {
  const entries = new EntriesByPlace(files);
  for (let place = 0; place < entries.size; place++) yield entries.at(place);
}

function* ofReceipts(files: BundleFiles): Generator<Uint8Array> {
  for (const path of files.paths().filter((each) => each.startsWith('receipts/')))
    for (const { entry } of parseReceipt(files.read(path), path).entries) yield entry;
}

type Fields = Readonly<Record<string, unknown>>;

interface Entry {
  readonly metadata?: Fields;
  readonly time?: number;
  readonly file?: Fields;
  readonly unmapped?: Fields;
}

function pageEntryIn({ metadata, time, file, unmapped }: Entry, organisation: string): PageEntry | undefined {
  const kind = String(metadata?.event_code);
  if (!['page-released', 'page-changed'].includes(kind) || unmapped?.owner !== organisation) return undefined;
  // The bucket, the organisation, and what is below.
  const [, , ...below] = String(file?.path).split('/');
  return {
    time: time ?? 0,
    name: below.join('/'),
    release: typeof unmapped.pageRelease === 'string' ? unmapped.pageRelease : undefined,
    isViolation: unmapped.verdict === 'violation',
  };
}
