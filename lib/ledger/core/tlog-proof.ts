/** A proof that an entry is in the log, by itself: index, audit path and checkpoint. @see https://c2sp.org/tlog-proof */
import { base64, decimal, fromBase64 } from './bytes';
import { parseCheckpoint, type SignedCheckpoint } from './checkpoint';
import { LedgerFormatError } from './errors';
import { HASH_BYTES, leafHash } from './hash';
import { verifyInclusion } from './merkle';

const HEADER = 'c2sp.org/tlog-proof@v1';
/** A tree of 2^53 leaves has no longer path. */
const MOST_HASHES = 53;

/** A proof, taken apart. */
export interface TlogProof {
  readonly index: number;
  readonly hashes: readonly Uint8Array[];
  readonly checkpoint: SignedCheckpoint;
  /** The checkpoint’s text as it stands there. */
  readonly note: string;
}

/** Writes a proof; the note goes in as it is. */
export function formatProof(index: number, hashes: readonly Uint8Array[], note: string): string {
  return [headOfProof(index), ...hashes.map(base64), '', note].join('\n');
}

/** What stands before a proof’s hashes, without the line end. */
export function headOfProof(index: number): string {
  return `${HEADER}\nindex ${index}`;
}

/**
 * Reads a proof. An `extra` line, which nothing vouches for, is refused. @throws LedgerFormatError that says what is wrong
 * @param before a proof that was read before: where its note is the same, that is not read again
 */
export function parseProof(text: string, before?: TlogProof): TlogProof {
  const [head = '', note] = cut(text, '\n\n');
  const [first, second = '', ...lines] = head.split('\n');
  if (first !== HEADER || note === undefined || !second.startsWith('index '))
    throw new LedgerFormatError(`a proof has '${HEADER}', an index, hashes, an empty line and a checkpoint`);
  if (lines.length > MOST_HASHES) throw new LedgerFormatError(`the proof has over ${MOST_HASHES} hashes`);
  return {
    index: decimal(second.slice('index '.length), 'the index'),
    hashes: lines.map((line) => fromBase64(line, 'a hash of the proof', HASH_BYTES)),
    checkpoint: before?.note === note ? before.checkpoint : parseCheckpoint(note),
    note,
  };
}

/** Whether the proof leads from this entry to its checkpoint’s root. It says nothing of the checkpoint’s signatures. */
export function proves({ index, hashes, checkpoint }: TlogProof, entry: Uint8Array): boolean {
  const { size, root } = checkpoint;
  return verifyInclusion(hashes, { leaf: leafHash(entry), index, size, root });
}

function cut(text: string, at: string): [string, string | undefined] {
  const index = text.indexOf(at);
  return index < 0 ? [text, undefined] : [text.slice(0, index), text.slice(index + at.length)];
}
