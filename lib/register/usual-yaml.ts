/**
 * Reads YAML as register files are nearly always written: settings and lists on lines of their own, and text without quotes, in
 * quotes without escapes, or below `>-`. It takes a tenth of the YAML parser’s time. The parser is asked about every file that is
 * written otherwise, about every fault, and where something stands: what is taken here means the same to it, and what is not sure
 * to is not taken (test/register/usual-yaml.test.ts).
 * @see https://yaml.org/spec/1.2.2/#chapter-7-flow-style-productions
 */

/** A line: its indentation, the dash of an item, the name of a setting, and what is left. */
const LINE = /^( *)(- +)?(?:([A-Za-z][\w-]{0,99}):(?: +|$))?(.*)$/s;

/** What text without quotes may not begin with: the indicators of YAML, and a further space. */
const INDICATORS: ReadonlySet<string> = new Set(' -?:,[]{}#&*!|>\'"%@`');

/** Files whose settings nest deeper than some that are indented so far are left to the parser, which has a limit. */
const FURTHEST_IN = 40;

/** The value of the file, each scalar as text; undefined where the file, or a fault in it, is for the parser. */
export function readUsualYaml(text: string): unknown {
  // What stands at the end of a line and is not seen, and line ends other than LF.
  if (text.includes(' \n') || text.endsWith(' ') || text.includes('\t') || text.includes('\r'))
    return undefined;
  try {
    return new UsualYaml(text).file();
  } catch (error) {
    if (error === UNUSUAL) return undefined;
    throw error;
  }
}

const UNUSUAL = new Error('not written as usual');

/** Where a line begins that is not there, after the last. */
const OVER = -1;

/** Reads on from line to line; a line is looked at when the one before it has been read whole. */
class UsualYaml {
  readonly #lines: readonly string[];
  #next = 0;
  /** Of the line that is looked at. Where its content begins, or its dash. */
  #column = OVER;
  #isItem = false;
  /** Where what follows the dash begins. */
  #inner = 0;
  #key: string | undefined;
  #rest = '';

  constructor(text: string) {
    this.#lines = text.split('\n');
  }

  file(): unknown {
    this.#look();
    this.#mustBeAt(0);
    const value = this.#block();
    this.#mustBeAt(OVER);
    return value;
  }

  #mustBeAt(column: number): void {
    if (this.#column !== column) throw UNUSUAL;
  }

  /** Looks at the next line that is neither empty nor a comment. */
  #look(): void {
    for (let line = this.#lines[this.#next++]; line !== undefined; line = this.#lines[this.#next++]) {
      const [, indent = '', dash = '', key, rest = ''] = LINE.exec(line) ?? [];
      const isEmpty = dash === '' && key === undefined && (rest === '' || rest.startsWith('#'));
      if (isEmpty) continue;
      this.#column = indent.length;
      this.#isItem = dash !== '';
      this.#inner = indent.length + dash.length;
      this.#key = key;
      this.#rest = rest;
      if (this.#inner > FURTHEST_IN) throw UNUSUAL;
      return;
    }
    this.#column = OVER;
  }

  #block(): unknown {
    return this.#isItem ? this.#list(this.#column) : this.#group(this.#column);
  }

  #list(column: number): unknown[] {
    const items: unknown[] = [];
    while (this.#column === column && this.#isItem) {
      if (this.#key === undefined) items.push(this.#scalar(column));
      else {
        // The settings of an item begin behind its dash.
        this.#isItem = false;
        this.#column = this.#inner;
        items.push(this.#group(this.#column));
      }
      if (this.#column > column) throw UNUSUAL;
    }
    return items;
  }

  #group(column: number): Record<string, unknown> {
    const group: Record<string, unknown> = {};
    do {
      const key = this.#key;
      // A setting that is given twice, and a name that JavaScript gives a meaning, are for the parser.
      if (key === undefined || this.#isItem || key in group) throw UNUSUAL;
      group[key] = this.#rest === '' ? this.#below(column) : this.#scalar(column);
      if (this.#column > column) throw UNUSUAL;
    } while (this.#column === column);
    return group;
  }

  /** What stands on the lines below the name of a setting. The items of a list may begin below its first letter. */
  #below(column: number): unknown {
    this.#look();
    if (this.#column > column || (this.#column === column && this.#isItem)) return this.#block();
    throw UNUSUAL;
  }

  /** The text that this line has left, with the lines on which it goes on. */
  #scalar(column: number): unknown {
    const value = this.#written(this.#rest, column);
    this.#look();
    return value;
  }

  #written(rest: string, column: number): unknown {
    if (rest === '[]') return [];
    if (rest === '{}') return {};
    if (rest === '>-') return this.#folded(column);
    const mark = rest.charAt(0);
    return mark === '"' || mark === "'" ? this.#quoted(mark, column) : this.#unquoted(column);
  }

  /** Text below a `>-`, all of it as far in as its first line, and no empty line within. */
  #folded(column: number): string {
    const indent = this.#indentOf(this.#lines[this.#next]);
    const parts: string[] = [];
    for (let line = this.#further(column); line !== undefined; line = this.#further(column)) {
      if (this.#indentOf(this.#lines[this.#next]) !== indent) throw UNUSUAL;
      parts.push(line);
      this.#next++;
    }
    let after = this.#next;
    while (this.#lines[after] === '') after++;
    // What follows an empty line and is further in would be of it, even a comment.
    if (parts.length === 0 || this.#indentOf(this.#lines[after]) > column) throw UNUSUAL;
    return parts.join(' ');
  }

  #quoted(mark: string, column: number): string {
    let line = this.#rest.slice(1);
    let text = '';
    for (;;) {
      const end = line.indexOf(mark);
      const part = end < 0 ? line : line.slice(0, end);
      if (mark === '"' && part.includes('\\')) throw UNUSUAL;
      text += part;
      if (end >= 0 && end === line.length - 1 && (part !== '' || text === '')) return text;
      const further = this.#further(column);
      if (end >= 0 || part === '' || further === undefined) throw UNUSUAL;
      this.#next++;
      line = further;
      text += ' ';
    }
  }

  #unquoted(column: number): string {
    let text = '';
    for (let line: string | undefined = this.#rest; ; this.#next++) {
      if (INDICATORS.has(line.charAt(0)) || line.includes(': ') || line.includes(' #') || line.endsWith(':'))
        throw UNUSUAL;
      text += line;
      line = this.#further(column);
      if (line === undefined || line.startsWith('#')) return text;
      text += ' ';
    }
  }

  /** The next line, if it is further in than what the text belongs to; undefined if it is not, or is empty. */
  #further(column: number): string | undefined {
    const line = this.#lines[this.#next] ?? '';
    const indent = this.#indentOf(line);
    return indent > column && indent < line.length ? line.slice(indent) : undefined;
  }

  #indentOf(line = ''): number {
    let indent = 0;
    while (line.charAt(indent) === ' ') indent++;
    return indent;
  }
}
