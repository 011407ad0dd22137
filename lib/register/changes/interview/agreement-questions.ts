/**
 * What is asked of a new agreement, in the order of the ICO’s data sharing code: who, what for, what, under which law, how,
 * for how long, and what happens at the end.
 * @see https://ico.org.uk/for-organisations/uk-gdpr-guidance-and-resources/data-sharing/data-sharing-a-code-of-practice/
 */
import { type IsoDate, isDate } from '../../calendar';
import { gatewaysFor, isNotYetInForce } from '../../gateways';
import { conditionsFor } from '../../rules/lawful-basis';
import { agreementSchema } from '../../schema/agreement';
import { SCHEDULE_1_PART_1, SCHEDULE_1_PART_2, SCHEDULE_1_PART_3 } from '../../schema/lawful-basis';
import type { Organisation } from '../../schema/organisation';
import {
  type Answers,
  type Asking,
  itemsIn,
  NONE,
  type Question,
  question as questionAbout,
  type Surroundings,
} from './question';

const SEMICOLONS = ' Separate several with semicolons.';
const OR_NONE = ` Write ${NONE} if there are none.`;

const isUkGdpr = ({ regime }: Answers) => regime === 'uk-gdpr';
const isLawEnforcement = ({ regime }: Answers) => regime === 'law-enforcement';
const hasSpecial = (answers: Answers) => ![undefined, NONE].includes(answers['special-categories']);
const hasOffences = (answers: Answers) => answers['criminal-offence'] === 'yes';
const needsSchedule1 = (answers: Answers) =>
  isUkGdpr(answers) && (hasOffences(answers) || conditionsFor(answers.article9).length > 0);

function question<const N extends string>(
  name: N,
  takes: string,
  path: readonly string[],
  asking: Asking,
): Question<N> {
  // An alternative is found by the value that chooses it.
  const lawEnforcement = ['section35', 'schedule8'].includes(path.at(-1) ?? '');
  const chosen = { lawfulBasis: { regime: lawEnforcement ? 'law-enforcement' : 'uk-gdpr' } };
  return questionAbout(agreementSchema, chosen, name, takes, path, asking);
}

/** Those that the Article 9 condition asks for; all of them where it is criminal-offence data that asks. */
function conditionsOf({ article9 }: Answers): readonly string[] {
  const conditions = conditionsFor(article9);
  return conditions.length > 0
    ? conditions
    : [...SCHEDULE_1_PART_3, ...SCHEDULE_1_PART_1, ...SCHEDULE_1_PART_2];
}

const partiesOf = ({ register }: Surroundings): readonly Organisation[] =>
  register === undefined ? [] : [...register.organisations];
const ownersOf = (around: Surroundings) =>
  partiesOf(around).filter((each) => each.membership === 'member' && each.mayDeposit.length > 0);
const recipientsOf = (answers: Answers, around: Surroundings) =>
  partiesOf(around).filter(({ id, mayCollect }) => id !== answers.owner && mayCollect.length > 0);
const offered = ({ id, name }: Organisation) => ({ answer: id as string, means: name });

/** Days that are right for as long as others are not answered: late, so that what is to be done before is in time. */
const LATE = { starts: '2098-01-01' as IsoDate, ends: '2099-12-31' as IsoDate };

/** The day on which the first of the parties leaves; undefined where none does. */
function partingOf(answers: Answers, around: Surroundings): IsoDate | undefined {
  const named = [answers.owner ?? '', ...itemsIn(answers.recipients ?? NONE, ',')];
  return partiesOf(around)
    .flatMap(({ id, leaves }) => (leaves !== undefined && named.includes(id) ? [leaves] : []))
    .sort()[0];
}

function startOf(answers: Answers, around: Surroundings): IsoDate {
  const { starts = '' } = answers;
  return isDate(starts) ? starts : (partingOf(answers, around) ?? LATE.starts);
}

function endOf(answers: Answers, around: Surroundings): IsoDate {
  const { ends = '' } = answers;
  const starts = startOf(answers, around);
  const last = partingOf(answers, around) ?? LATE.ends;
  return isDate(ends) ? ends : last < starts ? starts : last;
}

const contactOf = (kind: 'security' | 'dataProtection') => (answers: Answers, around: Surroundings) =>
  partiesOf(around).find(({ id }) => id === answers.owner)?.contacts[kind];

