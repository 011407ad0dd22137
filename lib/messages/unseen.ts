/**
 * Characters that no name and no subject may have: they would end a field of a message (RFC 5322, section 2.2), turn what follows
 * round (Unicode’s UAX 9), or are half of a character, which no encoding writes.
 */

const UNSEEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

/** Whether a text has one of them. */
export function hasUnseen(text: string): boolean {
  return UNSEEN.test(text);
}

/**
 * A text without them. Where one of them parts words, as a line end does, a space stands for it.
 * @returns the text, and how many characters were left out
 */
export function withoutUnseen(text: string): { readonly text: string; readonly leftOut: number } {
  let leftOut = 0;
  const kept = [...text].map((each) => {
    if (!UNSEEN.test(each)) return each;
    leftOut++;
    return /[\s\u0085]/u.test(each) ? ' ' : '';
  });
  return { text: kept.join(''), leftOut };
}
