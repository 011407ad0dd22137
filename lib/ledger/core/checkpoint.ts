/** What a checkpoint says: which log, how many entries, which root. @see https://c2sp.org/tlog-checkpoint */
import { base64, decimal, fromBase64, sameBytes } from './bytes';
import { LedgerFormatError } from './errors';
import { EMPTY_ROOT, HASH_BYTES } from './hash';
import type { TreeHead } from './merkle';
import { parseNote, type SignedNote } from './signed-note';

/** A checkpoint. */
export interface Checkpoint extends TreeHead {
  /** The name of the log. */
  readonly origin: string;
}

/** A checkpoint with the note that carries it. */
export interface SignedCheckpoint extends Checkpoint {
  readonly note: SignedNote;
}

/** The text that is signed. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${base64(root)}\n`;
}

/**
 * Reads the text. Lines after the third, which the format allows, are refused: no checkpoint here has them, and an ML-DSA-44
 * cosignature would not cover them. @throws LedgerFormatError that says what is wrong
 */
export function parseCheckpointText(text: string): Checkpoint {
  const [origin = '', size = '', root = '', end, ...more] = text.split('\n');
  if (origin === '' || end !== '' || more.length > 0)
    throw new LedgerFormatError('a checkpoint here has three lines: origin, size and root');
  const checkpoint = {
    origin,
    size: decimal(size, 'the size'),
    root: fromBase64(root, 'the root', HASH_BYTES),
  };
  if (checkpoint.size === 0 && !sameBytes(checkpoint.root, EMPTY_ROOT))
    throw new LedgerFormatError('the root of an empty tree is not its root');
  return checkpoint;
}

/** Reads a signed checkpoint, without verifying a signature. @throws LedgerFormatError that says what is wrong */
export function parseCheckpoint(bytes: Uint8Array | string): SignedCheckpoint {
  const note = parseNote(bytes);
  return { ...parseCheckpointText(note.text), note };
}
