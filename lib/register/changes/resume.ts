/** Lifting a suspension or a pause: what it was stays written, with its last day, so that the past can still be read. */
import { addDays, type IsoDate, inWords, within } from '../calendar';
import type { RegisterFile } from '../folder';
import { sharesOf } from '../share';
import { about, type Change, ChangeRefused, checkedChange, fileAt, soundRegister } from './change';
import { type InterruptionKind, withInterruption } from './interruption';
import { withoutSetting } from './yaml-edit';

/** What is to go on, and from which day. */
export interface Resumption {
  readonly kind: InterruptionKind;
  readonly id: string;
  /** The first day on which it is in force again. */
  readonly on: IsoDate;
}

/**
 * Ends an interruption on the day before, or takes it out where it would not have begun.
 * @throws ChangeRefused if nothing is interrupted then, or the day is past
 * @throws ChangeUnsound if the register is faulty, or would be
 */
export function resumed(files: readonly RegisterFile[], { kind, id, on }: Resumption, asOf: IsoDate): Change {
  const before = soundRegister(files, asOf, 'the register is faulty');
  const suspended = kind === 'suspended';
  const there = suspended
    ? before.agreements.find((each) => each.id === id)?.suspended
    : before.organisations.find((each) => each.id === id)?.paused;
  const path = `${suspended ? 'agreements' : 'organisations'}/${id}.yaml`;
  const settle = [
    ...(on < asOf
      ? [about('on', `${inWords(on)} is past: have it go on from ${inWords(asOf)} or later`)]
      : []),
    ...(there === undefined || (there.until !== undefined && there.until < asOf)
      ? [
          about(
            suspended ? 'agreement' : 'organisation',
            `${path} has no \`${kind}\` that is in force or to come`,
          ),
        ]
      : there.until !== undefined && there.until < on
        ? [about('on', `it ends by itself on ${inWords(there.until)}, before ${inWords(on)}`)]
        : []),
  ];
  if (there === undefined || settle.length > 0) throw new ChangeRefused(`${id} was not changed`, settle);
  const file = fileAt(files, path);
  const last = addDays(on, -1);
  const changed =
    there.from >= on
      ? withoutSetting(file, kind)
      : withInterruption(file, { kind, from: there.from, until: last, reason: there.reason });
  const change = checkedChange(files, before, new Map([[path, changed]]), [], asOf);
  const again = sharesOf(change.after, on).filter(
    ({ agreement, owner, recipient, days }) =>
      (suspended ? agreement.id === id : owner.id === id || recipient.id === id) &&
      days !== undefined &&
      within(days, on),
  );
  return {
    ...change,
    says: [
      there.from >= on
        ? `${id} is not ${kind}: the days that were to come are taken out.`
        : `${id} is ${kind} until ${inWords(last)}, and goes on from ${inWords(on)}.`,
      ...again.map(
        ({ agreement, owner, recipient }) =>
          `${agreement.id}: ${recipient.id} may read what ${owner.id} shares, from ${inWords(on)}.`,
      ),
      `It takes hold with the next deployment. What was stopped at once is lifted by its owner: npx concordat suspend ${suspended ? '' : '--all-of '}${id} --live --lift.`,
    ],
  };
}
