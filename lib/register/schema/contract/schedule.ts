/**
 * ODCS `scheduler` and `schedule`: what starts a check, and when. The two names are one letter apart, so that a slip
 * would turn one into the other unseen; that is why each needs the other.
 */
import { words } from '../scalars';

/** The two settings. */
export const schedule = {
  scheduler: words('What starts the check, such as cron.', 200).optional(),
  schedule: words('When the scheduler starts it, such as 0 20 * * *.', 400).optional(),
};

/** Whether both are given, or neither. */
export function hasWholeSchedule(check: {
  scheduler?: string | undefined;
  schedule?: string | undefined;
}): boolean {
  return (check.scheduler === undefined) === (check.schedule === undefined);
}

/** What a group with the two settings says of itself to editors. */
export const wholeSchedule = { dependentRequired: { scheduler: ['schedule'], schedule: ['scheduler'] } };
