/** Finds the agreement that was named, in the direction that was asked for, and sees that it is in force. */
import type { Profile } from '../wire';
import { nearest } from '../words';
import { DeliveryRefused } from './refusals';
import { standingOn } from './standing';

/** An agreement under which the organisation sends. */
export type Sends = Profile['sends'][number];
/** An agreement under which it collects. */
export type Collects = Profile['collects'][number];

type Direction = 'sends' | 'collects';

/**
 * The agreement of a profile by its id.
 * @param on the day, `YYYY-MM-DD` in London; nothing where it need not be in force, as for a recall
 * @throws DeliveryRefused `no-agreement`, `to-come` or `over`
 */
export function agreementIn<D extends Direction>(
  profile: Profile,
  direction: D,
  id: string,
  on?: string,
): Profile[D][number] {
  const all: readonly Profile[D][number][] = profile[direction];
  const found = all.find(({ agreement }) => agreement === id);
  if (found === undefined) throw notThere(profile, direction, id);
  if (on === undefined) return found;
  const standing = standingOn(found.days, on);
  if (standing.state === 'to-come')
    throw new DeliveryRefused({ refused: 'to-come', agreement: id, from: standing.from });
  if (standing.state === 'over')
    throw new DeliveryRefused({ refused: 'over', agreement: id, since: standing.since });
  return found;
}

function notThere(profile: Profile, direction: Direction, agreement: string): DeliveryRefused {
  const agreements = profile[direction].map((each) => each.agreement);
  const others = profile[direction === 'sends' ? 'collects' : 'sends'];
  return new DeliveryRefused({
    refused: 'no-agreement',
    agreement,
    near: nearest(agreement, agreements)?.word,
    agreements,
    direction,
    otherWay: others.some((each) => each.agreement === agreement),
  });
}
