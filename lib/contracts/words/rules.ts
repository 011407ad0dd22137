/** What each rule of a plan asks, in words: the one place where rules become sentences. */
import {
  type ContractPlan,
  type FileForm,
  FORM_FAULTS,
  type PlannedColumn,
  type PlannedMetric,
} from '../../wire/contracts';
import { andList, code, joined, say, type Words } from '../../words';
import { formWords } from './forms';
import type { RuleWords } from './rule-words';
import { listedValues, optionWords, typeWords } from './types';

/**
 * The words of every rule of a plan, by its place in the document, and of every fault of form.
 * @param form of the file: by it differs how a value is mended, and not what a rule asks
 */
export function ruleWords(plan: ContractPlan, form: FileForm): ReadonlyMap<string, RuleWords> {
  const column = (index: number) => code(plan.columns[index]?.name ?? `column ${index + 1}`);
  const columns = (indexes: readonly number[]) => andList(indexes.map(column));
  return new Map<string, RuleWords>([
    ...FORM_FAULTS.map((fault): [string, RuleWords] => [
      `form:${fault}`,
      { about: 'The file', counts: 'files', ...formWords(fault, form) },
    ]),
    ...plan.columns.flatMap((each) => columnWords(each, code(each.name), form)),
    ...plan.unique.map(({ rule, columns: of, primary }): [string, RuleWords] => [
      rule,
      {
        about: columns(of),
        must: say`${of.length > 1 ? 'together ' : ''}not occur twice${primary ? ', since it tells rows apart' : ''}`,
        mend: 'look at both rows, the one named and the one where the value stands first; take out the one that is there by mistake, or correct what was mistyped',
        counts: 'rows',
      },
    ]),
    ...plan.comparisons.map(({ rule, name, left, operator, right }): [string, RuleWords] => [
      rule,
      {
        about: column(left),
        must: say`be ${comparedWords(plan, left, operator)} ${column(right)} of the same row`,
        mend: say`look at both columns of the row, and correct the one that is wrong`,
        ...(name !== undefined && { name }),
        counts: 'rows',
      },
    ]),
    ...plan.references.map(({ rule, from, to }): [string, RuleWords] => [
      rule,
      {
        about: columns(from),
        must: say`occur in ${columns(to)} of some row of the file`,
        mend: 'add the row that is pointed at, or correct the value that points',
        counts: 'values',
      },
    ]),
    ...plan.metrics.map((metric): [string, RuleWords] => [metric.rule, metricWords(metric, column, columns)]),
    ...plan.recipients.map(({ rule, name }): [string, RuleWords] => [
      rule,
      {
        about: 'The recipient',
        must: say`see to it: ${name}`,
        mend: 'ask the recipient',
        name,
        counts: 'files',
      },
    ]),
  ]);
}

/** How two values of a row compare, of moments and of all else. */
const COMPARED = {
  equal: ['the same as', 'the same as'],
  'not-equal': ['something else than', 'something else than'],
  greater: ['later than', 'more than'],
  'greater-or-equal': ['no earlier than', 'no less than'],
  less: ['earlier than', 'less than'],
  'less-or-equal': ['no later than', 'no more than'],
} as const;

function comparedWords(plan: ContractPlan, left: number, operator: keyof typeof COMPARED): string {
  const kind = plan.columns[left]?.type.kind;
  const [ofMoments, ofOthers] = COMPARED[operator];
  return kind === 'date' || kind === 'time' || kind === 'timestamp' ? ofMoments : ofOthers;
}

/** Why there may be no value where somebody sees one. Rows of nothing but commas are what spreadsheets leave behind. */
const NO_VALUE: Readonly<Record<FileForm, string>> = {
  csv: '; a row that is none, such as an empty one or one of totals at the end, is deleted',
  'json-lines':
    '; where a line has no such member, it may have it under another name: correct the name, for which see where members stand that the contract does not know',
  parquet: '',
};

