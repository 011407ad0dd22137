/** How a file is mended without doing harm: what spreadsheets do to CSV, and what is done with forms that no spreadsheet opens. */
import type { FileForm } from '../../wire/contracts';
import { type Block, code, heading, list, say, type Words } from '../../words';

const COPY = 'Keep the file as it is, and work on a copy.';
const CHECK = say`check it again with ${code('npx concordat contract test')} before you send it`;

const STEPS: Readonly<Record<FileForm, { readonly title: string; readonly steps: readonly Words[] }>> = {
  csv: {
    title: 'To mend it in a spreadsheet without doing harm',
    steps: [
      COPY,
      say`Do not double-click the file: bring it in by ${code('Data')} and ${code('From Text/CSV')}, and set every column to ${code('Text')}. Or leading zeros go, and dates are turned round. LibreOffice asks when it opens the file: ${code('Text')} for all columns.`,
      'Find the cells by the letters and numbers above, and mend them from the source, not by guessing.',
      say`Save it as ${code('CSV UTF-8 (comma delimited)')}, in LibreOffice as ${code('Text CSV')} in ${code('Unicode (UTF-8)')} with commas, and ${CHECK}.`,
    ],
  },
  'json-lines': {
    title: 'To mend it without doing harm',
    steps: [
      COPY,
      say`Where a program writes the file, mend what it reads or how it writes, and have it write the file again. Few lines can be mended by hand in an editor that shows numbers of lines, not in a spreadsheet: ${code('sed -n 5p FILE')} shows line 5, and ${code('tail -c +613 FILE | head -c 60')} what stands at byte 612: one more, without the comma that a number may have here. On Windows, ${code('Go to…')} in Notepad++ takes the line, or the byte as its offset.`,
      'Mend from the source, not by guessing. Each line stays one object, with a line feed at its end.',
      say`Save it as UTF-8, and ${CHECK}.`,
    ],
  },
  parquet: {
    title: 'To mend it without doing harm',
    steps: [
      'A Parquet file is not mended by hand: mend the table that it was written from, or the program that writes it, and write it again.',
      say`Where the types of columns alone are wrong, DuckDB writes them anew: ${code("COPY (SELECT * REPLACE (CAST(award_start AS DATE) AS award_start, CAST(amount AS DECIMAL(18, 2)) AS amount) FROM 'OLD.parquet') TO 'NEW.parquet'")}, with the columns named above. ${code('SELECT * EXCLUDE (…) REPLACE (…)')} leaves columns out as well, and ${code('CAST(uprn AS BIGINT)')} makes whole numbers of floating-point ones.`,
      say`Times without a zone were in one: ask whoever wrote them which, and say it, as in ${code("SELECT * REPLACE (hour_start AT TIME ZONE 'UTC' AS hour_start)")} or ${code("'Europe/London'")}. ${code('CAST(hour_start AS TIMESTAMPTZ)')} takes the zone of the computer instead, which can be an hour out in summer, and then nothing shows it.`,
      say`Rows are counted from 1, through all row groups. So row 5 is at position 4 in pandas, Polars and Arrow, and has the ${code('file_row_number')} 4 in DuckDB.`,
      'Mend from the source, not by guessing.',
      say`Write it to a new file, and ${CHECK}.`,
    ],
  },
};

/** What to do and what to leave while a file of a form is mended. */
export function mendingAdvice(form: FileForm): Block[] {
  const { title, steps } = STEPS[form];
  return [heading(3, title), list([...steps], 'numbers')];
}
