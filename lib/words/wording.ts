/** Puts values and lists into words for people. */

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

/** `a`, `a and b`, `a, b and c`; the empty string for no words. */
export function andList(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
