/** What S3 comes to delete of agreements that are over, in sentences. */
import { dateOf, inWords } from '../../register/calendar';
import { code, say } from '../../words';
import type { Change } from '../change';
import type { Copies } from '../copies';
import type { Told } from './told';

/**
 * A day on which copies go, or no longer do. It widens nothing; but what comes to be deleted is looked at first, for it does not
 * come back.
 * @param asOf the day of the later assembly, which tells whether a day has passed
 */
export function tellCopies({ before, after }: Change<Copies>, asOf: string): Told {
  const { bucket, agreement } = after ?? before ?? { bucket: '', agreement: '' };
  const what = say`What was shared under ${code(agreement)} in ${code(bucket)}`;
  if (after === undefined)
    return {
      mark: '-',
      sentence:
        (before?.from ?? '') > asOf
          ? say`${what} stays: nothing deletes it on ${dayOf(before)} any more`
          : say`Nothing deletes ${code(agreement)} in ${code(bucket)} any more; that began on ${dayOf(before)}, and what was there may be gone`,
      more: [],
      widens: false,
    };
  const was = before === undefined ? '' : say`, and no longer on ${dayOf(before)}`;
  return {
    mark: '!',
    sentence:
      after.from > asOf
        ? say`${what} is DELETED by S3 from the beginning of ${dayOf(after)}, in UTC${was}`
        : say`${what} is DELETED by S3 as soon as this is deployed: its day, ${dayOf(after)}, has come${was}`,
    more: [
      'For 90 days its old versions can be brought back. After that nothing can.',
      'If it is to stay, write a legal hold or a renewal into the register, and deploy that before the day.',
    ],
    widens: false,
  };
}

function dayOf(copies: Copies | undefined): string {
  return copies === undefined ? '' : inWords(dateOf(copies.from));
}
