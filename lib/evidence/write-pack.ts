/** Writes a pack into its folder, whole or not at all. */
import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder, settleFolder } from '../disk';
import type { PackFiles } from './pack';

/** A pack cannot be written to a folder. The caller knows which option named the folder, so it tells the user the fix. */
export class PackFolderError extends Error {
  override readonly name = 'PackFolderError';

  /** Whether the folder holds files that a pack must not replace, so that emptying it would help. */
  readonly holdsSomethingElse: boolean;

  constructor(
    message: string,
    { holdsSomethingElse = false, ...options }: ErrorOptions & { readonly holdsSomethingElse?: boolean },
  ) {
    super(message, options);
    this.holdsSomethingElse = holdsSomethingElse;
  }
}

/** Whether the files in a folder show that it is an evidence pack. */
const isPack = (held: readonly string[]) =>
  held.includes('SHA256SUMS') && (held.includes('evidence.json') || held.includes('extract.json'));

/** Demands that a pack may go to this folder: it is not there yet, is empty, or holds an earlier pack. @throws PackFolderError */
export function demandPackFolder(folder: string): void {
  settleFolder(folder);
  if (!existsSync(folder)) return;
  let held: string[];
  try {
    held = readdirSync(folder);
  } catch (cause) {
    throw new PackFolderError(`${folder} is not a folder`, { cause });
  }
  if (held.length > 0 && !isPack(held))
    throw new PackFolderError(`${folder} holds something that is no evidence pack`, {
      holdsSomethingElse: true,
    });
}

/**
 * Writes the pack to a temporary folder, each file as it is made, then moves it into place in one step. An earlier pack is
 * replaced as a whole.
 * @throws PackFolderError if the folder holds something else, or nothing can be written there
 */
export function writePack(folder: string, files: PackFiles): void {
  demandPackFolder(folder);
  try {
    makeFolder(folder, (whole) => {
      const digests = new Map<string, string>();
      files((path, pieces) => {
        const digest = written(join(whole, path), pieces);
        digests.set(path, digest);
        return digest;
      });
      written(join(whole, 'SHA256SUMS'), sums(digests));
    });
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    // A fault in making a file is no fault of the folder.
    if (syscall === undefined) throw error;
    throw new PackFolderError(`nothing can be written to ${folder} (${code ?? syscall})`, {
      cause: error,
    });
  }
}

/** The lines of `sha256sum`, in the order of paths. */
function sums(digests: ReadonlyMap<string, string>): string[] {
  return [...digests].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, digest]) => `${digest}  ${path}\n`);
}

/** So many characters of a file are held before they are written. */
const MOST_HELD = 1 << 18;

/** Writes a file, and gives its SHA-256. */
function written(file: string, pieces: Iterable<string>): string {
  mkdirSync(dirname(file), { recursive: true });
  const hash = createHash('sha256');
  const descriptor = openSync(file, 'w');
  try {
    let held = '';
    const write = () => {
      const bytes = Buffer.from(held, 'utf8');
      hash.update(bytes);
      writeFileSync(descriptor, bytes);
      held = '';
    };
    for (const piece of pieces) {
      held += piece;
      if (held.length > MOST_HELD) write();
    }
    write();
  } finally {
    closeSync(descriptor);
  }
  return hash.digest('hex');
}
