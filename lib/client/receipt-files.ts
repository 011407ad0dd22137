/** Writes a receipt: the folder with its proof, then the page beside it. Each is there as a whole or not at all. */
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

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
    const beside = join(folder, `.${name}.new`);
    rmSync(beside, { recursive: true, force: true });
    for (const [path, bytes] of files) {
      const file = join(beside, ...path.split('/'));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, bytes);
    }
    renameSync(beside, proof);
  }
  if (!existsSync(sheet)) {
    const beside = join(folder, `.${name}.html.new`);
    writeFileSync(beside, page);
    renameSync(beside, sheet);
  }
  return isThere ? 'there' : 'written';
}
