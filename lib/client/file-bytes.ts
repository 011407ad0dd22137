/** Reading and writing bytes of an open file at their place. */
import type { FileHandle } from 'node:fs/promises';

const PIECE = 2 ** 20;

/** Writes all of it: one call may write less. */
export async function writeAt(file: FileHandle, at: number, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length; )
    done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
}

/** Bytes from one offset up to, not including, another, or the end of the file. Each piece is good until the next one is asked for. */
export async function* readFrom(file: FileHandle, from: number, to: number): AsyncIterable<Uint8Array> {
  const piece = Buffer.allocUnsafe(Math.min(PIECE, Math.max(1, to - from)));
  for (let at = from; at < to; ) {
    const { bytesRead } = await file.read(piece, 0, Math.min(piece.length, to - at), at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield piece.subarray(0, bytesRead);
  }
}
