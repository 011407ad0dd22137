/** What S3 comes to delete of agreements that are over, in sentences. */
import { dateOf, inWords } from '../../register/calendar';
import { code, say } from '../../words';
import type { Change } from '../change';
import type { Copies } from '../copies';
import type { Told } from './told';

/** A day on which copies go, or no longer do. It widens nothing; what comes to be deleted is looked at first. */
export function tellCopies({ before, after }: Change<Copies>): Told {
  const { bucket, agreement } = after ?? before ?? { bucket: '', agreement: '' };
  const what = say`What was shared under ${code(agreement)} in ${code(bucket)}`;
  if (after === undefined)
    return {
      mark: '-',
      sentence: say`${what} stays: nothing deletes it on ${dayOf(before)} any more`,
      more: [],
      widens: false,
    };
  const was = before === undefined ? '' : say`, and no longer on ${dayOf(before)}`;
  return {
    mark: before === undefined ? '+' : '~',
    sentence: say`${what} is deleted by S3 from the beginning of ${dayOf(after)}${was}`,
    more: ['Old versions of it stay for 90 days more.'],
    widens: false,
  };
}

function dayOf(copies: Copies | undefined): string {
  return copies === undefined ? '' : inWords(dateOf(copies.from));
}
