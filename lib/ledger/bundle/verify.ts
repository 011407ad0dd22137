/** Verifying a bundle: everything that can be known from the folder alone, and plain words on what can’t. */
import { base64, hex, utf8 } from '../core/bytes';
import { parseCanonical } from '../core/canonical-json';
import { sha256 } from '../core/hash';
import { CHECKPOINT } from '../core/layout';
import { checkCloudTrail } from './cloudtrail';
import type { EntryFormat } from './entry-format';
import type { BundleFiles } from './files';
import { checkHeadSignatures, checkHeads, type Heads, readHeads } from './heads';
import { type PinnedKey, readKeys } from './keys';
import { isLeftBehind } from './left-behind';
import { withLineEndsPutBack } from './line-ends';
import { ReceiptComparison, readReceipts } from './receipts';
import { checkTimestamps } from './timestamps';
import { Notes, type Verdict } from './verdict';
import { walkEntries } from './walk';

/** How to verify. */
export interface VerifyOptions {
  /** Keys that were had from elsewhere; without any, those of the bundle are taken at their word. */
  readonly pinned: readonly PinnedKey[];
  /** A checkpoint kept from earlier, or received from another source. */
  readonly known: Uint8Array | undefined;
  /** Only receipts are there, as an organisation has them: the ledger itself is not asked for. */
  readonly receiptsOnly: boolean;
  /** What the entries are; undefined to take any canonical JSON. Then receipts can't be shown to leave nothing out. */
  readonly entries: EntryFormat | undefined;
  /** How many threads examine entries; as many as are worth it if left out. */
  readonly threads?: number;
}

/** What a bundle is made of, and what the sealer and the audit keep beside it for themselves. */
const PARTS = /^(?:checkpoint$|(?:checkpoints|tile|receipts|keys|register|cloudtrail|timestamp)\/)/;
const WORKING_NOTES = /^(?:sealed$|(?:claim|index)\/)/;

/** Verifies a bundle. What file managers and operating systems have left in it is listed apart, and not read. */
export async function verifyBundle(copy: BundleFiles, options: VerifyOptions): Promise<Verdict> {
  const notes = new Notes();
  const { pinned, known, receiptsOnly } = options;
  const paths = copy.paths().filter((path) => !isLeftBehind(path));
  const files = withLineEndsPutBack({ paths: () => paths, read: (path) => copy.read(path) }, notes);
  for (const path of paths)
    if (!PARTS.test(path) && !WORKING_NOTES.test(path))
      notes.found('file', path, 'this is no part of a bundle');
  const receipts = readReceipts(files, notes);
  const heads = readHeads(files, receipts, known, notes);
  checkHeads(heads, !receiptsOnly, notes);
  await checkHeadSignatures(heads, readKeys(files, notes), pinned, !receiptsOnly, notes);
  if (!receiptsOnly && !paths.includes(CHECKPOINT)) notes.found('checkpoint', CHECKPOINT, 'it is missing');
  if (!receiptsOnly && heads.newest) {
    const register = registerDigests(files, notes);
    const comparison = new ReceiptComparison(receipts, notes);
    const order = {
      heads: heads.list,
      see: comparison.see.bind(comparison),
      format: options.entries,
      lookFor: [...register.keys()],
      threads: options.threads,
    };
    const mentions = await walkEntries(files, order, notes);
    comparison.finish();
    for (const [digest, path] of register)
      if (!mentions.has(digest))
        notes.found('register', path, `no entry of the ledger names its digest ${digest}`);
    if (register.size > 0) notes.checked.push('that the ledger names the digest of every file in register/');
  }
  checkTimestamps(files, notes);
  checkCloudTrail(files, notes);
  sayTheRest(notes, paths, heads, options);
  const newest = heads.newest?.checkpoint;
  return {
    head: newest && {
      origin: newest.origin,
      size: newest.size,
      root: base64(newest.root),
    },
    findings: notes.findings,
    checked: notes.checked,
    unchecked: notes.unchecked,
    leftBehind: copy.paths().filter(isLeftBehind),
  };
}

/** The SHA-256 of each file in register/, by which entries name it. */
function registerDigests(files: BundleFiles, notes: Notes): Map<string, string> {
  const digests = new Map<string, string>();
  for (const path of files.paths().filter((each) => each.startsWith('register/'))) {
    const bytes = files.read(path);
    notes.attempt('register', path, () => parseCanonical(utf8(bytes, 'it')));
    digests.set(hex(sha256(bytes)), path);
  }
  return digests;
}

function sayTheRest(notes: Notes, paths: readonly string[], heads: Heads, options: VerifyOptions): void {
  const { unchecked } = notes;
  if (options.pinned.length === 0)
    unchecked.push(
      'whose keys these are: a key in the bundle proves nothing by itself. Get the log’s public key from elsewhere and give it with --key',
    );
  if (options.receiptsOnly) unchecked.push('the ledger itself: only receipts were looked at');
  unchecked.push(
    `that no newer checkpoint exists, and that others were not shown another one: ask the witnesses (${witnessNames(heads) || 'this checkpoint names none'}) and other organisations for theirs, and give it with --known`,
    'that the entries tell the truth: the ledger keeps what CloudTrail delivered, and shows that it was not changed since',
  );
  if (paths.some((path) => WORKING_NOTES.test(path)))
    unchecked.push('claim/ and sealed: working notes of the sealer, no evidence');
  if (!paths.some((path) => path.startsWith('timestamp/')))
    unchecked.push('when the checkpoints were made: there are no timestamps of a third party');
  if (!paths.some((path) => path.startsWith('register/')))
    unchecked.push('the register as it stood: there is none here');
  if (!paths.some((path) => path.startsWith('cloudtrail/')))
    unchecked.push('CloudTrail digests: there are none here');
}

function witnessNames({ list, newest, origin }: Heads): string {
  const heads = list.filter(({ checkpoint }) => checkpoint.size === newest?.checkpoint.size);
  const names = heads.flatMap(({ checkpoint }) => checkpoint.note.signatures.map(({ name }) => name));
  return [...new Set(names.filter((name) => name !== origin))].join(', ');
}
