/**
 * A data contract as the engine carries it out: each rule of an ODCS document as one entry with its place there. It is worked
 * out at synthesis, deployed as a file beside the release gate, and the same on a desk. Nothing that a contract asks is left
 * out: what the engine cannot check is refused before there is a plan.
 */
import * as z from 'zod/mini';
import { day, handle, sha256, words } from './forms';
import { type Kind, type Read, readText } from './read';

/** The form of the plan; an engine refuses any other. */
export const CONTRACT_PLAN_FORM = 'concordat-contract-plan/v1';
/** The name of the folder of plans beside the gate: one file each, by the contract’s id. */
export const CONTRACT_PLANS = 'contracts';
const MOST_BYTES = 2_000_000;

/** Where a rule stands in the ODCS document, as a JSON pointer (RFC 6901). It names the rule in every report. */
const ruleId = z
  .string()
  .check(
    z.regex(/^(?:\/[^/]+)+$/, 'a JSON pointer, such as /schema/0/properties/2/required'),
    z.maxLength(1000),
  );
/** A number in exact decimal notation, without exponent: `-12.50`. JSON’s own numbers are not exact. */
const decimal = z
  .string()
  .check(z.regex(/^-?\d+(?:\.\d+)?$/, 'a decimal number, such as 0.01'), z.maxLength(400));
const gssCode = z.string().check(z.regex(/^[A-Z]\d{8}$/, 'a GSS code, such as E08000035'));
const count = z.int().check(z.minimum(0));
const ruled = { rule: ruleId };

/** Failures of an `error` reject the file; those of a `warning` are told with a file that is released. */
const severity = z.enum(['error', 'warning']);

const bound = z.strictObject({ ...ruled, value: decimal, exclusive: z.boolean() });
/** A bound in ISO 8601, as the type of the column writes it. */
const momentBound = z.strictObject({ ...ruled, value: words, exclusive: z.boolean() });
const momentBounds = { minimum: z.optional(momentBound), maximum: z.optional(momentBound) };
const numberBounds = {
  minimum: z.optional(bound),
  maximum: z.optional(bound),
  /** Each value is a multiple of it, in exact decimals. */
  multipleOf: z.optional(z.strictObject({ ...ruled, value: decimal })),
};

/**
 * A pattern as a deterministic automaton over Unicode code points, which takes one step for each character whatever the pattern
 * and the value. State 0 is that of no way to match, state 1 the first.
 */
const automaton = z.strictObject({
  /** The code points at which a class of characters begins, from 0 up; `classes` has the class of each such run. */
  bounds: z.array(count).check(z.minLength(1), z.maxLength(10_000)),
  classes: z.array(count),
  /** The state after each state and class: a row of as many numbers as there are classes, for each state. */
  next: z.array(count).check(z.maxLength(500_000)),
  /** The states in which a value matches. */
  accepts: z.array(count),
});
/** A pattern, as written and as carried out. */
const pattern = { value: z.string().check(z.maxLength(4000)), automaton };

/** What the type asks of a number by the bits that hold it (`i32`): both ends count. */
const fits = z.optional(z.strictObject({ ...ruled, minimum: decimal, maximum: decimal }));
/** How many digits the fraction of a second has; any number up to nine where it is not said. */
const fraction = z.optional(z.int().check(z.minimum(0), z.maximum(9)));

