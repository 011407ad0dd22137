/** Files on this computer as they are to be sent: what was named, and what is in folders. */
import {
  createWriteStream,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  type Stats,
  statSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, relative, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DeliveryRefused, type DepositRefusal, type LocalFile, type NamedFile } from '../delivery';
import { readFrom } from './file-bytes';

/** Standard input, as a name of a file. */
export const STDIN = '-';

/** A file of so many bytes is read in one go: a stream would cost more than the reading. */
const SMALL = 1 << 18;

/**
 * The files that were named: each by its own name, and what is in folders by its path in them, in the order of their names.
 * Links are followed where they are named, and refused in folders, where nobody may know of them.
 * @param name of the one file, in place of its own
 * @throws DeliveryRefused `no-file`, `nothing-to-send`, `one-name`
 */
export function filesNamed(
  named: readonly string[],
  cwd: string,
  name: string | undefined,
): readonly NamedFile[] {
  const found = named.flatMap((each) => {
    const path = resolve(cwd, each);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) throw refused({ refused: 'no-file', path: each, what: 'missing' });
    if (stat.isDirectory()) return filesIn(path);
    if (!stat.isFile()) throw refused({ refused: 'no-file', path: each, what: 'special' });
    return [{ name: basename(path), file: fileAt(path, stat) }];
  });
  const [only] = found;
  if (only === undefined) throw refused({ refused: 'nothing-to-send', named });
  if (name === undefined) return found;
  if (found.length > 1) throw refused({ refused: 'one-name', files: found.length });
  return [{ ...only, name }];
}

function filesIn(folder: string): NamedFile[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      if (!entry.isFile()) throw refused({ refused: 'no-file', path, what: 'special' });
      return { name: relative(folder, path).split(sep).join('/'), file: fileAt(path, statSync(path)) };
    })
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** A file, as it is now. */
export function fileAt(path: string, stat: Stats = statSync(path)): LocalFile {
  // There may be any number of them, so none keeps what the system said of it.
  return stat.size <= SMALL
    ? new WholeFile(path, stat.size, stampOf(stat))
    : new LargeFile(path, stat.size, stampOf(stat));
}

class WholeFile implements LocalFile {
  constructor(
    readonly path: string,
    readonly bytes: number,
    readonly stamp: string,
  ) {}

  read(from: number, to: number): AsyncIterable<Uint8Array> {
    return inOneGo(this.path, from, to);
  }
}

class LargeFile extends WholeFile {
  override read(from: number, to: number): AsyncIterable<Uint8Array> {
    return inPieces(this.path, from, to);
  }
}

/** Whether a file is still as it was. */
export function isUnchanged({ path, stamp }: LocalFile): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat !== undefined && stampOf(stat) === stamp;
}

function stampOf({ size, mtimeMs, ctimeMs, ino }: Stats): string {
  return `${size} ${mtimeMs} ${ctimeMs} ${ino}`;
}

async function* inOneGo(path: string, from: number, to: number): AsyncIterable<Uint8Array> {
  yield readFileSync(path).subarray(from, to);
}

async function* inPieces(path: string, from: number, to: number): AsyncIterable<Uint8Array> {
  const file = await open(path, 'r');
  try {
    yield* readFrom(file, from, to);
  } finally {
    await file.close();
  }
}

/** Standard input, kept in a file of its own that nobody else may read; `remove` takes it away. */
export async function keptInput(): Promise<{ readonly path: string; readonly remove: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-stdin-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const path = join(folder, 'file');
  try {
    await pipeline(process.stdin, createWriteStream(path, { mode: 0o600 }));
    return { path, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function refused(refusal: DepositRefusal): DeliveryRefused<DepositRefusal> {
  return new DeliveryRefused(refusal);
}
