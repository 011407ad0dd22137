/** Shows what cannot be seen, so that nothing in a file can disturb a terminal or hide in a page. */

/** What a value looks like to its writer, cut to one readable line. */
export function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null || value === '') return 'an empty value';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'a group of settings';
  if (Number.isNaN(value)) return '.nan';
  const text = visible(String(value));
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** Shows control and invisible characters by their code point, such as `\u{a}`. */
export function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}
