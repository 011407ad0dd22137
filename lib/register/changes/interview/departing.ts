/** What is asked before organisations leave, are succeeded, hand a part over or take a new name. */
import { addDays, dateOf, type IsoDate, inWords } from '../../calendar';
import type { RegisterFile } from '../../folder';
import { partiesInWords } from '../../parties';
import type { Register } from '../../register';
import { type Change, soundRegister } from '../change';
import { becomesOf, type Decision, type Heirs, type Matter, mattersOf, novationTo } from '../decision';
import { departed } from '../depart';
import type { Departure } from '../departure';
import { renamed } from '../rename';
import { withNothing } from '../unsettled';
import { answerTo, takingPart } from './change-enquiries';
import { choiceQuestion, dayQuestion, listed, severalQuestion, wordsQuestion } from './change-questions';
import { type CheckedQuestion, TriedChange } from './enquiry';
import { type Answers, NONE, type Offer } from './question';

/** A departure of which decisions are still to be gathered. */
export type Undecided = Omit<Departure, 'decisions'>;

/** Who or what was decided on before anything was asked. */
export type Decided = (departure: Undecided, matters: readonly Matter[]) => readonly Decision[];

/** What becomes of an agreement where it passes to successors, each with an agreement of its own. */
export type NovatedTo = (matter: Matter, successors: readonly string[], heirs: Heirs) => Decision;

const WHAT_HAPPENS: readonly Offer[] = [
  { answer: 'all-passes', means: 'others take over from it, as where councils merge or split; it leaves' },
  { answer: 'part-passes', means: 'others take over an area or a function, and it stays' },
  { answer: 'new-name', means: 'it takes a new name or new codes; nothing passes' },
];

const winding = (when: CheckedQuestion['when']): CheckedQuestion =>
  dayQuestion(
    'wind-up',
    'Until when may what it had shared still be collected, by those whom it was shared with? It deposits nothing more after its last day.',
    { when, meanwhile: () => NONE, usual: () => NONE, optional: true },
    NONE,
  );
const dayOr = (answer: string | undefined): IsoDate | undefined =>
  answer === undefined || answer === NONE ? undefined : dateOf(answer);

/** How questions about a departure differ. */
interface Kind {
  readonly questions: readonly CheckedQuestion[];
  /** Undefined for as long as it is not known who departs, to whom, and when; or where nobody does. */
  readonly departure: (answers: Answers) => Undecided | undefined;
  readonly change?: (answers: Answers) => Change | undefined;
  readonly questionFor?: Readonly<Record<string, string>>;
}

/** Asks who leaves, when, and what becomes of each agreement. @throws ChangeUnsound if the register is faulty as it is */
export function leaving(
  files: readonly RegisterFile[],
  asOf: IsoDate,
  decided: Decided,
  novatedTo: NovatedTo,
): TriedChange {
  const questions = [
    choiceQuestion('organisation', 'ID', 'Who leaves?', (register) => takingPart(register, asOf)),
    dayQuestion('on', 'The last day on which it takes part.', { meanwhile: () => asOf }),
    winding(() => true),
  ];
  const departure = ({ organisation, on, 'wind-up': windsUp }: Answers): Undecided | undefined =>
    organisation === undefined || on === undefined
      ? undefined
      : {
          heirs: new Map([[organisation, []]]),
          lastDay: dateOf(on),
          windsUp: dayOr(windsUp),
          emptyHanded: [],
        };
  return asking(
    files,
    asOf,
    { questions, departure, questionFor: { from: 'organisation' } },
    decided,
    novatedTo,
  );
}

/**
 * Asks who is succeeded, by whom, when, and what becomes of each agreement.
 * @param emptyHanded successors of whom it is known that they begin without any agreement
 * @throws ChangeUnsound if the register is faulty as it is
 */
export function succeeding(
  files: readonly RegisterFile[],
  asOf: IsoDate,
  decided: Decided,
  novatedTo: NovatedTo,
  emptyHanded: readonly string[],
): TriedChange {
  const renames = ({ happens }: Answers) => happens === 'new-name';
  const passes = ({ happens }: Answers) => happens !== undefined && happens !== 'new-name';
  const everybody = (register: Register) => takingPart(register, asOf);
  const questions = [
    choiceQuestion('happens', 'WORD', 'What happens?', () => WHAT_HAPPENS),
    severalQuestion(
      'from',
      'Which organisations does it happen to? Where several become several, each with its successors: a=x, b=x+y.',
      everybody,
      {},
      (item) => item.split(/[=+]/),
    ),
    severalQuestion('to', 'Who takes over?', everybody, {
      when: (answers) =>
        passes(answers) &&
        (answers.from === undefined || listed(answers.from).some((each) => !each.includes('='))),
    }),
    wordsQuestion('part', 'What passes: an area or a function.', {
      when: ({ happens }) => happens === 'part-passes',
    }),
    wordsQuestion('rename', 'The new official name.', { when: renames, meanwhile: () => 'A new name' }),
    {
      ...wordsQuestion('codes', 'Its new official codes, such as gss:E06000099; or none.', {
        when: renames,
        meanwhile: () => NONE,
        usual: () => NONE,
        optional: true,
      }),
      check: (answer) =>
        listed(answer).every((each) => /^[^:]+:[^:]/.test(each))
          ? undefined
          : {
              message: `‘${answer}’ has a code without its scheme`,
              fix: 'write scheme:code, such as gss:E06000099',
            },
    } satisfies CheckedQuestion,
    dayQuestion('on', 'The first day of the successors, or of the new name.', {
      meanwhile: () => addDays(asOf, 1),
    }),
    winding(({ happens }) => happens === 'all-passes'),
  ];
  const departure = (answers: Answers): Undecided | undefined =>
    !passes(answers) || answers.on === undefined || answers.from === undefined
      ? undefined
      : {
          heirs: heirsIn(answers.from, answers.to),
          lastDay: addDays(dateOf(answers.on), -1),
          windsUp: dayOr(answers['wind-up']),
          handsOver: answers.happens === 'part-passes' ? answers.part : undefined,
          emptyHanded: [...emptyHanded, ...listed(answers['no-agreement'])],
        };
  const change = (answers: Answers) =>
    renames(answers)
      ? renamed(
          files,
          {
            id: answerTo(answers, 'from'),
            name: answerTo(answers, 'rename'),
            on: dateOf(answerTo(answers, 'on')),
            codes: listed(answers.codes).map((each) => {
              const [scheme = '', value = ''] = each.split(':');
              return { scheme, value };
            }),
          },
          asOf,
        )
      : undefined;
  return asking(files, asOf, { questions, departure, change }, decided, novatedTo);
}

