/**
 * A page as Markdown, so that a reader of CommonMark or of GitHub’s flavour sees each character that was given, and no
 * name of a register or a template can become markup.
 * @see https://spec.commonmark.org/0.31.2/#backslash-escapes and https://github.github.com/gfm/#tables-extension-
 */
import type { Block, Document } from './document';
import { escaped as escapedHtml } from './html';
import { type Inline, partsOf, type Words } from './sentence';
import { visible } from './visible';

/** Where text stands: what begins a block there, or ends a cell, differs. */
type Place = 'block' | 'cell' | 'link';

/** The page as Markdown. Ends with a line feed. */
export function documentMarkdown(page: Document): string {
  return `${page
    .map((block) => blockLines(block).join('\n'))
    .join('\n\n')
    .trimEnd()}\n`;
}

/** One sentence as Markdown, for the middle of a line. */
function inlineMarkdown(words: Words): string {
  return written(partsOf(words), 'block');
}

/** One sentence as Markdown, for a cell of a table. */
function cellMarkdown(words: Words): string {
  return written(partsOf(words), 'cell');
}

/** Plain text as Markdown: what Markdown or HTML would take for its own is escaped. */
function escapedMarkdown(text: string): string {
  return visible(text).replace(/[\\`*_<>[\]#~|]|&(?=#?\w+;)/g, '\\$&');
}

function blockLines(block: Block): string[] {
  switch (block.kind) {
    case 'heading':
      return [`${'#'.repeat(block.level)} ${inlineMarkdown(block.text).replaceAll('\\\n', ' ')}`];
    case 'paragraph':
      return [atStart(inlineMarkdown(block.text))];
    case 'list':
      return block.items.flatMap(({ text, more = [] }, index) => {
        const mark = { bullets: '- ', numbers: `${index + 1}. `, ticks: '- [ ] ' }[block.marks];
        const under = ' '.repeat(block.marks === 'numbers' ? mark.length : 2);
        return [
          `${mark}${hanging(text, under)}`,
          ...more.map((each) => `${under}- ${hanging(each, `${under}  `)}`),
        ];
      });
    case 'table':
      return [row(block.head), `| ${block.head.map(() => '---').join(' | ')} |`, ...block.rows.map(row)];
    case 'definitions':
      return ['| | |', '| --- | --- |', ...block.entries.map(row)];
    case 'code': {
      const fence = '`'.repeat(Math.max(3, 1 + longestRun(block.lines.join('\n'))));
      return [`${fence}${block.language}`, ...block.lines.map(visible), fence];
    }
    case 'details':
      return [
        '<details>',
        `<summary>${escapedHtml(visible(plain(partsOf(block.summary))))}</summary>`,
        '',
        ...block.blocks.flatMap((each) => [...blockLines(each), '']),
        '</details>',
      ];
  }
}

function row(cells: readonly Words[]): string {
  return `| ${cells.map((each) => cellMarkdown(each)).join(' | ')} |`;
}

function hanging(words: Words, under: string): string {
  return atStart(inlineMarkdown(words)).replaceAll('\n', `\n${under}`);
}

/** What only at the start of a line would begin a list, a heading or a rule. Spaces there would be lost or make code. */
function atStart(markdown: string): string {
  return markdown
    .split('\n')
    .map((line) =>
      !/^[ \-+=\d]/.test(line)
        ? line
        : line
            .replace(/^ +/, (spaces) => '&#32;'.repeat(spaces.length))
            .replace(/^([-+=])(?=[-+= ]|$)/, '\\$1')
            .replace(/^(\d{1,9})([.)])(?= |$)/, '$1\\$2'),
    )
    .join('\n');
}

function written(parts: readonly Inline[], place: Place): string {
  return parts.map((part, index) => one(part, parts[index - 1], parts[index + 1], place)).join('');
}

function one(part: Inline, before: Inline | undefined, after: Inline | undefined, place: Place): string {
  switch (part.kind) {
    case 'text':
      // An exclamation mark would make a picture of the link after it.
      return after?.kind === 'link'
        ? escapedMarkdown(part.text).replace(/!$/, '\\!')
        : escapedMarkdown(part.text);
    case 'code':
      return before?.kind === 'code' || after?.kind === 'code'
        ? codeElement(visible(part.text))
        : span(visible(part.text), place);
    case 'strong':
    case 'emphasis':
      return stressed(part.kind, written(part.content, place), isStressed(before) || isStressed(after));
    case 'inserted':
      return `<ins>${written(part.content, place)}</ins>`;
    case 'deleted':
      return `<del>${written(part.content, place)}</del>`;
    case 'link':
      return `[${written(part.content, place === 'cell' ? 'cell' : 'link')}](<${encodeURI(part.to).replace(/[<>\\|]/g, encodeURIComponent)}>)`;
    case 'break':
      return place === 'cell' ? '<br>' : '\\\n';
  }
}

function isStressed(part: Inline | undefined): boolean {
  return part?.kind === 'strong' || part?.kind === 'emphasis';
}

/** Asterisks open and close only beside letters, and not beside one another; elsewhere the elements say the same. */
function stressed(kind: 'strong' | 'emphasis', content: string, beside: boolean): string {
  const [mark, element] = kind === 'strong' ? ['**', 'strong'] : ['*', 'em'];
  return !beside && /^[\p{L}\p{N}](?:.*[\p{L}\p{N}])?$/su.test(content)
    ? `${mark}${content}${mark}`
    : `<${element}>${content}</${element}>`;
}

/** A code span, in which no escapes work: a longer fence where it has backticks, and HTML where a cell or a link would end. */
function span(text: string, place: Place): string {
  if (
    /^ *$/.test(text) ||
    (place === 'cell' && /\\\|/.test(text)) ||
    (place !== 'block' && /[[\]]/.test(text))
  )
    return codeElement(text);
  const fence = '`'.repeat(1 + longestRun(text));
  const pad = /^`|`$|^ .* $/.test(text) ? ' ' : '';
  const inside = place === 'cell' ? text.replaceAll('|', '\\|') : text;
  return `${fence}${pad}${inside}${pad}${fence}`;
}

function codeElement(text: string): string {
  return `<code>${escapedMarkdown(text).replaceAll('\\|', '&#124;').replaceAll(' ', '&#32;')}</code>`;
}

function longestRun(text: string): number {
  if (!text.includes('`')) return 0;
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

function plain(parts: readonly Inline[]): string {
  return parts
    .map((part) => ('text' in part ? part.text : part.kind === 'break' ? ' ' : plain(part.content)))
    .join('');
}
