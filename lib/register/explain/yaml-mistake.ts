/**
 * Finds the slip that most likely made the YAML parser stumble. The parser names the place where it could not go on,
 * which is often lines after a quote that was never closed.
 */

/** What was probably meant to stand there. Line and column count from 0. */
export interface Mistake {
  readonly line: number;
  readonly column: number;
  readonly length: number;
  readonly message: string;
  readonly fix: string;
}

/** Indentation, dashes, the name of a setting if there is one, and the rest of the line. */
const LINE = /^( *)((?:- +)*)(?:([A-Za-z][\w-]*):(?: +|$))?(.*)$/;

interface Line {
  readonly indent: number;
  readonly dashes: string;
  readonly name: string | undefined;
  readonly rest: string;
  /** Where the rest begins. */
  readonly start: number;
}

/** The slip behind a fault that the parser found on a line, if it is a well-known one. */
export function likelyMistake(lines: readonly string[], line: number): Mistake | undefined {
  return notClosed(lines, line) ?? onTheLine(lines, line);
}

/** A quote or bracket that is opened on the line or before it, and swallows further settings. */
function notClosed(lines: readonly string[], last: number): Mistake | undefined {
  for (let index = 0; index <= last && index < lines.length; index++) {
    const { indent, rest, start } = parse(lines[index]);
    const end = /^[|>]/.test(rest) ? blockEnd(lines, index, indent) : flowEnd(lines, index, start);
    if (end === undefined) {
      const opened = rest[0] ?? '';
      const quote = opened === '"' || opened === "'";
      return {
        line: index,
        column: start,
        length: quote ? rest.length : 1,
        message: quote
          ? 'a quote is opened here and not closed on this line'
          : `a bracket (${opened}) is opened here and not closed`,
        fix: quote
          ? `end the text with ${opened} as well`
          : `close it with ${opened === '[' ? ']' : '}'}, or remove it`,
      };
    }
    index = end;
  }
  return undefined;
}

/** The last line of a text after | or >. */
function blockEnd(lines: readonly string[], from: number, indent: number): number {
  let end = from;
  while (end + 1 < lines.length && (isBlank(lines[end + 1]) || parse(lines[end + 1]).indent > indent)) end++;
  return end;
}

