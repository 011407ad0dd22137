/** A setting of an agreement changes in its file: what may change so, and what makes it another agreement. */
import { andList } from '../../../words';
import { type IsoDate, inWords } from '../../calendar';
import type { RegisterFile } from '../../folder';
import { isReciprocal, partiesOf } from '../../parties';
import type { Agreement } from '../../schema/agreement';
import { parseYaml } from '../../yaml-parse';
import { type Change, ChangeRefused, checkedChange, fileAt, soundRegister } from '../change';
import { textOf, withoutSetting, withSetting, withSettingIn } from '../yaml-edit';
import { AGREEMENT_FORM, isLeftOut } from './agreement-form';
import { AGREEMENT_QUESTIONS, type AgreementQuestionName } from './agreement-questions';
import { Drafting } from './drafting';
import { type Answers, NONE, type Question, settingLines } from './question';

/** What the parties only tell each other. All else is what they have agreed on. */
const NOT_TERMS: ReadonlySet<string> = new Set<AgreementQuestionName>([
  'title',
  'breach-mailbox',
  'rights-mailbox',
  'review',
  'dpia-reference',
  'dpia-date',
  'dpia-outcome',
]);

/** What the impact assessment is about: who, what for, what, under which law, and for how long it is kept. */
const ASSESSED: ReadonlySet<string> = new Set<AgreementQuestionName>([
  'recipients',
  'relationship',
  'aim',
  'necessity',
  'permitted-uses',
  'prohibited-uses',
  'items',
  'subjects',
  'special-categories',
  'criminal-offence',
  'article6',
  'recognised-interest',
  'article9',
  'schedule1',
  'section35',
  'schedule8',
  'gateway',
  'retention',
  'disposal',
]);

/** Judges other answers to what an agreement says, against a register that was read once. */
export class Changing {
  readonly drafting: Drafting;
  /** What the agreement says now, as answers. */
  readonly current: Answers;
  readonly #agreement: Agreement;
  readonly #path: string;

