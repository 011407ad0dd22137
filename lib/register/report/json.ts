/** Writes diagnostics for programs. */
import type { ReportInput } from './text';

/** The name and version of the form below; a reader refuses a version that it does not know. */
const DIAGNOSTICS_FORM = 'concordat-diagnostics/v1';

/** One JSON document with every diagnostic, in order. */
export function jsonReport({ diagnostics, folder }: ReportInput): string {
  const out = diagnostics.map(({ place, ...rest }) => ({
    ...rest,
    place: { ...place, file: `${folder}/${place.file}` },
  }));
  return `${JSON.stringify({ form: DIAGNOSTICS_FORM, diagnostics: out }, null, 2)}\n`;
}