/** The line on which a quote or bracket closes, the same line if none is open; undefined if it swallows settings. */
function flowEnd(lines: readonly string[], from: number, start: number): number | undefined {
  const first = lines[from]?.slice(start) ?? '';
  if (!/^["'[{]/.test(first)) return from;
  let open = '';
  for (let index = from; index < lines.length; index++) {
    const text = index === from ? first : (lines[index] ?? '');
    if (index > from && parse(text).name !== undefined && !/[{,]\s*$/.test(lines[index - 1] ?? ''))
      return undefined;
    open = stillOpen(text, open);
    if (open === '') return index;
  }
  return undefined;
}

/** The quotes and brackets that are still open after a text, given those open before it. */
function stillOpen(text: string, before: string): string {
  let open = before;
  for (let index = 0; index < text.length; index++) {
    const each = text[index] ?? '';
    const inner = open.at(-1) ?? '';
    if (inner === '"' || inner === "'") {
      if (inner === '"' && each === '\\') index++;
      else if (each === inner && inner === "'" && text[index + 1] === "'") index++;
      else if (each === inner) open = open.slice(0, -1);
    } else if (open === '' && index > 0) {
      return '';
    } else if (/["'[{]/.test(each)) {
      open += each;
    } else if (/[\]}]/.test(each)) {
      open = open.slice(0, -1);
    }
  }
  return open;
}

/** A line with what stands round it. */
interface Setting {
  readonly at: number;
  readonly text: string;
  readonly here: Line;
  /** Where its name begins, after the dashes. */
  readonly column: number;
  readonly above: Line;
  /** The line above it, if it is the first of the file. */
  readonly only: number | undefined;
  /** The least indentation of a line above it. */
  readonly margin: number;
  readonly next: number;
  readonly below: Line;
}

function onTheLine(lines: readonly string[], at: number): Mistake | undefined {
  const text = lines[at] ?? '';
  const here = parse(text);
  const filled = lines.slice(0, at).flatMap((each, index) => (isBlank(each) ? [] : [index]));
  const next = lines.findIndex((each, index) => index > at && !isBlank(each));
  const setting: Setting = {
    at,
    text,
    here,
    column: here.indent + here.dashes.length,
    above: parse(lines.findLast((each, index) => index < at && !isBlank(each))),
    only: filled.length === 1 ? filled[0] : undefined,
    margin: lines
      .slice(0, at)
      .reduce((least, each) => (isBlank(each) ? least : Math.min(least, parse(each).indent)), Infinity),
    next,
    below: parse(lines[next]),
  };
  for (const find of SLIPS) {
    const mistake = find(setting);
    if (mistake !== undefined) return mistake;
  }
  return undefined;
}

const SLIPS: readonly ((setting: Setting) => Mistake | undefined)[] = [
  function marginLeft({ at, here, above, only, margin }) {
    if (margin === Infinity || here.indent >= margin) return undefined;
    if (only !== undefined && here.indent === 0) {
      return {
        line: only,
        column: 0,
        length: above.indent,
        message: 'the first setting of the file does not begin in the first column',
        fix: 'begin it with no space',
      };
    }
    return {
      line: at,
      column: here.indent,
      length: 1,
      message: 'the line begins further left than every line above it',
      fix: 'begin the first setting of the file in the first column, without a space before it',
    };
  },
  function itemOutOfLine({ at, here, above }) {
    if (here.dashes === '' || above.dashes === '' || here.indent === above.indent) return undefined;
    return {
      line: at,
      column: here.indent,
      length: 1,
      message: 'this item is not indented like the one above it',
      fix: 'begin it in the same column as the other items of its list',
    };
  },
  function dashWithoutSpace({ at, text, here, above }) {
    const [, item] = /^\s*-([^\s-].*)$/.exec(text) ?? [];
    if (item === undefined || above.dashes === '' || here.indent !== above.indent) return undefined;
    return {
      line: at,
      column: here.indent,
      length: 1,
      message: 'there is no space after the dash, so this is no item of the list',
      fix: `write a space after it: - ${item}`,
    };
  },
  function dashMissing({ at, text, here, above }) {
    if (here.dashes !== '' || above.dashes === '' || here.indent !== above.indent) return undefined;
    const spaces = here.indent + above.dashes.length;
    const isOfItem = here.name !== undefined && above.name !== undefined;
    return {
      line: at,
      column: here.indent,
      length: text.trim().length,
      message: 'the line begins in the same column as the dash of the item above it, but has no dash',
      fix: isOfItem
        ? `begin it with ${spaces} spaces, as it belongs with that item; or write a dash and a space before it, if it begins another`
        : 'write a dash and a space before it',
    };
  },
  function indentedUnderValue({ here, column, next, below }) {
    const hasValue = here.name !== undefined && here.rest !== '' && !/^[|>&!]/.test(here.rest);
    if (!hasValue || below.name === undefined || below.indent <= column || below.dashes !== '')
      return undefined;
    return {
      line: next,
      column: 0,
      length: below.indent,
      message: `\`${below.name}\` is indented further than \`${here.name}\` above it, which already has a value`,
      fix: `begin \`${below.name}\` in the same column as the settings that it belongs with`,
    };
  },
  function spaceMissing({ at, text, column }) {
    const joined = /^[A-Za-z][\w-]*:(?=[^\s:/][^:]*$)/.exec(text.slice(column))?.[0];
    if (joined === undefined) return undefined;
    return {
      line: at,
      column: column + joined.length - 1,
      length: 1,
      message: 'there is no space after the colon',
      fix: `write a space after it: ${shortened(`${joined} ${text.slice(column + joined.length)}`)}`,
    };
  },
  function secondColon({ at, here }) {
    if (here.name === undefined || !/^[^"'[{#].*: /.test(here.rest)) return undefined;
    const quoted = `"${here.rest.replace(/["\\]/g, '\\$&')}"`;
    return {
      line: at,
      column: here.start,
      length: here.rest.length,
      message: 'a second colon stands on the line, so it is not clear where the text ends',
      fix: `put the text in quotes: ${shortened(`${here.name}: ${quoted}`)}`,
    };
  },
  function textAfterQuote({ at, text, here }) {
    const before = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*(?=[^\s#])/.exec(here.rest);
    if (before === null) return undefined;
    const column = here.start + before[0].length;
    return {
      line: at,
      column,
      length: text.length - column,
      message: 'text follows the quote that closes the text before it',
      fix: 'put one pair of double quotes round the whole text, or use none',
    };
  },
  function colonMissing({ at, here, column }) {
    const isPlain = here.name === undefined && here.dashes === '';
    if (!isPlain || !/^[A-Za-z][\w-]*(?: |$)[^:]*$/.test(here.rest)) return undefined;
    return {
      line: at,
      column,
      length: here.rest.length,
      message: 'the line has no colon, so it is neither a setting nor an item of a list',
      fix: 'write a colon and a space after the name of a setting, or a dash and a space before an item',
    };
  },
];

function parse(text = ''): Line {
  const [, spaces = '', dashes = '', name, rest = ''] = LINE.exec(text) ?? [];
  return { indent: spaces.length, dashes, name, rest, start: text.length - rest.length };
}

function isBlank(text = ''): boolean {
  return /^\s*(?:#|$)/.test(text);
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
