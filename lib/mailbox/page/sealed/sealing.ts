/** Seals a letter before anything of it leaves the browser. @see https://c2sp.org/age */
import { Encrypter } from 'age-encryption';

/**
 * Seals it.
 * @param pieces of the letter, in order
 * @param keys the public keys to which it is sealed: each by itself opens it
 * @throws RangeError without a key, or for one that is none: what is sealed to nobody is lost
 */
export async function sealed(
  pieces: readonly Uint8Array<ArrayBuffer>[],
  keys: readonly string[],
): Promise<Blob> {
  if (keys.length === 0) throw new RangeError('the agreement names no key to seal it to');
  const encrypter = new Encrypter();
  try {
    for (const key of keys) encrypter.addRecipient(key);
  } catch (cause) {
    throw new RangeError('the agreement names a key to seal it to that is none', { cause });
  }
  const left = [...pieces].reverse();
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const piece = left.pop();
      if (piece === undefined) controller.close();
      else controller.enqueue(piece);
    },
  });
  // Only what is sealed becomes a blob: browsers may put large ones on the disk.
  return new Response(await encrypter.encrypt(stream)).blob();
}
