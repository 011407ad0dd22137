/** JSON pointers (RFC 6901). */

/** The pointer to a value by the keys that lead to it. */
export function pointerTo(...keys: readonly string[]): string {
  return keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
