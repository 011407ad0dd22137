/**
 * Fetches a message that was released, in ranges that are asked for again where a line breaks, and holds it against the checksum
 * that S3 has. To fetch it is to read it: the sender’s receipt says so.
 */
import { failureOf } from '../../../client/in-browsers';
import { DeliveryRefused, type Looked, StoreFailure } from '../../../delivery';
import { base64 } from '../../../ledger/core';
import { MOST_SHOWN_BYTES } from '../../most-shown';
import { online } from '../store/again';
import type { BrowserStore } from '../store/browser-store';
import { runningCrc64 } from '../store/crc64';

const RANGE = 8_388_608;
/** A range may break off so often without a byte in between. */
const BREAKS = 5;

/** Why a message is not shown, though it may be read. */
export type FetchRefusal =
  | { readonly refused: 'too-large-to-show'; readonly bytes: number }
  /** S3 holds no checksum of its bytes that is worked out here. */
  | { readonly refused: 'no-checksum' }
  | { readonly refused: 'wrong-bytes' }
  | { readonly refused: 'changed' };

type Readable = Extract<Looked, { answer: 'readable' }>;

/**
 * Fetches it.
 * @param arrived told how many bytes are there
 * @throws DeliveryRefused with a FetchRefusal; StoreFailure
 */
export async function fetchedMessage(
  shelf: BrowserStore,
  key: string,
  { bytes, etag, checksum }: Readable,
  arrived: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  if (bytes > MOST_SHOWN_BYTES) refuse({ refused: 'too-large-to-show', bytes });
  if (checksum?.algorithm !== 'CRC64NVME' || checksum.parts !== undefined)
    return refuse({ refused: 'no-checksum' });
  const all = new Uint8Array(bytes);
  const running = runningCrc64();
  let at = 0;
  for (let breaks = 0; at < bytes; ) {
    const before = at;
    try {
      const to = Math.min(at + RANGE, bytes);
      const found = await shelf.open(key, { from: at, to, ifEtag: etag });
      if (found === undefined) return refuse({ refused: 'changed' });
      for await (const piece of found.content) {
        if (at + piece.length > to) return refuse({ refused: 'wrong-bytes' });
        all.set(piece, at);
        running.update(piece);
        at += piece.length;
        arrived(at);
      }
      if (at < to) throw new StoreFailure('unreachable', 'IncompleteBody');
    } catch (error) {
      const failure = failureOf(error);
      if (failure instanceof StoreFailure && failure.kind === 'changed') refuse({ refused: 'changed' });
      const passes = failure instanceof StoreFailure && failure.kind === 'unreachable';
      breaks = at > before ? 0 : breaks + 1;
      if (!passes || breaks === BREAKS) throw failure;
      await online();
    }
  }
  if (base64(running.digest()) !== checksum.value) refuse({ refused: 'wrong-bytes' });
  return all;
}

function refuse(refusal: FetchRefusal): never {
  throw new DeliveryRefused<FetchRefusal>(refusal);
}
