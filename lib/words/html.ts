/** HTML as values: text is escaped on its way in, so that nothing of a register or a template can become markup. */
import type { Block, Document } from './document';
import { type Inline, itemsOf, Sentence, type Words } from './sentence';
import { plainText } from './text';
import { visible } from './visible';

/** Markup that is known to be sound. */
export class Html {
  constructor(readonly text: string) {}
}

/** What may stand in a template: text is escaped, sentences are shown, lists are joined, undefined is nothing. */
export type Part = Html | Sentence | string | number | undefined | readonly Part[];

/** A piece of a page. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.reduce((sum, string, index) => sum + written(parts[index - 1]) + string));
}

/** Text for an element or a quoted attribute. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

function written(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Html) return part.text;
  if (part instanceof Sentence) return sentenceHtml(part).text;
  if (typeof part === 'object') return part.map(written).join('');
  return escaped(String(part));
}

/** A sentence as the content of an element. What cannot be seen is shown by its code point. */
function sentenceHtml(words: Words): Html {
  return typeof words === 'string' ? html`${visible(words)}` : html`${words.parts.map(inlineHtml)}`;
}

/** The blocks of a page, as the content of an element. They carry no class, but for lists to tick (`ticks`) and notes. */
export function documentHtml(page: Document): Html {
  return new Html(page.map((block) => blockHtml(block).text).join('\n'));
}

function inlineHtml(part: Inline): Html {
  switch (part.kind) {
    case 'text':
      return html`${visible(part.text)}`;
    case 'code':
      return html`<code>${visible(part.text)}</code>`;
    case 'strong':
      return html`<strong>${part.content.map(inlineHtml)}</strong>`;
    case 'emphasis':
      return html`<em>${part.content.map(inlineHtml)}</em>`;
    case 'inserted':
      return html`<ins>${part.content.map(inlineHtml)}</ins>`;
    case 'deleted':
      return html`<del>${part.content.map(inlineHtml)}</del>`;
    case 'link':
      return html`<a href="${safeAddress(part.to)}">${part.content.map(inlineHtml)}</a>`;
    case 'break':
      return html`<br>`;
  }
}

/** Only addresses of the web, of mail, and relative ones: others could run something. */
function safeAddress(to: string): string {
  return /^(?:https?:|mailto:|[^:]*$|[^:]*[/?#])/i.test(to) ? to : '#';
}

function blockHtml(block: Block): Html {
  switch (block.kind) {
    case 'heading': {
      const tag = new Html(`h${block.level}`);
      const id = block.id === undefined ? undefined : html` id="${block.id}"`;
      return html`<${tag}${id}>${sentenceHtml(block.text)}</${tag}>`;
    }
    case 'paragraph':
      return html`<p>${sentenceHtml(block.text)}</p>`;
    case 'list': {
      const tag = new Html(block.marks === 'numbers' ? 'ol' : 'ul');
      const ticks = block.marks === 'ticks' ? html` class="ticks"` : undefined;
      return html`<${tag}${ticks}>
${inLines(block.items.map(({ text, more = [] }) => html`<li>${sentenceHtml(text)}${more.length === 0 ? undefined : html`<ul>${more.map((each) => html`<li>${sentenceHtml(each)}</li>`)}</ul>`}</li>`))}
</${tag}>`;
    }
    case 'table':
      return html`<table>
<thead><tr>${block.head.map((each) => html`<th scope="col">${sentenceHtml(each)}</th>`)}</tr></thead>
<tbody>
${inLines(block.rows.map((row) => html`<tr>${row.map((each, column) => html`<td data-label="${plainText(block.head[column] ?? '')}">${valueHtml(each)}</td>`)}</tr>`))}
</tbody>
</table>`;
    case 'definitions':
      return html`<dl>
${inLines(block.entries.map(([label, value]) => html`<div><dt>${sentenceHtml(label)}</dt><dd>${valueHtml(value)}</dd></div>`))}
</dl>`;
    case 'code':
      return html`<pre><code>${block.lines.map(visible).join('\n')}</code></pre>`;
    case 'details':
      return html`<details><summary>${sentenceHtml(block.summary)}</summary>
${documentHtml(block.blocks)}
</details>`;
  }
}

/** What stands beside a label or in a cell, where a list may stand as one: who does not see the page is told how long it is. */
function valueHtml(words: Words): Html {
  const items = itemsOf(words);
  return items === undefined
    ? sentenceHtml(words)
    : html`<ul>${items.map((each) => html`<li>${sentenceHtml(each)}</li>`)}</ul>`;
}

function inLines(parts: readonly Html[]): Html {
  return new Html(parts.map(({ text }) => text).join('\n'));
}
