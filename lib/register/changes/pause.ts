/** Pausing an organisation: it neither shares nor collects from one day to another; keys, data and names stay. */
import { addDays, type IsoDate, inWords, within } from '../calendar';
import type { RegisterFile } from '../folder';
import { sharesOf } from '../share';
import { about, type Change, ChangeRefused, checkedChange, fileAt, soundRegister } from './change';
import { withInterruption } from './interruption';
import { withoutSetting } from './yaml-edit';

/** Who is paused, when and why. */
export interface Pause {
  readonly id: string;
  readonly from: IsoDate;
  /** The last day; open if not given. */
  readonly until?: IsoDate | undefined;
  readonly reason: string;
}

/**
 * Writes a pause into an organisation’s file. One that is over is replaced.
 * @throws ChangeRefused if it would begin in the past, or another pause or the end of membership stands in its way
 * @throws ChangeUnsound if the register is faulty, or would be
 */
export function paused(
  files: readonly RegisterFile[],
  { id, from, until, reason }: Pause,
  asOf: IsoDate,
): Change {
  const before = soundRegister(files, asOf, 'the register is faulty');
  const organisation = before.organisations.find((each) => each.id === id);
  if (organisation === undefined) throw new RangeError(`there is no organisation ${id}`);
  const { paused: already, leaves } = organisation;
  const file = `organisations/${id}.yaml`;
  const settle = [
    ...(from < asOf
      ? [
          about(
            'from',
            `${inWords(from)} is past, and what happened on it cannot be undone: pause from ${inWords(asOf)} or later`,
          ),
        ]
      : []),
    ...(already !== undefined && (already.until === undefined || already.until >= asOf)
      ? [
          about(
            'organisation',
            `${file} has a pause from ${inWords(already.from)}${already.until === undefined ? ', open' : ` to ${inWords(already.until)}`}: end it with npx concordat resume ${id}, or change its days there`,
          ),
        ]
      : []),
    ...(leaves !== undefined && leaves < from
      ? [about('from', `${id} has left by then: it leaves on ${inWords(leaves)}`)]
      : []),
  ];
  if (settle.length > 0) throw new ChangeRefused(`${id} was not paused`, settle);
  const changed = withInterruption(withoutSetting(fileAt(files, file), 'paused'), {
    kind: 'paused',
    from,
    until,
    reason,
  });
  const change = checkedChange(files, before, new Map([[file, changed]]), [], asOf);
  const last = until === undefined ? ', with no end' : ` to ${inWords(until)}`;
  const stopped = sharesOf(before, from).filter(
    ({ owner, recipient, days }) =>
      (owner.id === id || recipient.id === id) &&
      days !== undefined &&
      (until === undefined || days.from <= until),
  );
  return {
    ...change,
    says: [
      `${id} is paused from ${inWords(from)}${last}.`,
      ...stopped.map(
        ({ agreement, owner, recipient }) =>
          `${agreement.id}: ${recipient.id} reads nothing of ${owner.id} in this time.`,
      ),
      ...(stopped.length === 0 ? ['No share is in force or to come in this time.'] : []),
      within({ from, until }, asOf)
        ? `It takes hold at the next deployment. To stop at once: npx concordat suspend --all-of ${id} --live.`
        : `It takes hold by itself at midnight in London if it is deployed by ${inWords(addDays(from, -1))}.`,
    ],
  };
}
