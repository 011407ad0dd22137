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

/** How an agreement is sealed; nothing where it is not. @throws TypeError for keys that no rule has looked at */
export function sealedOf({ id, sealed }: Pick<Agreement, 'id' | 'sealed'>): Sealed | undefined {
  if (sealed === undefined) return undefined;
  const [first] = sealed.keys;
  const key = ageKeyOf(first?.key ?? '');
  if ('fault' in key) throw new TypeError(`${id} is sealed to a key that is none`);
  return { kind: key.kind, ...sealed };
}
