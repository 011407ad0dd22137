/** How a profile stands on a day: what may be sent and collected, and what of it is out of date. */
import type { Profile, ProfileDays } from '../wire';

/**
 * Whether a run of days holds a day: `in-force` until the last day of the run, `to-come` from the first day of the next run,
 * or `over`. Days are `YYYY-MM-DD`, in London, as in the register.
 */
export type Standing =
  | { readonly state: 'in-force'; readonly until: string }
  | { readonly state: 'to-come'; readonly from: string }
  | { readonly state: 'over'; readonly since: string | undefined };

/** How runs of days stand on a day. The runs are in order, and none overlaps another. */
export function standingOn(days: readonly ProfileDays[], on: string): Standing {
  const next = days.find(({ until }) => until >= on);
  if (next === undefined) return { state: 'over', since: days.at(-1)?.until };
  return next.from <= on ? { state: 'in-force', until: next.until } : { state: 'to-come', from: next.from };
}

/** What a reader of a profile should know before relying on it. */
export type ProfileNotice =
  /** The profile was made for a day that has not come: the clock here is behind, or the profile was made ahead. */
  | { readonly notice: 'made-ahead'; readonly asOf: string }
  /** An agreement is over; who sends or collects under it is refused. */
  | { readonly notice: 'over'; readonly agreement: string; readonly since: string | undefined }
  /** An agreement stands still, or has not begun. */
  | { readonly notice: 'to-come'; readonly agreement: string; readonly from: string }
  /** Made so long ago that agreements may have been made, changed or stopped since. */
  | { readonly notice: 'old'; readonly days: number };

/**
 * A profile is asked for anew at least so often, in days: registers change, and a stop is not in the profile.
 * @internal Only tests import it.
 */
export const OLD_AFTER_DAYS = 90;

/** What to know of a profile on a day. */
export function noticesOn(profile: Profile, on: string): ProfileNotice[] {
  const { asOf } = profile.register;
  const age = Math.round((Date.parse(on) - Date.parse(asOf)) / 86_400_000);
  const byDate: ProfileNotice[] =
    age < 0 ? [{ notice: 'made-ahead', asOf }] : age > OLD_AFTER_DAYS ? [{ notice: 'old', days: age }] : [];
  const byAgreement = [...profile.sends, ...profile.collects].flatMap((each) => noticeOf(each, on) ?? []);
  return [...byDate, ...byAgreement];
}

function noticeOf(
  { agreement, days }: { readonly agreement: string; readonly days: readonly ProfileDays[] },
  on: string,
): ProfileNotice | undefined {
  const standing = standingOn(days, on);
  switch (standing.state) {
    case 'in-force':
      return undefined;
    case 'to-come':
      return { notice: 'to-come', agreement, from: standing.from };
    case 'over':
      return { notice: 'over', agreement, since: standing.since };
  }
}