/** What a value is. The rule of the type itself is the place of `logicalType` or of `format`. */
const scalarType = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('text'),
    ...ruled,
    /** In Unicode characters (code points). */
    minLength: z.optional(z.strictObject({ ...ruled, value: count })),
    maxLength: z.optional(z.strictObject({ ...ruled, value: count })),
    /** An ECMA-262 pattern, with flag u, that the whole value matches. */
    pattern: z.optional(z.strictObject({ ...ruled, ...pattern })),
    /** Known forms of text that the whole value has. */
    format: z.optional(
      z.strictObject({
        ...ruled,
        value: z.enum(['uuid', 'email', 'uri', 'date-time', 'ipv4', 'ipv6', 'hostname']),
      }),
    ),
  }),
  z.strictObject({ kind: z.literal('integer'), ...ruled, fits, ...numberBounds }),
  /** A number without exponent, exact to its last digit. */
  z.strictObject({ kind: z.literal('number'), ...ruled, fits, ...numberBounds }),
  /** `true` or `false`. */
  z.strictObject({ kind: z.literal('boolean'), ...ruled }),
  /** ISO 8601 calendar date, `2027-04-01`. */
  z.strictObject({ kind: z.literal('date'), ...ruled, ...momentBounds }),
  /** ISO 8601 time of day with seconds, `07:00:00`, with or without a fraction. */
  z.strictObject({
    kind: z.literal('time'),
    ...ruled,
    zone: z.enum(['required', 'refused']),
    fraction,
    ...momentBounds,
  }),
  /** ISO 8601 date and time, `2027-04-01T07:00:00+01:00`; its offset is kept. */
  z.strictObject({
    kind: z.literal('timestamp'),
    ...ruled,
    zone: z.enum(['required', 'refused']),
    fraction,
    ...momentBounds,
  }),
  /** Unique Property Reference Number: 1 to 12 digits without leading zeros. */
  z.strictObject({ kind: z.literal('uprn'), ...ruled }),
  /** Unique Street Reference Number: 1 to 8 digits without leading zeros. */
  z.strictObject({ kind: z.literal('usrn'), ...ruled }),
  /** NHS number: ten digits, the last of which is the check digit (modulus 11). */
  z.strictObject({ kind: z.literal('nhs-number'), ...ruled }),
  z.strictObject({ kind: z.literal('national-insurance-number'), ...ruled }),
  z.strictObject({ kind: z.literal('postcode'), ...ruled }),
  /**
   * GSS code of one of the entities (such as E06) that was in use on the day, or on the day that a column of the row tells (in
   * its first ten characters); on any day where neither is said.
   */
  z.strictObject({
    kind: z.literal('gss-code'),
    ...ruled,
    entities: z.array(z.string().check(z.regex(/^[A-Z]\d\d$/))).check(z.minLength(1)),
    validOn: z.optional(
      z.strictObject({
        ...ruled,
        on: z.union([z.strictObject({ day }), z.strictObject({ column: z.int() })]),
      }),
    ),
    /** Codes that the contract adds to those that are known here, each from its first day: made since, or not yet made. */
    also: z.array(z.strictObject({ code: gssCode, from: day })),
  }),
]);

const columnBase = {
  name: words,
  /** The place of the property in the contract. */
  at: ruleId,
  required: z.optional(z.strictObject({ ...ruled })),
  /** The only values that are taken. */
  oneOf: z.optional(z.strictObject({ ...ruled, severity, values: z.array(z.string()) })),
};

/** A column of a table, or a member of an object. */
export interface PlannedColumn {
  readonly name: string;
  readonly at: string;
  readonly required?: { readonly rule: string } | undefined;
  readonly oneOf?:
    | { readonly rule: string; readonly severity: Severity; readonly values: readonly string[] }
    | undefined;
  readonly type: PlannedType;
}
/** How bad it is where a rule is broken: an `error` rejects the file. */
export type Severity = 'error' | 'warning';
/** A pattern as an automaton. */
export type Automaton = Read<typeof automaton>;
/** What a single value is. */
export type ScalarType = Read<typeof scalarType>;
/** What a value is. Objects and lists occur in JSON Lines and Parquet alone. */
export type PlannedType =
  | ScalarType
  | { readonly kind: 'object'; readonly rule: string; readonly members: readonly PlannedColumn[] }
  | {
      readonly kind: 'list';
      readonly rule: string;
      readonly items: PlannedType;
      readonly minItems?: { readonly rule: string; readonly value: number } | undefined;
      readonly maxItems?: { readonly rule: string; readonly value: number } | undefined;
      readonly uniqueItems?: { readonly rule: string } | undefined;
    };

const sized = z.optional(z.strictObject({ ...ruled, value: count }));
const typeSchema: z.ZodMiniType<PlannedType> = z.lazy(() =>
  z.union([
    scalarType,
    z.strictObject({ kind: z.literal('object'), ...ruled, members: z.array(columnSchema) }),
    z.strictObject({
      kind: z.literal('list'),
      ...ruled,
      items: typeSchema,
      minItems: sized,
      maxItems: sized,
      uniqueItems: z.optional(z.strictObject(ruled)),
    }),
  ]),
) as z.ZodMiniType<PlannedType>;
const columnSchema: z.ZodMiniType<PlannedColumn> = z.lazy(() =>
  z.strictObject({ ...columnBase, type: typeSchema }),
) as z.ZodMiniType<PlannedColumn>;

