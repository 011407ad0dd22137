/** What kind of value a property has, from its logicalType and logicalTypeOptions. */

import type { ScalarType } from '../../wire/contracts';
import { nearest, orList } from '../../words';
import { automatonOf } from '../pattern/automaton';
import { PatternFault } from '../pattern/read';
import type { TypeContext } from './context';
import { decimalOf, HELD } from './decimal';
import type { OdcsProperty } from './document';
import { type ContractPath, type Faults, pointer } from './fault';
import { gssType } from './gss';
import { momentType, oneOfTwo } from './moments';

type Given = Readonly<Record<string, unknown>>;
type Text = Extract<ScalarType, { kind: 'text' }>;

/** Formats of strings that are kinds of value of their own: nothing more can be asked of them. */
const UK_FORMATS = [
  'uprn',
  'usrn',
  'nhs-number',
  'national-insurance-number',
  'postcode',
  'gss-code',
] as const;
/** Formats of strings that can be asked beside lengths and a pattern. */
const TEXT_FORMATS = ['uuid', 'email', 'uri', 'date-time', 'ipv4', 'ipv6', 'hostname'] as const;

/** The type of a property of single values, or nothing where it has a fault. */
export function scalarType(property: OdcsProperty, context: TypeContext): ScalarType | undefined {
  const { path, faults } = context;
  const given = (property.logicalTypeOptions ?? {}) as Given;
  const rule = pointer([...path, 'logicalType']);
  switch (property.logicalType) {
    case 'string':
      return stringType(property, given, context);
    case 'integer':
    case 'number':
      return numberType(property.logicalType, given, path, faults);
    case 'boolean':
      return { kind: 'boolean', rule };
    case 'date':
    case 'time':
    case 'timestamp':
      return momentType(property.logicalType, given, path, faults);
    case undefined:
      faults.tell(path, {
        message: 'it is not said what kind of value this is, so nothing could be checked',
        allowed: '`logicalType: string`, date, timestamp, time, number, integer, boolean, object or array',
        fix: 'add `logicalType:` with the kind of value',
      });
      return undefined;
    default:
      faults.tell([...path, 'logicalType'], {
        message: 'this kind of value is not known',
        found: property.logicalType,
        allowed: 'string, date, timestamp, time, number, integer, boolean, object or array',
        fix: 'write one of those allowed',
      });
      return undefined;
  }
}

function stringType(property: OdcsProperty, given: Given, context: TypeContext): ScalarType | undefined {
  const { path, faults } = context;
  const options = [...path, 'logicalTypeOptions'];
  const { format } = given;
  const uk = UK_FORMATS.find((each) => each === format);
  if (uk !== undefined) {
    const others = ['minLength', 'maxLength', 'pattern'].filter((name) => given[name] !== undefined);
    for (const name of others)
      faults.tell(
        [...options, name],
        {
          message: `\`${name}\` stands beside the format ${uk}, which says all of the value`,
          fix: `remove it`,
        },
        'key',
      );
    if (others.length > 0) return undefined;
    const rule = pointer([...options, 'format']);
    return uk === 'gss-code' ? gssType(property, rule, context) : { kind: uk, rule };
  }
  const known = TEXT_FORMATS.find((each) => each === format);
  if (format !== undefined && known === undefined) {
    const all = [...UK_FORMATS, ...TEXT_FORMATS];
    const near = nearest(String(format), all);
    faults.tell([...options, 'format'], {
      message: 'no check is known for strings of this format',
      found: String(format),
      allowed: orList(all),
      ...(near && { suggestion: near.word }),
      fix: near
        ? `write \`${near.word}\` if that is meant; else remove it, and write a \`pattern\` where one can say the same`
        : 'remove it, and write a `pattern` where one can say the same',
    });
    return undefined;
  }
  const lengths = sizes(given, 'minLength', 'maxLength', options, faults);
  const pattern = patternOf(given.pattern, [...options, 'pattern'], faults);
  return {
    kind: 'text',
    rule: pointer([...path, 'logicalType']),
    ...(lengths as Pick<Text, 'minLength' | 'maxLength'>),
    ...(pattern && { pattern: { rule: pointer([...options, 'pattern']), ...pattern } }),
    ...(known && { format: { rule: pointer([...options, 'format']), value: known } }),
  };
}

/** Two limits of a size, of which the second is not below the first. */
export function sizes(given: Given, least: string, most: string, options: ContractPath, faults: Faults) {
  const low = given[least];
  const high = given[most];
  if (typeof low === 'number' && typeof high === 'number' && low > high)
    faults.tell([...options, most], {
      message: `\`${most}\` is below \`${least}\`, so no value could ever be right`,
      found: String(high),
      allowed: `${low} or more`,
      fix: 'correct one of the two',
    });
  return Object.fromEntries(
    [least, most].flatMap((name) =>
      typeof given[name] === 'number'
        ? [[name, { rule: pointer([...options, name]), value: given[name] }]]
        : [],
    ),
  );
}

/** A pattern as written and as carried out, or nothing where there is none or it has a fault. */
export function patternOf(value: unknown, path: ContractPath, faults: Faults) {
  if (typeof value !== 'string') return undefined;
  try {
    return { value, automaton: automatonOf(value) };
  } catch (error) {
    if (!(error instanceof PatternFault)) throw error;
    faults.tell(path, { message: error.message, found: error.part ?? value, fix: error.fix });
    return undefined;
  }
}

function numberType(
  kind: 'integer' | 'number',
  given: Given,
  path: ContractPath,
  faults: Faults,
): ScalarType {
  const options = [...path, 'logicalTypeOptions'];
  const bound = (end: 'minimum' | 'maximum', other: string) => {
    oneOfTwo(given, end, other, options, faults);
    const name = given[end] === undefined ? other : end;
    const value = given[name];
    if (typeof value !== 'number') return undefined;
    return { rule: pointer([...options, name]), value: decimalOf(value), exclusive: name !== end };
  };
  const minimum = bound('minimum', 'exclusiveMinimum');
  const maximum = bound('maximum', 'exclusiveMaximum');
  if (minimum && maximum && Number(minimum.value) > Number(maximum.value))
    faults.tell([...options, maximum.exclusive ? 'exclusiveMaximum' : 'maximum'], {
      message: 'the greatest value is below the least, so no value could ever be right',
      found: maximum.value,
      allowed: `${minimum.value} or more`,
      fix: 'correct one of the two',
    });
  const { multipleOf, format } = given;
  const held = typeof format === 'string' ? HELD[format] : undefined;
  return {
    kind,
    rule: pointer([...path, 'logicalType']),
    ...(held && { fits: { rule: pointer([...options, 'format']), ...held } }),
    ...(minimum && { minimum }),
    ...(maximum && { maximum }),
    ...(typeof multipleOf === 'number' && {
      multipleOf: { rule: pointer([...options, 'multipleOf']), value: decimalOf(multipleOf) },
    }),
  };
}
