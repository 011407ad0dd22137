/** A page of headings, sentences and lists, and its two forms: text for a terminal and Markdown. */
import { visible } from '../words';

/** One item of a list, with what belongs to it. */
export interface Item {
  readonly text: string;
  readonly more?: readonly string[];
}

/** One part of a page. Code and names stand between backticks. */
export interface Section {
  readonly heading: string;
  readonly text?: readonly string[];
  readonly facts?: readonly (readonly [label: string, value: string])[];
  readonly items?: readonly Item[];
  /** Lines to copy, as they are. */
  readonly code?: readonly string[];
}

/** A page. */
export interface Page {
  readonly title: string;
  readonly text: readonly string[];
  readonly sections: readonly Section[];
}

/** Lines of a terminal are no longer, but for code and long names. */
const WIDTH = 100;

/** The page for a terminal. Ends with a line feed. */
export function pageText({ title, text, sections }: Page): string {
  const lines = [title, '='.repeat(title.length), '', ...text.flatMap((each) => [...wrapped(each), ''])];
  for (const section of sections) {
    lines.push(section.heading, '-'.repeat(section.heading.length), '');
    for (const each of section.text ?? []) lines.push(...wrapped(each), '');
    if (section.facts) lines.push(...factLines(section.facts), '');
    for (const { text: item, more = [] } of section.items ?? [])
      lines.push(...wrapped(item, '- ', '  '), ...more.flatMap((each) => wrapped(each, '  - ', '    ')));
    if (section.items) lines.push('');
    if (section.code)
      lines.push(...section.code.map((line) => (line === '' ? '' : `    ${visible(line)}`)), '');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

/** The page as Markdown. Ends with a line feed. */
export function pageMarkdown({ title, text, sections }: Page): string {
  const lines = [`# ${escaped(title)}`, '', ...text.flatMap((each) => [escaped(each), ''])];
  for (const section of sections) {
    lines.push(`## ${escaped(section.heading)}`, '');
    for (const each of section.text ?? []) lines.push(escaped(each), '');
    if (section.facts)
      lines.push(
        '| | |',
        '| --- | --- |',
        ...section.facts.map(([label, value]) => `| ${escaped(label)} | ${escaped(value)} |`),
        '',
      );
    for (const { text: item, more = [] } of section.items ?? [])
      lines.push(`- ${escaped(item)}`, ...more.map((each) => `  - ${escaped(each)}`));
    if (section.items) lines.push('');
    if (section.code) lines.push('```sh', ...section.code.map(visible), '```', '');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

function factLines(facts: NonNullable<Section['facts']>): string[] {
  const width = Math.max(...facts.map(([label]) => label.length)) + 2;
  return facts.flatMap(([label, value]) => wrapped(value, label.padEnd(width), ' '.repeat(width)));
}

function wrapped(text: string, first = '', rest = ''): string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of visible(text).replaceAll('`', '').split(' ')) {
    if (!empty && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = rest;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}

/** Outside of code, what Markdown would take for its own is escaped. */
function escaped(text: string): string {
  return visible(text)
    .split('`')
    .map((part, index) =>
      index % 2 === 1 ? part.replaceAll('|', '\\|') : part.replace(/[\\*_<>[\]#|]/g, '\\$&'),
    )
    .join('`');
}
