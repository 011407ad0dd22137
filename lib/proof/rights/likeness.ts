/** Whether a text is one that a pattern of policies takes. */

const LIKE = new Map<string, RegExp>();

/** Whether a pattern with `*` and `?` takes all of a text. Each pattern is read once. */
export function isLike(text: string, pattern: string): boolean {
  const like =
    LIKE.get(pattern) ??
    new RegExp(
      `^${pattern
        .replace(/[.+^$()|[\]{}\\]/g, '\\$&')
        .replaceAll('*', '.*')
        .replaceAll('?', '.')}$`,
      's',
    );
  LIKE.set(pattern, like);
  return like.test(text);
}
