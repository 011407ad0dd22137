/** Signatures that say when they were made. @see https://c2sp.org/tlog-cosignature */
import { bytesOf, concat } from './bytes';
import type { Checkpoint } from './checkpoint';
import { checkpointText } from './checkpoint';
import { LedgerFormatError } from './errors';

/** The bytes that an Ed25519 cosigner signs. @param time seconds since 1970 */
export function ed25519Message(checkpoint: Checkpoint, time: number): Uint8Array {
  return bytesOf(`cosignature/v1\ntime ${time}\n${checkpointText(checkpoint)}`);
}

/** The bytes that an ML-DSA-44 cosigner of that name signs. @param time seconds since 1970 */
export function mlDsaMessage({ origin, size, root }: Checkpoint, cosigner: string, time: number): Uint8Array {
  return concat(
    bytesOf('subtree/v1\n\0'),
    shortText(cosigner),
    uint64(time),
    shortText(origin),
    uint64(0),
    uint64(size),
    root,
  );
}

/** A signature after its time, as a note’s line holds it. */
export function timestamped(time: number, signature: Uint8Array): Uint8Array {
  return concat(uint64(time), signature);
}

/** Takes one apart; undefined if it is not so long, or its time is past what a number holds. */
export function fromTimestamped(
  bytes: Uint8Array,
  length: number,
): { readonly time: number; readonly signature: Uint8Array } | undefined {
  if (bytes.length !== 8 + length) return undefined;
  const time = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0));
  return Number.isSafeInteger(time) ? { time, signature: bytes.subarray(8) } : undefined;
}

function uint64(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes;
}

function shortText(text: string): Uint8Array {
  const bytes = bytesOf(text);
  if (bytes.length < 1 || bytes.length > 255)
    throw new LedgerFormatError(`'${text.slice(0, 60)}' must have 1 to 255 bytes`);
  return concat(Uint8Array.of(bytes.length), bytes);
}
