/**
 * The terms that a filled-in document states. Each is taken only if writing it into a document again gives what stands there: so what
 * is taken is what was read, and all else is listed for people.
 */
import { choicesOf, durationInWords, isListTerm, type Register, TERMS, type Term } from '../register';
import { dateOf, inWords, isDate } from '../register/calendar';
import { plainText } from '../words';
import { DocumentError, type FilledIn } from './filled-in';
import { valueInWords } from './term-values';

/** A term as the document states it: a text, or a list of texts. */
type ToldValue = string | readonly string[];

/** What could not be told, and why. */
interface Untold {
  readonly label: string;
  readonly why: string;
}

/** What a document comes to. */
export interface ReadTerms {
  /** By path, such as `purpose.aim`. */
  readonly told: ReadonlyMap<string, ToldValue>;
  readonly untold: readonly Untold[];
}

/** What the head of a document says of itself, which is no term. */
const HEAD: ReadonlySet<string> = new Set([
  'Reference',
  'In force',
  'Digest that is signed',
  'This document',
]);

/** Reads the terms. @param register by whose organisations names are told @throws DocumentError where it is no document of an agreement */
export function readTerms(document: FilledIn, register: Pick<Register, 'organisations'>): ReadTerms {
  const told = new Map<string, ToldValue>();
  const untold: Untold[] = [];
  if (!document.some(([label]) => label === TERMS[0]?.label))
    throw new DocumentError(
      `nothing in it is called “${TERMS[0]?.label}”: give a document that \`agreement document\` wrote, with its labels as they were`,
    );
  for (const [label, text] of document) {
    const term = TERMS.find((each) => each.label === label);
    if (term === undefined) {
      if (!HEAD.has(label)) untold.push({ label, why: 'no term is called so' });
      continue;
    }
    if (document.filter(([each]) => each === label).length > 1) {
      if (!untold.some((each) => each.label === label))
        untold.push({ label, why: 'it stands there more than once' });
      continue;
    }
    const value = statedBy(term, text, register);
    if (value === undefined) untold.push({ label, why: WHY[term.form] });
    else told.set(term.path, value);
  }
  return { told, untold };
}

const WHY: Readonly<Record<Term['form'], string>> = {
  words: 'it is empty',
  choice: 'it is none of the words that the register has for it',
  day: 'it is no day, such as 1 April 2027',
  span: 'it is no span of time, such as 1 year and 6 months',
  organisation: 'it names an organisation that the register does not have by this name and handle',
  agreement: 'it is no handle of an agreement',
  key: 'keys are copied from whoever made them, and not from a document',
  inbox: 'inboxes and their readers are written into the file by hand',
};

function statedBy(
  term: Term,
  text: string,
  register: Pick<Register, 'organisations'>,
): ToldValue | undefined {
  const list = isListTerm(term.path);
  const items = itemsIn(text);
  if (list && text === 'none') return [];
  // Who takes out all items but one leaves a list of one.
  const said = list && items.length === 1 ? (items[0] ?? '') : text;
  const parsed = (list ? items : [text]).map((each) => oneOf(term, each, register));
  if (parsed.length === 0 || parsed.some((each) => each === undefined || each === '')) return undefined;
  const value = list ? (parsed as string[]) : parsed[0];
  // The proof that nothing was guessed.
  return value !== undefined && plainText(valueInWords(term, value, register)) === said ? value : undefined;
}

/** The items of a list: lines that begin with a dash, or all of it where there is one. */
function itemsIn(text: string): string[] {
  if (!text.startsWith('– ')) return [text];
  return `\n${text}`
    .split('\n– ')
    .slice(1)
    .map((each) => each.trim());
}

function oneOf(
  { form, path, label }: Term,
  text: string,
  register: Pick<Register, 'organisations'>,
): string | undefined {
  switch (form) {
    case 'words':
      return text;
    case 'choice': {
      const term = { form, path, label, part: 'purpose' as const };
      return choicesOf(path).find((each) => plainText(valueInWords(term, each, register)) === text);
    }
    case 'day':
      return dayOf(text);
    case 'span':
      return spanOf(text);
    case 'organisation':
      return register.organisations.find(({ id, name }) => text === `${name} (${id})`)?.id;
    case 'agreement':
      return /^[a-z0-9-]+$/.test(text) ? text : undefined;
    case 'key':
      return path === 'contract' && /^[a-z0-9-]+$/.test(text) ? text : undefined;
    case 'inbox':
      return undefined;
  }
}

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];

/** `1 April 2027` as `2027-04-01`. */
function dayOf(text: string): string | undefined {
  const [, day = '', name = '', year = ''] = /^(\d{1,2}) ([A-Z][a-z]+) (\d{4})$/.exec(text) ?? [];
  const written = `${year}-${String(MONTHS.indexOf(name) + 1).padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDate(written) && inWords(dateOf(written)) === text ? written : undefined;
}

/** Longer texts are no span, and are not searched for one. */
const LONGEST_SPAN = 100;

/** `1 year and 6 months` as `P1Y6M`. */
function spanOf(text: string): string | undefined {
  const letters = { year: 'Y', month: 'M', week: 'W', day: 'D' } as const;
  if (text.length > LONGEST_SPAN) return undefined;
  const parts = [...text.matchAll(/([\d,]+) (year|month|week|day)s?/g)].map(
    ([, count = '', unit = '']) => `${count.replaceAll(',', '')}${letters[unit as keyof typeof letters]}`,
  );
  const written = `P${parts.join('')}`;
  try {
    return durationInWords(written) === text ? written : undefined;
  } catch {
    return undefined;
  }
}
