/**
 * A text of the register as the YAML parser reads it: its plain value, and where each setting stands. Only plain YAML is taken: no
 * anchors, aliases, tags or further documents, so that what a reader sees is what the register says.
 */
import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  Scalar,
  type YAMLError,
  type YAMLMap,
} from 'yaml';
import { byPlace, type Diagnostic, type Place, startOf } from './diagnostic';
import { explainDuplicate, explainYamlError, isOfIndentation, NOT_PLAIN } from './explain/yaml-error';
import { LinePositions } from './line-positions';
import { eachNode, firstKey, keyText, repeatedKeys } from './yaml-nodes';
import { DEEPEST, parseYaml } from './yaml-parse';

/** The way to a setting from the top of a file: keys and list positions. */
export type Path = readonly (string | number)[];

/** A file with more than so many faults of form is not looked at further until these are mended. */
const MOST_ERRORS = 100;

const DEEPER_ITEM = {
  message: 'this item is indented further than the item above, and so is read as part of it',
  fix: 'begin it in the same column as the item above',
};

const DASH_ALONE = {
  message: 'there is no space after the dash, so it is no item of the list',
  fix: 'write a space after the dash',
};

/** How scalars are read: `text` leaves every value as written; `typed` knows numbers and booleans (YAML 1.2 core). */
export type Reading = 'text' | 'typed';

/** A text that was read as YAML, as far as that was possible. */
export class YamlDocument {
  /** The value of the text, or undefined if it is not well-formed enough to be judged further. */
  readonly value: unknown;
  readonly diagnostics: readonly Diagnostic[];
  /** The parser’s own count of lines goes wrong where a file is not well-formed. */
  readonly #positions: LinePositions;
  readonly #document: Document.Parsed | undefined;
  readonly #pairs = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();

  /**
   * @param lines of the text
   * @param tops the names of the file’s own settings, by which lines that are not indented are known
   */
  constructor(
    readonly file: string,
    text: string,
    readonly lines: readonly string[],
    reading: Reading,
    tops: ReadonlySet<string>,
  ) {
    this.#positions = new LinePositions(text);
    this.#document = parseYaml(text, reading === 'text' ? 'failsafe' : 'core');
    if (this.#document === undefined) {
      this.diagnostics = [
        {
          code: 'not-yaml',
          place: startOf(file),
          message: `the settings are nested more than ${DEEPEST} levels deep`,
          fix: 'remove the brackets or indentation that nest them',
        },
      ];
      return;
    }
    this.diagnostics = this.#check(text, this.#document, tops);
    if (this.diagnostics.every((each) => each.code === 'duplicate-key')) {
      this.value = this.#document.toJS({ maxAliasCount: 0 });
    }
  }

  /** Where the key or the value of a setting stands; the nearest surrounding setting if it is not there. */
  place(path: Path, part: 'key' | 'value' = 'value'): Place {
    let node: unknown = this.#document?.contents;
    let key: Node | undefined;
    let anchor = firstKey(node);
    for (const step of path) {
      if (isMap(node)) {
        const pair = this.#pairsOf(node).get(String(step));
        if (!pair) return this.#placeOf(anchor);
        key = pair.key as Node;
        node = pair.value;
        anchor = key;
      } else if (isSeq(node)) {
        const item: unknown = node.items[Number(step)];
        if (item === undefined) return this.#placeOf(anchor);
        node = isPair(item) ? item.value : item;
        key = undefined;
        anchor = firstKey(node) ?? (node as Node);
      } else {
        return this.#placeOf(anchor);
      }
    }
    if (part === 'key' && key) return this.#placeOf(key);
    const empty =
      isScalar(node) &&
      node.type === Scalar.PLAIN &&
      (node.value === '' || node.value === null) &&
      !node.source;
    if (node === null || empty) return this.#placeOf(key ?? (node as Node | undefined));
    return this.#placeOf(isCollection(node) ? (key ?? firstKey(node)) : (node as Node | undefined));
  }

  /** Calls back for each plain (unquoted) scalar whose text matches, with its path. */
  eachPlainScalar(matching: RegExp, found: (path: Path, text: string) => void): void {
    const walk = (node: unknown, path: Path): void => {
      if (isMap(node)) for (const item of node.items) walk(item.value, [...path, String(keyText(item.key))]);
      else if (isSeq(node)) for (const [index, item] of node.items.entries()) walk(item, [...path, index]);
      else if (
        isScalar(node) &&
        node.type === Scalar.PLAIN &&
        matching.test(String(node.source ?? node.value))
      ) {
        found(path, String(node.source ?? node.value));
      }
    };
    walk(this.#document?.contents, []);
  }

  /** The settings of a group by their names; of two with one name the last, as in the value of the file. */
  #pairsOf(map: YAMLMap): ReadonlyMap<string, Pair> {
    const known = this.#pairs.get(map);
    if (known !== undefined) return known;
    const pairs = new Map(map.items.map((pair) => [String(keyText(pair.key)), pair]));
    this.#pairs.set(map, pairs);
    return pairs;
  }

