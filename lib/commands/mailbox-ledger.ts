/** What a copy of the ledger, or of an organisation’s receipts, tells of the releases of its page. */
import { resolve } from 'node:path';
import { momentWords } from '../client';
import { LedgerFormatError, parseReceipt } from '../ledger';
import { BundleError, type BundleFiles, bundleFolder, EntriesByPlace, verifyBundle } from '../ledger/bundle';
import { entryFormat } from '../transfers';
import { pinnedKeysIn } from './pinned-keys';
import { EXIT, type ExitCode, type Terminal } from './terminal';

/** What is looked for. */
export interface ToldOf {
  /** The folder of the copy, and the file of the ledger’s public key, as they were named. */
  readonly ledger: string;
  readonly key: string | undefined;
  readonly organisation: string;
  /** Of the release that is served. */
  readonly digest: string;
}

/** What an entry says of a file of the page. */
interface PageEntry {
  readonly kind: string;
  readonly time: number;
  readonly path: string;
  readonly release: string | undefined;
  readonly isViolation: boolean;
}

/**
 * Verifies the copy, and looks whether its newest release of the organisation’s page is the one that is served; says so.
 * @returns nothing where it is; else how the command is to end
 * @throws UsageError where the key cannot be read
 */
export async function releaseTold(
  { ledger, key, organisation, digest }: ToldOf,
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
    const entries = findings.length > 0 ? [] : pageEntries(files, isWhole, organisation);
    if (head === undefined || findings.length > 0) {
      err(
        `${ledger} is no copy of the ledger that holds together, so it tells nothing of the page.\nLook with npx concordat verify ${ledger}${isWhole ? '' : ' --receipts-only'}\n`,
      );
      return EXIT.faultyInput;
    }
    const wrong = faultsIn(entries, digest);
    for (const each of wrong) out(`${each}\n`);
    if (wrong.length > 0) {
      err(`\nThe ledger does not tell what is served. Nobody should sign in there until it is known why.\n`);
      return EXIT.findings;
    }
    const released = entries.findLast(({ release }) => release === digest);
    out(`in the ledger ${head.origin}: released ${momentWords(released?.time ?? 0)}\n`);
    if (pinned.length === 0)
      err('Whose ledger that is, is not known: give its public key, had from elsewhere, with --key FILE.\n');
    return undefined;
  } catch (error) {
    if (!(error instanceof BundleError) && !(error instanceof LedgerFormatError)) throw error;
    err(`error: ${error.message}\n`);
    return EXIT.faultyInput;
  }
}

/** In what the entries do not tell of this release as the newest, put in place by whom it may be. */
function faultsIn(entries: readonly PageEntry[], digest: string): string[] {
  const releases = entries.filter(({ release }) => release !== undefined);
  const newest = releases.at(-1);
  return [
    ...(releases.some(({ release }) => release === digest)
      ? newest?.release === digest
        ? []
        : [`the ledger has a later release: ${newest?.release}, ${momentWords(newest?.time ?? 0)}`]
      : [`the ledger has no entry of the release ${digest}`]),
    ...entries
      .filter(({ isViolation }) => isViolation)
      .map(({ path, time }) => `somebody who may not changed ${path}, ${momentWords(time)}`),
  ];
}

/** In the order of their times. */
function pageEntries(files: BundleFiles, isWhole: boolean, organisation: string): PageEntry[] {
  return [...(isWhole ? ofLedger(files) : ofReceipts(files))]
    .flatMap((bytes) => pageEntryIn(bytes, organisation) ?? [])
    .sort((a, b) => a.time - b.time);
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

function pageEntryIn(bytes: Uint8Array, organisation: string): PageEntry | undefined {
  const { metadata, time, file, unmapped } = JSON.parse(Buffer.from(bytes).toString('utf8')) as {
    readonly metadata?: Fields;
    readonly time?: number;
    readonly file?: Fields;
    readonly unmapped?: Fields;
  };
  const kind = String(metadata?.event_code);
  if (!['page-released', 'page-changed'].includes(kind) || unmapped?.owner !== organisation) return undefined;
  return {
    kind,
    time: time ?? 0,
    path: String(file?.path),
    release: typeof unmapped.pageRelease === 'string' ? unmapped.pageRelease : undefined,
    isViolation: unmapped.verdict === 'violation',
  };
}
