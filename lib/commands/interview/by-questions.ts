/** Makes a change of the register from options and, at a terminal, from answers: what the commands that change what is there share. */
import type { RegisterFile } from '../../register';
import type { IsoDate } from '../../register/calendar';
import type { Answers, Question, TriedChange } from '../../register/changes';
import { andList } from '../../words';
import { UsageError } from '../option';
import { registerInput } from '../register-input';
import type { ExitCode, Terminal } from '../terminal';
import { answersTo } from './answers';
import { type ChangeValues, changeRegister } from './change-register';
import { keptAnswers } from './kept-answers';

/** What is asked, of whom. */
interface Asked {
  /** The command, as it is typed. */
  readonly name: string;
  /** The question that a word of the command answers, not an option. */
  readonly word?: string;
  readonly enquiry: (files: readonly RegisterFile[], asOf: IsoDate) => TriedChange;
}

/**
 * Asks for what is not given, shows what it comes to, and writes it once that was checked.
 * @throws UsageError where nobody can be asked for what is missing: all of it
 */
export function changeByQuestions(
  { name, word, enquiry: enquiryOf }: Asked,
  values: ChangeValues & { readonly 'no-input': boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const { folder } = registerInput(values, terminal);
  const file = `.${name.replaceAll(' ', '-')}-answers.json`;
  const kept = keptAnswers(terminal.cwd, `${folder}/${file}`, name);
  return changeRegister(
    values,
    terminal,
    async (files, asOf) => {
      const enquiry = enquiryOf(files, asOf);
      const answers = await answersTo(
        {
          drafting: enquiry,
          values,
          kept,
          comesTo: (all) => enquiry.changed(all).says,
          confirm: () =>
            values['dry-run'] ? 'Is that so? Nothing is written, by --dry-run.' : `Write it into ${folder}?`,
          goesWith: 'the rest',
        },
        terminal,
      );
      demandAll(enquiry, answers, name, word);
      return enquiry.changed(answers);
    },
    { written: kept.forget },
  );
}

function demandAll(enquiry: TriedChange, answers: Answers, name: string, word: string | undefined): void {
  const isOwn = (question: Question) => enquiry.questions.some((each) => each.name === question.name);
  const missing = enquiry.missing(answers).filter((each) => isOwn(each) && !each.optional);
  if (missing.length === 0) return;
  const whats = missing.map((each) =>
    each.name === word ? each.name.toUpperCase() : `--${each.name} ${each.takes}`,
  );
  throw new UsageError(`${name} needs ${andList(whats)}${missing.length > 1 ? '' : `: ${missing[0]?.help}`}`);
}