/** Every question, in the order in which they are asked and stand in the file. */
export const AGREEMENT_QUESTIONS = [
  question('id', 'ID', ['id'], {
    meanwhile: 'an-agreement-to-be',
    asks: 'A handle for the agreement: it names files and the prefix of objects, and never changes.',
  }),
  question('title', 'TITLE', ['title'], { meanwhile: 'An agreement' }),
  question('owner', 'ID', ['owner'], {
    meanwhile: (_, around) => ownersOf(around)[0]?.id ?? 'nobody',
    offers: (_, around) => ownersOf(around).map(offered),
    asks: 'Whose data is shared? The owner deposits it in its own account.',
  }),
  question('recipients', 'IDS', ['recipients'], {
    meanwhile: (answers, around) => recipientsOf(answers, around)[0]?.id ?? 'nobody',
    offers: (answers, around) => recipientsOf(answers, around).map(offered),
    between: ',',
    asks: 'Who may collect it? Separate several with commas.',
  }),
  question('relationship', 'KIND', ['relationship'], {
    meanwhile: 'separate-controllers',
    usual: () => 'separate-controllers',
  }),
  question('aim', 'TEXT', ['purpose', 'aim'], { meanwhile: 'An aim' }),
  question('necessity', 'TEXT', ['purpose', 'necessity'], { meanwhile: 'It is needed' }),
  question('permitted-uses', 'TEXTS', ['purpose', 'permittedUses'], {
    meanwhile: 'A use',
    between: ';',
    asks: 'What may the recipient use the data for?',
    besides: SEMICOLONS,
  }),
  question('prohibited-uses', 'TEXTS', ['purpose', 'prohibitedUses'], {
    meanwhile: 'A use',
    between: ';',
    asks: 'What may it not be used for?',
    besides: SEMICOLONS,
  }),
  question('items', 'TEXTS', ['data', 'items'], {
    meanwhile: 'An item',
    between: ';',
    asks: 'Which data items are shared? The least that the purpose needs, by their names.',
    besides: SEMICOLONS,
  }),
  question('regime', 'REGIME', ['lawfulBasis', 'regime'], {
    meanwhile: 'uk-gdpr',
    offers: () => [
      { answer: 'uk-gdpr', means: 'personal data, general processing' },
      {
        answer: 'law-enforcement',
        means: 'personal data, by competent authorities (Part 3 of the 2018 Act)',
      },
      { answer: 'not-personal-data', means: 'data about no living person' },
    ],
    asks: 'Which law on data protection applies?',
  }),
  question('subjects', 'TEXTS', ['data', 'subjects'], {
    when: ({ regime }) => regime !== 'not-personal-data',
    meanwhile: 'Some people',
    between: ';',
    asks: 'Which groups of people is the data about?',
    besides: SEMICOLONS,
  }),
  question('special-categories', 'LIST', ['data', 'specialCategories'], {
    when: ({ regime }) => regime !== 'not-personal-data',
    meanwhile: NONE,
    between: ',',
    usual: () => NONE,
    besides: ` Separate several with commas.${OR_NONE}`,
  }),
  question('criminal-offence', 'yes|no', ['data', 'criminalOffence'], {
    when: ({ regime }) => regime !== 'not-personal-data',
    meanwhile: 'no',
    usual: () => 'no',
  }),
  question('article6', 'BASIS', ['lawfulBasis', 'article6'], { when: isUkGdpr, meanwhile: 'public-task' }),
  question('recognised-interest', 'CONDITION', ['lawfulBasis', 'recognisedInterest'], {
    when: (answers) => isUkGdpr(answers) && answers.article6 === 'recognised-legitimate-interest',
    meanwhile: 'emergencies',
  }),
  question('article9', 'CONDITION', ['lawfulBasis', 'article9'], {
    when: (answers) => isUkGdpr(answers) && hasSpecial(answers),
    meanwhile: 'vital-interests',
  }),
  question('schedule1', 'CONDITIONS', ['lawfulBasis', 'schedule1'], {
    when: needsSchedule1,
    meanwhile: (answers) => conditionsOf(answers)[0] ?? NONE,
    offers: (answers) => conditionsOf(answers).map((answer) => ({ answer })),
    between: ',',
    besides: ' Separate several with commas.',
  }),
  question('section35', 'BASIS', ['lawfulBasis', 'section35'], {
    when: isLawEnforcement,
    meanwhile: 'necessary-for-a-competent-authority',
  }),
  question('schedule8', 'CONDITIONS', ['lawfulBasis', 'schedule8'], {
    when: (answers) => isLawEnforcement(answers) && hasSpecial(answers),
    meanwhile: 'statutory-purposes',
    between: ',',
    besides: ' Separate several with commas.',
  }),
  question('gateway', 'TEXT', ['lawfulBasis', 'gateway'], {
    meanwhile: 'An enactment',
    offers: (answers, around) => {
      const named = [answers.owner ?? '', ...itemsIn(answers.recipients ?? NONE, ',')];
      const sectors = partiesOf(around).flatMap(({ id, sector }) => (named.includes(id) ? [sector] : []));
      return gatewaysFor(sectors).map((gateway) => ({
        answer: gateway.cited,
        means: `lets ${gateway.lets}${isNotYetInForce(gateway) ? ' (not all in force: type it with its day, as in: section 16LA, in force from YYYY-MM-DD)' : ''}`,
      }));
    },
    asks: 'Which legal power permits the sharing? Type the enactment and section, or choose one that is often relied on; your lawyers decide.',
  }),
  question('dpia-reference', 'TEXT', ['dpia', 'reference'], {
    meanwhile: 'DPIA',
    asks: 'The reference of the data protection impact assessment.',
  }),
  question('dpia-date', 'DATE', ['dpia', 'date'], {
    meanwhile: '2020-01-01',
    asks: 'The day on which it was signed off.',
  }),
  question('dpia-outcome', 'OUTCOME', ['dpia', 'outcome'], { meanwhile: 'low-risk' }),
  question('markings', 'LIST', ['markings'], {
    meanwhile: NONE,
    between: ',',
    usual: ({ regime }) => (regime === 'not-personal-data' ? NONE : 'SENSITIVE, PERSONAL DATA'),
    asks: 'The classification is OFFICIAL. Which markings does it have besides?',
    besides: ` Separate several with commas.${OR_NONE}`,
  }),
  question('contract', 'ID', ['contract'], {
    meanwhile: NONE,
    offers: (_, { register }) => [
      ...(register?.contracts ?? []).map(({ id, name }) => ({
        answer: String(id),
        ...(name !== undefined && { means: String(name) }),
      })),
      { answer: NONE, means: 'nothing describes the data; it is scanned and not looked into' },
    ],
    asks: 'Which data contract must the data keep to, or it is not released?',
  }),
  question('without-contract', 'TEXT', ['withoutContract'], {
    when: ({ contract }) => contract === NONE,
    meanwhile: 'It is not known yet.',
    asks: 'Why is there no data contract?',
  }),
  question('collect-within', 'SPAN', ['delivery', 'collectWithin'], { meanwhile: 'P5D', usual: () => 'P5D' }),
  question('largest-object', 'SIZE', ['delivery', 'largestObject'], {
    meanwhile: '1 MB',
    usual: () => '1 GB',
    asks: 'How large may one file be at most?',
  }),
  question('media-types', 'LIST', ['delivery', 'mediaTypes'], {
    meanwhile: 'text/csv',
    between: ',',
    usual: () => 'text/csv',
    // With a contract, it is the contract that says.
    offers: ({ contract }) =>
      contract === NONE
        ? ['text/csv', 'application/json', 'application/pdf', 'application/zip'].map((answer) => ({ answer }))
        : [],
    asks: 'Which kinds of file? Separate several with commas.',
  }),
  question('starts', 'DATE', ['starts'], { meanwhile: startOf }),
  question('ends', 'DATE', ['ends'], { meanwhile: endOf }),
  question('review', 'DATE', ['review'], { meanwhile: endOf }),
  question('retention', 'SPAN', ['retention', 'period'], {
    meanwhile: 'P1Y',
    asks: 'How long may the recipient keep its copy?',
  }),
  question('disposal', 'TEXT', ['retention', 'disposal'], { meanwhile: 'It is deleted' }),
  question('breach-mailbox', 'ADDRESS', ['contacts', 'breach'], {
    meanwhile: 'security@organisation.example',
    usual: contactOf('security'),
    asks: 'The mailbox to tell of a breach.',
  }),
  question('rights-mailbox', 'ADDRESS', ['contacts', 'rights'], {
    meanwhile: 'data-protection@organisation.example',
    usual: contactOf('dataProtection'),
    asks: 'The mailbox that answers requests from the people concerned.',
  }),
  question('approvals', `required|${NONE}`, ['approvals'], {
    meanwhile: NONE,
    usual: () => NONE,
    offers: () => [
      { answer: 'required', means: 'nothing is shared before each party has signed' },
      { answer: NONE, means: 'not asked for, unless the zone asks it of every agreement' },
    ],
    optional: true,
    asks: 'Must each party sign these terms before anything is shared?',
  }),
  question('withheld', 'LIST', ['public', 'withheld'], {
    meanwhile: NONE,
    between: ',',
    usual: () => NONE,
    optional: true,
    asks: 'What of this must not stand in the public record? Most agreements withhold nothing.',
    besides: ` Separate several with commas.${OR_NONE}`,
  }),
  question('withheld-reason', 'TEXT', ['public', 'reason'], {
    when: ({ withheld }) => withheld !== undefined && withheld !== NONE,
    meanwhile: 'It would put people at risk.',
    asks: 'Why is it withheld? The public reads this.',
  }),
] as const satisfies readonly Question[];

/** What a new agreement may be asked, by name. */
export type AgreementQuestionName = (typeof AGREEMENT_QUESTIONS)[number]['name'];
