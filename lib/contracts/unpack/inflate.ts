/** Drives Node’s decompression piece by piece, so that neither side is ever ahead of the other. */
import type { Gunzip, InflateRaw } from 'node:zlib';
import { unpackable } from './fault';

/**
 * Unpacks a stream. A piece is done with before the next is asked for, since its bytes may be used again by then.
 * @param inflate is used up
 * @throws PackingError where the stream is damaged or cut off, or anything follows it; what the pieces throw
 */
export async function* inflated(
  pieces: AsyncIterable<Uint8Array>,
  inflate: Gunzip | InflateRaw,
): AsyncGenerator<Uint8Array> {
  const feeding = feed(pieces, inflate);
  try {
    for await (const chunk of inflate) yield chunk;
  } catch (error) {
    const { failed } = await feeding;
    if (failed) throw failed.error;
    const [reason, why] = reasonOf(error);
    unpackable(reason, why, error);
  } finally {
    inflate.destroy();
    await feeding;
  }
  const { given, failed } = await feeding;
  if (failed) throw failed.error;
  if (inflate.bytesWritten !== given) unpackable('more-than-its-file', 'something follows what is packed');
}

/** Which fault zlib found. Behind a member of gzip it takes whatever comes for another. */
function reasonOf(error: unknown): readonly ['cut-off' | 'more-than-its-file' | 'damaged', string] {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'Z_BUF_ERROR') return ['cut-off', 'it is cut off'];
  if (message === 'incorrect header check') return ['more-than-its-file', 'something follows what is packed'];
  return ['damaged', 'it is damaged'];
}

/** What went into a decompression, and what the pieces themselves threw. It never fails. */
async function feed(
  pieces: AsyncIterable<Uint8Array>,
  inflate: Gunzip | InflateRaw,
): Promise<{ readonly given: number; readonly failed?: { readonly error: unknown } }> {
  let given = 0;
  try {
    for await (const piece of pieces) {
      given += piece.length;
      if (!(await written(inflate, piece))) return { given };
    }
    inflate.end();
    return { given };
  } catch (error) {
    inflate.destroy(new Error('the pieces ended in an error'));
    return { given, failed: { error } };
  }
}

/** Whether a piece was taken: where it was not, the reading side is told why. */
function written(inflate: Gunzip | InflateRaw, piece: Uint8Array): Promise<boolean> {
  return new Promise((done) => {
    // A stream that is over before its packed bytes are takes no more of them, and calls nobody.
    const over = (): void => done(false);
    inflate.once('close', over);
    inflate.write(piece, (error) => {
      inflate.off('close', over);
      done(!error);
    });
  });
}
