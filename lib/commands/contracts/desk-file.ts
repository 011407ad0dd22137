/** Files on a desk as the engine reads them: from the disk, or from standard input, which is kept in a file of its own meanwhile. */
import { statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Source } from '../../contracts';
import { namelessCopy } from '../../disk';
import type { FileForm } from '../../wire/contracts';
import { UsageError } from '../option';
import { unread } from '../unread';

/** Standard input, as a name of a file. */
export const STDIN = '-';

/** So many bytes are read in one go. */
const PIECE = 1 << 20;

/** A file that can be read as often as it takes. */
export interface DeskFile {
  /** As it was typed. */
  readonly name: string;
  readonly source: Source;
  /** Lets go of it, and of what was kept of it. */
  readonly close: () => Promise<void>;
}

/** What names of files say of their form, without what they are packed in. */
const ENDINGS: readonly (readonly [RegExp, FileForm])[] = [
  [/\.csv$/i, 'csv'],
  [/\.(?:jsonl|ndjson)$/i, 'json-lines'],
  [/\.parquet$/i, 'parquet'],
];

/** The form of a file by its name, or nothing where that does not say it. */
export function formByName(name: string): FileForm | undefined {
  const unpacked = name.replace(/\.(?:gz|zip)$/i, '');
  return ENDINGS.find(([ending]) => ending.test(unpacked))?.[1];
}

/** Opens a file. @throws UsageError if it cannot be read */
export async function openDeskFile(name: string, cwd: string): Promise<DeskFile> {
  // What comes in can be read once, and a packed file is looked at before it is read.
  const file = name === STDIN ? await namelessCopy(process.stdin) : await openNamed(name, cwd);
  const { size } = await file.stat();
  return {
    name: name === STDIN ? 'standard input' : name,
    source: sourceOf(file, size),
    close: () => file.close(),
  };
}

async function openNamed(name: string, cwd: string): Promise<FileHandle> {
  const path = resolve(cwd, name);
  try {
    if (statSync(path).isFile()) return await open(path);
  } catch (error) {
    throw unread(name, 'give the path of a file, or several', error);
  }
  throw new UsageError(`${name} is no file: give the path of a file, or several`);
}

function sourceOf(file: FileHandle, bytes: number): Source {
  return {
    bytes,
    read: (from) => piecesFrom(file, from),
    slice: async (from, to) => {
      const buffer = Buffer.alloc(to - from);
      let filled = 0;
      while (filled < buffer.length) {
        const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, from + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return buffer.subarray(0, filled);
    },
  };
}

/** Not as a stream of Node’s: one that is left before its end closes the file, which is read again. */
async function* piecesFrom(file: FileHandle, from: number): AsyncIterable<Uint8Array> {
  for (let at = from; ; ) {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(PIECE), 0, PIECE, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
