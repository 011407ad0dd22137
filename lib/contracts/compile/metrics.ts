/** The metrics of ODCS’s library, with what their outcomes are held against. */

import type { PlannedMetric } from '../../wire/contracts';
import { nearest, orList } from '../../words';
import type { CheckPlace } from './context';
import { decimalOf } from './decimal';
import type { OdcsCheck } from './document';
import type { ContractPath, Faults } from './fault';
import { patternOf } from './types';
import { listOf } from './values';

const OPERATORS = {
  mustBe: 'equal',
  mustNotBe: 'not-equal',
  mustBeGreaterThan: 'greater',
  mustBeGreaterOrEqualTo: 'greater-or-equal',
  mustBeLessThan: 'less',
  mustBeLessOrEqualTo: 'less-or-equal',
  mustBeBetween: 'between',
  mustNotBeBetween: 'not-between',
} as const;
type Operator = keyof typeof OPERATORS;

/** What each metric of the standard needs to know (ODCS 3.1, Data Quality, Library). Its JSON Schema leaves them open. */
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  nullValues: [],
  missingValues: ['missingValues'],
  invalidValues: ['validValues', 'pattern'],
  duplicateValues: ['properties'],
  rowCount: [],
};

/** Tells of arguments that the metric does not have: a misspelt one would turn a check into one that nothing can fail. */
export function knownArguments(check: OdcsCheck, path: ContractPath, faults: Faults): void {
  const known = ARGUMENTS[check.metric ?? ''] ?? [];
  const given = [...path, 'arguments'];
  for (const name of unknownArguments(check)) {
    const near = nearest(name, known);
    faults.tell(
      [...given, name],
      {
        message: `\`${name}\` is not an argument of the metric ${check.metric}`,
        allowed: known.length === 0 ? 'no arguments' : orList(known),
        ...(near && { suggestion: near.word }),
        fix: near ? `rename it to \`${near.word}\`` : 'remove it, or choose another metric',
      },
      'key',
    );
  }
}

function unknownArguments({ metric, arguments: given = {} }: OdcsCheck): string[] {
  return Object.keys(given).filter((name) => !ARGUMENTS[metric ?? '']?.includes(name));
}

/** A check by a metric, or nothing where it has a fault. */
export function metricOf(
  check: OdcsCheck,
  path: ContractPath,
  place: CheckPlace,
): Pick<PlannedMetric, 'threshold' | 'what'> | undefined {
  const { faults } = place;
  const before = faults.all.length;
  if (unknownArguments(check).length > 0) return undefined;
  if (check.rule !== undefined && check.rule !== check.metric)
    faults.tell([...path, 'rule'], {
      message: '`rule` is the former name of `metric`, and says another',
      found: check.rule,
      fix: 'remove `rule`',
    });
  const what = whatOf(check, path, place);
  const threshold = thresholdOf(check, path, faults);
  if (what === undefined || threshold === undefined || faults.all.length > before) return undefined;
  return { what, threshold };
}

function whatOf(check: OdcsCheck, path: ContractPath, place: CheckPlace): PlannedMetric['what'] | undefined {
  const { column, columns, faults } = place;
  const given = [...path, 'arguments'];
  const wrongPlace = (allowed: string) => {
    faults.tell([...path, 'metric'], {
      message: `${check.metric} stands ${column === undefined ? 'at an object' : 'at a property'}`,
      found: check.metric ?? '',
      allowed,
      fix: 'move the check there',
    });
    return undefined;
  };
  switch (check.metric) {
    case 'rowCount':
      return column === undefined
        ? { metric: 'rowCount' }
        : wrongPlace('rowCount among the checks of an object');
    case 'nullValues':
      return column === undefined
        ? wrongPlace('nullValues among the checks of a property')
        : { metric: 'nullValues', column };
    case 'missingValues':
      if (column === undefined) return wrongPlace('missingValues among the checks of a property');
      return { metric: 'missingValues', column, values: listOf(check, 'missingValues', given, faults) };
    case 'invalidValues': {
      if (column === undefined) return wrongPlace('invalidValues among the checks of a property');
      const { validValues, pattern } = check.arguments ?? {};
      if ((validValues === undefined) === (pattern === undefined)) {
        faults.tell(check.arguments ? given : path, {
          message:
            pattern === undefined
              ? 'it is not said which values are valid'
              : '`validValues` and `pattern` are both given, and it is not said whether a value has to keep to both',
          allowed: '`validValues` or `pattern`',
          fix: 'give one of the two; a check of its own can hold the other',
        });
        return undefined;
      }
      if (pattern === undefined)
        return {
          metric: 'invalidValues',
          column,
          validValues: listOf(check, 'validValues', given, faults, columns[column]?.type).filter(
            (value) => value !== '',
          ),
        };
      const carriedOut = patternOf(pattern, [...given, 'pattern'], faults);
      if (typeof pattern !== 'string')
        faults.tell([...given, 'pattern'], { message: 'the pattern is no text', fix: 'write it in quotes' });
      return carriedOut && { metric: 'invalidValues', column, pattern: carriedOut };
    }
    case 'duplicateValues':
      return duplicatesOf(check, given, place);
    default:
      faults.tell([...path, 'metric'], {
        message: 'this metric is not known',
        found: check.metric ?? '',
        allowed: 'nullValues, missingValues, invalidValues, duplicateValues or rowCount',
        fix: 'write one of those allowed',
      });
      return undefined;
  }
}

