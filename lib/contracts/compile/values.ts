/** Lists of values in checks, and the lists of the only values that a property may have. */
import type { PlannedColumn, PlannedType } from '../../wire/contracts';
import { isRecipients } from './custom';
import { decimalOf } from './decimal';
import type { OdcsCheck, OdcsProperty } from './document';
import { type ContractPath, type Faults, pointer } from './fault';

/** Whether a check of a property is on a list of the only values: what a value is, rather than a count. */
export function isEnumeration(check: OdcsCheck): boolean {
  return (
    (check.type === undefined || check.type === 'library') &&
    (check.unit === undefined || check.unit === 'rows' || check.unit === 'percent') &&
    check.metric === 'invalidValues' &&
    Array.isArray(check.arguments?.validValues) &&
    check.arguments.pattern === undefined &&
    check.mustBe === 0
  );
}

/**
 * The list of values that a property may have, where one of its checks says so and allows no other.
 */
export function enumerationOf(
  property: OdcsProperty,
  type: PlannedType,
  path: ContractPath,
  faults: Faults,
): PlannedColumn['oneOf'] {
  const found = (property.quality ?? []).flatMap((check, index) =>
    isEnumeration(check) && !isRecipients(check) ? [{ check, path: [...path, 'quality', index] }] : [],
  );
  const [first, second] = found;
  if (first === undefined) return undefined;
  if (second !== undefined)
    faults.tell(second.path, {
      message: 'the property has a second list of the only values',
      fix: 'make one list of the two',
    });
  const values = listOf(first.check, 'validValues', [...first.path, 'arguments'], faults, type);
  // Severities that are none are told where the checks are compiled.
  const severity = first.check.severity === 'warning' ? 'warning' : 'error';
  return { rule: pointer(first.path), severity, values: values.filter((value) => value !== '') };
}

/** A list of values of a check, as text: null and the empty text are no value. */
export function listOf(
  check: OdcsCheck,
  name: string,
  path: ContractPath,
  faults: Faults,
  type?: PlannedType,
): string[] {
  const given = check.arguments?.[name];
  if (!Array.isArray(given) || given.length === 0) {
    faults.tell(path, {
      message: `\`${name}\` is no list of values`,
      allowed: `\`${name}\` with at least one value`,
      fix: `give the values under \`${name}\`, each on a line after a dash and a space`,
    });
    return [];
  }
  const kind = type?.kind;
  if (kind !== undefined && ['number', 'time', 'timestamp', 'object', 'list'].includes(kind))
    faults.tell([...path, name], {
      message: `a list of values is not carried out for ${kind === 'list' ? 'lists' : `${kind}s`}, of which one value can be written in many ways`,
      allowed: 'a list of texts, whole numbers, dates, or true and false',
      fix: 'say it by `minimum`, `maximum` or `multipleOf`, or remove the check',
    });
  return given.flatMap((value: unknown, index) => {
    if (value === null) return [''];
    if (typeof value === 'string' && (kind === undefined || !['integer', 'boolean'].includes(kind)))
      return [value];
    if (typeof value === 'number' && Number.isInteger(value) && kind === 'integer') return [decimalOf(value)];
    if (typeof value === 'boolean' && kind === 'boolean') return [String(value)];
    faults.tell([...path, name, index], {
      message: 'this value is of another kind than the property',
      found: String(value),
      allowed:
        kind === 'integer'
          ? 'a whole number'
          : kind === 'boolean'
            ? 'true or false'
            : 'text, in quotes if it would be read as something else',
      fix:
        kind === 'integer'
          ? 'write it without quotes'
          : kind === 'boolean'
            ? 'write true or false'
            : `put it in quotes: "${String(value)}"`,
    });
    return [];
  });
}
