/** The answers to the questions of a new file: from options, and, at a terminal, from whoever sits there. */
import type { Answers, Enquiry, Question } from '../../register/changes';
import { UsageError } from '../option';
import type { Terminal } from '../terminal';
import { type Interview, interviewed } from './interview';
import type { KeptAnswers } from './kept-answers';

/** What is asked, and what was given. */
interface Asked {
  readonly drafting: Enquiry;
  readonly values: Readonly<Record<string, unknown>> & { readonly 'no-input': boolean };
  readonly kept: KeptAnswers;
  readonly confirm: (answers: Answers) => string;
  readonly comesTo?: Interview['comesTo'];
  readonly heading?: Interview['heading'];
  /** What decides which questions are asked, for the refusal of an option to one that is not. */
  readonly goesWith: string;
}

/**
 * Every answer where somebody can be asked; else those that options give, which may not be all.
 * @throws UsageError where an option answers a question that is not asked; ChangeRefused where the person stops
 */
export async function answersTo(
  { drafting, values, kept, confirm, comesTo, heading, goesWith }: Asked,
  terminal: Terminal,
): Promise<Answers> {
  const given = givenAnswers(drafting.questions, values);
  const { ask } = terminal;
  if (ask !== undefined && !values['no-input'])
    return interviewed(
      { drafting, given, kept, confirm, ...(comesTo && { comesTo }), ...(heading && { heading }) },
      { ...terminal, ask },
    );
  const asked = new Set(drafting.asked(given).map(({ name }) => name));
  const stray = Object.keys(given).filter((name) => !asked.has(name));
  if (stray.length > 0)
    throw new UsageError(
      `--${stray.join(' and --')} ${stray.length === 1 ? 'does' : 'do'} not go with ${goesWith} that was given`,
    );
  return given;
}

/** The answers that words and options give, by the names of the questions that are called as they are. */
export function givenAnswers(
  questions: readonly Pick<Question, 'name'>[],
  values: Readonly<Record<string, unknown>>,
): Record<string, string> {
  const given: Record<string, string> = {};
  for (const { name } of questions) {
    const value = values[name];
    if (typeof value === 'string') given[name] = value;
    else if (Array.isArray(value) && value.length > 0) given[name] = value.join(', ');
  }
  return given;
}
