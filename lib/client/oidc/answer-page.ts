/** What the browser shows once it has come back. It holds nothing of the person, runs nothing and loads nothing. */
import { createHash } from 'node:crypto';

/** What came of it, as far as the browser is concerned. */
export type Outcome = 'signed-in' | 'refused' | 'other';

const STYLE =
  'body{font:1.2em/1.5 sans-serif;max-width:34em;margin:3em auto;padding:0 1em;color:#0b0c0c;background:#fff}';
const STYLE_DIGEST = createHash('sha256').update(STYLE).digest('base64');

const SAYS: Readonly<
  Record<Outcome, { readonly status: number; readonly title: string; readonly text: string }>
> = {
  'signed-in': {
    status: 200,
    title: 'Your identity provider has signed you in',
    text: 'Go back to the terminal: it says what you may do. You can close this window.',
  },
  refused: {
    status: 400,
    title: 'You are not signed in',
    text: 'Go back to the terminal: it says why, and what to do. You can close this window.',
  },
  other: {
    status: 400,
    title: 'This answer is not of the sign-in that waits',
    text: 'It may be of one that was begun before. Close this window, go back to the terminal, and begin again.',
  },
};

/** The page, with its status and headers. */
export function answerPage(outcome: Outcome) {
  const { status, title, text } = SAYS[outcome];
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_DIGEST}'; frame-ancestors 'none'`,
      // The address has the code in it; it is used up, and is passed on to nobody.
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
    body: `<!doctype html>
<html lang="en-GB">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title} - Concordat</title><style>${STYLE}</style></head>
<body><main><h1>${title}</h1><p>${text}</p></main></body>
</html>
`,
  };
}
