/** Texts that are held against files in golden/, to the letter. `UPDATE_GOLDEN=1` writes them anew; then read each that changed. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Expects a text to be that of a golden file. @param name below test/contracts/golden */
export function expectGolden(name: string, text: string): void {
  const file = join(__dirname, 'golden', name);
  if (process.env.UPDATE_GOLDEN === '1') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  expect(text).toBe(existsSync(file) ? readFileSync(file, 'utf8') : 'a golden file that is missing');
}
