/** Which transfer somebody means: by its version, by its key, by its agreement and name, or by the file that it was collected as. */
import type { Profile } from '../wire';
import type { Noted } from './collect/ports';

/** What was named. */
export type NamedTransfer =
  /** It was collected here. */
  | { readonly as: 'collected'; readonly noted: Noted }
  /** An object under an agreement. */
  | {
      readonly as: 'object';
      readonly direction: 'sends' | 'collects';
      readonly agreement: string;
      readonly key: string;
    }
  /** It can only be a version: it has the form of none of the others. */
  | { readonly as: 'version'; readonly version: string };

/**
 * What a name means. Of several versions that were collected under one name it is the one that was collected last.
 * @param noted what was collected, in that order
 * @param names the path of a file below the folder that was collected into, where the name is one
 */
export function transferNamed(
  named: string,
  { sends, collects }: Pick<Profile, 'sends' | 'collects'>,
  noted: readonly Noted[] = [],
  names?: readonly string[],
): NamedTransfer {
  const wanted = names === undefined ? undefined : JSON.stringify(names);
  const found =
    noted.findLast(({ version }) => version === named) ??
    noted.findLast((each) => JSON.stringify(each.names) === wanted) ??
    noted.findLast(({ key }) => key === named || key === `agreements/${named}`);
  if (found !== undefined) return { as: 'collected', noted: found };
  for (const key of [named, `agreements/${named}`])
    for (const [direction, all] of [['sends', sends] as const, ['collects', collects] as const]) {
      const terms = all.find(({ prefix }) => key.startsWith(prefix) && key.length > prefix.length);
      if (terms !== undefined) return { as: 'object', direction, agreement: terms.agreement, key };
    }
  return { as: 'version', version: named };
}
