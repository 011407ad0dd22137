/** Compiles the styles of pages from govuk-frontend: the few components that each uses, in Arial, with no font face. */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compile } from 'sass';

const ROOT = resolve(__dirname, '../..');
/** Where the compiled style of the evidence page is kept. */
export const PAGE_STYLE = join(ROOT, 'lib/evidence/page/page.css');
/** And that of the mailbox. */
export const MAILBOX_STYLE = join(ROOT, 'lib/mailbox/page/page.css');

/** The style as it should be: of the source beside it. It begins with the licence of what it was made from. */
export function compiledStyle(path: string): string {
  const { css } = compile(path.replace(/\.css$/, '.scss'), {
    style: 'compressed',
    loadPaths: [join(ROOT, 'node_modules')],
    quietDeps: true,
  });
  return `${css.replace(/^\uFEFF|@charset "UTF-8";/, '')}\n`;
}

if (require.main === module)
  for (const path of [PAGE_STYLE, MAILBOX_STYLE]) writeFileSync(path, compiledStyle(path));
