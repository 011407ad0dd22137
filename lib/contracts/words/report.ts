/** What came of checking a file against its contract, as a page for whoever has to mend the file. */
import type { BrokenRule, ContractOutcome, ContractPlan, FileForm } from '../../wire/contracts';
import {
  type Block,
  code,
  count,
  type Document,
  definitions,
  details,
  heading,
  list,
  paragraph,
  plural,
  say,
  strong,
  table,
  type Words,
} from '../../words';
import { REASON_WORDS } from './form-reasons';
import { mendingAdvice } from './mending';
import { writtenAs } from './parquet-types';
import { placeCells, placeHeads } from './places';
import type { RuleWords } from './rule-words';
import { ruleWords } from './rules';

/** A file that was checked. */
export interface CheckedFile {
  /** What the file is called: its name, or the key of the object. */
  readonly name: string;
  readonly plan: ContractPlan;
  readonly outcome: ContractOutcome;
}

/** Of each column of Parquet whose type does not serve, it is said which would. */
export const COLUMN_TYPE = 'form:column-type';

/** More places than this of a rule stand in the table for spreadsheets alone. */
const MOST_SHOWN = 10;

/** The report as a page: what is wrong first, by rule, with its places and what to do; never a value of the file. */
export function contractReport(file: CheckedFile): Document {
  const { name, outcome, plan } = file;
  const failed = outcome.result === 'failed';
  return [
    heading(1, say`${code(name)} ${failed ? 'does not keep to its contract' : 'keeps to its contract'}`),
    ...summary(file),
    ...outcomeBlocks(plan, outcome),
    heading(2, 'The contract'),
    definitions([
      ['Contract', say`${code(outcome.contract.id)}, version ${outcome.contract.version}`],
      ['Each row is', plan.row ?? plan.object],
      ['SHA-256 of the contract', code(outcome.contract.digest)],
    ]),
  ];
}

/** The same without title and facts of the contract, as a part of another page. */
export function outcomeBlocks(plan: ContractPlan, outcome: ContractOutcome): Block[] {
  const { form } = outcome;
  const words = ruleWords(plan, form);
  const of = (severity: BrokenRule['severity']) =>
    outcome.broken.filter((each) => each.severity === severity);
  const errors = of('error');
  const warnings = of('warning');
  return [
    ...(errors.length > 0
      ? [heading(2, 'To be mended'), ...errors.flatMap((each) => brokenBlocks(each, { plan, form, words }))]
      : []),
    ...(errors.some(isMendedByHand) ? mendingAdvice(form) : []),
    ...(warnings.length > 0
      ? [
          heading(2, 'Warnings'),
          paragraph('These do not keep the file from being released. The recipient may ask about them.'),
          ...warnings.flatMap((each) => brokenBlocks(each, { plan, form, words })),
        ]
      : []),
    ...notAsked(outcome, words),
    ...toldList('Not checked here: the contract leaves it to the recipient', outcome.recipients, words),
    ...(outcome.passed.length > 0
      ? [
          details(`${plural(outcome.passed.length, 'rule')} held`, [
            list(outcome.passed.map((rule) => ruleLine(rule, words))),
          ]),
        ]
      : []),
  ];
}

/** Faults of form that are mended in the file as it is. */
const IN_THE_FILE: ReadonlySet<BrokenRule['reason']> = new Set([
  undefined,
  'byte-order-mark',
  'header-below',
  'not-lines',
  'other-separator',
  'utf-16',
]);

/** What a file is instead of what it was sent as. */
const OTHER_FORMS: ReadonlySet<BrokenRule['reason']> = new Set([
  'document',
  'is-csv',
  'is-json',
  'is-parquet',
  'no-text',
  'not-parquet',
]);

/** Whether there are places in the file to be mended, and it is of the form that it should be. */
function isMendedByHand({ places, reason }: BrokenRule): boolean {
  return places.length > 0 && IN_THE_FILE.has(reason);
}

/** Where nothing at all could be asked, a list of everything would hide what is to be mended. */
function notAsked(outcome: CheckedFile['outcome'], words: ReadonlyMap<string, RuleWords>): Block[] {
  const { passed, broken, unasked } = outcome;
  const title = 'Not checked, because of what is wrong with the form of the file';
  if (passed.length > 0 || broken.some(({ rule }) => !rule.startsWith('form:')) || unasked.length <= FEW)
    return toldList(title, unasked, words);
  return [
    heading(2, title),
    paragraph(
      `None of the contract’s ${count(unasked.length)} rules could be asked. Mend the form first: then they are.`,
    ),
  ];
}

