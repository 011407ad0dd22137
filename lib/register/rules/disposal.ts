/** Rules on what becomes of the copies once an agreement has ended. */
import { inWords } from '../calendar';
import type { Diagnostic } from '../diagnostic';
import { at, type Draft } from '../draft';
import { addDuration, durationInWords } from '../duration';
import { namedParties } from '../parties';

/** A party asks for a legal hold; and nobody has longer to dispose of its copies than it may keep them. */
export function disposalFits(draft: Draft): Diagnostic[] {
  return [...draft.agreements.values()].flatMap(({ value, source }): Diagnostic[] => {
    const { hold, ends, retention } = value;
    const { disposeWithin, period } = retention;
    const parties = namedParties(value).map(({ id }) => id);
    return [
      ...(hold === undefined || parties.includes(hold.by)
        ? []
        : [
            at(source, ['hold', 'by'], {
              code: 'not-allowed',
              message: `${hold.by} is no party to ${value.id}, and so cannot keep its parties from disposing of their copies`,
              found: hold.by,
              allowed: parties.join(', '),
              fix: 'name the party that asked for the hold; whoever asked it in turn belongs in `reason`',
            }),
          ]),
      ...(disposeWithin === undefined || addDuration(ends, disposeWithin) <= addDuration(ends, period)
        ? []
        : [
            at(source, ['retention', 'disposeWithin'], {
              code: 'date-order',
              message: `copies may be kept for ${durationInWords(period)}, but disposing of them may take ${durationInWords(disposeWithin)} after ${inWords(ends)}`,
              found: disposeWithin,
              allowed: `${period} or shorter`,
              fix: 'shorten it, or lengthen `period`',
            }),
          ]),
    ];
  });
}
