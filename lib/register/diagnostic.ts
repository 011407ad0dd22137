/**
 * What is wrong with a register, and where. A diagnostic always carries a place, what was found and how to
 * fix it, so that every writer (text, JSON, SARIF, GitHub) can be complete.
 */

/** A stretch of a file. Lines and columns count from 1; the end is exclusive. */
export interface Place {
  /** Path within the register folder, with forward slashes: `agreements/x.yaml`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** One fault in the register. */
export interface Diagnostic {
  /** A stable kebab-case name of the kind of fault, such as `unknown-key`. */
  readonly code: DiagnosticCode;
  readonly place: Place;
  /** One sentence, without a full stop, naming the setting and the fault. */
  readonly message: string;
  /** What stands there, cut to a readable length; absent where something is missing. */
  readonly found?: string;
  /** What may stand there. */
  readonly allowed?: string;
  /** The nearest allowed word, when one is near. */
  readonly suggestion?: string;
  /** What to do, as an instruction. */
  readonly fix: string;
}

/** Every kind of fault, with the one-line description that SARIF readers show. */
export const DIAGNOSTIC_CODES = {
  'not-readable': 'The file or folder cannot be read as part of a register',
  'unexpected-file': 'A file or folder that the register does not have',
  'missing-file': 'A file that the register must have',
  'invisible-character': 'A character that a reader cannot see or tell from another',
  'merge-conflict': 'A mark that git left where two changes met',
  'not-yaml': 'The file is not well-formed YAML',
  'plain-yaml': 'The file uses a YAML feature that the register does not allow',
  'duplicate-key': 'The same setting is given twice',
  'unknown-key': 'A setting that does not exist',
  'missing-key': 'A required setting is missing',
  'wrong-shape': 'A list, a group of settings or text stands where another was expected',
  'not-allowed': 'A value that is not one of those allowed',
  'bad-format': 'A value that is not written in the expected form',
  'bad-date': 'A date that is not written as a date or does not exist',
  'unquoted-account': 'An account number without quotes',
  'file-name': 'The file name and the id in it differ',
  'id-is-code': 'An id that is an official code or name',
  'person-mailbox': 'A mailbox that seems to be one person’s',
  'duplicate-value': 'A value that may occur only once occurs again',
  'unresolved-id': 'An id that nothing in the register has',
  'not-a-member': 'An organisation that may only receive is made to own',
  'outside-membership': 'An agreement outlasts the membership of a party',
  'date-order': 'Dates in the wrong order',
  'future-date': 'Something is said to have been done on a day that has not come',
  'personal-data': 'Text that seems to identify a person',
  'too-large': 'A size that AWS does not take',
  'contract-rule': 'A data contract asks what nothing here carries out',
  approval: 'An approver, or what one signed, that does not count',
  'lawful-basis': 'A lawful basis that does not fit the parties or the data',
  'wrong-account': 'A principal or key of another account',
  'wrong-region': 'A key in another Region than the zone’s',
  'duties-apart': 'A role that administers a key and uses what it protects',
  'nobody-may': 'An agreement that nobody at a party may act on',
  'refuted-assumption': 'A live test has found AWS to do otherwise than it is taken to do',
  'region-exception': 'A Region outside the UK without a dated exception in force',
  'ledger-key': 'A former key of the ledger that is not one of its keys',
  'secret-key': 'A secret key, which belongs into no file of the register',
  'sealed-key': 'A key that a sealed agreement cannot be sealed to',
  'public-record': 'Something that is withheld from the public record is told there all the same',
  succession: 'A successor or a novation that does not hold together',
} as const satisfies Record<string, string>;

type DiagnosticCode = keyof typeof DIAGNOSTIC_CODES;

/** Orders by file, line, column and then code, so that output never depends on reading order. */
export function byPlace(a: Diagnostic, b: Diagnostic): number {
  return (
    compare(a.place.file, b.place.file) ||
    a.place.line - b.place.line ||
    a.place.column - b.place.column ||
    compare(a.code, b.code) ||
    compare(a.message, b.message)
  );
}

/** The whole of a file: its first character, for faults that no one line has. */
export function startOf(file: string): Place {
  return { file, line: 1, column: 1, endLine: 1, endColumn: 2 };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
