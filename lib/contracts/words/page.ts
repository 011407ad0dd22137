/** The report as one HTML file: no scripts, nothing fetched, prints on A4. */
import { documentHtml, Html, html, visible } from '../../words';
import { type CheckedFile, contractReport } from './report';

const STYLE = `
:root { color: #0b0c0c; background: #fff; font: 17px/1.45 Arial, Helvetica, sans-serif; }
body { max-width: 50rem; margin: 0 auto; padding: 1.5rem; overflow-wrap: anywhere; }
h1 { font-size: 1.7rem; line-height: 1.15; margin: 0 0 .75rem; }
h2 { font-size: 1.35rem; margin: 2rem 0 .5rem; border-top: 1px solid #b1b4b6; padding-top: .75rem; }
h3 { font-size: 1.1rem; margin: 1.5rem 0 .35rem; }
p, ul, ol, table, dl { margin: 0 0 .75rem; }
table { border-collapse: collapse; width: 100%; font-size: .9em; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid #b1b4b6; }
dt { font-weight: bold; }
dd { margin: 0 0 .5rem; }
code { font-size: .92em; background: #f3f2f1; padding: 0 .2em; }
summary { cursor: pointer; text-decoration: underline; }
@page { size: A4; margin: 15mm; }
@media print { :root { font-size: 9.5pt; } body { max-width: none; padding: 0; } h2, h3 { break-after: avoid; } tr { break-inside: avoid; } }
`;

/** The whole file. */
export function contractReportHtml(file: CheckedFile): string {
  return html`<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${visible(file.name)}: check against its contract</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<main>
${documentHtml(contractReport(file))}
</main>
</body>
</html>
`.text;
}
