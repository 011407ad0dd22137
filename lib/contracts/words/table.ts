/** The report as a table for a spreadsheet: a row for each place, to be worked through beside the file. */
import { csv, plainText, type Words } from '../../words';
import { writtenAs } from './parquet-types';
import { cellOf, columnByNumber } from './places';
import { brokenLine, type CheckedFile, COLUMN_TYPE, happened, mendOf, wordsOf } from './report';
import { ruleWords } from './rules';

const HEADS = [
  'file',
  'severity',
  'cell in a spreadsheet',
  'row of data',
  'row group',
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

/** The cells of a place where there is none. */
const NOWHERE = ['', '', '', '', '', '', '', '', '', ''];

/**
 * What is wrong with some files, as CSV. The cell is of CSV alone, which is what spreadsheets open. Of each rule the first
 * places that were kept; a rule without places has one row.
 */
export function contractReportCsv(files: readonly CheckedFile[]): string {
  return csv(
    HEADS,
    files.flatMap(({ name, plan, outcome }) => {
      const { form } = outcome;
      const words = ruleWords(plan, form);
      const cell = (place: Parameters<typeof cellOf>[0]) => (form === 'csv' ? cellOf(place) : '');
      return outcome.broken.flatMap((broken) => {
        const rule = wordsOf(broken.rule, words);
        const saidOf = (mend: Words = mendOf(broken, rule)) => [
          plainText(brokenLine(broken, words)),
          happened(broken, rule),
          plainText(mend),
          broken.rule,
        ];
        const said = saidOf();
        if (broken.places.length === 0) return [[name, broken.severity, ...NOWHERE, ...said]];
        return broken.places.map((place) => [
          name,
          broken.severity,
          cell(place),
          place.row,
          place.group ?? '',
          place.column ??
            (form === 'parquet' && place.field !== undefined ? columnByNumber(place.field) : ''),
          place.line ?? '',
          place.byte ?? '',
          place.first ? cell({ row: place.first.row, field: place.field }) : '',
          place.first?.row ?? '',
          place.first?.line ?? '',
          place.first?.byte ?? '',
          ...(broken.rule === COLUMN_TYPE ? saidOf(writtenAs(plan, place.column)) : said),
        ]);
      });
    }),
  );
}
