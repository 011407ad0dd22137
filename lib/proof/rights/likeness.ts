/** Whether a text is one that a pattern of policies takes. */

const LIKE = new Map<string, RegExp>();

/** Whether a pattern with `*` and `?` takes all of a text. Each pattern is read once. */
export function isLike(text: string, pattern: string): boolean {
  let like = LIKE.get(pattern);
  if (like === undefined) {
    like = likeOf(pattern);
    LIKE.set(pattern, like);
  }
  return like.test(text);
}

function likeOf(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^$()|[\]{}\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's');
}
