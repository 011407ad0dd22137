/** Writes a receipt: the folder with its proof, then the page beside it. Each is there as a whole or not at all. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder, writeWhole } from '../disk';

/**
 * Writes it, over nothing: its name says which transfer it is of, and which checkpoint, so that one of this name is the same.
 * @returns `there` where both were written before
 */
export function writeReceipt(
  folder: string,
  name: string,
  files: ReadonlyMap<string, Uint8Array>,
  page: string,
): 'written' | 'there' {
  const proof = join(folder, name);
  const sheet = join(folder, `${name}.html`);
  const isThere = existsSync(proof) && existsSync(sheet);
  if (!existsSync(proof)) {
    makeFolder(proof, (fresh) => {
      for (const [path, bytes] of files) {
        const file = join(fresh, ...path.split('/'));
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, bytes);
      }
    });
  }
  if (!existsSync(sheet)) writeWhole(sheet, page);
  return isThere ? 'there' : 'written';
}
