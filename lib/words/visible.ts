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

/** Texts of characters that are all seen, which most are: letters of Europe, and the marks of a sentence. */
const SEEN = /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027]*$/;

/** Shows control and invisible characters by their code point, such as `\u{a}`. */
export function visible(text: string): string {
  if (SEEN.test(text)) return text;
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}
