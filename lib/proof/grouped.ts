/** Things by what they have in common, in the order in which they come. */
export function grouped<Thing>(
  things: Iterable<Thing>,
  by: (thing: Thing) => string,
): ReadonlyMap<string, readonly Thing[]> {
  const groups = new Map<string, Thing[]>();
  for (const each of things) {
    const group = groups.get(by(each));
    if (group === undefined) groups.set(by(each), [each]);
    else group.push(each);
  }
  return groups;
}
