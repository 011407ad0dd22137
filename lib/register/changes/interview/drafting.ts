/** A new file of the register in the making: its answers so far become a file, which the register’s own rules judge. */
import type { IsoDate } from '../../calendar';
import type { Diagnostic } from '../../diagnostic';
import type { RegisterFile } from '../../folder';
import { assemble } from '../../load';
import { type FileResult, readFile } from '../../read-file';
import { ChangeRefused } from '../change';
import { type AnswerFault, type Enquiry, faultWords, missingLine } from './enquiry';
import type { Answers, Question, Surroundings } from './question';

/** What kind of file it is. */
export interface FileForm {
  readonly questions: readonly Question[];
  /** What the file begins with. */
  readonly head: readonly string[];
  /** The path of the file that answers make. */
  readonly path: (answers: Answers) => string;
  /** The lines that the answer to a question comes to. @param before the question before it, whose group may still be open */
  readonly lines: (question: Question, answers: Answers, before: Question | undefined) => readonly string[];
  /** The questions in the order in which the file has their answers; that in which they are asked if not given. */
  readonly inFile?: (asked: readonly Question[]) => readonly Question[];
  /** What is said where the file is there already. */
  readonly taken: (answers: Answers) => { readonly message: string; readonly fix: string };
  /** What is refused where answers are missing. */
  readonly refused: (answers: Answers) => string;
}

/** What is wrong with an answer, by the rules of the register. */
interface DraftFault extends AnswerFault {
  readonly diagnostic: Diagnostic;
}

/** Judges answers against a register that was read once. */
export class Drafting implements Enquiry {
  readonly #results: readonly (FileResult | Diagnostic)[];

  /** @param by the day by which what is answered to have been done was done; not looked at if not given */
  constructor(
    readonly form: FileForm,
    protected readonly files: readonly RegisterFile[],
    readonly around: Surroundings,
    protected readonly asOf: IsoDate,
    private readonly by?: IsoDate,
  ) {
    this.#results = files.map(readFile);
  }

  get questions(): readonly Question[] {
    return this.form.questions;
  }

  /** The questions that are asked, given what is answered. */
  asked(answers: Answers): Question[] {
    return this.form.questions.filter(({ when }) => when(answers));
  }

  /** Those that are not answered. */
  missing(answers: Answers): Question[] {
    return this.asked(answers).filter(({ name }) => answers[name] === undefined);
  }

  /** The same without what may be left out. */
  demanded(answers: Answers): Question[] {
    return this.missing(answers).filter(({ optional }) => !optional);
  }

  /** What is wrong with the answers that there are; the others are taken to be right. */
  faults(answers: Answers): DraftFault[] {
    const found = this.#faultsIn(answers);
    if (found.length === 0) return [];
    // A file with faults of its own is not compared with others, so it is judged again without them.
    const wrong = new Set(found.map(({ question }) => question.name));
    const rest = Object.fromEntries(Object.entries(answers).filter(([name]) => !wrong.has(name)));
    return [...found, ...this.faults(rest)];
  }

  /**
   * The file that the answers make.
   * @throws ChangeRefused if answers are missing or wrong: all of them, with their flags
   */
  file(answers: Answers): RegisterFile {
    const missing = this.demanded(answers).map(missingLine);
    const wrong = this.faults(answers).map(faultLine);
    if (missing.length + wrong.length > 0)
      throw new ChangeRefused(this.form.refused(answers), [...wrong, ...missing]);
    return this.#fileOf(answers).file;
  }

  #faultsIn(answers: Answers): DraftFault[] {
    const { file, lines } = this.#fileOf(answers);
    const [first] = this.form.questions;
    if (first && this.files.some(({ path }) => path === file.path)) {
      const place = { file: file.path, line: 1, column: 1, endLine: 1, endColumn: 2 };
      return [
        { question: first, diagnostic: { code: 'duplicate-value', place, ...this.form.taken(answers) } },
      ];
    }
    // Last, so that what it has in common with others is reported of it, and not of them.
    const loaded = assemble([...this.#results, readFile(file)], [], this.asOf, this.by);
    if (loaded.ok) return [];
    return loaded.diagnostics.flatMap((diagnostic) => {
      const question = lines[diagnostic.place.line - 1];
      // The account that ARNs would be compared with has not been given yet.
      if (diagnostic.code === 'wrong-account' && answers.account === undefined) return [];
      return diagnostic.place.file === file.path && question && answers[question.name] !== undefined
        ? [{ question, diagnostic }]
        : [];
    });
  }

  /** The file, and for each of its lines the question that it answers. */
  #fileOf(answers: Answers): { file: RegisterFile; lines: readonly (Question | undefined)[] } {
    const asked: Question[] = [];
    const text: string[] = [...this.form.head];
    const lines: (Question | undefined)[] = this.form.head.map(() => undefined);
    const all: Record<string, string> = {};
    // What stands for an answer may bring up questions of its own.
    for (const question of this.form.questions) {
      if (!question.when(all)) continue;
      all[question.name] = answers[question.name] ?? question.meanwhile(all, this.around);
      asked.push(question);
    }
    const inFile = this.form.inFile?.(asked) ?? asked;
    inFile.forEach((question, index) => {
      const own = this.form.lines(question, all, inFile[index - 1]);
      text.push(...own);
      lines.push(...own.map(() => question));
    });
    return {
      file: { path: this.form.path(all), bytes: Buffer.from(`${text.join('\n')}\n`) },
      lines,
    };
  }
}

/** One line for a wrong answer. */
function faultLine(fault: AnswerFault): string {
  return `--${fault.question.name}: ${faultWords(fault)}`;
}
