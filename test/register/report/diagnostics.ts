/** A report to write: two faults of a register, one of them with every part that a fault may have. */
import type { Diagnostic } from '../../../lib/register/diagnostic';
import type { ReportInput } from '../../../lib/register/report/text';

export const UNKNOWN_KEY: Diagnostic = {
  code: 'unknown-key',
  place: { file: 'agreements/a.yaml', line: 3, column: 1, endLine: 3, endColumn: 11 },
  message: '`recipeints` is not a setting of an agreement',
  found: 'recipeints',
  allowed: 'owner or recipients',
  suggestion: 'recipients',
  fix: 'rename it to `recipients`',
};

export const MISSING_FILE: Diagnostic = {
  code: 'missing-file',
  place: { file: 'zone.yaml', line: 1, column: 1, endLine: 1, endColumn: 2 },
  message: 'the register has no zone.yaml',
  fix: 'add zone.yaml',
};

export const REPORT: ReportInput = {
  diagnostics: [UNKNOWN_KEY, MISSING_FILE],
  lines: new Map([['agreements/a.yaml', ['id: a', 'owner: dwp', 'recipeints:', '  - leeds', '']]]),
  folder: 'register',
};

/** The report of one fault in a file of one line. */
export function oneFault(
  line: string,
  fault: Partial<Diagnostic> & { column: number; endColumn: number },
): ReportInput {
  const { column, endColumn, ...rest } = fault;
  const place = { file: 'zone.yaml', line: 1, column, endLine: 1, endColumn };
  return {
    diagnostics: [{ ...MISSING_FILE, ...rest, place }],
    lines: new Map([['zone.yaml', [line]]]),
    folder: 'register',
  };
}
