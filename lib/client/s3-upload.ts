/** How the bytes of an upload are given to a request: opened anew for each try, one piece after another. */
import type { Writable } from 'node:stream';
import { type Body, StoreFailure } from '../delivery';

/**
 * Sends all of it, and ends the request. A piece is asked for once the one before has gone, so that its memory may be used again.
 * @throws StoreFailure `damaged` where there are more bytes, or fewer, than were said: what was looked at is not there any more
 */
export async function sendBody(request: Writable, { bytes, open }: Body): Promise<void> {
  let left = bytes;
  if (left > 0)
    for await (const piece of open()) {
      left -= piece.length;
      if (left < 0) break;
      if (left === 0) {
        request.end(piece);
        return;
      }
      await written(request, piece);
    }
  if (left !== 0) throw new StoreFailure('damaged', 'IncompleteBody');
  request.end();
}

function written(request: Writable, piece: Uint8Array): Promise<void> {
  return new Promise((done, failed) => {
    request.write(piece, (error) => (error ? failed(error) : done()));
  });
}