/** Columns by their number in `columns`. */
const columnNumbers = z.array(z.int().check(z.minimum(0))).check(z.minLength(1));

/** What the outcome of a metric is held against; a value between two is given by both ends, which count. */
const threshold = z.strictObject({
  operator: z.enum([
    'equal',
    'not-equal',
    'greater',
    'greater-or-equal',
    'less',
    'less-or-equal',
    'between',
    'not-between',
  ]),
  values: z.array(decimal).check(z.minLength(1), z.maxLength(2)),
  unit: z.enum(['rows', 'percent']),
});

/** For messages that carry a plan. @see ContractPlan */
export const contractPlanSchema = z.strictObject({
  form: z.literal(CONTRACT_PLAN_FORM),
  contract: z.strictObject({
    id: handle,
    version: words,
    /** SHA-256 of the whole ODCS document as canonical JSON (RFC 8785). */
    digest: sha256,
  }),
  /** The object of the contract, such as `awards`: what one file holds. */
  object: words,
  /** What a row is, in the contract’s words. */
  row: z.optional(words),
  csv: z.strictObject({
    /** Whether columns may stand in any order, or in that of the contract alone. */
    columnOrder: z.enum(['free', 'fixed']),
  }),
  columns: z.array(columnSchema).check(z.minLength(1), z.maxLength(10_000)),
  /** No two rows have the same values in these columns. A row with an empty one among them is not compared. */
  unique: z.array(z.strictObject({ ...ruled, columns: columnNumbers, primary: z.boolean() })),
  /** In each row where both have a value, left and right compare so; both are of one kind that has an order. */
  comparisons: z.array(
    z.strictObject({
      ...ruled,
      name: z.optional(words),
      severity,
      left: z.int(),
      operator: z.enum(['equal', 'not-equal', 'greater', 'greater-or-equal', 'less', 'less-or-equal']),
      right: z.int(),
    }),
  ),
  /** Each value of `from` that is not empty occurs in `to` of some row of the file. */
  references: z.array(z.strictObject({ ...ruled, from: columnNumbers, to: columnNumbers })),
  /** ODCS 3.1’s library of metrics. */
  metrics: z.array(
    z.strictObject({
      ...ruled,
      name: z.optional(words),
      severity,
      threshold,
      what: z.discriminatedUnion('metric', [
        z.strictObject({ metric: z.literal('rowCount') }),
        z.strictObject({ metric: z.literal('nullValues'), column: z.int() }),
        z.strictObject({ metric: z.literal('missingValues'), column: z.int(), values: z.array(z.string()) }),
        z.strictObject({
          metric: z.literal('invalidValues'),
          column: z.int(),
          validValues: z.optional(z.array(z.string())),
          pattern: z.optional(z.strictObject(pattern)),
        }),
        z.strictObject({ metric: z.literal('duplicateValues'), columns: columnNumbers }),
      ]),
    }),
  ),
  /** What the contract leaves to the recipient, marked there: it is told in each report as not checked here. */
  recipients: z.array(z.strictObject({ ...ruled, name: words })),
});

/** A data contract as the engine carries it out. */
export type ContractPlan = Read<typeof contractPlanSchema>;
/** A rule on the order of two columns of a row. */
export type PlannedComparison = ContractPlan['comparisons'][number];
/** A metric with what it is held against. */
export type PlannedMetric = ContractPlan['metrics'][number];

const KIND: Kind<typeof contractPlanSchema> = {
  schema: contractPlanSchema,
  name: 'the plan of the contract',
  most: { bytes: MOST_BYTES, fix: 'Part the contract' },
  fix: () => 'Synthesise and deploy again; the file is not to be edited by hand',
};

/** Reads a plan. @throws WireError with every problem */
export function parseContractPlan(text: string): ContractPlan {
  return readText(KIND, text);
}

/** The plan as the text of its file. */
export function contractPlanText(plan: ContractPlan): string {
  return `${JSON.stringify(plan, null, 1)}\n`;
}
