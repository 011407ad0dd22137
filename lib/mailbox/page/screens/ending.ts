/** That an agreement ends soon: said while there is still time to save what has to be kept. */
import { standingOn } from '../../../delivery';
import { addDays, type IsoDate, inWords, today } from '../../../register/calendar';
import type { ProfileDays } from '../../../wire';
import { type Child, el, para } from '../dom';
import type { Session } from '../session/session';

/** So many days before its last one it is told: four weeks, so that nobody’s holiday is longer. */
const TOLD_BEFORE = 28;

/**
 * When an agreement ends or pauses, to follow its name: `ends tomorrow, 2 December 2026`. Nothing where that is further away, or past.
 * @param days in force, in order
 * @param on today
 */
export function endsWords(days: readonly ProfileDays[], on: IsoDate): string | undefined {
  const standing = standingOn(days, on);
  if (standing.state !== 'in-force' || standing.until > addDays(on, TOLD_BEFORE)) return undefined;
  const until = standing.until as IsoDate;
  const next = days.find(({ from }) => from > until);
  if (next !== undefined) return `pauses after ${dayFrom(on, until)}, until ${inWords(next.from as IsoDate)}`;
  const end = dayFrom(on, until);
  return until <= addDays(on, 1) ? `ends ${end}` : `ends on ${end}`;
}

function dayFrom(on: IsoDate, day: IsoDate): string {
  if (day === on) return `today, ${inWords(day)}`;
  return day === addDays(on, 1) ? `tomorrow, ${inWords(day)}` : inWords(day);
}

/** Of each agreement whose messages cannot be opened any more soon. */
export function endingSoon(session: Session): Child {
  const on = today(new Date(session.now()));
  const ending = session.correspondences.flatMap(({ collects: { title, days } }) => {
    const ends = endsWords(days, on);
    return ends === undefined ? [] : [`The agreement “${title}” ${ends}.`];
  });
  if (ending.length === 0) return undefined;
  return el(
    'div',
    { class: 'govuk-inset-text' },
    ending.map((words) => para(words)),
    para('Messages cannot be opened after that day. Save the ones that you have to keep before then.'),
  );
}

/** The same, of one message that is open. */
export function endingOf(session: Session, days: readonly ProfileDays[]): Child {
  const ends = endsWords(days, today(new Date(session.now())));
  return (
    ends &&
    el(
      'div',
      { class: 'govuk-inset-text' },
      `The agreement ${ends}. This message cannot be opened after that day: save it before then if you have to keep it.`,
    )
  );
}
