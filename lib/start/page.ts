/**
 * The mailbox’s page as it is handed on: a script, its parts that are loaded once they are wanted, and a style, the same bytes
 * on every computer.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pageBundle } from './bundle.cjs';

const ROOT = resolve(__dirname, '../..');

interface PageProgram {
  readonly script: string;
  /** What reading letters takes: loaded once one is opened. */
  readonly reading: string;
  /** What sealed letters take: loaded once one is opened or sent. */
  readonly sealed: string;
  readonly style: string;
}

let known: PageProgram | undefined;

/** Scripts and style of the page. Made or read once. */
export function pageProgram(): PageProgram {
  known ??= {
    ...pageBundle(ROOT),
    style: readFileSync(join(ROOT, 'lib/mailbox/page/page.css'), 'utf8'),
  };
  return known;
}
