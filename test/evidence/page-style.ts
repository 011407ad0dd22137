/** Compiles the style of the evidence page from govuk-frontend: the few components that it uses, in Arial, with no font face. */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compile } from 'sass';

const ROOT = resolve(__dirname, '../..');
/** Where the compiled style is kept. */
export const PAGE_STYLE = join(ROOT, 'lib/evidence/page/page.css');

/** The style as it should be. It begins with the licence of what it was made from. */
export function compiledStyle(): string {
  const { css } = compile(join(ROOT, 'lib/evidence/page/page.scss'), {
    style: 'compressed',
    loadPaths: [join(ROOT, 'node_modules')],
    quietDeps: true,
  });
  return `${css.replace(/^\uFEFF|@charset "UTF-8";/, '')}\n`;
}

if (require.main === module) writeFileSync(PAGE_STYLE, compiledStyle());
