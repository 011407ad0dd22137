/**
 * What is asked of an agreement that is new: as of any, and besides whether two organisations share with each other, write to each
 * other, and to which inboxes. An agreement that is there already keeps its parties.
 */
import { signInOf, somebodyCollects, somebodyDeposits } from '../../may';
import { agreementSchema } from '../../schema/agreement';
import type { Organisation } from '../../schema/organisation';
import { listLines, scalar } from '../yaml-edit';
import { AGREEMENT_FORM } from './agreement-form';
import { AGREEMENT_QUESTIONS } from './agreement-questions';
import type { FileForm } from './drafting';
import {
  type Answers,
  type Asking,
  itemsIn,
  NONE,
  type Question,
  question,
  type Surroundings,
} from './question';

/** The answer that says that two share with each other, where else an owner is named. */
const EACH_OTHER = 'each-other';
/** As RFC 2046 names messages, with what is attached to them most. */
const LETTERS_TYPES = 'message/rfc822, application/pdf, text/plain';

const goesEachWay = ({ owner }: Answers) => owner === EACH_OTHER;
const hasLetters = (answers: Answers) => goesEachWay(answers) && answers.letters === 'yes';
const partyIn = ({ reciprocal = '' }: Answers, at: number) => itemsIn(reciprocal, ',')[at] ?? 'nobody';

const able = ({ register }: Surroundings): readonly Organisation[] =>
  (register?.organisations ?? []).filter((each) => somebodyDeposits(each) && somebodyCollects(each));

function about<const N extends string>(name: N, takes: string, path: string, asking: Asking): Question<N> {
  return question(agreementSchema, {}, name, takes, [path], asking);
}

/** Who may collect at a party, by roles and app roles. */
function readersAt(answers: Answers, at: number, { register }: Surroundings): readonly string[] {
  const party = register?.organisations.find(({ id }) => id === partyIn(answers, at));
  if (party === undefined) return [];
  return [...party.mayCollect, ...(signInOf(party)?.mayCollect?.appRoles ?? [])];
}

/** The questions about an inbox of one of the two. */
function inboxQuestions<const W extends 'first' | 'second'>(which: W) {
  const at = which === 'first' ? 0 : 1;
  const of = `the ${which} of the two`;
  return [
    about(`${which}-inbox`, 'ID', 'correspondence', {
      when: hasLetters,
      meanwhile: 'an-inbox',
      offers: () => [],
      asks: `A handle for an inbox of ${of}. More are added to the file.`,
    }),
    about(`${which}-team`, 'TEXT', 'correspondence', {
      when: hasLetters,
      meanwhile: 'A team',
      offers: () => [],
      asks: `Which team of ${of} reads it, as others would call it?`,
    }),
    about(`${which}-notices`, 'ADDRESS', 'correspondence', {
      when: hasLetters,
      meanwhile: 'a-team@organisation.example',
      offers: () => [],
      asks: 'The mailbox where that team is told that a message waits.',
    }),
    about(`${which}-readers`, 'LIST', 'correspondence', {
      when: hasLetters,
      meanwhile: (answers, around) => readersAt(answers, at, around)[0] ?? 'nobody',
      offers: (answers, around) => readersAt(answers, at, around).map((answer) => ({ answer })),
      between: ',',
      asks: 'Whom is the inbox for? Roles or app roles that may collect there. Separate several with commas.',
    }),
  ] as const;
}

const BOTH_WAYS = [
  about('reciprocal', 'IDS', 'reciprocal', {
    when: goesEachWay,
    meanwhile: (_, around) => {
      const [one, other] = able(around);
      return `${one?.id ?? 'nobody'}, ${other?.id ?? 'nobody-else'}`;
    },
    offers: (_, around) => able(around).map(({ id, name }) => ({ answer: id as string, means: name })),
    between: ',',
    asks: 'Which two share with each other? Separate them with a comma.',
  }),
  about('letters', 'yes|no', 'correspondence', {
    when: goesEachWay,
    meanwhile: 'no',
    usual: () => 'no',
    offers: () => [
      { answer: 'yes', means: 'people write to inboxes of teams, with files attached' },
      { answer: 'no', means: 'files alone' },
    ],
    asks: 'Do people of the two write to each other?',
  }),
  ...inboxQuestions('first'),
  ...inboxQuestions('second'),
] as const;

