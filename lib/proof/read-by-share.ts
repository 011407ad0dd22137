/** What each share comes to by the templates: who reads it by which role, and on which days. */
import type { MadeBucket, World } from '../assembly';
import { Askers } from './askers';
import { collectorOf, collectRole, isWayOpen, type WayToRead, wayIn } from './explain-reading';
import { indexed } from './indexed';
import { isOpen, peopleBehind } from './readers';
import type { ImpliedShare } from './shares';

/** A share in force or to come, and what templates give its recipient. */
export interface ShareRead {
  readonly share: ImpliedShare;
  /** The ARN of the role by which its recipient reads. */
  readonly role: string;
  /** The roles of its people that its template lets take on the role. */
  readonly people: readonly string[];
  /** How it reads in the share’s first moment; undefined where no template makes an access point for it. */
  readonly way: WayToRead | undefined;
  /** Whether it reads in the first and in the last second of the share. */
  readonly within: boolean;
  /** Whether it reads in the second before or in the second after. */
  readonly beyond: boolean;
}

/** In the order of agreements and their recipients. Everybody else, and every other way, is for the proof. */
export function readByShare(world: World): ShareRead[] {
  const askers = new Askers(world);
  const { shares, bucketsOf } = indexed(world);
  return shares.map((share): ShareRead => {
    const { recipient, owner, name } = share;
    const asker = collectorOf(recipient, askers);
    const role = collectRole(recipient.account);
    const [made] = pointsCalled(name, bucketsOf.get(owner.account) ?? []);
    const people = peopleBehind(world, askers, recipient, role);
    if (asker === undefined || made === undefined)
      return { share, role, people, way: undefined, within: false, beyond: false };
    const at = (time: string) => ({ world, askers, asker, what: { time }, ...made, share });
    const isOpenAt = (time: string) => isWayOpen(at(time));
    const way = wayIn(at(share.from));
    return {
      share,
      role,
      people,
      way,
      within: isOpen(way) && isOpenAt(beside(share.until, -1)),
      beyond: isOpenAt(beside(share.from, -1)) || isOpenAt(share.until),
    };
  });
}

function pointsCalled(
  name: string,
  buckets: readonly MadeBucket[],
): { bucket: MadeBucket; point: MadeBucket['accessPoints'][number] }[] {
  return buckets.flatMap((bucket) =>
    bucket.accessPoints.filter((each) => each.name === name).map((point) => ({ bucket, point })),
  );
}

function beside(time: string, seconds: 1 | -1): string {
  return new Date(Date.parse(time) + seconds * 1000).toISOString().replace('.000Z', 'Z');
}
