/** The roles of this project by what they are for, as the proof knows them: it shares their list, and none of their names. */
import type { RolePurpose } from '../names';

const PATH = 'concordat/concordat-';

/** Something for each role, by its path and name; a role that is forgotten does not compile. */
export function byRole<T>(each: Readonly<Record<RolePurpose, T>>): ReadonlyMap<string, T> {
  return new Map(Object.entries<T>(each).map(([purpose, what]) => [`${PATH}${purpose}`, what]));
}
