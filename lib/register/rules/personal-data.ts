/**
 * The rule that the register holds no personal data. Its texts go into templates, tags and logs that many read and nobody can
 * recall. Forms that are given out to nobody, as examples use them, are no fault.
 */
import { isApproval } from '../../wire/approval';
import { statementIn } from '../approvals/read-approval';
import type { Diagnostic } from '../diagnostic';
import { at, type Draft } from '../draft';
import type { Path, YamlSource } from '../yaml-source';
import { seemsPersonal } from './identity';

/** How something that identifies a person is written, and how to tell it from what looks alike. */
interface Identifier {
  readonly what: string;
  readonly form: RegExp;
  /** What no text of that form is without: where it is not, nobody looks for the form, which takes long. */
  readonly sign?: string;
  readonly is?: (found: string) => boolean;
}

const MOBILE: Identifier = {
  what: 'a mobile telephone number',
  form: /(?<![\w+])(?:\+44 ?|0)7\d{3} ?\d{3} ?\d{3}(?!\w)/g,
};

const IDENTIFIERS: readonly Identifier[] = [
  {
    // HMRC’s manual NIM39110: letters that are used in no first or second place, and prefixes that are not allocated.
    what: 'a National Insurance number',
    form: /\b(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b/g,
  },
  {
    // NHS Data Dictionary: ten digits, the last of which checks the others; those that begin with 999 are for tests.
    what: 'an NHS number',
    form: /(?<![\w-])(?!999)\d{3}([ -]?)\d{3}\1\d{4}(?![\w-])/g,
    is: checksAsNhsNumber,
  },
  MOBILE,
  {
    what: 'one person’s mailbox',
    sign: '@',
    form: /[a-z0-9][a-z0-9._+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)+/gi,
    is: (address) => seemsPersonal(address.toLowerCase()),
  },
];

/** Settings that hold a mailbox, which a rule of their own looks at. */
const MAILBOXES: ReadonlySet<string> = new Set(['contacts', 'alertAddress', 'notices']);

/** What was found in a file, by its value: who loads a register again with one file changed has only that file looked at. */
const found = new WeakMap<object, readonly Diagnostic[]>();

/** No text of the register identifies a person. */
export function textsIdentifyNobody(draft: Draft): Diagnostic[] {
  const files = [...draft.organisations.values(), ...draft.agreements.values(), ...draft.contracts.values()];
  const declared = [...draft.approvals.values()].flatMap(({ value, source }) => {
    const statement = statementIn(value);
    if ('message' in statement || isApproval(statement)) return [];
    return IDENTIFIERS.filter((each) => isIn(statement.predicate.method, each)).map((each) =>
      at(source, ['payload'], told(each)),
    );
  });
  const written = files.flatMap(({ value, source }) => {
    const known = found.get(value);
    if (known !== undefined) return known;
    const fresh = identifiersIn(value, source);
    found.set(value, fresh);
    return fresh;
  });
  // Other contacts are looked at by a rule of their own; a help desk’s number may check as one of the NHS.
  const telephones = [...draft.organisations.values()].flatMap(({ value, source }) => {
    const number = value.contacts.helpDeskTelephone?.replaceAll(' ', '');
    return number !== undefined && isIn(number, MOBILE)
      ? [at(source, ['contacts', 'helpDeskTelephone'], told(MOBILE))]
      : [];
  });
  return [...written, ...declared, ...telephones];
}

function told({ what }: Identifier) {
  return {
    code: 'personal-data',
    // What was found is not told again: reports are kept longer than the file as it is now.
    message: `this text seems to hold ${what}`,
    allowed: 'text that identifies nobody',
    fix: 'take it out: what the register says is copied into templates and logs, and cannot be recalled',
  } as const;
}

function identifiersIn(value: object, source: YamlSource): Diagnostic[] {
  // A look at all texts together nearly always shows that there is nothing to find, at a fraction of what a look at each
  // takes. No form reaches from one line into another, so it finds what a look at each would find.
  const together: string[] = [];
  eachScalar(value, [], (scalar, path) =>
    together.push(typeof scalar === 'string' ? scalar : asWritten(source, path)),
  );
  const all = together.join('\n');
  const suspected = IDENTIFIERS.filter((each) => isIn(all, each));
  const diagnostics: Diagnostic[] = [];
  if (suspected.length === 0) return diagnostics;
  eachScalar(value, [], (scalar, path) => {
    const text = typeof scalar === 'string' ? scalar : asWritten(source, path);
    for (const each of suspected) if (isIn(text, each)) diagnostics.push(at(source, [...path], told(each)));
  });
  return diagnostics;
}

function isIn(text: string, { form, sign, is }: Identifier): boolean {
  if (sign !== undefined && !text.includes(sign)) return false;
  for (const [match] of text.matchAll(form)) if (is?.(match) ?? true) return true;
  return false;
}

/** Calls back for each text and number that is no mailbox of the file, with a path that holds only during the call. */
function eachScalar(
  value: unknown,
  path: (string | number)[],
  found: (scalar: string | number, path: Path) => void,
): void {
  if (typeof value === 'string' || typeof value === 'number') found(value, path);
  if (value === null || typeof value !== 'object') return;
  const isList = Array.isArray(value);
  for (const key of Object.keys(value)) {
    if (MAILBOXES.has(key)) continue;
    path.push(isList ? Number(key) : key);
    eachScalar((value as Record<string, unknown>)[key], path, found);
    path.pop();
  }
}

/** A number with the zeros that it begins with: without quotes, a telephone number is one to YAML. */
function asWritten(source: YamlSource, path: Path): string {
  const { line, column, endColumn } = source.place(path);
  return source.lines[line - 1]?.slice(column - 1, endColumn - 1) ?? '';
}

function checksAsNhsNumber(found: string): boolean {
  const digits = found.replace(/[ -]/g, '');
  const sum = [...digits.slice(0, 9)].reduce(
    (total, digit, index) => total + Number(digit) * (10 - index),
    0,
  );
  const check = (11 - (sum % 11)) % 11;
  return check !== 10 && check === Number(digits[9]);
}
