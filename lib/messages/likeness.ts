/** Names that are not what they look like: of files, and of who writes. What is odd about one is a fact; nothing is changed. */

/** What is odd about a name. */
export type Oddity =
  /** It holds characters that turn the order of others round, or that nobody sees. */
  | 'hidden'
  /** A word of it mixes letters of alphabets that look alike, as a Cyrillic а in a Latin word. */
  | 'mixed-alphabets'
  /** It ends in the ending of a program behind that of a document: `letter.pdf.exe`. */
  | 'two-endings'
  /** It looks like another that is known, and is another. */
  | 'looks-like';

const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\u115f\u1160\u2800\u3164\uffa0]/u;
const ALPHABETS = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u];
/** What opens by itself on desks, by the endings that mail programs keep back. */
const RUNS =
  /\.(?:app|bat|cmd|com|cpl|dll|exe|hta|iso|jar|js|jse|lnk|msc|msi|pif|ps1|reg|scr|sh|url|vb|vbe|vbs|wsf|wsh)$/i;
const DOCUMENT = /\.(?:csv|docx?|eml|jpe?g|odt|ods|pdf|png|pptx?|rtf|txt|xlsx?|zip)\s*\./i;

/**
 * Looks at a name.
 * @param known names that it may be taken for, such as those of the agreement’s teams
 */
export function odditiesOf(name: string, known: readonly string[] = []): readonly Oddity[] {
  const words = name.split(/[^\p{L}\p{M}]+/u);
  return [
    ...(HIDDEN.test(name) ? (['hidden'] as const) : []),
    ...(words.some((word) => ALPHABETS.filter((each) => each.test(word)).length > 1)
      ? (['mixed-alphabets'] as const)
      : []),
    ...(RUNS.test(name) && DOCUMENT.test(name) ? (['two-endings'] as const) : []),
    ...(known.some((each) => each !== name && skeletonOf(each) === skeletonOf(name))
      ? (['looks-like'] as const)
      : []),
  ];
}

/** Letters of other alphabets, and digits, by the Latin letter that they look like: the most used of Unicode’s confusables (UTS 39). */
const LOOKS: Readonly<Record<string, string>> = Object.fromEntries([
  ['а', 'a'],
  ['е', 'e'],
  ['о', 'o'],
  ['р', 'p'],
  ['с', 'c'],
  ['у', 'y'],
  ['х', 'x'],
  ['і', 'i'],
  ['ј', 'j'],
  ['ѕ', 's'],
  ['һ', 'h'],
  ['ԁ', 'd'],
  ['ԛ', 'q'],
  ['ԝ', 'w'],
  ['м', 'm'],
  ['т', 't'],
  ['к', 'k'],
  ['в', 'b'],
  ['н', 'h'],
  ['α', 'a'],
  ['ε', 'e'],
  ['ο', 'o'],
  ['ρ', 'p'],
  ['ν', 'v'],
  ['τ', 't'],
  ['κ', 'k'],
  ['ι', 'i'],
  ['υ', 'u'],
  ['χ', 'x'],
  ['0', 'o'],
  ['1', 'l'],
  ['|', 'l'],
  ['ı', 'i'],
] as const);

/** Two names of one skeleton look alike. */
function skeletonOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\p{M}\p{Cf}]/gu, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const letters = [...plain].map((each) => LOOKS[each] ?? each).join('');
  // Within a word, these look like one letter.
  return letters.replaceAll('rn', 'm').replaceAll('vv', 'w').replaceAll(/i/g, 'l');
}
