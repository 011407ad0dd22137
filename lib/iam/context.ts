/**
 * The context of a request: condition keys with their values. Names of keys are not case-sensitive; names of tags and of
 * encryption context pairs, which are part of a key’s name, neither.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
 */

/** The value of a key where it is not known what AWS would put there: no test of it is judged. */
export const UNKNOWN: unique symbol = Symbol('a value that is not known');

/** A text is a single-valued key, a list a multivalued one. An empty list is an absent key. */
export type ContextValue = string | readonly string[] | typeof UNKNOWN;

/** Keys in lower case, with their values; absent keys have no entry. */
export type Context = ReadonlyMap<string, ContextValue>;

const KEYS = new Map<string, string>();

/** The name of a key as contexts hold it. Each name is put in lower case once. */
export function keyOf(name: string): string {
  let key = KEYS.get(name);
  if (key === undefined) {
    key = name.toLowerCase();
    KEYS.set(name, key);
  }
  return key;
}

/**
 * Puts keys as a caller writes them into a context.
 * @throws TypeError if two names differ in case alone: AWS holds them for one
 */
export function contextOf(
  keys: Readonly<Record<string, ContextValue | undefined>>,
): Map<string, ContextValue> {
  const context = new Map<string, ContextValue>();
  for (const name in keys) {
    const value = keys[name];
    if (value === undefined || (Array.isArray(value) && value.length === 0)) continue;
    const key = keyOf(name);
    if (context.has(key)) throw new TypeError(`the condition key '${name}' is given twice`);
    context.set(key, value);
  }
  return context;
}
