/** ODCS Data Quality: what the data is checked for, in words, by a known metric, by a query or by another tool. */
import { z } from 'zod';
import { words } from '../scalars';
import { authoritativeDefinitions, customProperties, tags } from './annotations';
import { hasWholeSchedule, schedule, wholeSchedule } from './schedule';
import { anySettings, anyValue, number, stableId } from './values';

const inEveryCheck = {
  id: stableId.optional(),
  name: words('The name of the check.', 200).optional(),
  description: words('What is checked.').optional(),
  dimension: z
    .enum(['accuracy', 'completeness', 'conformity', 'consistency', 'coverage', 'timeliness', 'uniqueness'])
    .optional()
    .meta({ description: 'The side of data quality that is checked.' }),
  method: words('How it is checked, such as reconciliation.', 200).optional(),
  severity: words('How bad a failure is, such as error.', 200).optional(),
  businessImpact: words('What follows from a failure, such as operational.').optional(),
  unit: words('What is counted, such as rows or percent.', 100).optional(),
  ...schedule,
  tags: tags.optional(),
  customProperties: customProperties.optional(),
  authoritativeDefinitions: authoritativeDefinitions.optional(),
};

const range = z
  .tuple([z.number(), z.number()])
  .refine(([low, high]) => low < high)
  .meta({
    description: 'The two ends of a range.',
    expects: 'two numbers, the smaller first, such as [0, 100]',
    fix: 'write two different numbers, the smaller first: [0, 100]',
  });

const operators = {
  mustBe: anyValue('The outcome is this value.').optional(),
  mustNotBe: anyValue('The outcome is not this value.').optional(),
  mustBeGreaterThan: number('The outcome is greater.').optional(),
  mustBeGreaterOrEqualTo: number('The outcome is this or greater.').optional(),
  mustBeLessThan: number('The outcome is less.').optional(),
  mustBeLessOrEqualTo: number('The outcome is this or less.').optional(),
  mustBeBetween: range.optional(),
  mustNotBeBetween: range.optional(),
};

const OPERATORS = Object.keys(operators);

function hasOneOperator(check: object): boolean {
  return OPERATORS.filter((operator) => operator in check).length === 1;
}

const unscheduled = {
  ...wholeSchedule,
  expects: 'a check with both scheduler and schedule, or neither',
  fix: 'give scheduler and schedule together, or leave both out',
};

/** What a check with an operator says of itself; `oneOf` tells editors that there is to be exactly one. */
const undecided = {
  ...wholeSchedule,
  expects: `a check with exactly one of ${OPERATORS.join(', ')}, and both scheduler and schedule or neither`,
  fix: 'keep the one comparison that decides the check, and give scheduler and schedule together or not at all',
  oneOf: OPERATORS.map((operator) => ({ required: [operator] })),
};

const textCheck = z
  .strictObject({ type: z.literal('text'), ...inEveryCheck })
  .refine(hasWholeSchedule)
  .meta({ ...unscheduled, description: 'A check that people carry out, in words.' });

const libraryCheck = z
  .strictObject({
    type: z.literal('library').optional().meta({ description: 'The kind of check: library if not given.' }),
    metric: z
      .enum(['nullValues', 'missingValues', 'invalidValues', 'duplicateValues', 'rowCount'])
      .meta({ description: 'What is counted.' }),
    arguments: anySettings('What the metric needs to know, such as validValues.').optional(),
    rule: words('The former name of metric.', 200)
      .optional()
      .meta({ description: 'The former name of metric.', deprecated: true }),
    ...operators,
    ...inEveryCheck,
  })
  .refine((check) => hasOneOperator(check) && hasWholeSchedule(check))
  .meta({ ...undecided, description: 'A check by a metric that the standard defines.' });

const sqlCheck = z
  .strictObject({
    type: z.literal('sql'),
    query: words('The query, which yields one value.', 20_000),
    ...operators,
    ...inEveryCheck,
  })
  .refine((check) => hasOneOperator(check) && hasWholeSchedule(check))
  .meta({ ...undecided, description: 'A check by a query of one’s own.' });

const customCheck = z
  .strictObject({
    type: z.literal('custom'),
    engine: words('The tool that carries out the check.', 200),
    implementation: z
      .union([words('The check as text.', 20_000), anySettings('The check as settings.')])
      .meta({
        description: 'The check, in the tool’s own terms.',
        expects: 'text or a group of settings',
        fix: 'paste the check as the tool takes it, after | if it has several lines',
      }),
    ...inEveryCheck,
  })
  .refine(hasWholeSchedule)
  .meta({ ...unscheduled, description: 'A check by another tool.' });

/** A list of checks. */
export const quality = z
  .array(
    z
      .discriminatedUnion('type', [textCheck, libraryCheck, sqlCheck, customCheck])
      .meta({ description: 'A check on the data.' }),
  )
  .meta({ id: 'Quality', description: 'What the data is checked for.' });
