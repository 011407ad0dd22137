/** Diagnostics as SARIF. */
import { type SarifFinding, sarifLog } from '../../words';
import { DIAGNOSTIC_CODES, type Diagnostic } from '../diagnostic';
import type { ReportInput } from './text';

/** One log with one run of every rule of the register. */
export function sarifReport({ diagnostics, folder }: ReportInput): string {
  const log = sarifLog([
    {
      tool: 'concordat check',
      rules: Object.entries(DIAGNOSTIC_CODES).map(([id, text]) => ({ id, shortDescription: { text } })),
      findings: diagnostics.map((each) => findingOf(each, folder)),
    },
  ]);
  return `${JSON.stringify(log, null, 2)}\n`;
}

function findingOf({ code, message, suggestion, fix, place }: Diagnostic, folder: string): SarifFinding {
  const hint = suggestion === undefined ? '' : ` Did you mean ${suggestion}?`;
  return {
    rule: code,
    level: 'error',
    text: `${message}.${hint} To fix: ${fix}.`,
    uri: address(`${folder}/${place.file}`),
    region: {
      startLine: place.line,
      startColumn: place.column,
      endLine: place.endLine,
      endColumn: place.endColumn,
    },
  };
}

/** A path as a relative address: whatever is no name of a file or folder is escaped. */
function address(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
