/** The pages of a play that stand for somebody else’s: where it begins, and where people sign in. */
import { type Html, html } from '../../words';
import { ICON } from '../icon';
import type { PlayAnswer } from './answer';

const STYLE =
  'body{max-width:40rem;margin:2rem auto;padding:0 1rem;font:1.2rem/1.4 system-ui,sans-serif}h1{font-size:1.8rem;line-height:1.2}a{display:inline-block;padding:.2rem 0;color:#1a65a6}';

/** Such a page, with its title as its heading. Its picture is in it: of a page without one browsers ask for /favicon.ico. */
export function plainPage(title: string, content: Html): PlayAnswer {
  const page = html`<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><link rel="icon" href="data:image/svg+xml,${encodeURIComponent(ICON)}"><style>${STYLE}</style></head>
<body><main><h1>${title}</h1>${content}</main></body></html>`;
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: page.text };
}
