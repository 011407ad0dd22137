/** All checkpoints of a bundle, wherever they stand: their signatures, and whether they can be of one log. */

import { count, plural } from '../../words';
import { sameBytes } from '../core/bytes';
import { parseCheckpoint, type SignedCheckpoint } from '../core/checkpoint';
import { CHECKPOINT, checkpointPath } from '../core/layout';
import { type CheckedSignature, checkSignatures } from '../core/signature';
import type { VerifierKey } from '../core/verifier-key';
import type { BundleFiles } from './files';
import { type BundleKeys, logKeys, type PinnedKey } from './keys';
import type { ReadReceipt } from './receipts';
import type { Notes } from './verdict';

/** A checkpoint, and where it was found first. */
export interface Head {
  readonly path: string;
  readonly checkpoint: SignedCheckpoint;
}

/** What is known of the checkpoints. */
export interface Heads {
  /** One for each that differs, smallest first. */
  readonly list: readonly Head[];
  /** The one of the most entries. */
  readonly newest: Head | undefined;
  /** The log’s name, as the newest has it. */
  readonly origin: string | undefined;
}

/** Reads `checkpoint`, `checkpoints/`, those within receipts, and one that was known before. */
export function readHeads(
  files: BundleFiles,
  receipts: readonly ReadReceipt[],
  known: Uint8Array | undefined,
  notes: Notes,
): Heads {
  const all = new Map<string, Head>();
  const add = (path: string, checkpoint: SignedCheckpoint, key: string) => {
    if (!all.has(key)) all.set(key, { path, checkpoint });
  };
  const read = (path: string, bytes: Uint8Array) => {
    const checkpoint = notes.attempt('checkpoint', path, () => parseCheckpoint(bytes));
    if (checkpoint) add(path, checkpoint, Buffer.from(bytes).toString());
    return checkpoint;
  };
  for (const path of files.paths()) {
    if (path !== CHECKPOINT && !path.startsWith('checkpoints/')) continue;
    const checkpoint = read(path, files.read(path));
    if (checkpoint && path !== CHECKPOINT && path !== checkpointPath(checkpoint.size))
      notes.found(
        'checkpoint',
        path,
        `it is of ${plural(checkpoint.size, 'entry', 'entries')}, so not the one that belongs here`,
      );
  }
  for (const { path, receipt } of receipts)
    for (const { proof } of receipt.entries) add(path, proof.checkpoint, proof.note);
  if (known) read('the checkpoint known before', known);
  const list = [...all.values()].sort((a, b) => a.checkpoint.size - b.checkpoint.size);
  const newest = list.at(-1);
  return { list, newest, origin: newest?.checkpoint.origin };
}

/** Whether the heads can be of one log, and `checkpoint` is the newest. */
export function checkHeads({ list, newest, origin }: Heads, hasLedger: boolean, notes: Notes): void {
  for (const [at, { path, checkpoint }] of list.entries()) {
    if (checkpoint.origin !== origin)
      notes.found('checkpoint', path, `it is of the log ${checkpoint.origin}, the newest of ${origin}`);
    const before = list[at - 1];
    if (before?.checkpoint.size === checkpoint.size && !sameBytes(before.checkpoint.root, checkpoint.root))
      notes.found(
        'fork',
        path,
        `it has another root for ${plural(checkpoint.size, 'entry', 'entries')} than ${before.path}: if both are signed, the log has forked, ` +
          'and the two files are the proof of it',
      );
  }
  const main = list.find(({ path }) => path === CHECKPOINT);
  if (hasLedger && newest && (main?.checkpoint.size ?? -1) < newest.checkpoint.size)
    notes.found(
      'checkpoint',
      CHECKPOINT,
      `${newest.path} tells of ${plural(newest.checkpoint.size, 'entry', 'entries')}, ${CHECKPOINT} of ${main ? count(main.checkpoint.size) : 'none'}: ` +
        'an old one was put back, or the folder was copied while the ledger grew (then copy it again)',
    );
}

/** Which lines are good, and which are not. */
export async function checkHeadSignatures(
  { list, origin }: Heads,
  bundleKeys: BundleKeys,
  pinned: readonly PinnedKey[],
  hasLedger: boolean,
  notes: Notes,
): Promise<void> {
  if (origin === undefined) return;
  const keys = logKeys(origin, bundleKeys.keys, pinned);
  const used = new Set<VerifierKey>();
  const unknown = new Set<string>();
  const witnesses = new Set<string>();
  for (const { path, checkpoint } of list) {
    const lines = await checkSignatures(checkpoint, keys);
    for (const line of lines) {
      if (line.key) used.add(line.key);
      if (line.outcome === 'bad')
        notes.found('signature', path, `the signature of ${line.name} (${line.keyId}) is false`);
      if (line.outcome === 'good' && line.name !== origin) witnesses.add(`${line.name} (${line.keyId})`);
      if (line.outcome !== 'unknown') continue;
      if (line.name === origin)
        notes.found('key', path, `there is no key ${line.keyId} of ${line.name} in keys/`);
      else unknown.add(`${line.name} (${line.keyId})`);
    }
    if (!lines.some((line) => counts(line, origin, pinned)))
      notes.found(
        'signature',
        path,
        `it has no good signature of ${origin} by ${pinned.length > 0 ? 'the key that you gave' : 'a key in keys/'}`,
      );
  }
  // Receipts by themselves have few checkpoints.
  for (const key of hasLedger ? bundleKeys.keys : [])
    if (!used.has(key) && !keys.some((each) => used.has(each) && each.keyId === key.keyId))
      notes.found('key', bundleKeys.pathOf(key), 'no checkpoint here has a line by this key');
  notes.checked.push(
    `signatures of ${list.length} ${list.length === 1 ? 'checkpoint' : 'checkpoints'} of ${origin}`,
  );
  if (witnesses.size > 0) notes.checked.push(`cosignatures of ${[...witnesses].join(', ')}`);
  for (const name of unknown) notes.unchecked.push(`the signature of ${name}: its key is not in keys/`);
}

/** Whether a line is the log’s own, by a key that counts. */
function counts(line: CheckedSignature, origin: string, pinned: readonly PinnedKey[]): boolean {
  if (line.outcome !== 'good' || line.name !== origin || line.key?.type === 'cosignature') return false;
  const bytes = line.key?.publicKey ?? Buffer.of();
  return pinned.length === 0 || pinned.some((each) => sameBytes(each, bytes));
}
