/** What values of JSON are taken for each type of a contract, with the numbers of its rules: made once for a file. */
import type { ContractPlan, PlannedColumn, ScalarType } from '../../wire/contracts';
import type { Findings } from '../findings';
import type { GssLookup } from '../gss-lookup';
import { type ValueRules, valueRules } from '../rules/value-rules';

/** The kinds of JSON values that a type can be written as, added up. */
export const AS_STRING = 1;
export const AS_NUMBER = 2;
export const AS_TRUTH = 4;

/** A single value. */
export interface ScalarShape {
  readonly kind: 'scalar';
  /** What breaks where it is of another type. */
  readonly typeRule: number;
  readonly accepts: number;
  readonly rules: ValueRules;
}

/** An object. */
interface ObjectShape {
  readonly kind: 'object';
  readonly typeRule: number;
  readonly members: Members;
}

/** A list. */
interface ListShape {
  readonly kind: 'list';
  readonly typeRule: number;
  readonly items: Shape;
  readonly minItems: { readonly rule: number; readonly value: number } | undefined;
  readonly maxItems: { readonly rule: number; readonly value: number } | undefined;
  readonly uniqueItems: number | undefined;
}

/** What a value may be. */
export type Shape = ScalarShape | ObjectShape | ListShape;

/** A member of an object. */
export interface Member {
  /** Among its siblings: for the members of a row, the number of the column in the plan. */
  readonly number: number;
  /** Its name as writers write it, with quotes and a colon. */
  readonly written: Uint8Array;
  readonly shape: Shape;
  /** What breaks where there is no value; -1 where there need not be one. */
  readonly required: number;
}

/** The members of an object. */
export interface Members {
  readonly all: readonly Member[];
  /** By the bytes of the name, as Latin-1. */
  readonly byName: ReadonlyMap<string, Member>;
}

/** What making shapes has to know. */
export interface ShapeContext {
  readonly findings: Findings;
  readonly gss: GssLookup | undefined;
}

/** The shape of a row. */
export function rowMembers(plan: ContractPlan, context: ShapeContext): Members {
  return membersOf(plan.columns, context);
}

function membersOf(columns: readonly PlannedColumn[], context: ShapeContext): Members {
  const all = columns.map((column, number) => ({
    number,
    written: Buffer.from(`${JSON.stringify(column.name)}:`),
    shape: columnShape(column, context),
    required: column.required ? context.findings.rule(column.required.rule) : -1,
  }));
  const byName = new Map(
    all.map((member) => [Buffer.from(columns[member.number]?.name ?? '').toString('latin1'), member]),
  );
  return { all, byName };
}

/** The shape of one column’s values: what Parquet asks too, of columns that are not flat. */
export function columnShape(column: Pick<PlannedColumn, 'type' | 'oneOf'>, context: ShapeContext): Shape {
  const { type, oneOf } = column;
  const { findings, gss } = context;
  const typeRule = findings.rule(type.rule);
  switch (type.kind) {
    case 'object':
      return { kind: 'object', typeRule, members: membersOf(type.members, context) };
    case 'list': {
      const { items, minItems, maxItems, uniqueItems } = type;
      const sized = (bound: typeof minItems) =>
        bound && { rule: findings.rule(bound.rule), value: bound.value };
      return {
        kind: 'list',
        typeRule,
        items: columnShape({ type: items }, context),
        minItems: sized(minItems),
        maxItems: sized(maxItems),
        uniqueItems: uniqueItems && findings.rule(uniqueItems.rule),
      };
    }
    default:
      return {
        kind: 'scalar',
        typeRule,
        accepts: ACCEPTS[type.kind],
        rules: valueRules({ type, oneOf }, findings, gss),
      };
  }
}

/**
 * Numbers are numbers and not strings that look like them. A UPRN or USRN has no leading zeros, so it is itself as a number
 * as well; the other codes may have them, and are strings.
 */
const ACCEPTS: Readonly<Record<ScalarType['kind'], number>> = {
  text: AS_STRING,
  integer: AS_NUMBER,
  number: AS_NUMBER,
  boolean: AS_TRUTH,
  date: AS_STRING,
  time: AS_STRING,
  timestamp: AS_STRING,
  uprn: AS_STRING | AS_NUMBER,
  usrn: AS_STRING | AS_NUMBER,
  'nhs-number': AS_STRING,
  'national-insurance-number': AS_STRING,
  postcode: AS_STRING,
  'gss-code': AS_STRING,
};
