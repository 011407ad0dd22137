/** The report as one HTML file. */
import { documentPage } from '../../words';
import { type CheckedFile, contractReport } from './report';

/** The whole file. */
export function contractReportHtml(file: CheckedFile): string {
  return documentPage(`${file.name}: check against its contract`, contractReport(file));
}
