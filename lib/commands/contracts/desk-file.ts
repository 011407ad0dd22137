/** Files on a desk as the engine reads them: from the disk, or from standard input, which is kept in a file of its own meanwhile. */

import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Source } from '../../contracts';
import type { FileForm } from '../../wire/contracts';
import { UsageError } from '../option';

/** Standard input, as a name of a file. */
export const STDIN = '-';

/** A file that can be read as often as it takes. */
export interface DeskFile {
  /** As it was typed. */
  readonly name: string;
  readonly source: Source;
  /** Takes away what was kept of it. */
  readonly close: () => void;
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
  if (name !== STDIN) {
    const path = resolve(cwd, name);
    return { name, source: sourceOf(path, sizeOf(path, name)), close: () => undefined };
  }
  // What comes in can be read once, and a packed file is looked at before it is read. Nobody else may read what is kept of it.
  const folder = mkdtempSync(join(tmpdir(), 'concordat-stdin-'));
  const close = () => rmSync(folder, { recursive: true, force: true });
  const path = join(folder, 'file');
  try {
    await pipeline(process.stdin, createWriteStream(path, { mode: 0o600 }));
  } catch (error) {
    close();
    throw error;
  }
  return { name: 'standard input', source: sourceOf(path, sizeOf(path, name)), close };
}

function sizeOf(path: string, name: string): number {
  try {
    const stat = statSync(path);
    if (stat.isFile()) return stat.size;
  } catch (error) {
    throw new UsageError(
      `${name} cannot be read (${(error as NodeJS.ErrnoException).code}): give the path of a file`,
      {
        cause: error,
      },
    );
  }
  throw new UsageError(`${name} is no file: give the path of a file, or several`);
}

function sourceOf(path: string, bytes: number): Source {
  return {
    bytes,
    read: (from) => createReadStream(path, { start: from, highWaterMark: 1 << 20 }),
    slice: async (from, to) => {
      const file = await open(path);
      try {
        const buffer = Buffer.alloc(to - from);
        let filled = 0;
        while (filled < buffer.length) {
          const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, from + filled);
          if (bytesRead === 0) break;
          filled += bytesRead;
        }
        return buffer.subarray(0, filled);
      } finally {
        await file.close();
      }
    },
  };
}
