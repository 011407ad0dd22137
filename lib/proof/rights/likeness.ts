/** Whether a text is one that a pattern of policies takes. */

const ANY = 42; // *
const ONE = 63; // ?

/**
 * Whether a pattern with `*` and `?` takes all of a text. It goes back to the last `*` alone, which could take what an earlier
 * one could.
 */
export function isLike(text: string, pattern: string): boolean {
  let at = 0;
  let next = 0;
  /** Where the last `*` stands, and up to where of the text it has taken. */
  let star = -1;
  let taken = 0;
  while (at < text.length) {
    const each = pattern.charCodeAt(next);
    if (each === ANY) {
      star = next++;
      taken = at;
    } else if (each === ONE || each === text.charCodeAt(at)) {
      at++;
      next++;
    } else if (star >= 0) {
      next = star + 1;
      at = ++taken;
    } else return false;
  }
  while (pattern.charCodeAt(next) === ANY) next++;
  return next === pattern.length;
}
