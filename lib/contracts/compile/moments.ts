/**
 * Dates, times and timestamps: only the forms of ISO 8601 are carried out, as Java’s DateTimeFormatter writes them, which is how
 * ODCS says a format. In any other, day and month or a time zone would have to be guessed.
 */
import type { ScalarType } from '../../wire/contracts';
import { formOf } from '../rules/forms';
import { type ContractPath, type Faults, pointer } from './fault';

type Moment = Extract<ScalarType, { kind: 'date' | 'time' | 'timestamp' }>;
type Kind = Moment['kind'];

const FORMS: Readonly<
  Record<Kind, { readonly form: RegExp; readonly allowed: string; readonly example: string }>
> = {
  date: { form: /^yyyy-MM-dd$/, allowed: 'yyyy-MM-dd', example: '2027-04-01' },
  time: {
    form: /^HH:mm:ss(?:\.(S{1,9}))?(XXX)?$/,
    allowed: 'HH:mm:ss or HH:mm:ssXXX, with .S to .SSSSSSSSS before XXX for parts of a second',
    example: '07:00:00',
  },
  timestamp: {
    form: /^yyyy-MM-dd'T'HH:mm:ss(?:\.(S{1,9}))?(XXX)?$/,
    allowed:
      "yyyy-MM-dd'T'HH:mm:ssXXX, or yyyy-MM-dd'T'HH:mm:ss for times without a zone; with .S to .SSSSSSSSS before XXX for parts of a second",
    example: '2027-04-01T07:00:00Z',
  },
};

/** The type of a property of dates or times, or nothing where it has a fault. */
export function momentType(
  kind: Kind,
  given: Readonly<Record<string, unknown>>,
  path: ContractPath,
  faults: Faults,
): Moment | undefined {
  const before = faults.all.length;
  const options = [...path, 'logicalTypeOptions'];
  const { format, timezone } = given;
  const read = typeof format === 'string' ? FORMS[kind].form.exec(format) : undefined;
  if (read === null)
    faults.tell([...options, 'format'], {
      message: `${kind}s of this format are not read: only the forms of ISO 8601 are, in which nothing has to be guessed`,
      found: String(format),
      allowed: FORMS[kind].allowed,
      fix: `write values as ${FORMS[kind].example}, and the format as one of those allowed`,
    });
  const rule = pointer([...path, read ? 'logicalTypeOptions' : 'logicalType', ...(read ? ['format'] : [])]);
  const zoned = read ? read[2] !== undefined : timezone === true;
  if (kind !== 'date') {
    if (read && timezone !== undefined && timezone !== zoned)
      faults.tell([...options, 'timezone'], {
        message: `timezone is ${String(timezone)}, and the format has ${zoned ? 'a' : 'no'} time zone`,
        found: String(timezone),
        allowed: String(zoned),
        fix: zoned
          ? 'write true, or leave XXX out of the format'
          : 'write false, or add XXX to the end of the format',
      });
    if (format === undefined && timezone === undefined)
      faults.tell([...path, 'logicalType'], {
        message: `it is not said whether a ${kind} has a time zone`,
        allowed: '`timezone: true` or `timezone: false`, or a `format`',
        fix: 'say `timezone` under `logicalTypeOptions`: true for times with Z or an offset, such as +01:00; false for times without',
      });
  }
  const digits = read && kind !== 'date' ? (read[1]?.length ?? 0) : undefined;
  const bounds = momentBounds(kind, { zoned: kind !== 'date' && zoned, digits }, given, options, faults);
  if (faults.all.length > before) return undefined;
  if (kind === 'date') return { kind, rule, ...bounds };
  return {
    kind,
    rule,
    zone: zoned ? 'required' : 'refused',
    ...(digits !== undefined && { fraction: digits }),
    ...bounds,
  };
}

/** How times are written: with a zone or without, and with how many digits behind the seconds, if that is said. */
interface Writing {
  readonly zoned: boolean;
  readonly digits: number | undefined;
}

function momentBounds(
  kind: Kind,
  writing: Writing,
  given: Readonly<Record<string, unknown>>,
  options: ContractPath,
  faults: Faults,
) {
  const bound = (end: 'minimum' | 'maximum', other: 'exclusiveMinimum' | 'exclusiveMaximum') => {
    oneOfTwo(given, end, other, options, faults);
    const name = given[end] === undefined ? other : end;
    const value = given[name];
    if (typeof value !== 'string') return undefined;
    const path = [...options, name];
    if (!isMoment(kind, writing, value))
      faults.tell(path, {
        message: `\`${name}\` is not a ${kind} as the property has them`,
        found: value,
        allowed: `a ${kind} such as ${example(kind, writing)}`,
        fix: `write it as values are written, in quotes: "${example(kind, writing)}"`,
      });
    return { rule: pointer(path), value, exclusive: name === other };
  };
  const minimum = bound('minimum', 'exclusiveMinimum');
  const maximum = bound('maximum', 'exclusiveMaximum');
  return { ...(minimum && { minimum }), ...(maximum && { maximum }) };
}

/** Tells of a bound that is given as one that counts and as one that does not. */
export function oneOfTwo(
  given: Readonly<Record<string, unknown>>,
  end: string,
  other: string,
  options: ContractPath,
  faults: Faults,
): void {
  if (given[end] === undefined || given[other] === undefined) return;
  faults.tell(
    [...options, other],
    {
      message: `\`${end}\` and \`${other}\` are both given, and one of them says nothing`,
      allowed: 'one of the two',
      fix: 'keep the one that is meant',
    },
    'key',
  );
}

function example(kind: Kind, { zoned, digits = 0 }: Writing): string {
  const time = `07:00:00${digits > 0 ? `.${'0'.repeat(digits)}` : ''}${zoned ? 'Z' : ''}`;
  return { date: '2027-04-01', time, timestamp: `2027-04-01T${time}` }[kind];
}

/** Whether a bound is written as the engine reads values: by the engine’s own form. */
function isMoment(kind: Kind, { zoned, digits }: Writing, value: string): boolean {
  const form = formOf(
    kind === 'date'
      ? { kind, rule: '/' }
      : {
          kind,
          rule: '/',
          zone: zoned ? 'required' : 'refused',
          ...(digits !== undefined && { fraction: digits }),
        },
  );
  return form !== undefined && new RegExp(`^(?:${form})$`, 'u').test(value);
}

/** Whether a text is a day of the calendar, such as 2027-04-01. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
}
