/** The forms of text that several files and messages share. Each says in words what it allows. */
import * as z from 'zod/mini';

/** More than this in one field is no text of ours. */
const MOST_CHARACTERS = 512;

/** Text that a pattern allows. @param allowed in words that fit after "it must be" */
export function text(pattern: RegExp, allowed: string) {
  return z.string(allowed).check(z.maxLength(MOST_CHARACTERS, allowed), z.regex(pattern, allowed));
}

/** Text of any content, but not empty. */
export const words = text(/[\s\S]/, `text of 1 to ${MOST_CHARACTERS} characters`);
export const accountId = text(/^\d{12}$/, 'an account id of 12 digits');
export const region = text(/^[a-z]{2}-[a-z]+-\d$/, 'a Region, such as eu-west-2');
/** A handle of the register. */
export const handle = text(
  /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
  'a handle: lower-case letters, digits and single hyphens',
);
export const sha256 = text(/^[0-9a-f]{64}$/, 'a SHA-256 digest: 64 hex digits');
export const day = z.stringFormat('day', isDay, 'a day that exists, such as 2027-04-01');
/** A moment in UTC to the second. */
export const instant = z.stringFormat(
  'instant',
  isInstant,
  'an instant that exists, such as 2027-04-01T00:00:00Z',
);

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && isInstant(`${text}T00:00:00Z`);
}

function isInstant(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text)) return false;
  const time = Date.parse(text);
  return !Number.isNaN(time) && `${new Date(time).toISOString().slice(0, 19)}Z` === text;
}
