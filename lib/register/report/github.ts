/** Writes diagnostics as workflow commands, which GitHub shows on the lines of a pull request. */
import type { ReportInput } from './text';

/** One `::error` command a line. */
export function githubReport({ diagnostics, folder }: ReportInput): string {
  return diagnostics
    .map(({ code, message, suggestion, fix, place }) => {
      const properties = {
        file: `${folder}/${place.file}`,
        line: place.line,
        col: place.column,
        endLine: place.endLine,
        endColumn: place.endColumn,
        title: code,
      };
      const list = Object.entries(properties).map(([key, value]) => `${key}=${property(String(value))}`);
      const hint = suggestion === undefined ? '' : ` Did you mean ${suggestion}?`;
      return `::error ${list.join(',')}::${data(`${message}.${hint} To fix: ${fix}.`)}\n`;
    })
    .join('');
}

function data(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function property(text: string): string {
  return data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
