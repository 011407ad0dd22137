/** Writes diagnostics as SARIF 2.1.0 (OASIS), which code review tools show beside the lines concerned. */
import { DIAGNOSTIC_CODES, type Diagnostic } from '../diagnostic';
import type { ReportInput } from './text';

/** One SARIF log with one run; every rule is listed, so that a run without results still says what was checked. */
export function sarifReport({ diagnostics, folder }: ReportInput): string {
  const ids = Object.keys(DIAGNOSTIC_CODES);
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'concordat check',
            rules: Object.entries(DIAGNOSTIC_CODES).map(([id, text]) => ({ id, shortDescription: { text } })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map((each) => result(each, folder, ids)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function result(
  { code, message, suggestion, fix, place }: Diagnostic,
  folder: string,
  ids: readonly string[],
) {
  const hint = suggestion === undefined ? '' : ` Did you mean ${suggestion}?`;
  return {
    ruleId: code,
    ruleIndex: ids.indexOf(code),
    level: 'error',
    message: { text: `${message}.${hint} To fix: ${fix}.` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: address(`${folder}/${place.file}`) },
          region: {
            startLine: place.line,
            startColumn: place.column,
            endLine: place.endLine,
            endColumn: place.endColumn,
          },
        },
      },
    ],
  };
}

/** A path as a relative address: whatever is no name of a file or folder is escaped. */
function address(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
