/** An agreement that ends sooner, and one that goes on under the same terms after its last day. */
import { andList } from '../../words';
import { addDays, type IsoDate, inWords } from '../calendar';
import { durationInWords } from '../duration';
import type { RegisterFile } from '../folder';
import { directionsOf } from '../parties';
import type { Agreement } from '../schema/agreement';
import { about, type Change, ChangeRefused, checkedChange, fileAt, soundRegister } from './change';
import { withoutSetting, withSetting, withText } from './yaml-edit';

function agreementIn(agreements: readonly Agreement[], id: string): Agreement {
  const found = agreements.find((each) => each.id === id);
  if (found === undefined) throw new RangeError(`there is no agreement ${id}`);
  return found;
}

/**
 * The register with an agreement that ends on a day before its last.
 * @param on the last day in force
 * @throws ChangeRefused if that is past, no sooner than it ends, or before it starts
 * @throws ChangeUnsound if the register is faulty, or would be
 */
export function ended(
  files: readonly RegisterFile[],
  { id, on }: { readonly id: string; readonly on: IsoDate },
  asOf: IsoDate,
): Change {
  const before = soundRegister(files, asOf, 'the register is faulty');
  const agreement = agreementIn(before.agreements, id);
  const settle = [
    ...(on < asOf ? [about('on', `${inWords(on)} is past: end it on ${inWords(asOf)} or later`)] : []),
    ...(on >= agreement.ends
      ? [
          about(
            'on',
            `it ends on ${inWords(agreement.ends)} as it is; to have it go on: npx concordat agreement renew ${id}`,
          ),
        ]
      : []),
    ...(on < agreement.starts
      ? [
          about(
            'on',
            `it starts on ${inWords(agreement.starts)}: remove the file if it is never to be in force`,
          ),
        ]
      : []),
  ];
  if (settle.length > 0) throw new ChangeRefused(`${id} does not end sooner`, settle);
  const collectors = [...new Set(directionsOf(agreement).flatMap(({ recipients }) => recipients))];
  const path = `agreements/${id}.yaml`;
  const sooner = withText(fileAt(files, path), ['ends'], on);
  const reviewed = agreement.review > on ? withText(sooner, ['review'], on) : sooner;
  return {
    ...checkedChange(files, before, new Map([[path, reviewed]]), [], asOf),
    says: [
      `${id} ends on ${inWords(on)}, not on ${inWords(agreement.ends)}: ${andList(collectors)} may collect on that day for the last time.`,
      ...(agreement.review > on
        ? [
            `Its review of ${inWords(agreement.review)} is on that day too, since a review comes before the end.`,
          ]
        : []),
      `The recipient keeps its copy for ${durationInWords(agreement.retention.period)} at most, and disposes of it: ${agreement.retention.disposal}`,
      `It takes hold by itself if it is deployed by ${inWords(on)}. To stop at once: npx concordat suspend ${id} --live.`,
    ],
  };
}

/** How an agreement goes on. */
export interface Renewal {
  readonly id: string;
  /** The id of the one that follows. */
  readonly as: string;
  readonly ends: IsoDate;
  readonly review: IsoDate;
  /** The assessment that was made or confirmed for it. */
  readonly dpiaReference: string;
  readonly dpiaDate: IsoDate;
}

/**
 * The register with an agreement of its own that follows another from the day after its last, under the same terms. The old
 * file stays as it is: what was agreed is never written over.
 * @throws ChangeRefused if the id is taken, something follows it already, or the days do not fit
 * @throws ChangeUnsound if the register is faulty, or would be
 */
export function renewed(
  files: readonly RegisterFile[],
  { id, as, ends, review, dpiaReference, dpiaDate }: Renewal,
  asOf: IsoDate,
): Change {
  const before = soundRegister(files, asOf, 'the register is faulty');
  const agreement = agreementIn(before.agreements, id);
  const starts = addDays(agreement.ends, 1);
  const follows = before.agreements.find(({ supersedes }) => supersedes === id);
  const settle = [
    ...(before.agreements.some((each) => each.id === as)
      ? [about('as', `there is an agreement ${as} already: choose another id`)]
      : []),
    ...(follows ? [about('agreement', `${follows.id} follows ${id} already`)] : []),
    ...(agreement.ends < asOf
      ? [
          about(
            'agreement',
            `${id} ended on ${inWords(agreement.ends)}: make a new agreement, npx concordat agreement new`,
          ),
        ]
      : []),
    ...(ends < starts
      ? [about('ends', `${inWords(ends)} is no later than it ends as it is, on ${inWords(agreement.ends)}`)]
      : []),
  ];
  if (settle.length > 0) throw new ChangeRefused(`${id} was not renewed`, settle);
  const path = `agreements/${as}.yaml`;
  const texts: readonly (readonly [readonly string[], string])[] = [
    [['id'], as],
    [['starts'], starts],
    [['ends'], ends],
    [['review'], review],
    [['dpia', 'reference'], dpiaReference],
    [['dpia', 'date'], dpiaDate],
  ];
  const copied = { path, bytes: fileAt(files, `agreements/${id}.yaml`).bytes };
  const changed = texts.reduce((file, [at, text]) => withText(file, at, text), copied);
  // A hold is on what was shared under the old one, and stays there.
  const followed = withSetting(withoutSetting(changed, 'hold'), 'supersedes', [`supersedes: ${id}`]);
  return {
    ...checkedChange(files, before, new Map([[path, followed]]), [], asOf),
    says: [
      `${as} follows ${id} under the same terms, from ${inWords(starts)} to ${inWords(ends)}.`,
      'Its objects have a prefix of their own, so collecting what was deposited under the old one ends on its day.',
      `What was collected under ${id} may be kept as long as what is collected under ${as}.`,
    ],
  };
}
