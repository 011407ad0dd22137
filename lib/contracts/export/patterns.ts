/** Forms of text as patterns, for formats that know no other way to say them. */
import type { ScalarType } from '../../wire/contracts';

/** The pattern of a kind of value that is a form of text; nothing where it has none. It says less than the engine checks. */
export function patternOfKind(type: ScalarType): string | undefined {
  switch (type.kind) {
    case 'uprn':
      return '^[1-9][0-9]{0,11}$';
    case 'usrn':
      return '^[1-9][0-9]{0,7}$';
    case 'nhs-number':
      return '^[0-9]{10}$';
    case 'national-insurance-number':
      return '^[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]$';
    case 'postcode':
      return '^([A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}|GIR 0AA)$';
    case 'gss-code':
      return `^(${type.entities.join('|')})[0-9]{6}$`;
    default:
      return undefined;
  }
}

/** A pattern that is held against the whole value wherever patterns are searched for. */
export function wholePattern(pattern: string): string {
  return /^\^(?:[^|\\]|\\.)*\$$/.test(pattern) ? pattern : `^(?:${pattern})$`;
}

/** A list of values as a pattern. */
export function patternOfValues(values: readonly string[]): string {
  return `^(${values.map((value) => value.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|')})$`;
}