function duplicatesOf(
  check: OdcsCheck,
  path: ContractPath,
  { column, columns, faults }: CheckPlace,
): PlannedMetric['what'] | undefined {
  const properties = check.arguments?.properties;
  if (column !== undefined) {
    if (properties !== undefined) {
      faults.tell(
        [...path, 'properties'],
        {
          message: '`properties` stands at a check of a single property',
          fix: 'move the check to the object, or remove `properties`',
        },
        'key',
      );
      return undefined;
    }
    return { metric: 'duplicateValues', columns: [column] };
  }
  const names = Array.isArray(properties) ? (properties as unknown[]) : [];
  const numbers = names.map((name) => columns.findIndex((each) => each.name === name));
  const unknown = numbers.indexOf(-1);
  if (names.length > 0 && unknown < 0) return { metric: 'duplicateValues', columns: numbers };
  const near = nearest(
    String(names[unknown]),
    columns.map(({ name }) => name),
  );
  faults.tell(names.length === 0 ? path : [...path, 'properties', unknown], {
    message:
      names.length === 0
        ? 'it is not said which properties are not to occur twice together'
        : 'the object has no such property',
    ...(names.length > 0 && { found: String(names[unknown]) }),
    allowed: '`properties` with names of properties of the object',
    ...(near && names.length > 0 && { suggestion: near.word }),
    fix: 'name the properties as the object does',
  });
  return undefined;
}

function thresholdOf(
  check: OdcsCheck,
  path: ContractPath,
  faults: Faults,
): PlannedMetric['threshold'] | undefined {
  const operators = (Object.keys(OPERATORS) as Operator[]).filter((name) => check[name] !== undefined);
  const [operator] = operators;
  if (operator === undefined || operators.length > 1) {
    faults.tell(path, {
      message:
        operator === undefined
          ? 'it is not said what the outcome is held against'
          : 'the outcome is held against more than one thing',
      allowed: `one of ${orList(Object.keys(OPERATORS))}`,
      fix: 'keep the one comparison that decides the check',
    });
    return undefined;
  }
  const values: unknown[] = Array.isArray(check[operator])
    ? (check[operator] as unknown[])
    : [check[operator]];
  if (!values.every((value) => typeof value === 'number')) {
    faults.tell([...path, operator], {
      message: 'the outcome of a metric is a number, and is held against one',
      found: String(check[operator]),
      allowed: 'a number, without quotes',
      fix: 'write a number',
    });
    return undefined;
  }
  const { unit = 'rows' } = check;
  if (unit !== 'rows' && (unit !== 'percent' || check.metric === 'rowCount')) {
    faults.tell([...path, 'unit'], {
      message:
        check.metric === 'rowCount'
          ? 'the number of rows is counted in rows'
          : 'nothing is counted in this unit',
      found: unit,
      allowed: check.metric === 'rowCount' ? 'rows' : 'rows or percent',
      fix: 'write one of those allowed, or leave it out: rows is meant then',
    });
    return undefined;
  }
  return {
    operator: OPERATORS[operator],
    values: values.map(decimalOf),
    unit: unit === 'percent' ? unit : 'rows',
  };
}
