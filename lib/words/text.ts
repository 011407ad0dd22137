/** A page as text for a terminal. */
import type { Block, Document, Item, Level } from './document';
import { type Inline, partsOf, Sentence, type Words } from './sentence';
import { visible } from './visible';
import { columns, type Paint, padded, painter, widthOf, wrapped } from './width';

/** How a page is set for a terminal. */
export interface TextSettings {
  /** Lines are no longer, but for code, tables and long names. */
  readonly width?: number;
  /** Whether headings and what must not be missed are painted. */
  readonly colour?: boolean;
}

const WIDTH = 100;

/** The page for a terminal: code loses its marks, links show where they lead. Ends with a line feed. */
export function documentText(page: Document, { width = WIDTH, colour = false }: TextSettings = {}): string {
  const paint = painter(colour);
  const out = page.map((block) => blockLines(block, width, paint).join('\n'));
  return `${out.join('\n\n').trimEnd()}\n`;
}

/** One sentence for a terminal, on one line but for its breaks. */
export function plainText(words: Words, paint: Paint = painter(false)): string {
  return partsOf(words)
    .map((part) => inlineText(part, paint))
    .join('');
}

/** One sentence with its code between backticks, such as for a field of JSON that people read. */
export function markedText(words: Words): string {
  return partsOf(words)
    .map((part): string => {
      if (part.kind === 'code') return `\`${visible(part.text)}\``;
      return 'content' in part ? markedText(new Sentence(part.content)) : inlineText(part, painter(false));
    })
    .join('');
}

function inlineText(part: Inline, paint: Paint): string {
  const content = (parts: readonly Inline[]) => parts.map((each) => inlineText(each, paint)).join('');
  switch (part.kind) {
    case 'text':
    case 'code':
      return visible(part.text);
    case 'strong':
      return paint('bold', content(part.content));
    case 'emphasis':
      return paint('italic', content(part.content));
    case 'inserted':
      return `{+${content(part.content)}+}`;
    case 'deleted':
      return `[-${content(part.content)}-]`;
    case 'link': {
      const words = content(part.content);
      return words === part.to ? words : `${words} (${visible(part.to)})`;
    }
    case 'break':
      return '\n';
  }
}

function blockLines(block: Block, width: number, paint: Paint): string[] {
  const fill = (words: Words, first = '', rest = '') =>
    plainText(words, paint)
      .split('\n')
      .flatMap((line, index) => wrapped(line, width, index === 0 ? first : rest, rest));
  switch (block.kind) {
    case 'heading':
      return headingLines(block.level, plainText(block.text), paint);
    case 'paragraph':
      return fill(block.text);
    case 'list':
      return block.items.flatMap(({ text, more = [] }: Item, index) => {
        const mark = { bullets: '- ', numbers: `${index + 1}. `, ticks: '[ ] ' }[block.marks];
        const under = ' '.repeat(mark.length);
        return [
          ...fill(text, mark, under),
          ...more.flatMap((each) => fill(each, `${under}- `, `${under}  `)),
        ];
      });
    case 'table':
      return columns([block.head, ...block.rows].map((row) => row.map((cell) => inOneLine(cell, paint))));
    case 'definitions': {
      const labels = block.entries.map(([label]) => plainText(label));
      const indent = Math.max(0, ...labels.map(widthOf)) + 2;
      return block.entries.flatMap(([, value], index) =>
        fill(value, padded(labels[index] ?? '', indent), ' '.repeat(indent)),
      );
    }
    case 'code':
      return block.lines.map((line) => (line === '' ? '' : `    ${visible(line)}`));
    case 'details':
      return [
        ...fill(block.summary),
        ...block.blocks.flatMap((each) => ['', ...blockLines(each, width, paint)]),
      ];
  }
}

function headingLines(level: Level, text: string, paint: Paint): string[] {
  const under = { 1: '=', 2: '-', 3: '', 4: '' }[level];
  return under === '' ? [paint('bold', text)] : [paint('bold', text), under.repeat(widthOf(text))];
}

function inOneLine(words: Words, paint: Paint): string {
  return plainText(words, paint).replaceAll('\n', '; ');
}
