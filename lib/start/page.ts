/** The mailbox’s page as it is handed on: one script and one style, the same bytes on every computer. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pageBundle } from './bundle.cjs';

const ROOT = resolve(__dirname, '../..');

let known: { readonly script: string; readonly style: string } | undefined;

/** Script and style of the page. Made or read once. */
export function pageProgram(): { readonly script: string; readonly style: string } {
  known ??= {
    script: pageBundle(ROOT),
    style: readFileSync(join(ROOT, 'lib/mailbox/page/page.css'), 'utf8'),
  };
  return known;
}
