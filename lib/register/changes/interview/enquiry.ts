/** What is asked before a change is made: questions as they come up, and what is wrong with the answers so far. */
import type { Diagnostic } from '../../diagnostic';
import { type Change, ChangeRefused, ChangeUnsound } from '../change';
import type { Answers, Question, Surroundings } from './question';

/** What is wrong with an answer. */
export interface AnswerFault {
  readonly question: Question;
  readonly diagnostic: Pick<Diagnostic, 'message' | 'allowed' | 'suggestion'> & {
    /** Absent where the message says what to do. */
    readonly fix?: string;
  };
}

/** Questions, in the order in which they are asked. */
export interface Enquiry {
  /** Those that may come up whatever is answered. Each is the name of an option, or of a word of the command. */
  readonly questions: readonly Question[];
  readonly around: Surroundings;
  /** Those that come up, given what is answered. */
  asked(answers: Answers): Question[];
  /** Those of them that are not answered. */
  missing(answers: Answers): Question[];
  /** What is wrong with the answers that there are; the others are taken to be right. */
  faults(answers: Answers): AnswerFault[];
}

/** A question whose answer is looked at by itself before the change is tried with it. */
export interface CheckedQuestion<N extends string = string> extends Question<N> {
  /** What is wrong with the answer by itself. */
  readonly check: (
    answer: string,
    around: Surroundings,
    answers: Answers,
  ) => AnswerFault['diagnostic'] | undefined;
}

/** What a change is made of. */
export interface Trial {
  readonly questions: readonly CheckedQuestion[];
  readonly around: Surroundings;
  /** Questions that come up by the answers to those before: one for each agreement, say. */
  readonly more?: (answers: Answers) => readonly CheckedQuestion[];
  /** @throws ChangeRefused or ChangeUnsound where these answers come to no change */
  readonly change: (answers: Answers) => Change;
  /** The question that something to settle is about, where it is not called so. */
  readonly questionFor?: Readonly<Record<string, string>>;
}

/** Judges answers by trying the change with them: what it refuses, and what would make the register unsound. */
export class TriedChange implements Enquiry {
  readonly questions: readonly Question[];
  readonly around: Surroundings;
  readonly #trial: Trial;

  constructor(trial: Trial) {
    this.questions = trial.questions;
    this.around = trial.around;
    this.#trial = trial;
  }

  asked(answers: Answers): CheckedQuestion[] {
    const { questions, more } = this.#trial;
    return [...questions.filter(({ when }) => when(answers)), ...(more?.(answers) ?? [])];
  }

  missing(answers: Answers): CheckedQuestion[] {
    return this.asked(answers).filter(({ name }) => answers[name] === undefined);
  }

  faults(answers: Answers): AnswerFault[] {
    const own = this.asked(answers).flatMap((question) => {
      const answer = answers[question.name];
      const diagnostic = answer === undefined ? undefined : question.check(answer, this.around, answers);
      return diagnostic === undefined ? [] : [{ question, diagnostic }];
    });
    return own.length > 0 ? own : this.#tried(answers);
  }

  /** The change. @throws ChangeRefused or ChangeUnsound where the answers come to none */
  changed(answers: Answers): Change {
    return this.#trial.change(this.#comingUp(answers));
  }

  /** Without what was answered to questions that another answer has since done away with. */
  #comingUp(answers: Answers): Answers {
    const names = new Set(this.asked(answers).map(({ name }) => name));
    return Object.fromEntries(Object.entries(answers).filter(([name]) => names.has(name)));
  }

  #tried(answers: Answers): AnswerFault[] {
    let all = this.#comingUp(answers);
    for (let [next] = this.missing(all); next !== undefined; [next] = this.missing(all))
      all = { ...all, [next.name]: next.meanwhile(all, this.around) };
    try {
      this.#trial.change(all);
      return [];
    } catch (error) {
      const answered = this.asked(answers).filter(({ name }) => answers[name] !== undefined);
      if (error instanceof ChangeRefused) return this.#refused(error, answered);
      if (error instanceof ChangeUnsound) return unsound(error, answered);
      throw error;
    }
  }

  #refused({ settling }: ChangeRefused, answered: readonly Question[]): AnswerFault[] {
    return settling.flatMap((each) => {
      if (typeof each === 'string') return [];
      const name = this.#trial.questionFor?.[each.about] ?? each.about;
      const question = answered.findLast((one) => one.name === name || one.name.startsWith(`${name}, `));
      return question === undefined ? [] : [{ question, diagnostic: { message: each.says } }];
    });
  }
}

/** What a rule of the register reports is of the answer that its line holds; of the last answer where it holds none. */
function unsound({ diagnostics, lines }: ChangeUnsound, answered: readonly Question[]): AnswerFault[] {
  return diagnostics.flatMap((diagnostic) => {
    const { file, line } = diagnostic.place;
    const setting = /^[\s-]*(\w+):/.exec(lines.get(file)?.[line - 1] ?? '')?.[1];
    const question = answered.findLast(({ path }) => path.at(-1) === setting) ?? answered.at(-1);
    return question === undefined ? [] : [{ question, diagnostic }];
  });
}

/** One line for an answer that is missing. */
export function missingLine({ name, takes, help }: Question): string {
  return `--${name} ${takes} is missing: ${help}`;
}

/** What is wrong, for somebody who was just asked. */
export function faultWords({ diagnostic }: AnswerFault): string {
  const { message, allowed, suggestion, fix } = diagnostic;
  if (fix === undefined) return `${message}.`;
  const more = suggestion ? `; did you mean ${suggestion}?` : allowed ? `; allowed: ${allowed}.` : '.';
  return `${message}${more} Fix: ${fix}`;
}