function columnWords(column: PlannedColumn, about: Words, form: FileForm): [string, RuleWords][] {
  const { type, required, oneOf } = column;
  const told = (words: Pick<RuleWords, 'must' | 'mend'>): RuleWords => ({
    about,
    counts: 'values',
    ...words,
  });
  const within = type.kind === 'list' ? type.items : type;
  return [
    ...(required
      ? [
          [
            required.rule,
            told({
              must: 'have a value',
              mend: `fill it in from the source${NO_VALUE[form]}. A space, a dash or “N/A” is no value to those who count on it`,
            }),
          ] satisfies [string, RuleWords],
        ]
      : []),
    [type.rule, told(typeWords(type, form))],
    ...(type.kind === 'list'
      ? [
          [
            type.items.rule,
            { ...told(typeWords(type.items, form)), about: say`Each item of ${about}` },
          ] satisfies [string, RuleWords],
        ]
      : []),
    ...optionWords(type, form).map(([rule, words]): [string, RuleWords] => [rule, told(words)]),
    ...(oneOf
      ? [
          [
            oneOf.rule,
            told({
              must: say`be ${listedValues(oneOf.values)}`,
              mend: 'write one of these to the letter: small letters, hyphens and spaces count',
            }),
          ] satisfies [string, RuleWords],
        ]
      : []),
    ...(within.kind === 'object'
      ? within.members.flatMap((member) =>
          columnWords(member, joined([about, code(member.name)], ' › '), form),
        )
      : []),
  ];
}

const THRESHOLDS = {
  equal: (a: string) => `${a}`,
  'not-equal': (a: string) => `any number but ${a}`,
  greater: (a: string) => `more than ${a}`,
  'greater-or-equal': (a: string) => `${a} or more`,
  less: (a: string) => `less than ${a}`,
  'less-or-equal': (a: string) => `${a} or less`,
  between: (a: string, b: string) => `${a} to ${b}`,
  'not-between': (a: string, b: string) => `less than ${a} or more than ${b}`,
} as const;

function metricWords(
  { what, threshold, name }: PlannedMetric,
  column: (index: number) => Words,
  columns: (indexes: readonly number[]) => Words,
): RuleWords {
  const [a = '', b = ''] = threshold.values;
  const percent = threshold.unit === 'percent' ? '%' : '';
  const amount = THRESHOLDS[threshold.operator](`${a}${percent}`, `${b}${percent}`);
  const limit = `${amount} ${percent ? 'of rows' : 'rows'}`;
  const named = { ...(name !== undefined && { name }), ...(percent && { unit: percent }) };
  switch (what.metric) {
    case 'rowCount':
      return {
        about: 'The file',
        must: `have ${limit}`,
        mend: 'see whether rows are missing, or the file was cut off or joined with another',
        counts: 'files',
        ...named,
      };
    case 'nullValues':
      return {
        about: column(what.column),
        must: `be empty in ${limit}`,
        mend: 'fill in from the source what should have a value',
        counts: 'values',
        ...named,
      };
    case 'missingValues':
      return {
        about: column(what.column),
        must: say`have ${listedValues(what.values.map((value) => value || 'nothing'))} in ${limit}`,
        mend: 'fill in from the source what should have a value',
        counts: 'values',
        ...named,
      };
    case 'invalidValues':
      return {
        about: column(what.column),
        must: what.pattern
          ? say`have another form than ${code(what.pattern.value)} in ${limit}`
          : say`be something else than ${listedValues(what.validValues ?? [])} in ${limit}`,
        mend: 'write the value as the contract has it',
        counts: 'values',
        ...named,
      };
    case 'duplicateValues':
      return {
        about: columns(what.columns),
        must: `occur again in ${limit}`,
        mend: 'look at both rows, the one named and the one where the value stands first, and take out what is there by mistake',
        counts: 'rows',
        ...named,
      };
  }
}
