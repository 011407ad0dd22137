/** Under which agreements an organisation tries a transfer: one in which it deposits, one in which it collects. */
import { isLive, type Register, type Share, sharesOf, somebodyCollects, somebodyDeposits } from '../register';
import { type IsoDate, inWords } from '../register/calendar';
import type { PackSource } from './source';
import { testFileOf } from './test-file';

/** Absent where there is no such agreement, or nobody who may. */
export interface SharesToTry {
  readonly own: Share | undefined;
  readonly theirs: Share | undefined;
}

/**
 * Those in force or to come. One that is sealed only where there is no other, since opening takes a key; one whose contract takes
 * nothing but true data only where the others are sealed.
 */
export function sharesToTry({ register, organisation, asOf }: PackSource): SharesToTry {
  const live = sharesOf(register, asOf)
    .filter(isLive)
    .map((share) => ({ share, trouble: troubleOf(share, register) }))
    .sort((a, b) => a.trouble - b.trouble)
    .map(({ share }) => share);
  const where = (is: boolean, wanted: (share: Share) => boolean) => (is ? live.find(wanted) : undefined);
  return {
    own: where(somebodyDeposits(organisation), ({ owner }) => owner.id === organisation.id),
    theirs: where(somebodyCollects(organisation), ({ recipient }) => recipient.id === organisation.id),
  };
}

function troubleOf({ agreement }: Share, register: Register): number {
  return (agreement.sealed === undefined ? 0 : 2) + (testFileOf(agreement, register).isTrueData ? 1 : 0);
}

/** The first day on which a transfer can be tried. */
export function firstDay(share: Share | undefined, asOf: IsoDate): IsoDate {
  return share?.days && share.days.from > asOf ? share.days.from : asOf;
}

/** From when on, where that is to come. */
export function fromWhen({ state, days }: Share): string {
  return state === 'to-come' && days ? `, from ${inWords(days.from)}` : '';
}
