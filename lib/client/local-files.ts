/** Files on this computer as they are to be sent: what was named, and what is in folders. */
import { readdirSync, readFileSync, type Stats, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import { DeliveryRefused, type DepositRefusal, type LocalFile, type NamedFile } from '../delivery';
import { namelessCopy } from '../disk';
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

/** Standard input, kept in a file that nobody else can open. */
class KeptInput implements LocalFile {
  /** What it is called where the path of a file is told. */
  readonly path = 'standard input';

  constructor(
    private readonly file: FileHandle,
    readonly bytes: number,
    readonly stamp: string,
  ) {}

  read(from: number, to: number): AsyncIterable<Uint8Array> {
    return readFrom(this.file, from, to);
  }
}

/** Keeps all of standard input. `close` lets go of it. */
export async function keptInput(): Promise<{
  readonly file: LocalFile;
  readonly close: () => Promise<void>;
}> {
  const kept = await namelessCopy(process.stdin);
  const stat = await kept.stat();
  return { file: new KeptInput(kept, stat.size, stampOf(stat)), close: () => kept.close() };
}

/** Whether a file is still as it was. */
export function isUnchanged(file: LocalFile): boolean {
  if (file instanceof KeptInput) return true;
  const { path, stamp } = file;
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

function refused(refusal: DepositRefusal): DeliveryRefused<DepositRefusal> {
  return new DeliveryRefused(refusal);
}
