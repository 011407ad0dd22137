/** Shows what a file says, and lets somebody at a terminal change one answer after the other, each checked at once. */
import type { Answers, Enquiry, Question } from '../../register/changes';
import { ChangeRefused } from '../../register/changes';
import type { Terminal } from '../terminal';
import { asked, shownAnswers, stillRight } from './interview';
import { talker } from './talk';

/** What may be changed, and when that is enough. */
export interface Changeable {
  readonly drafting: Enquiry;
  readonly current: Answers;
  /** Why an answer stays as it is; undefined where it may change. */
  readonly fixed: (name: string) => string | undefined;
  readonly differing: (answers: Answers) => readonly Question[];
  /** What is to be settled besides. */
  readonly settle: (answers: Answers) => readonly string[];
}

/**
 * The answers as they are to be, once the person has checked them.
 * @param what `agreements/x.yaml`
 * @throws ChangeRefused where they stop before
 */
export async function changedAnswers(
  { drafting, current, fixed, differing, settle }: Changeable,
  what: string,
  terminal: Terminal & Required<Pick<Terminal, 'ask'>>,
): Promise<Answers> {
  const talk = talker(terminal);
  let answers: Answers = current;
  const stop = (): never => {
    throw new ChangeRefused('stopped before the change was made', [
      `run the same command again: nothing was kept`,
    ]);
  };
  const show = (which: (name: string) => boolean) => {
    terminal.err('\n');
    shownAnswers(drafting.asked(answers), answers, which, () => '', terminal);
    terminal.err('\n');
  };
  talk(`${what} says now:`);
  show(() => true);
  talk('Type the number of what is to change. Ctrl-D stops, and nothing is written.');
  for (;;) {
    const questions = drafting.asked(answers);
    const changed = new Set(differing(answers).map(({ name }) => name));
    const typed = await terminal.ask(changed.size === 0 ? 'number: ' : 'yes or a number: ');
    if (typed === undefined) return stop();
    if (/^y(?:es)?$/i.test(typed) && changed.size > 0) {
      const open = settle(answers);
      if (open.length === 0) return answers;
      for (const each of open) talk(each, '  ', '    ');
      continue;
    }
    const question = /^\d{1,3}$/.test(typed) ? questions[Number(typed) - 1] : undefined;
    if (question === undefined) {
      if (typed === '?') show(() => true);
      talk(
        `Type a number from 1 to ${questions.length}${changed.size > 0 ? ', yes to write what is changed,' : ''} or ? to see them again.`,
        '  ',
        '  ',
      );
      continue;
    }
    const why = fixed(question.name);
    if (why !== undefined) {
      talk(`${question.name} stays as it is: ${why}.`, '  ', '  ');
      continue;
    }
    const next = await answersFrom(question, drafting, answers, terminal);
    if (next === undefined) return stop();
    answers = next;
    const now = new Set(differing(answers).map(({ name }) => name));
    if (now.size === 0) continue;
    terminal.err('\n');
    talk('What is changed:');
    show((name) => now.has(name));
    talk(`Write ${what}? Type yes, or another number.`);
  }
}

/** Asks a question, and then whatever its answer has made wrong or brought up; the answers as they were where it is taken back. */
async function answersFrom(
  first: Question,
  drafting: Enquiry,
  before: Answers,
  terminal: Terminal & Required<Pick<Terminal, 'ask'>>,
): Promise<Answers | undefined> {
  let answers = before;
  for (let question: Question | undefined = first; question !== undefined; ) {
    const answer = await asked(question, drafting, answers, terminal, before[question.name]);
    if (answer === undefined) return undefined;
    if (answer === 'back') return before;
    answers = stillRight(drafting, { ...answers, [question.name]: answer.answer });
    [question] = drafting.missing(answers);
  }
  return answers;
}
