/**
 * One YAML file of the register: its plain value, and where each setting stands. Only plain YAML is taken: no anchors,
 * aliases, tags or further documents, so that what a reader sees is what the register says.
 */
import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  Scalar,
  visit,
  type YAMLError,
} from 'yaml';
import { type Diagnostic, type Place, startOf } from './diagnostic';
import { explainYamlError } from './explain/yaml-error';

/** The way to a setting from the top of a file: keys and list positions. */
export type Path = readonly (string | number)[];

/** Register files are written by hand; anything larger is not one. */
const LARGEST_FILE = 256 * 1024;

/** How scalars are read: `text` leaves every value as written; `typed` knows numbers and booleans (YAML 1.2 core). */
export type Reading = 'text' | 'typed';

/** A file that was read as YAML, as far as that was possible. */
export class YamlSource {
  /** The value of the file, or undefined if it is not well-formed enough to be judged further. */
  readonly value: unknown;
  readonly diagnostics: readonly Diagnostic[];
  /** The file’s lines, for code frames. */
  readonly lines: readonly string[];
  readonly #counter = new LineCounter();
  readonly #document: Document.Parsed | undefined;

  constructor(
    readonly file: string,
    bytes: Uint8Array,
    reading: Reading = 'text',
  ) {
    const decoded = decode(file, bytes);
    if (typeof decoded !== 'string') {
      this.lines = [];
      this.diagnostics = [decoded];
      return;
    }
    this.lines = decoded.split(/\r\n|\n|\r/);
    const tabs = this.#tabs();
    if (tabs.length > 0) {
      this.diagnostics = tabs;
      return;
    }
    try {
      this.#document = parseDocument(decoded, {
        schema: reading === 'text' ? 'failsafe' : 'core',
        version: '1.2',
        lineCounter: this.#counter,
        prettyErrors: false,
        logLevel: 'silent',
        stringKeys: reading === 'text',
      });
      this.diagnostics = this.#check(decoded);
      if (this.diagnostics.every((each) => each.code === 'duplicate-key')) {
        this.value = this.#document.toJS({ maxAliasCount: 0 });
      }
    } catch (error) {
      // The parser recurses; only absurd nesting gets here.
      if (!(error instanceof RangeError)) throw error;
      this.diagnostics = [
        {
          code: 'not-yaml',
          place: startOf(file),
          message: 'the file is nested too deeply to be read',
          fix: 'remove the brackets or indentation that nest it',
        },
      ];
    }
  }

  /** Where the key or the value of a setting stands; the nearest surrounding setting if it is not there. */
  place(path: Path, part: 'key' | 'value' = 'value'): Place {
    let node: unknown = this.#document?.contents;
    let key: Node | undefined;
    let anchor = firstKey(node);
    for (const step of path) {
      if (isMap(node)) {
        const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
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
    const empty = isScalar(node) && node.value === '' && node.type === Scalar.PLAIN;
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

  #check(text: string): Diagnostic[] {
    const document = this.#document;
    if (!document) return [];
    const diagnostics = document.errors.map((error) => this.#explain(error));
    if (/[&*!]/.test(text)) {
      visit(document, {
        Node: (_key, node) => {
          const anchored = isAlias(node) || ('anchor' in node && node.anchor !== undefined);
          if (!anchored && node.tag === undefined) return;
          diagnostics.push({
            code: 'plain-yaml',
            place: this.#placeOf(node),
            message: `${anchored ? 'anchors and aliases (& and *)' : 'tags (!)'} are not used in the register`,
            fix: anchored
              ? 'write the value out in full, or put it in quotes if it begins with & or *'
              : 'remove the tag, or put the value in quotes if it begins with !',
          });
        },
      });
    }
    return diagnostics;
  }

  #tabs(): Diagnostic[] {
    const diagnostics: Diagnostic[] = [];
    this.lines.forEach((line, index) => {
      const column = /^ *\t/.exec(line)?.[0].length;
      if (column === undefined || line.trim() === '') return;
      diagnostics.push({
        code: 'not-yaml',
        place: { file: this.file, line: index + 1, column, endLine: index + 1, endColumn: column + 1 },
        message: 'a tab stands where YAML takes only spaces',
        found: 'a tab',
        allowed: 'spaces, two for each level',
        fix: 'replace the tab with two spaces for each level',
      });
    });
    return diagnostics;
  }

  #explain(error: YAMLError): Diagnostic {
    return explainYamlError(error, this.#span(error.pos[0], error.pos[1]), this.lines);
  }

  #placeOf(node: Node | null | undefined): Place {
    const range = node?.range;
    return range ? this.#span(range[0], Math.max(range[1], range[0] + 1)) : startOf(this.file);
  }

  #span(from: number, to: number): Place {
    const start = this.#counter.linePos(from);
    const end = this.#counter.linePos(to);
    return {
      file: this.file,
      line: Math.max(start.line, 1),
      column: Math.max(start.col, 1),
      endLine: Math.max(end.line, 1),
      endColumn: Math.max(end.col, 1),
    };
  }
}

function decode(file: string, bytes: Uint8Array): string | Diagnostic {
  if (bytes.length > LARGEST_FILE) {
    return {
      code: 'not-readable',
      place: startOf(file),
      message: `the file has ${bytes.length} bytes; a register file has at most ${LARGEST_FILE}`,
      fix: 'check that this is the right file; split it if it is',
    };
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return {
      code: 'not-readable',
      place: startOf(file),
      message: 'the file is not UTF-8 text',
      fix: 'save it as UTF-8 from your editor',
    };
  }
}

function keyText(key: unknown): unknown {
  return isScalar(key) ? key.value : key;
}

function firstKey(node: unknown): Node | undefined {
  if (isMap(node)) return node.items[0]?.key as Node | undefined;
  if (isSeq(node)) return (node.items[0] as Node | undefined) ?? (node as Node);
  return (node as Node | null | undefined) ?? undefined;
}