/** So many rules are told by name even where none was asked. */
const FEW = 3;

function summary({ outcome }: CheckedFile): Block[] {
  const errors = outcome.broken.filter(({ severity }) => severity === 'error').length;
  const warnings = outcome.broken.length - errors;
  const found =
    errors + warnings === 0
      ? 'No rule is broken.'
      : `${[errors > 0 && `${plural(errors, 'rule')} must be kept and ${errors === 1 ? 'is' : 'are'} broken`, warnings > 0 && plural(warnings, 'warning')].filter(Boolean).join('; ')}.`;
  return [paragraph(say`${wasRead(outcome)} ${strong(found)}`)];
}

function wasRead({ rows, complete }: ContractOutcome): string {
  if (rows === 0) return complete ? 'There are no rows.' : 'Reading stopped before the first row.';
  if (!complete)
    return `Reading stopped after ${plural(rows, 'row')}: what follows ${rows === 1 ? 'it' : 'them'} was not looked at.`;
  return rows === 1 ? 'The only row was read.' : `All ${plural(rows, 'row')} were read.`;
}

/** What a broken rule is told by. */
interface Told {
  readonly plan: ContractPlan;
  readonly form: FileForm;
  readonly words: ReadonlyMap<string, RuleWords>;
}

function brokenBlocks(broken: BrokenRule, { plan, form, words }: Told): Block[] {
  const rule = wordsOf(broken.rule, words);
  const shown = IN_THE_FILE.has(broken.reason) ? broken.places.slice(0, MOST_SHOWN) : [];
  const more = broken.count - shown.length;
  return [
    heading(3, brokenLine(broken, words)),
    paragraph(say`${capitalised(happened(broken, rule))} ${strong('What to do:')} ${mendOf(broken, rule)}.`),
    ...(shown.length > 0
      ? [
          table(
            placeHeads(form, shown),
            shown.map((place) => placeCells(form, place)),
          ),
        ]
      : []),
    ...(broken.rule === COLUMN_TYPE
      ? [list(broken.places.flatMap(({ column }) => writtenAs(plan, column) ?? []))]
      : []),
    ...(shown.length > 0 && more > 0
      ? [
          paragraph(
            `${count(more)} more ${more === 1 ? 'place is' : 'places are'} not shown here${broken.places.length > shown.length ? `; the table for spreadsheets has the first ${count(broken.places.length)}` : ''}.`,
          ),
        ]
      : []),
  ];
}

/** How often a rule is broken, as a sentence. */
export function happened(broken: BrokenRule, { counts, unit = '' }: RuleWords): string {
  if (broken.reason !== undefined) return REASON_WORDS[broken.reason].happened;
  if (broken.measured !== undefined) return `It came to ${broken.measured}${unit}.`;
  if (counts === 'files')
    return broken.count === 1 ? 'It is not so.' : `It is not so at ${count(broken.count)} places.`;
  const what = counts === 'rows' ? plural(broken.count, 'row') : plural(broken.count, 'value');
  return `${what} ${broken.count === 1 ? 'does' : 'do'} not keep to it.`;
}

/** What to do about it. */
export function mendOf({ reason }: BrokenRule, { mend }: RuleWords): Words {
  return reason === undefined ? mend : REASON_WORDS[reason].mend;
}

/** A rule as a line: what it is about, what it must, and what the contract calls it. */
export function ruleLine(rule: string, words: ReadonlyMap<string, RuleWords>): Words {
  const { about, must, name } = wordsOf(rule, words);
  return say`${about} must ${must}${name === undefined ? '' : ` (${name})`}`;
}

/** The same of a rule that is broken: of a file of another form, that it must be of its own is all that there is to say. */
export function brokenLine({ rule, reason }: BrokenRule, words: ReadonlyMap<string, RuleWords>): Words {
  return OTHER_FORMS.has(reason) ? 'The file must be what it was sent as' : ruleLine(rule, words);
}

/** The words of a rule. One that the plan does not have is told by its place. */
export function wordsOf(rule: string, words: ReadonlyMap<string, RuleWords>): RuleWords {
  return (
    words.get(rule) ?? {
      about: 'The file',
      must: say`keep to the rule ${code(rule)}`,
      mend: 'look the rule up in the contract',
      counts: 'files',
    }
  );
}

function toldList(title: string, rules: readonly string[], words: ReadonlyMap<string, RuleWords>): Block[] {
  return rules.length === 0 ? [] : [heading(2, title), list(rules.map((rule) => ruleLine(rule, words)))];
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
