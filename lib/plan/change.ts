/** What differs between two lists of plain things, each of which has a name of its own. */
import { AssemblyError } from '../assembly';

/** One thing as it was and as it is: without `before` it comes, without `after` it goes. */
export interface Change<T> {
  readonly before?: T;
  readonly after?: T;
}

/** All that comes, goes or is not the same, in the order of names. Two things are the same where their JSON is. */
export function changesOf<T>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>): Change<T>[] {
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((name) => {
    const was = before.get(name);
    const is = after.get(name);
    if (JSON.stringify(was) === JSON.stringify(is)) return [];
    return { ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) };
  });
}

/** Things by their names. @throws AssemblyError if two have one name, which would hide one of them */
export function byName<T>(things: readonly T[], nameOf: (thing: T) => string): Map<string, T> {
  const named = new Map<string, T>();
  for (const thing of things) {
    const name = nameOf(thing);
    if (named.has(name))
      throw new AssemblyError(`two things of the register are called ${name}: synthesise the assembly again`);
    named.set(name, thing);
  }
  return named;
}
