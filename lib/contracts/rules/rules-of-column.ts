/** Every rule that stands in a part of a plan, such as a column with its members. */

/** The places of all rules in it, each once. */
export function rulesIn(part: unknown): readonly string[] {
  const rules = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('rule' in value && typeof value.rule === 'string') rules.add(value.rule);
    for (const each of Object.values(value)) visit(each);
  };
  visit(part);
  return [...rules];
}
