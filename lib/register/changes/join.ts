/** An organisation joins: its answers become one file, which the register’s own rules judge. */
import { type IsoDate, inWords } from '../calendar';
import type { Diagnostic } from '../diagnostic';
import type { RegisterFile } from '../folder';
import { assemble, type FileResult, readFile } from '../load';
import { type Change, ChangeRefused, checkedChange, soundRegister } from './change';
import { type Answers, linesOf, QUESTIONS, type Question } from './joining-questions';

/** What is wrong with an answer. */
export interface AnswerFault {
  readonly question: Question;
  readonly diagnostic: Diagnostic;
}

/** Judges answers against a register that was read once. */
export class Joining {
  readonly #region: string;
  readonly #results: readonly (FileResult | Diagnostic)[];

  /**
   * @param by the day by which what is answered to have been done was done; not looked at if not given
   * @throws ChangeUnsound if the register is faulty as it is
   */
  constructor(
    private readonly files: readonly RegisterFile[],
    private readonly asOf: IsoDate,
    private readonly by?: IsoDate,
  ) {
    this.#region = soundRegister(files, asOf, 'the register is faulty').zone.region;
    this.#results = files.map(readFile);
  }

  /** The questions that are asked, given what is answered. */
  asked(answers: Answers): Question[] {
    return QUESTIONS.filter(({ when }) => when(answers));
  }

  /** Those that are not answered. */
  missing(answers: Answers): Question[] {
    return this.asked(answers).filter(({ name }) => answers[name] === undefined);
  }

  /** What is wrong with the answers that there are; the others are taken to be right. */
  faults(answers: Answers): AnswerFault[] {
    const found = this.#faultsIn(answers);
    if (found.length === 0) return [];
    // A file with faults of its own is not compared with others, so it is judged again without them.
    const wrong = new Set(found.map(({ question }) => question.name));
    const rest = Object.fromEntries(Object.entries(answers).filter(([name]) => !wrong.has(name)));
    return [...found, ...this.faults(rest)];
  }

  #faultsIn(answers: Answers): AnswerFault[] {
    const { file, lines } = fileOf(answers, this.asked(answers), this.#region);
    const taken = this.files.some(({ path }) => path === file.path);
    const idQuestion = QUESTIONS.find(({ name }) => name === 'id');
    if (taken && idQuestion)
      return [
        {
          question: idQuestion,
          diagnostic: {
            code: 'duplicate-value',
            place: { file: file.path, line: 1, column: 1, endLine: 1, endColumn: 2 },
            message: `${answers.id} is in the register already`,
            fix: `choose another id, or make its pack again: npx concordat onboard ${answers.id} --pack-only`,
          },
        },
      ];
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

  /**
   * The register with the organisation.
   * @throws ChangeRefused if answers are missing or wrong: all of them, with their flags
   */
  joined(answers: Answers): Change {
    const missing = this.missing(answers).map(
      ({ name, takes, asks }) => `--${name} ${takes} is missing: ${asks}`,
    );
    const wrong = this.faults(answers).map(faultLine);
    if (missing.length + wrong.length > 0)
      throw new ChangeRefused(`${answers.id ?? 'the organisation'} cannot join yet`, [...wrong, ...missing]);
    const { file } = fileOf(answers, this.asked(answers), this.#region);
    const before = soundRegister(this.files, this.asOf, 'the register is faulty');
    return checkedChange(
      this.files,
      before,
      new Map([[file.path, file]]),
      [`${answers.id} joins on ${inWords(answers.joins as IsoDate)}.`],
      this.asOf,
    );
  }
}

/** One line for a wrong answer. */
export function faultLine({ question, diagnostic }: AnswerFault): string {
  const { message, allowed, suggestion, fix } = diagnostic;
  const more = suggestion ? `; did you mean ${suggestion}?` : allowed ? `; allowed: ${allowed}.` : '.';
  return `--${question.name}: ${message}${more} Fix: ${fix}`;
}

/** The file, and for each of its lines the question that it answers. */
function fileOf(
  answers: Answers,
  asked: readonly Question[],
  region: string,
): { file: RegisterFile; lines: readonly (Question | undefined)[] } {
  const text: string[] = ['# yaml-language-server: $schema=../schema/organisation.schema.json'];
  const lines: (Question | undefined)[] = [undefined];
  const all: Record<string, string> = {};
  for (const { name, meanwhile } of asked) all[name] = answers[name] ?? meanwhile(all, region);
  for (const question of asked) {
    const own = linesOf(question, all);
    text.push(...own);
    lines.push(...own.map(() => question));
  }
  const id = /^[a-z0-9-]+$/.test(all.id ?? '') ? all.id : 'an-organisation-to-be';
  return {
    file: { path: `organisations/${id}.yaml`, bytes: Buffer.from(`${text.join('\n')}\n`) },
    lines,
  };
}