/** What a new agreement may be asked besides, by name. */
type BothWaysName = (typeof BOTH_WAYS)[number]['name'];
/** What a new agreement may be asked, by name. */
export type NewAgreementQuestionName = (typeof AGREEMENT_QUESTIONS)[number]['name'] | BothWaysName;

/** The parties as questions ask for them that know an owner and recipients alone: the first of two, and the other. */
function oneWay(answers: Answers): Answers {
  if (!goesEachWay(answers)) return answers;
  return { ...answers, owner: partyIn(answers, 0), recipients: partyIn(answers, 1) };
}

function adapted(each: Question): Question {
  const { name, when, meanwhile, offers, usual } = each;
  const own: Question = {
    ...each,
    meanwhile: (answers, around) => meanwhile(oneWay(answers), around),
    offers: (answers, around) => offers(oneWay(answers), around),
    usual: (answers, around) => usual(oneWay(answers), around),
  };
  switch (name) {
    case 'owner':
      return {
        ...own,
        offers: (answers, around) => [
          ...offers(answers, around),
          ...(able(around).length > 1
            ? [{ answer: EACH_OTHER, means: 'two share with each other under the same terms' }]
            : []),
        ],
      };
    case 'recipients':
      return { ...each, when: (answers) => !goesEachWay(answers) && when(answers) };
    case 'contract':
      return { ...own, usual: (answers) => (hasLetters(answers) ? NONE : undefined) };
    case 'media-types':
      return {
        ...own,
        meanwhile: (answers, around) =>
          hasLetters(answers) ? LETTERS_TYPES : meanwhile(oneWay(answers), around),
        usual: (answers, around) => (hasLetters(answers) ? LETTERS_TYPES : usual(answers, around)),
      };
    default:
      return own;
  }
}

/** Every question of a new agreement, in the order in which they are asked. */
export const NEW_AGREEMENT_QUESTIONS: readonly Question<NewAgreementQuestionName>[] =
  AGREEMENT_QUESTIONS.flatMap((each) => {
    const own = adapted(each) as Question<NewAgreementQuestionName>;
    return each.name === 'recipients' ? [own, ...BOTH_WAYS] : [own];
  });

/** Where the setting that a question is about stands among those of the file. */
function placeOf({ path: [first] }: Question): number {
  return NEW_AGREEMENT_QUESTIONS.findIndex(({ path }) => path[0] === first);
}

function linesOf(asked: Question, answers: Answers, before: Question | undefined): readonly string[] {
  const answer = answers[asked.name] ?? '';
  const [which = '', what] = asked.name.split('-');
  if (asked.path[0] === 'correspondence' && asked.name !== 'letters')
    return inboxLines(what ?? '', partyIn(answers, which === 'first' ? 0 : 1), answer);
  if (asked.name === 'letters') return answer === 'yes' ? ['correspondence:', '  inboxes:'] : [];
  const lines = AGREEMENT_FORM.lines(asked, answers, before);
  // The comment above it stays.
  return asked.name === 'owner' && answer === EACH_OTHER ? lines.slice(0, -1) : lines;
}

function inboxLines(what: string, party: string, answer: string): string[] {
  const deep = (lines: readonly string[], by = 6) => lines.map((line) => `${' '.repeat(by)}${line}`);
  if (what === 'inbox') return [`    - id: ${scalar(answer)}`, ...deep([`of: ${scalar(party)}`])];
  if (what !== 'readers') return deep([`${what}: ${scalar(answer)}`]);
  // Names of roles may hold commas, and no spaces.
  const all = answer
    .split(/,\s+|,(?=arn:)/)
    .flatMap((each) => (each.startsWith('arn:') ? [each] : itemsIn(each, ',')));
  const roles = all.filter((each) => each.startsWith('arn:'));
  const appRoles = all.filter((each) => !each.startsWith('arn:'));
  return deep([
    'readers:',
    ...(roles.length > 0 ? deep(listLines('roles', roles), 2) : []),
    ...(appRoles.length > 0 ? deep(listLines('appRoles', appRoles), 2) : []),
  ]);
}

/** The file of a new agreement. */
export const NEW_AGREEMENT_FORM: FileForm = {
  ...AGREEMENT_FORM,
  questions: NEW_AGREEMENT_QUESTIONS,
  lines: linesOf,
  inFile: (asked) => [...asked].sort((a, b) => placeOf(a) - placeOf(b)),
};
