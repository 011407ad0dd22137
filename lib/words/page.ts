/** A document as one HTML file that stands by itself: no scripts, nothing fetched, prints on A4, fits 320 pixels. */
import type { Document } from './document';
import { documentHtml, Html, html } from './html';
import { visible } from './visible';

const STYLE = `
:root { color: #0b0c0c; background: #fff; font: 17px/1.45 Arial, Helvetica, sans-serif; }
body { max-width: 50rem; margin: 0 auto; padding: 1.5rem; overflow-wrap: break-word; }
h1 { font-size: 1.9rem; line-height: 1.15; margin: 0 0 .5rem; }
h2 { font-size: 1.35rem; margin: 2rem 0 .5rem; border-top: 1px solid #b1b4b6; padding-top: .75rem; }
h3 { font-size: 1.1rem; margin: 1.25rem 0 .35rem; }
p, ul, ol, table, dl, pre { margin: 0 0 .75rem; }
ul { padding-left: 1.25rem; }
ul.ticks { list-style: none; padding-left: 0; }
ul.ticks li::before { content: "\\2610"; padding-right: .5rem; }
table { border-collapse: collapse; width: 100%; font-size: .9em; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid #b1b4b6; }
dt { font-weight: bold; }
dd { margin: 0 0 .5rem; }
dd ul, td ul { margin: 0; padding-left: 1.1rem; }
@media (min-width: 40rem) { dl div { display: flex; gap: 1rem; margin-bottom: .5rem; } dl div dd { margin: 0; } dt { flex: 0 0 14rem; } }
pre { background: #f3f2f1; padding: .6rem; white-space: pre-wrap; font-size: .8em; }
h1, h2, h3, dd, a { overflow-wrap: anywhere; }
code { font-size: .92em; }
dd code { font-size: .83em; }
summary { cursor: pointer; text-decoration: underline; }
@media (max-width: 60rem) { td { overflow-wrap: anywhere; min-width: 3.5rem; } }
@media screen and (max-width: 30rem) { body { padding: 1rem .75rem; } code { overflow-wrap: anywhere; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); } tr, td { display: block; } tr { border-bottom: 1px solid #b1b4b6; padding: .3rem 0; }
  td { border: 0; padding: .1rem 0; } td:empty { display: none; } td::before { content: attr(data-label) ": "; font-weight: bold; } }
@page { size: A4; margin: 15mm; }
@media print { :root { font-size: 9.5pt; line-height: 1.3; } body { max-width: none; padding: 0; }
  p, ul, ol, table, dl, pre { margin-bottom: .5rem; } h3 { margin-top: .8rem; } th, td { padding-top: .2rem; padding-bottom: .2rem; } pre { padding: .35rem .6rem; }
  h1, h2, h3 { break-after: avoid; } li, tr, pre { break-inside: avoid; } h2 { margin-top: 1.2rem; } }
`;

/** The whole file. @param title of the window; the document has its own heading */
export function documentPage(title: string, document: Document): string {
  return html`<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${visible(title)}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<main>
${documentHtml(document)}
</main>
</body>
</html>
`.text;
}
