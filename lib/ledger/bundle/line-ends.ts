/**
 * Line ends that were changed on the way: by git, mail, an editor, or a transfer in text mode. Signatures and hashes are of
 * the bytes as the log wrote them, so such a file is not the log’s. But it is read with its line ends put back, so that
 * whatever else is wrong is still found, and this is not told as something else.
 */
import { HASH_BYTES } from '../core/hash';
import { tileAt } from '../core/tile';
import type { BundleFiles } from './files';
import type { Notes } from './verdict';

const CR = 0x0d;
const LF = 0x0a;
/** Files of text: none has a carriage return. Receipts and the register have no line ends. */
const TEXT = /^(?:checkpoint$|(?:checkpoints|keys)\/)/;

/** What to do about it. */
export const COPY_AS_IT_IS =
  'copy it again byte for byte (aws s3 sync does; in git, put "* -text" into .gitattributes first)';

/** Bytes with LF in place of CRLF and of CR. */
export function withLineFeeds(bytes: Uint8Array): Uint8Array {
  return putBack(bytes, true);
}

/** The files of a bundle with line ends put back where they were changed. Each such file is found, once, when it is read. */
export function withLineEndsPutBack(files: BundleFiles, notes: Notes): BundleFiles {
  const found = new Set<string>();
  return {
    paths: () => files.paths(),
    read: (path) => {
      const bytes = files.read(path);
      const right = unchanged(path, bytes);
      if (right === undefined) return bytes;
      if (!found.has(path))
        notes.found(
          'line-ends',
          path,
          `its line ends were changed on the way (there is CR where the log has LF alone), and the signatures and hashes are of the file as it was: ${COPY_AS_IT_IS}`,
        );
      found.add(path);
      return right;
    },
  };
}

/** The bytes as they were, if it is certain that line ends were changed. */
function unchanged(path: string, bytes: Uint8Array): Uint8Array | undefined {
  if (TEXT.test(path)) return bytes.includes(CR) ? putBack(bytes, true) : undefined;
  const tile = tileAt(path);
  if (!tile) return undefined;
  const fits = (each: Uint8Array) =>
    tile.level === 'entries' ? hasEntries(each, tile.width) : each.length === tile.width * HASH_BYTES;
  if (fits(bytes)) return undefined;
  // Hashes and lengths have CR of their own.
  const right = putBack(bytes, false);
  return right.length < bytes.length && fits(right) ? right : undefined;
}

function hasEntries(bundle: Uint8Array, width: number): boolean {
  let at = 0;
  let count = 0;
  for (; at + 2 <= bundle.length; count++) at += 2 + 256 * (bundle[at] ?? 0) + (bundle[at + 1] ?? 0);
  return at === bundle.length && count === width;
}

function putBack(bytes: Uint8Array, lone: boolean): Uint8Array {
  const right = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === CR && bytes[at + 1] === LF) continue;
    right[length] = byte === CR && lone ? LF : byte;
    length += 1;
  }
  return right.subarray(0, length);
}
