/** Texts as they were read aloud and agreed, in files; UPDATE_GOLDEN=1 writes them anew. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Holds a text against the file of that name in golden/ below a folder. */
export function goldenIn(folder: string) {
  return (name: string, text: string): void => {
    const file = join(folder, 'golden', name);
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, text);
    expect(text).toBe(existsSync(file) ? readFileSync(file, 'utf8') : 'a golden file that is missing');
  };
}
