/**
 * Writes diagnostics as a report of GitLab’s Code Quality, which a merge request shows on its lines.
 * @see https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
import { createHash } from 'node:crypto';
import type { ReportInput } from './text';

/** One JSON list. It is there, and empty, where nothing is wrong. */
export function gitlabReport({ diagnostics, folder }: ReportInput): string {
  const seen = new Map<string, number>();
  const issues = diagnostics.map(({ code, message, suggestion, fix, place }) => {
    const path = `${folder}/${place.file}`;
    const hint = suggestion === undefined ? '' : ` Did you mean ${suggestion}?`;
    // The line is not part of it: a fault that other lines have moved is the same fault.
    const what = `${code}\n${path}\n${message}`;
    const times = seen.get(what) ?? 0;
    seen.set(what, times + 1);
    return {
      description: `${message}.${hint} To fix: ${fix}.`,
      check_name: code,
      fingerprint: createHash('sha256').update(`${what}\n${times}`).digest('hex'),
      severity: 'major',
      location: { path, lines: { begin: place.line, end: place.endLine } },
    };
  });
  return `${JSON.stringify(issues, null, 2)}\n`;
}
