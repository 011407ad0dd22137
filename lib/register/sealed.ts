/** What an agreement that is sealed comes to. */
import type { SealKind } from '../wire';
import { ageKeyOf } from './age-keys';
import type { Agreement } from './schema/agreement';

/** A sealed agreement, by its keys. */
interface Sealed {
  readonly kind: SealKind;
  readonly why: string;
  readonly keys: NonNullable<Agreement['sealed']>['keys'];
}

/**
 * How what an owner shares under an agreement is sealed: to the keys of the others, never to its own. Nothing where it is not.
 * @throws TypeError for keys that no rule has looked at
 */
export function sealedOf(
  { id, sealed }: Pick<Agreement, 'id' | 'sealed'>,
  owner: string,
): Sealed | undefined {
  if (sealed === undefined) return undefined;
  const keys = sealed.keys.filter(({ holder }) => holder !== owner);
  const [first] = keys;
  const key = ageKeyOf(first?.key ?? '');
  if ('fault' in key) throw new TypeError(`${id} is sealed to a key that is none`);
  return { kind: key.kind, ...sealed, keys };
}
