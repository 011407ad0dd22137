/** One file of the register: its value, and where each setting stands, which is seldom asked. */
import { type Diagnostic, type Place, startOf } from './diagnostic';
import { plainText } from './plain-text';
import { readUsualJson } from './usual-json';
import { readUsualYaml } from './usual-yaml';
import { type Path, type Reading, YamlDocument } from './yaml-document';

export type { Path, Reading } from './yaml-document';

/** A file that was read as YAML, as far as that was possible. */
export class YamlSource {
  /** The value of the file, or undefined if it is not well-formed enough to be judged further. */
  readonly value: unknown;
  readonly diagnostics: readonly Diagnostic[];
  readonly #text: string;
  readonly #reading: Reading;
  readonly #tops: ReadonlySet<string>;
  #lines: readonly string[] | undefined;
  /** Of a file that is written as usual, once somebody asks where a setting stands; `none` of one that is no plain text. */
  #document: YamlDocument | 'none' | undefined;

  /** @param tops the names of the file’s own settings, by which lines that are not indented are known */
  constructor(
    readonly file: string,
    bytes: Uint8Array,
    reading: Reading = 'text',
    tops: ReadonlySet<string> = new Set(),
  ) {
    const { text, lines, diagnostics } = plainText(file, bytes);
    this.#text = text;
    this.#reading = reading;
    this.#tops = tops;
    if (diagnostics.length > 0) {
      this.#document = 'none';
      this.#lines = lines;
      this.diagnostics = diagnostics;
      return;
    }
    const value = reading === 'text' ? (readUsualYaml(text) ?? readUsualJson(text)) : undefined;
    if (value !== undefined) {
      this.value = value;
      this.diagnostics = [];
      return;
    }
    const document = this.#parsed();
    this.value = document?.value;
    this.diagnostics = document?.diagnostics ?? [];
  }

  /** The file’s lines, for code frames. */
  get lines(): readonly string[] {
    this.#lines ??= this.#text.split(/\r?\n/);
    return this.#lines;
  }

  /** Where the key or the value of a setting stands; the nearest surrounding setting if it is not there. */
  place(path: Path, part: 'key' | 'value' = 'value'): Place {
    return this.#parsed()?.place(path, part) ?? startOf(this.file);
  }

  /** The line on which a setting at the top of the file is named; where its group begins if it is not. */
  lineOf(setting: string): number {
    // Written as usual, nothing else begins in the first column with a name and a colon.
    const at = this.#document === undefined ? `\n${this.#text}`.indexOf(`\n${setting}:`) : -1;
    return at < 0 ? this.place([setting], 'key').line : this.#text.slice(0, at).split('\n').length;
  }

  /** Whether something stands in the file, whatever it is part of: far sooner told than by asking about each scalar. */
  holds(sign: RegExp): boolean {
    return sign.test(this.#text);
  }

  /** Calls back for each plain (unquoted) scalar whose text matches, with its path. */
  eachPlainScalar(matching: RegExp, found: (path: Path, text: string) => void): void {
    this.#parsed()?.eachPlainScalar(matching, found);
  }

  #parsed(): YamlDocument | undefined {
    this.#document ??= new YamlDocument(this.file, this.#text, this.lines, this.#reading, this.#tops);
    return this.#document === 'none' ? undefined : this.#document;
  }
}