  /**
   * @param by the day by which what is answered to have been done was done; not looked at if not given
   * @throws ChangeUnsound if the register is faulty as it is
   */
  constructor(
    private readonly files: readonly RegisterFile[],
    id: string,
    private readonly asOf: IsoDate,
    by?: IsoDate,
  ) {
    const register = soundRegister(files, asOf, 'the register is faulty');
    const agreement = register.agreements.find((each) => each.id === id);
    if (agreement === undefined) throw new RangeError(`there is no agreement ${id}`);
    this.#agreement = agreement;
    this.#path = `agreements/${id}.yaml`;
    const others = files.filter(({ path }) => path !== this.#path);
    this.drafting = new Drafting(
      { ...AGREEMENT_FORM, refused: () => `${id} was not changed` },
      others,
      { register, region: register.zone.region },
      asOf,
      by,
    );
    const [owner = '', ...recipients] = partiesOf(agreement);
    // One that shares each way is judged as one of its ways, and keeps its parties.
    this.current = {
      ...answersOf(fileAt(files, this.#path)),
      ...(isReciprocal(agreement) && { owner, recipients: recipients.join(', ') }),
    };
  }

  /** Why an answer stays as it is, and what to do instead; undefined where it may change. */
  fixed(name: string): string | undefined {
    const { id, starts, ends } = this.#agreement;
    const another = `another agreement: npx concordat agreement new, and npx concordat agreement end ${id} --on DATE`;
    const hasBegun = starts <= this.asOf;
    if (name === 'id') return 'an id never changes: objects and the ledger are named by it';
    if (name === 'owner' || name === 'regime')
      return `another ${name === 'owner' ? 'owner' : 'law'} makes ${another}`;
    if (name === 'recipients' && isReciprocal(this.#agreement))
      return `its parties share with each other: others make ${another}`;
    if (!hasBegun) return undefined;
    if (name === 'starts') return `it began on ${inWords(starts)}`;
    if (name === 'ends')
      return `it is in force until ${inWords(ends)}: npx concordat agreement end ${id} --on DATE, or npx concordat agreement renew ${id}`;
    // An impact assessment is signed off before anything is shared, so no later one can cover it.
    if (ASSESSED.has(name))
      return `it was assessed before sharing began on ${inWords(starts)}, so a change of it makes ${another}`;
    return undefined;
  }

  /** The questions whose answers are others now, those that no longer come up included. */
  differing(answers: Answers): Question[] {
    const asked = new Set(this.drafting.asked(answers).map(({ name }) => name));
    return AGREEMENT_QUESTIONS.filter(({ name }) =>
      asked.has(name) ? answers[name] !== this.current[name] : this.current[name] !== undefined,
    );
  }

  /** What is to be settled besides, once these are the answers. */
  settle(answers: Answers): string[] {
    const names = this.differing(answers).map(({ name }) => name);
    const assessed = names.filter((name) => ASSESSED.has(name));
    return [
      ...names.flatMap((name) => {
        const why = this.fixed(name);
        return why === undefined ? [] : [`--${name}: ${why}`];
      }),
      ...(assessed.length > 0 && !names.includes('dpia-date')
        ? [
            `--dpia-date DATE: the impact assessment ${this.#agreement.dpia.reference} was signed off before ${andList(assessed)} changed; give the day on which one that covers it was, with --dpia-reference where it is another`,
          ]
        : []),
    ];
  }

  /**
   * The register with the change. Everything else in the file keeps every byte, comments included.
   * @throws ChangeRefused where nothing changes, something is to be settled first, or an answer is missing or wrong
   * @throws ChangeUnsound if the register would be faulty
   */
  changed(answers: Answers): Change {
    const { id } = this.#agreement;
    const differing = this.differing(answers);
    const settle = this.settle(answers);
    if (settle.length > 0) throw new ChangeRefused(`${id} was not changed`, settle);
    // For the faults of the answers, told with their flags.
    this.drafting.file(answers);
    const file = differing.reduce(
      (made, each) => edited(made, each, answers),
      fileAt(this.files, this.#path),
    );
    const before = soundRegister(this.files, this.asOf, 'the register is faulty');
    const terms = differing.filter(({ name }) => !NOT_TERMS.has(name));
    const change = checkedChange(this.files, before, new Map([[this.#path, file]]), [], this.asOf);
    const after = change.after.agreements.find((each) => each.id === id) ?? this.#agreement;
    return {
      ...change,
      says: [
        ...differing.map(
          ({ name }) => `${name}: ${this.current[name] ?? 'not there'} -> ${answers[name] ?? 'taken out'}`,
        ),
        terms.length === 0
          ? 'The terms stay as they were agreed: tell the parties.'
          : `This changes the terms (${andList(terms.map(({ name }) => name))}): ${andList(partiesOf(after))} agree to it anew before it is deployed.`,
      ],
    };
  }
}

/** What a file says, question by question, as it would be typed. */
function answersOf(file: RegisterFile): Answers {
  const settings = parseYaml(textOf(file), 'failsafe');
  const answers: Record<string, string> = {};
  for (const { name, path, between, when } of AGREEMENT_QUESTIONS) {
    if (!when(answers)) continue;
    const node: unknown = settings?.getIn(path);
    const value: unknown =
      typeof node === 'object' && node !== null && 'toJSON' in node
        ? (node as { toJSON(): unknown }).toJSON()
        : node;
    const said = Array.isArray(value) ? (value.length === 0 ? NONE : value.join(`${between} `)) : value;
    if (typeof said === 'string') answers[name] = said.trim();
    else if (isLeftOut(name, NONE)) answers[name] = NONE;
  }
  return answers;
}

function edited(file: RegisterFile, question: Question, answers: Answers): RegisterFile {
  if (question.path[0] === 'public') return withPublic(file, answers);
  const { name, path } = question;
  const setting = path.at(-1) ?? '';
  const groups = path.slice(0, -1);
  const answer = answers[name];
  const isThere = answer !== undefined && !isLeftOut(name, answer);
  const lines = isThere ? settingLines({ ...question, path: [setting] }, answer) : [];
  if (groups.length > 0) return withSettingIn(file, groups, setting, lines);
  return isThere ? withSetting(file, setting, lines) : withoutSetting(file, setting);
}

/** What is withheld stands or goes with its reason: most agreements have neither. */
function withPublic(file: RegisterFile, answers: Answers): RegisterFile {
  const { withheld = NONE } = answers;
  if (withheld === NONE) return withoutSetting(file, 'public');
  const lines = AGREEMENT_QUESTIONS.filter(({ path: [first] }) => first === 'public').flatMap((each) =>
    settingLines(each, answers[each.name] ?? ''),
  );
  return withSetting(file, 'public', ['public:', ...lines]);
}
