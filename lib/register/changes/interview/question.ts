/** A question whose answer becomes a setting of a new file: what is asked, from the schema, and what its answer comes to. */
import { orList } from '../../../words';
import { metaOf, type Schema, schemaAt, unwrap, valuesOf } from '../../explain/schema-walk';
import type { Register } from '../../register';
import { listLines, scalar } from '../yaml-edit';

/** Answers by the names of their questions, as they were typed. */
export type Answers = Readonly<Record<string, string>>;

/** One of the answers that a question offers. */
export interface Offer {
  readonly answer: string;
  /** What it stands for, where the answer alone does not say it. */
  readonly means?: string;
}

/** What a question may look at, beside the answers before it. */
export interface Surroundings {
  /** The register that the file is for; there is none where a zone begins. */
  readonly register?: Register | undefined;
  readonly region: string;
}

/** A question. */
export interface Question<N extends string = string> {
  /** Also the name of its option. */
  readonly name: N;
  /** Where in the file the answer stands. */
  readonly path: readonly string[];
  readonly asks: string;
  /** The same for those who see no list of what is offered. */
  readonly help: string;
  /** What the option takes: `DATE`. */
  readonly takes: string;
  /** Whether it is asked, once the answers before it are known. */
  readonly when: (answers: Answers) => boolean;
  /** An answer that is right in any register, for as long as the question has not been answered. */
  readonly meanwhile: (answers: Answers, around: Surroundings) => string;
  /** What it offers to choose from; anything else that the setting takes may be typed all the same. */
  readonly offers: (answers: Answers, around: Surroundings) => readonly Offer[];
  /** What an empty answer comes to, where most people would answer so. */
  readonly usual: (answers: Answers, around: Surroundings) => string | undefined;
  /** More for whoever asks what is meant. */
  readonly more: string;
  /** Where options give everything else, it is not asked: what is meant without it is what most people mean. */
  readonly optional?: true;
  /** What parts the items of a list; absent where the answer is one value. */
  readonly between?: ',' | ';';
}

/** The answer that says that a list is empty on purpose. */
export const NONE = 'none';

/** What of a question is not in the schema. */
export interface Asking {
  readonly when?: Question['when'];
  readonly meanwhile: string | Question['meanwhile'];
  readonly offers?: Question['offers'];
  readonly usual?: Question['usual'];
  readonly between?: ',' | ';';
  readonly optional?: true;
  /** Asked in these words; the schema’s description if not given. */
  readonly asks?: string;
  /** Said after that. */
  readonly besides?: string;
}

/**
 * A question about a setting of a schema.
 * @param chosen values that choose among alternatives of the schema on the way to the setting
 */
export function question<const N extends string>(
  schema: Schema,
  chosen: unknown,
  name: N,
  takes: string,
  path: readonly string[],
  {
    when = () => true,
    meanwhile,
    offers,
    usual = () => undefined,
    between,
    optional,
    asks,
    besides = '',
  }: Asking,
): Question<N> {
  const at = schemaAt(schema, path, chosen);
  const meta = at === undefined ? {} : metaOf(at);
  const item = at === undefined ? undefined : itemOf(at);
  const values = at === undefined ? [] : valuesOf(unwrap(item ?? at));
  // A setting that chooses among alternatives is explained where it is asked.
  const choice = item === undefined && values.length > 1 ? ` One of ${orList(values)}.` : '';
  const words = asks ?? meta.description ?? '';
  const expects = meta.expects ?? (item && metaOf(item).expects);
  return {
    name,
    path,
    takes,
    asks: `${words}${besides}`.trim(),
    help: `${words}${choice}${besides}`.trim(),
    when,
    meanwhile: typeof meanwhile === 'string' ? () => meanwhile : meanwhile,
    offers: offers ?? (() => values.map((answer) => ({ answer }))),
    usual,
    more: [expects && `It takes ${expects}.`, meta.fix && `To mend a wrong one: ${meta.fix}.`]
      .filter(Boolean)
      .join(' '),
    ...(between && { between }),
    ...(optional && { optional }),
  };
}

function itemOf(schema: Schema): Schema | undefined {
  const { def } = unwrap(schema)._zod as unknown as { def: { type: string; element?: Schema } };
  return def.type === 'array' ? def.element : undefined;
}

/** The items of an answer that is a list. Role names may hold commas, so a list of ARNs is cut where the next one begins. */
export function itemsIn(answer: string, between: ',' | ';'): string[] {
  if (answer === NONE) return [];
  const cut = answer.startsWith('arn:') ? /,\s*(?=arn:)/ : between;
  return answer
    .split(cut)
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

/** The lines of a setting at the end of its path, indented as deep as it lies. */
export function settingLines({ path, between }: Question, answer: string): string[] {
  const name = path.at(-1) ?? '';
  const lines = between ? listLines(name, itemsIn(answer, between)) : [`${name}: ${scalar(answer)}`];
  return lines.map((line) => `${'  '.repeat(path.length - 1)}${line}`);
}

/** The same, with the names of the groups that the setting before it has not opened. */
export function groupedLines(question: Question, answer: string, before: Question | undefined): string[] {
  const { path } = question;
  const opened = path.findIndex((step, index) => before?.path[index] !== step);
  const groups = path
    .slice(0, -1)
    .flatMap((step, index) => (index < opened ? [] : [`${'  '.repeat(index)}${step}:`]));
  return [...groups, ...settingLines(question, answer)];
}
