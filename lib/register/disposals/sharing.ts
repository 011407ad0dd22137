/** When something was shared under an agreement with a recipient, and until when the copies of that alone may be kept. */
import { type Approved, approvedDays, daysUnderOtherTerms, standingOf } from '../approvals/standing';
import { addDays, type IsoDate } from '../calendar';
import { addDuration } from '../duration';
import type { Agreement } from '../schema/agreement';
import type { OrganisationId } from '../schema/organisation';

/** A legal hold on copies. */
export type Hold = NonNullable<Agreement['hold']>;

/** The first and the last day on which anything could be collected. */
interface Shared {
  readonly from: IsoDate;
  readonly until: IsoDate;
}

/**
 * The days of sharing with a recipient: those of the agreement; or where a party has withdrawn for good, up to the day before.
 * Terms that have changed since, as by ending it early, do not undo what was shared by the earlier ones. Undefined where its
 * parties never approved it, though they had to.
 */
export function sharedDays(
  register: Approved,
  agreement: Agreement,
  organisation: OrganisationId,
): Shared | undefined {
  const { starts, ends } = agreement;
  const approved = approvedDays(register, agreement);
  if (approved === undefined) return { from: starts, until: ends };
  const days = [...approved, ...daysUnderOtherTerms(register, agreement, organisation)]
    .map(({ from, until = ends }) => ({
      from: from > starts ? from : starts,
      until: until < ends ? until : ends,
    }))
    .filter(({ from, until }) => from <= until);
  if (days.length === 0) return undefined;
  const isWithdrawn = standingOf(register, agreement).some(({ hasWithdrawn }) => hasWithdrawn);
  return {
    from: days.map(({ from }) => from).reduce((a, b) => (a < b ? a : b)),
    until: isWithdrawn ? days.map(({ until }) => until).reduce((a, b) => (a > b ? a : b)) : ends,
  };
}

/**
 * The last day on which copies may be there by what one agreement says, under holds; undefined where one has no last day.
 * @param end the last day on which anything could be collected
 */
export function keptUntil(
  { retention: { disposeWithin, period } }: Agreement,
  end: IsoDate,
  holds: readonly Hold[],
): IsoDate | undefined {
  return withoutHolds(end, addDuration(end, disposeWithin ?? period), holds);
}

/** The later of two due days; undefined, which has no end, is the latest. */
export function laterOf(a: IsoDate | undefined, b: IsoDate | undefined): IsoDate | undefined {
  return a === undefined || b === undefined ? undefined : a > b ? a : b;
}

/** A due day, later by the days after the end that a hold takes; undefined where one has no last day. */
function withoutHolds(end: IsoDate, due: IsoDate, holds: readonly Hold[]): IsoDate | undefined {
  let day = due;
  let counted = end;
  for (const { from, until } of [...holds].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    if (from > day) break;
    if (until === undefined) return undefined;
    const first = from > counted ? from : addDays(counted, 1);
    if (until < first) continue;
    day = addDays(day, daysBetween(first, until) + 1);
    counted = until;
  }
  return day;
}

function daysBetween(from: IsoDate, until: IsoDate): number {
  return Math.round((Date.parse(until) - Date.parse(from)) / 86_400_000);
}
