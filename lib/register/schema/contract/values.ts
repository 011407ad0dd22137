/**
 * The kinds of value that a data contract is written in, beside those of the rest of the register. Empty text is
 * not taken: a setting that says nothing is left out.
 */
import { z } from 'zod';
import { isDate } from '../../calendar';

/** ODCS References, `id`: the technical name by which other elements point at this one. */
export const stableId = z
  .string()
  .max(200)
  .regex(/^[\w-]+$/)
  .meta({
    description: 'A technical id for references, which stays when the name changes. Unique in its list.',
    expects: 'letters, digits, hyphens and underscores',
    fix: 'write a short id, such as award_amount',
    examples: ['award_amount'],
  });

/** `true` or `false`. */
export function flag(description: string) {
  return z.boolean().meta({
    description,
    expects: 'true or false',
    fix: 'write true or false, without quotes',
  });
}

/** A whole number of things, from none up. */
export function count(description: string) {
  return z.int().min(0).meta({
    description,
    expects: 'a whole number from 0 up',
    fix: 'write a whole number, without quotes',
  });
}

/** The place of a property in a key of several. */
export const position = z.int().min(-1).meta({
  description: 'The place in the key, counted from 1; -1 says that it is not part of it.',
  expects: 'a place counted from 1, or -1',
  fix: 'write 1 for the first of the key, 2 for the second; -1 for none',
});

/** A number of any kind that JSON can hold. */
export function number(description: string) {
  return z.number().meta({ description, expects: 'a number', fix: 'write a number, without quotes' });
}

/** Any value that JSON can hold, and no other thing that a YAML reader might make. It must be there. */
export function anyValue(description: string) {
  return z.unknown().refine(isPlain).meta({
    description,
    expects: 'text, a number, true, false, null, a list or a group of settings',
    fix: 'write a value; null says that there is none',
  });
}

/** Settings of another tool or of the reader’s own, under names that the standard does not know. */
export function anySettings(description: string) {
  return z
    .record(z.string(), anyValue('A setting of the tool that reads it.'))
    .meta({ description, expects: 'a group of settings', fix: 'write each setting on a line of its own' });
}

const char = "(?:[\\w.~!$&'()*+,;=-]|%[\\dA-Fa-f]{2})";
const authority = `(?:(?:${char}|:)*@)?${char}*(?::\\d{1,5})?`;
const path = `(?:/(?:${char}|[:@])*)*`;
const tail = `(?:\\?(?:${char}|[:@/?])*)?(?:#(?:${char}|[:@/?])*)?`;

/** A URI (RFC 3986) with its scheme, such as `https`; `scheme` is the one to be taken, or any. */
export function uri(description: string, scheme?: string) {
  const example = scheme ? `${scheme}://awards/2027/` : 'https://www.example.gov.uk/awards';
  const form = scheme
    ? `^${scheme}://${authority}${path}${tail}$`
    : `^[A-Za-z][A-Za-z\\d+.-]*:(?://${authority}|(?:${char}|[:@])+)${path}${tail}$`;
  return z
    .string()
    .max(2000)
    .regex(new RegExp(form))
    .meta({
      description,
      expects: `an address with ${scheme ? `the scheme ${scheme}` : 'its scheme'}, such as ${example}`,
      fix: 'write the whole address; write a space as %20 and other unusual characters in the same way',
      examples: [example],
    });
}

/** A moment with its offset from UTC (RFC 3339). */
export function moment(description: string) {
  return z
    .string()
    .regex(
      /^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/,
    )
    .refine((text) => isDate(text.slice(0, 10)))
    .meta({
      description,
      format: 'date-time',
      expects: 'a moment with seconds and offset, such as 2027-04-01T09:00:00Z',
      fix: 'write date, T, time with seconds, then Z or an offset: 2027-04-01T09:00:00Z',
      examples: ['2027-04-01T09:00:00Z'],
    });
}

/** Whether no text of the list occurs twice. */
export function distinct(texts: readonly string[]): boolean {
  return new Set(texts).size === texts.length;
}

function isPlain(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isPlain);
  if (typeof value !== 'object') return false;
  const prototype: object | null = Object.getPrototypeOf(value);
  return (
    (prototype === null || Object.getPrototypeOf(prototype) === null) && Object.values(value).every(isPlain)
  );
}
