/** What is asked before an organisation is paused, a pause or a suspension lifted, an agreement ended or renewed. */
import { addDays, dateOf, type IsoDate, inWords } from '../../calendar';
import type { RegisterFile } from '../../folder';
import { partiesInWords } from '../../parties';
import type { Register } from '../../register';
import { ended, renewed } from '../agreement-days';
import { type Change, soundRegister } from '../change';
import { paused } from '../pause';
import { resumed } from '../resume';
import { choiceQuestion, dayQuestion, OPEN, wordsQuestion } from './change-questions';
import { type CheckedQuestion, TriedChange } from './enquiry';
import type { Answers, Offer } from './question';

/** The answer to a question that has been answered. @throws RangeError where it has not */
export function answerTo(answers: Answers, name: string): string {
  const answer = answers[name];
  if (answer === undefined) throw new RangeError(`${name} is not answered`);
  return answer;
}

/** Those that take part or will. */
export function takingPart({ organisations }: Register, asOf: IsoDate): Offer[] {
  return organisations
    .filter(({ leaves }) => leaves === undefined || leaves >= asOf)
    .map(({ id, name }) => ({ answer: id, means: name }));
}

/** Agreements that have not ended. */
function goingOn({ agreements }: Register, asOf: IsoDate): Offer[] {
  return agreements
    .filter(({ ends }) => ends >= asOf)
    .map((each) => ({
      answer: each.id,
      means: `${each.title} (${partiesInWords(each)}, until ${inWords(each.ends)})`,
    }));
}

function tried(
  files: readonly RegisterFile[],
  asOf: IsoDate,
  questions: readonly CheckedQuestion[],
  change: (answers: Answers) => Change,
): TriedChange {
  const register = soundRegister(files, asOf, 'the register is faulty');
  return new TriedChange({
    questions,
    around: { register, region: register.zone.region },
    change,
  });
}

/** Asks whom to pause, when and why. @throws ChangeUnsound if the register is faulty as it is */
export function pausing(files: readonly RegisterFile[], asOf: IsoDate): TriedChange {
  return tried(
    files,
    asOf,
    [
      choiceQuestion('organisation', 'ID', 'Who neither shares nor collects for a while?', (register) =>
        takingPart(register, asOf),
      ),
      dayQuestion('from', 'The first day of the pause.', { meanwhile: () => asOf }),
      dayQuestion(
        'until',
        'The last day of the pause, or open if nobody knows it yet.',
        { meanwhile: () => OPEN, usual: () => OPEN, optional: true },
        OPEN,
      ),
      wordsQuestion('reason', 'Why? It stands in the register, for whoever reads it later.'),
    ],
    (answers) =>
      paused(
        files,
        {
          id: answerTo(answers, 'organisation'),
          from: dateOf(answerTo(answers, 'from')),
          until: answers.until === undefined || answers.until === OPEN ? undefined : dateOf(answers.until),
          reason: answerTo(answers, 'reason'),
        },
        asOf,
      ),
  );
}

/** Asks what goes on that is suspended or paused, and from when. @throws ChangeUnsound if the register is faulty as it is */
export function resuming(
  files: readonly RegisterFile[],
  kind: 'suspended' | 'paused',
  asOf: IsoDate,
): TriedChange {
  const isStopped = (days: { readonly until?: IsoDate | undefined } | undefined) =>
    days !== undefined && (days.until === undefined || days.until >= asOf);
  const who =
    kind === 'paused'
      ? choiceQuestion('organisation', 'ID', 'Whose pause ends?', ({ organisations }) =>
          organisations.flatMap(({ id, name, paused: days }) =>
            isStopped(days) ? [{ answer: id, means: name }] : [],
          ),
        )
      : choiceQuestion('agreement', 'ID', 'Which agreement goes on?', ({ agreements }) =>
          agreements.flatMap(({ id, title, suspended: days }) =>
            isStopped(days) ? [{ answer: id, means: title }] : [],
          ),
        );
  const tomorrow = addDays(asOf, 1);
  return tried(
    files,
    asOf,
    [
      who,
      dayQuestion('on', 'The first day on which it goes on.', {
        meanwhile: () => tomorrow,
        usual: () => tomorrow,
        optional: true,
      }),
    ],
    (answers) =>
      resumed(files, { kind, id: answerTo(answers, who.name), on: dateOf(answers.on ?? tomorrow) }, asOf),
  );
}

/** Asks which agreement ends sooner, and when. @throws ChangeUnsound if the register is faulty as it is */
export function ending(files: readonly RegisterFile[], asOf: IsoDate): TriedChange {
  return tried(
    files,
    asOf,
    [
      choiceQuestion('agreement', 'ID', 'Which agreement ends sooner than it says?', (register) =>
        goingOn(register, asOf),
      ),
      dayQuestion('on', 'Its last day in force.', { meanwhile: () => asOf }),
    ],
    (answers) =>
      ended(files, { id: answerTo(answers, 'agreement'), on: dateOf(answerTo(answers, 'on')) }, asOf),
  );
}

/** Asks which agreement goes on under the same terms, and until when. @throws ChangeUnsound if the register is faulty as it is */
export function renewing(files: readonly RegisterFile[], asOf: IsoDate): TriedChange {
  const old = ({ agreements }: Register, answers: Answers) =>
    agreements.find(({ id }) => id === answers.agreement);
  return tried(
    files,
    asOf,
    [
      choiceQuestion('agreement', 'ID', 'Which agreement goes on after its last day?', (register) =>
        goingOn(register, asOf),
      ),
      wordsQuestion('as', 'The id of the one that follows, never used before.', {
        takes: 'ID',
        path: ['id'],
        usual: ({ agreement = '' }) => followingId(agreement),
        meanwhile: ({ agreement = '' }) => followingId(agreement),
      }),
      dayQuestion('ends', 'Its last day in force.', {
        meanwhile: (answers, { register }) => {
          const ends = register && old(register, answers)?.ends;
          return ends === undefined ? asOf : addDays(ends, 365);
        },
      }),
      dayQuestion('review', 'The day by which the parties look at it again.', {
        meanwhile: ({ ends }) => ends ?? asOf,
      }),
      wordsQuestion('dpia-reference', 'The reference of the impact assessment that covers it.', {
        path: ['dpia', 'reference'],
        usual: (answers, { register }) => register && old(register, answers)?.dpia.reference,
        meanwhile: (answers, { register }) => (register && old(register, answers)?.dpia.reference) ?? 'DPIA',
      }),
      dayQuestion('dpia-date', 'The day on which that was signed off.', {
        path: ['dpia', 'date'],
        meanwhile: (answers, { register }) => (register && old(register, answers)?.dpia.date) ?? asOf,
      }),
    ],
    (answers) =>
      renewed(
        files,
        {
          id: answerTo(answers, 'agreement'),
          as: answerTo(answers, 'as'),
          ends: dateOf(answerTo(answers, 'ends')),
          review: dateOf(answerTo(answers, 'review')),
          dpiaReference: answerTo(answers, 'dpia-reference'),
          dpiaDate: dateOf(answerTo(answers, 'dpia-date')),
        },
        asOf,
      ),
  );
}

/** `x-2` after `x`, `x-3` after `x-2`. */
function followingId(id: string): string {
  const [, stem = id, number = '1'] = /^(.*)-(\d{1,2})$/.exec(id) ?? [];
  return `${stem}-${Number(number) + 1}`;
}
