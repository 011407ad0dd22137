/** A contract as a data dictionary: a page for people who fill in or read the data. */
import type { ContractPlan, PlannedColumn } from '../../wire/contracts';
import {
  type Block,
  code,
  type Document,
  definitions,
  documentPage,
  heading,
  list,
  paragraph,
  say,
  table,
} from '../../words';
import { ruleWords } from '../words';
import {
  type DescribedContract,
  type DescribedObject,
  type DescribedProperty,
  propertyAt,
} from './described';
import type { Exported } from './said';

/** The page, with everything that the contract asks. */
export function toDictionary(
  contract: DescribedContract,
  object: DescribedObject,
  plan: ContractPlan,
): Exported {
  const title = contract.name ?? contract.id;
  const text = documentPage(`${title}: data dictionary`, dictionary(contract, object, plan));
  return { text, unsaid: [] };
}

function dictionary(contract: DescribedContract, object: DescribedObject, plan: ContractPlan): Document {
  // What a rule asks is the same in every form.
  const words = ruleWords(plan, 'csv');
  const must = mustOf(words);
  const whole = rulesOnTheWhole(plan, words);
  return [
    heading(1, `${contract.name ?? contract.id}: data dictionary`),
    ...described(contract, object),
    definitions([
      ['Contract', say`${code(contract.id)}, version ${contract.version}`],
      ['Each row is', plan.row ?? plan.object],
      ['Order of columns in CSV', plan.csv.columnOrder === 'fixed' ? 'as below' : 'any'],
    ]),
    heading(2, 'Columns'),
    columnTable(object, plan, must),
    ...plan.columns.flatMap((column, index) => columnBlocks(column, propertyAt(object, index), must)),
    ...(whole.length > 0 ? [heading(2, 'Rules on several rows or columns'), list(whole)] : []),
  ];
}

/** The columns and the rules on several of them, for a page that has headings of its own. */
export function dictionaryBlocks(
  contract: DescribedContract,
  object: DescribedObject,
  plan: ContractPlan,
): readonly Block[] {
  const words = ruleWords(plan, 'csv');
  const whole = rulesOnTheWhole(plan, words);
  return [
    ...described(contract, object),
    columnTable(object, plan, mustOf(words)),
    ...(whole.length > 0 ? [list(whole)] : []),
  ];
}

type RuleWords = ReturnType<typeof ruleWords>;
type Must = (rule: string) => ReturnType<typeof say> | string;

function mustOf(words: RuleWords): Must {
  return (rule) => {
    const told = words.get(rule);
    return told === undefined ? '' : say`Must ${told.must}`;
  };
}

function columnTable(object: DescribedObject, plan: ContractPlan, must: Must): Block {
  return table(
    ['Column', 'What it is', 'Always there', 'Kind'],
    plan.columns.map((column, index) => [
      code(column.name),
      propertyAt(object, index).businessName ?? propertyAt(object, index).description ?? '',
      column.required ? 'yes' : 'no',
      must(column.type.rule),
    ]),
  );
}

function rulesOnTheWhole(plan: ContractPlan, words: RuleWords) {
  return [...plan.unique, ...plan.comparisons, ...plan.references, ...plan.metrics, ...plan.recipients].map(
    ({ rule }) => {
      const told = words.get(rule);
      return told === undefined ? code(rule) : say`${told.about} must ${told.must}`;
    },
  );
}

function described(contract: DescribedContract, object: DescribedObject): Block[] {
  const { purpose, limitations, usage } = contract.description ?? {};
  return [purpose, object.description, usage, limitations].flatMap((text) =>
    text === undefined ? [] : [paragraph(text)],
  );
}

function columnBlocks(column: PlannedColumn, property: DescribedProperty, must: Must): Block[] {
  const rules = new Set<string>();
  const walk = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return;
    if ('rule' in value && typeof value.rule === 'string') rules.add(value.rule);
    for (const each of Object.values(value)) walk(each);
  };
  walk(column);
  const examples = (property.examples ?? []).map((each) => String(each));
  return [
    heading(3, code(column.name)),
    ...(property.description ? [paragraph(property.description)] : []),
    list([
      ...[...rules].map(must),
      ...(examples.length > 0 ? [say`Made-up example: ${code(examples.join(', '))}`] : []),
      ...(property.classification ? [say`Classification: ${property.classification}`] : []),
      ...(property.authoritativeDefinitions ?? []).map(({ url }) => say`See ${url}`),
    ]),
  ];
}
