/** The file of an agreement, as the answers make it: its parts and their order, what they are headed by, and what is left out. */
import { AGREEMENT_QUESTIONS } from './agreement-questions';
import type { FileForm } from './drafting';
import { type Answers, groupedLines, NONE, type Question } from './question';

/** Comments of the file, each above the question that begins its part. */
const PARTS: Readonly<Record<string, string>> = {
  owner: 'Who shares with whom',
  aim: 'What for',
  items: 'What is shared',
  regime: 'Under which law',
  'collect-within': 'How it is delivered',
  starts: 'For how long',
  retention: 'What happens at the end',
  'breach-mailbox': 'Whom to tell',
};

/** Whether an answer means that the file does not have the setting at all. */
export function isLeftOut(name: string, answer: string): boolean {
  return answer === NONE && ['contract', 'approvals', 'withheld'].includes(name);
}

/** Where the setting that a question begins with stands among those of the file. */
function placeOf({ path: [first] }: Question): number {
  return AGREEMENT_QUESTIONS.findIndex(({ path }) => path[0] === first);
}

function linesOf(question: Question, answers: Answers, before: Question | undefined): string[] {
  const { name } = question;
  const answer = answers[name] ?? '';
  const part = PARTS[name];
  return [
    ...(part ? [`# ${part}`] : []),
    ...(name === 'markings' ? ['classification: OFFICIAL'] : []),
    ...(isLeftOut(name, answer) ? [] : groupedLines(question, answer, before)),
    ...(name === 'items' && answers.regime === 'not-personal-data'
      ? ['  subjects: []', '  specialCategories: []', '  criminalOffence: no']
      : []),
  ];
}

/** The file of an agreement. */
export const AGREEMENT_FORM: FileForm = {
  questions: AGREEMENT_QUESTIONS,
  head: ['# yaml-language-server: $schema=../schema/agreement.schema.json'],
  path: ({ id = '' }) => `agreements/${/^[a-z0-9-]+$/.test(id) ? id : 'an-agreement-to-be'}.yaml`,
  lines: linesOf,
  inFile: (asked) => [...asked].sort((a, b) => placeOf(a) - placeOf(b)),
  taken: ({ id }) => ({
    message: `there is an agreement ${id} already`,
    fix: `choose another id, or have it go on for longer: npx concordat agreement renew ${id}`,
  }),
  refused: ({ id }) => `${id ?? 'the agreement'} cannot be made yet`,
};
