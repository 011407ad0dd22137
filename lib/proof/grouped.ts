/** Things by what they have in common, in the order in which they come. */
export function grouped<Thing>(
  things: Iterable<Thing>,
  by: (thing: Thing) => string,
): ReadonlyMap<string, readonly Thing[]> {
  const groups = new Map<string, Thing[]>();
  for (const each of things) {
    const name = by(each);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [each]);
    else group.push(each);
  }
  return groups;
}
