/** A fault that knows its setting but not yet its line; the file that it stands in turns it into a diagnostic. */
import type { Diagnostic } from '../diagnostic';
import type { Path, YamlSource } from '../yaml-source';

/** A fault at a setting of one file. */
export interface Fault extends Omit<Diagnostic, 'place'> {
  readonly path: Path;
  /** Whether the name of the setting is at fault, or its value. */
  readonly part: 'key' | 'value';
}

/** Gives a fault its line and column. */
export function locate(source: YamlSource, { path, part, ...rest }: Fault): Diagnostic {
  return { ...rest, place: source.place(path, part) };
}

/** The last name in a path, in back quotes, with the group that it belongs to: `kind` in `custody`. */
export function settingName(path: Path): string {
  const parts: string[] = [];
  for (const step of path) {
    if (typeof step === 'number') parts[parts.length - 1] = `${parts.at(-1) ?? 'item'}[${step + 1}]`;
    else parts.push(describe(step));
  }
  const last = parts.pop();
  const group = parts.join('.');
  if (last === undefined) return 'the file';
  return group === '' ? `\`${last}\`` : `\`${last}\` in \`${group}\``;
}

/** What a value looks like to its writer, cut to one readable line. */
export function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null || value === '') return 'an empty value';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'a group of settings';
  if (Number.isNaN(value)) return '.nan';
  const text = Array.from(String(value), printable).join('');
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** Shows control and invisible characters by their code point, so that they can be found. */
export function printable(character: string): string {
  return /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(character)
    ? `\\u{${character.codePointAt(0)?.toString(16)}}`
    : character;
}

/** Lists words for people: `a, b or c`. */
export function orList(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
