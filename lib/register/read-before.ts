/**
 * Files that were read before. A change reads the register as it is and as it will be, and nearly all files are the same in
 * both; to parse a file and hold it against its schema is most of the work.
 */
import type { RegisterFile } from './folder';

interface Kept<T> {
  readonly bytes: Uint8Array;
  readonly result: T;
}

/** For each path, so many contents: those of a register before and after a change, and of one beside it. */
const MOST = 4;

/**
 * Reads a file, or gives what came of it where a file of the same path and the same bytes was read before. What is kept is let
 * go of whenever memory is collected, so that nothing is held for long; a file that changes is always read.
 * @param read must come to the same for the same path and bytes; nobody may change what it gives
 */
export function rememberingFiles<T>(read: (file: RegisterFile) => T): (file: RegisterFile) => T {
  const before = new Map<string, readonly WeakRef<Kept<T>>[]>();
  return (file) => {
    const kept = before.get(file.path) ?? [];
    for (const each of kept) {
      const known = each.deref();
      if (known !== undefined && Buffer.compare(known.bytes, file.bytes) === 0) return known.result;
    }
    const result = read(file);
    // A copy: whoever gave the bytes may use their place again.
    const fresh = new WeakRef({ bytes: Uint8Array.from(file.bytes), result });
    const others = kept.filter((each) => each.deref() !== undefined).slice(0, MOST - 1);
    before.set(file.path, [fresh, ...others]);
    return result;
  };
}
