/** The report as a table for a spreadsheet: a row for each place, to be worked through beside the file. */
import { csv, plainText } from '../../words';
import { cellOf } from './places';
import { type CheckedFile, happened, ruleLine, wordsOf } from './report';
import { ruleWords } from './rules';

const HEADS = [
  'file',
  'severity',
  'cell in a spreadsheet',
  'row of data',
  'column',
  'line of the file',
  'byte',
  'stands first in cell',
  'first in row',
  'first on line',
  'first at byte',
  'rule',
  'how often',
  'what to do',
  'place in the contract',
];

/** What is wrong with some files, as CSV. Of each rule the first places that were kept; a rule without places has one row. */
export function contractReportCsv(files: readonly CheckedFile[]): string {
  return csv(
    HEADS,
    files.flatMap(({ name, plan, outcome }) => {
      const words = ruleWords(plan);
      return outcome.broken.flatMap((broken) => {
        const rule = wordsOf(broken.rule, words);
        const said = [
          plainText(ruleLine(broken.rule, words)),
          happened(broken, rule),
          plainText(rule.mend),
          broken.rule,
        ];
        if (broken.places.length === 0)
          return [[name, broken.severity, '', '', '', '', '', '', '', '', '', ...said]];
        return broken.places.map((place) => [
          name,
          broken.severity,
          cellOf(place),
          place.row,
          place.column ?? '',
          place.line ?? '',
          place.byte ?? '',
          place.first ? cellOf({ row: place.first.row, field: place.field }) : '',
          place.first?.row ?? '',
          place.first?.line ?? '',
          place.first?.byte ?? '',
          ...said,
        ]);
      });
    }),
  );
}
