/** A joining pack as one HTML file: no scripts, nothing fetched, prints on A4. */

import { visible } from '../words';
import type { Block, Section } from './blocks';

const STYLE = `
:root { color: #0b0c0c; background: #fff; font: 17px/1.45 Arial, Helvetica, sans-serif; }
body { max-width: 46rem; margin: 0 auto; padding: 1.5rem; overflow-wrap: break-word; }
h1 { font-size: 1.9rem; line-height: 1.15; margin: 0 0 .5rem; }
h2 { font-size: 1.35rem; margin: 2rem 0 .5rem; border-top: 1px solid #b1b4b6; padding-top: .75rem; }
h3 { font-size: 1.1rem; margin: 1.25rem 0 .35rem; }
p, ul, table, pre { margin: 0 0 .75rem; }
ul { padding-left: 1.25rem; }
ul.ticks { list-style: none; padding-left: 0; }
ul.ticks li::before { content: "\\2610"; padding-right: .5rem; }
table { border-collapse: collapse; width: 100%; font-size: .9em; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid #b1b4b6; }
pre { background: #f3f2f1; padding: .6rem; white-space: pre-wrap; font-size: .8em; }
code { font-size: .92em; }
@page { size: A4; margin: 15mm; }
@media print { :root { font-size: 9.5pt; } body { max-width: none; padding: 0; }
  h1, h2, h3 { break-after: avoid; } li, tr, pre { break-inside: avoid; } h2 { margin-top: 1.2rem; } }
`;

/** The whole file. */
export function packHtml(title: string, sections: readonly Section[]): string {
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${sections.map(sectionHtml).join('\n')}
</main>
</body>
</html>
`;
}

function sectionHtml({ heading, level, blocks }: Section): string {
  const tag = level === 2 ? 'h3' : 'h2';
  const head = heading === '' ? '' : `<${tag}>${inline(heading)}</${tag}>\n`;
  return `${head}${blocks.map(blockHtml).join('\n')}`;
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'text':
      return `<p>${inline(block.text)}</p>`;
    case 'list':
      return `<ul${block.ticks ? ' class="ticks"' : ''}>\n${block.items.map((each) => `<li>${inline(each)}</li>`).join('\n')}\n</ul>`;
    case 'table':
      return `<table>\n<thead>${row('th scope="col"', 'th', block.head)}</thead>\n<tbody>\n${block.rows.map((each) => row('td', 'td', each)).join('\n')}\n</tbody>\n</table>`;
    case 'code':
      return `<pre><code>${block.lines.map(escaped).join('\n')}</code></pre>`;
  }
}

function row(open: string, close: string, cells: readonly string[]): string {
  return `<tr>${cells.map((each) => `<${open}>${inline(each)}</${close}>`).join('')}</tr>`;
}

function inline(words: string): string {
  return escaped(words)
    .split('`')
    .map((part, index) => (index % 2 === 1 ? `<code>${part}</code>` : part))
    .join('');
}

/** Names and texts come from the register: what would be markup, or cannot be seen, is shown as it is. */
function escaped(words: string): string {
  return visible(words)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
