/** The hashes of a Merkle tree. @see https://www.rfc-editor.org/rfc/rfc6962#section-2.1 */
import { sha256 as hash } from '#platform';
import { bytesOf } from './bytes';

/** Bytes of a hash. */
export const HASH_BYTES = 32;

const LEAF = 0x00;
const NODE = 0x01;
/** Longest input for which the prefix is put before it in memory that is kept for this. */
const scratch = new Uint8Array(1 + 65_535);
const pair = new Uint8Array(1 + 2 * HASH_BYTES);
pair[0] = NODE;

/** SHA-256. */
export function sha256(bytes: Uint8Array | string): Uint8Array {
  return hash(typeof bytes === 'string' ? bytesOf(bytes) : bytes);
}

/** The root of a tree without leaves. */
export const EMPTY_ROOT = sha256('');

/** The hash of an entry. */
export function leafHash(entry: Uint8Array): Uint8Array {
  const input = entry.length < scratch.length ? scratch : new Uint8Array(entry.length + 1);
  input[0] = LEAF;
  input.set(entry, 1);
  return hash(input.subarray(0, entry.length + 1));
}

/** The hash of a node, of those of its two children. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  pair.set(left, 1);
  pair.set(right, 1 + HASH_BYTES);
  return hash(pair);
}
