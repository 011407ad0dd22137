/** Writes a pack into its folder, whole or not at all. */
import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { demandFolder, type FolderKind, makeOwnFolder } from '../disk';
import type { PackFiles } from './pack';

const SUMS = 'SHA256SUMS';

/** A pack tells by its own list what is of it, and as it was made: drafts in it are there to be written on. */
const PACK: FolderKind = {
  what: 'evidence pack',
  isOne: (held) => held.includes(SUMS) && (held.includes('evidence.json') || held.includes('extract.json')),
  part: (folder) => {
    const listed = new Map(
      [...readFileSync(join(folder, SUMS), 'utf8').matchAll(/^([0-9a-f]{64}) {2}(.+)$/gm)].map(
        ([, digest = '', path = '']) => [path, digest],
      ),
    );
    const paths = [...listed.keys()];
    return (path, isFolder) => {
      if (isFolder) return paths.some((each) => each.startsWith(`${path}/`)) ? 'as made' : 'strange';
      if (path === SUMS) return 'as made';
      const digest = listed.get(path);
      if (digest === undefined) return 'strange';
      const is = createHash('sha256')
        .update(readFileSync(join(folder, path)))
        .digest('hex');
      return is === digest ? 'as made' : 'changed';
    };
  },
};

/** Demands that a pack may go to this folder: it is not there yet, is empty, or holds an earlier pack alone. @throws FolderError */
export function demandPackFolder(folder: string): void {
  demandFolder(folder, PACK);
}

/**
 * Writes the pack to a temporary folder, each file as it is made, then moves it into place in one step. An earlier pack is
 * replaced as a whole.
 * @throws FolderError if the folder holds something else, or nothing can be written there
 */
export function writePack(folder: string, files: PackFiles): void {
  makeOwnFolder(folder, PACK, (whole) => {
    const digests = new Map<string, string>();
    const folders = new Set<string>();
    files((path, pieces) => {
      const folder = dirname(path);
      if (!folders.has(folder)) mkdirSync(join(whole, folder), { recursive: true });
      folders.add(folder);
      const digest = written(join(whole, path), pieces);
      digests.set(path, digest);
      return digest;
    });
    written(join(whole, SUMS), sums(digests));
  });
}

/** The lines of `sha256sum`, in the order of paths. */
function sums(digests: ReadonlyMap<string, string>): string[] {
  return [...digests].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, digest]) => `${digest}  ${path}\n`);
}

/**
 * So many bytes of a file are held before they are written, in memory that all files share: of 400 organisations a pack has 99 MB,
 * and each text that is put together before it is written is copied once more.
 */
const HELD = Buffer.allocUnsafeSlow(1 << 20);
/** A character of UTF-16 is no more bytes than these in UTF-8. */
const MOST_BYTES = 3;

/** Writes a file, and gives its SHA-256. */
function written(file: string, pieces: Iterable<string>): string {
  const hash = createHash('sha256');
  const descriptor = openSync(file, 'w');
  try {
    let held = 0;
    const write = (bytes: Buffer) => {
      hash.update(bytes);
      writeFileSync(descriptor, bytes);
    };
    for (const piece of pieces) {
      const most = piece.length * MOST_BYTES;
      if (held + most > HELD.length) {
        write(HELD.subarray(0, held));
        held = 0;
      }
      if (most > HELD.length) write(Buffer.from(piece, 'utf8'));
      else held += HELD.write(piece, held, 'utf8');
    }
    write(HELD.subarray(0, held));
  } finally {
    closeSync(descriptor);
  }
  return hash.digest('hex');
}