/** Who takes over from each. @param to those who do from each that names none of its own */
function heirsIn(from: string, to: string | undefined): Map<string, string[]> {
  return new Map(
    listed(from).map((each): [string, string[]] => {
      const [id = '', own] = each.split('=');
      return [id, own === undefined ? listed(to) : own.split('+').filter((one) => one !== '')];
    }),
  );
}

function asking(
  files: readonly RegisterFile[],
  asOf: IsoDate,
  { questions, departure, change, questionFor = {} }: Kind,
  decided: Decided,
  novatedTo: NovatedTo,
): TriedChange {
  const register = soundRegister(files, asOf, 'the register is faulty');
  const mattersIn = ({ heirs, lastDay }: Undecided) => mattersOf(register, [...heirs.keys()], lastDay);
  const decisionsIn = (answers: Answers, one: Undecided): Decision[] => {
    const matters = mattersIn(one);
    const given = decided(one, matters);
    const open = matters.filter(({ agreement }) => !given.some((each) => each.agreement === agreement.id));
    return [
      ...given,
      ...open.flatMap((matter): Decision[] => {
        const { id } = matter.agreement;
        const answer = answers[becomesOf(id)];
        if (answer === undefined) return [];
        if (answer === 'end' || answer === 'keep') return [{ agreement: id, decision: answer }];
        const successors = listed(answer);
        // What is wrong with an answer is told where it is looked at by itself.
        const canAll = successors.every((each) => novationTo(matter, each, one.heirs, true) !== undefined);
        return canAll ? [novatedTo(matter, successors, one.heirs)] : [];
      }),
    ];
  };
  const more = (answers: Answers): CheckedQuestion[] => {
    const one = questions.every(
      ({ name, when }) => !when(answers) || answers[name] !== undefined || name === 'wind-up',
    )
      ? departure(answers)
      : undefined;
    if (one === undefined) return [];
    const matters = mattersIn(one);
    const given = decided(one, matters);
    const asked = matters
      .filter(({ agreement }) => !given.some((each) => each.agreement === agreement.id))
      .map((matter) => matterQuestion(matter, one));
    if (asked.some(({ name }) => answers[name] === undefined)) return asked;
    const bare = withNothing(register, matters, { ...one, decisions: decisionsIn(answers, one) }).filter(
      (id) => answers['no-agreement'] !== undefined || !one.emptyHanded.includes(id),
    );
    return bare.length === 0 ? asked : [...asked, bareQuestion(bare)];
  };
  return new TriedChange({
    questions,
    around: { register, region: register.zone.region },
    more,
    questionFor,
    change: (answers) => {
      const made = change?.(answers);
      if (made !== undefined) return made;
      const one = departure(answers);
      if (one === undefined) throw new RangeError('it is not known who departs');
      return departed(files, { ...one, decisions: decisionsIn(answers, one) }, asOf);
    },
  });
}

function matterQuestion(matter: Matter, { heirs: all, handsOver }: Undecided): CheckedQuestion {
  const { id, title, ends } = matter.agreement;
  const heirs = [...new Set([...all.values()].flat())].filter(
    (each) => novationTo(matter, each, all, true) !== undefined,
  );
  const alone: readonly Offer[] = [
    { answer: 'end', means: 'it ends with the last day' },
    ...(handsOver === undefined ? [] : [{ answer: 'keep', means: 'it stays as it is' }]),
  ];
  const question = severalQuestion(
    becomesOf(id),
    `What becomes of ‘${title}’ (${partiesInWords(matter.agreement)}, until ${inWords(ends)})?`,
    () => [...alone, ...heirs.map((each) => ({ answer: each, means: 'it passes to this successor' }))],
    { meanwhile: () => 'end', ...(heirs.length < 2 && { more: '' }) },
  );
  return {
    ...question,
    check: (answer, around, answers) =>
      question.check(answer, around, answers) ??
      (listed(answer).length > 1 && listed(answer).some((each) => alone.some((one) => one.answer === each))
        ? { message: 'it either ends, stays or passes', fix: 'give one answer, or several successors' }
        : undefined),
  };
}

/** Successors that would begin with nothing: an oversight more often than a wish. */
function bareQuestion(ids: readonly string[]): CheckedQuestion {
  const all = ids.join(', ');
  return severalQuestion(
    'no-agreement',
    `By these answers ${all} would have no agreement at all. If that is meant, answer ${all}; else go back with <, and let one pass.`,
    () => ids.map((answer) => ({ answer })),
    { meanwhile: () => all, usual: () => all },
  );
}