  #check(text: string, document: Document.Parsed, tops: ReadonlySet<string>): Diagnostic[] {
    const diagnostics = this.#causes(firstErrors(document.errors)).map((error) =>
      explainYamlError(error, this.#span(error.pos[0], error.pos[1]), this.lines, tops),
    );
    const notPlain = (kind: keyof typeof NOT_PLAIN, from: number, to = endOfWord(text, from)) =>
      diagnostics.push({ code: 'plain-yaml', place: this.#span(from, to), ...NOT_PLAIN[kind] });
    eachNode(document.contents, (node) => {
      for (const { key, first } of repeatedKeys(node))
        diagnostics.push(explainDuplicate(key, this.#placeOf(key), this.#placeOf(first)));
      const [from = 0, to = 0] = node.range ?? [];
      if (isAlias(node)) notPlain('anchor', from, to);
      else if ('anchor' in node && node.anchor !== undefined) notPlain('anchor', text.lastIndexOf('&', from));
      else if (node.tag !== undefined) notPlain('tag', startOfTag(text, from));
      else if (isScalar(node) && node.type === Scalar.PLAIN && document.errors.length === 0) {
        const item = /\n[ \t]*- /.exec(text.slice(from, to));
        if (item === null) return;
        if (text[from] === '-') {
          diagnostics.push({ code: 'not-yaml', place: this.#span(from, from + 1), ...DASH_ALONE });
          return;
        }
        const dash = from + item.index + item[0].length - 2;
        diagnostics.push({ code: 'not-yaml', place: this.#span(dash, dash + 1), ...DEEPER_ITEM });
      }
    });
    // Lines end as YAML has it: to `^` of JavaScript, U+2028 ends one too.
    const directive = text.search(/(?<=^|\n)%/);
    if (directive >= 0) notPlain('directive', directive);
    return withoutConsequences(diagnostics);
  }

  /** Of several faults of indentation in one group at the top of the file, the first: the others follow from it. */
  #causes(errors: readonly YAMLError[]): readonly YAMLError[] {
    let group: number | undefined;
    return errors.filter((error) => {
      if (!isOfIndentation(error)) return true;
      const before = group;
      group = this.lines.findLastIndex(
        (each, index) => index < this.#positions.at(error.pos[0]).line && /^\w+:(?: *#.*)?$/.test(each),
      );
      return before === undefined || before !== group || group < 0;
    });
  }

  #placeOf(node: Node | null | undefined): Place {
    const range = node?.range;
    return range ? this.#span(range[0], range[1]) : startOf(this.file);
  }

  #span(from: number, to: number): Place {
    const start = this.#positions.at(from);
    const end = this.#positions.at(to);
    const endColumn = end.line === start.line ? Math.max(end.column, start.column + 1) : end.column;
    return { file: this.file, ...start, endLine: end.line, endColumn };
  }
}

/** The faults up to the first after which the parser cannot find its way back, and no more than can be read. */
function firstErrors(errors: readonly YAMLError[]): readonly YAMLError[] {
  const lost = errors.findIndex((error) => error.code === 'UNEXPECTED_TOKEN');
  return errors.slice(0, lost < 0 ? MOST_ERRORS : Math.min(lost + 1, MOST_ERRORS));
}

/** What follows a first fault of form, on its line or on the lines just below, is mostly its consequence. */
function withoutConsequences(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const sorted = [...diagnostics].sort(byPlace);
  return sorted.filter(({ code, place }, index) => {
    const before = sorted[index - 1];
    if (before === undefined) return true;
    const follows = code === 'not-yaml' && before.code === 'not-yaml';
    return place.line > before.place.line + (follows ? 1 : 0);
  });
}

function startOfTag(text: string, value: number): number {
  const mark = text.lastIndexOf('!', value);
  return text[mark - 1] === '!' ? mark - 1 : mark;
}

function endOfWord(text: string, from: number): number {
  return from + 1 + text.slice(from + 1).search(/[\s,\]}]|$/);
}
