/** What may be wrong with the form of a file, in words, and how it is mended. */
import type { FileForm, FormFault } from '../../wire/contracts';
import { code, say, type Words } from '../../words';
import { SAVE_AS } from './form-reasons';

/** What a spreadsheet reads wrongly it saves wrongly, and then nothing shows it. */
const ORIGIN =
  'bring it in with the “File Origin” under which every accent, curly apostrophe and pound sign looks right, often “1252: Western European (Windows)”';

/** Programs take either of the two, so neither is right because of where it stands. */
const TWICE =
  'see in the source which of the two is right, and take out the other; if they are two things, one has the wrong name';

/** What is asked, to follow “must”, and what to do where it is not so. */
interface Told {
  readonly must: Words;
  readonly mend: Words;
}

/** What is asked of the form of a file: the same whatever it is, or by what it is. */
export function formWords(fault: FormFault, form: FileForm): Told {
  const told = FORM_WORDS[fault];
  return 'csv' in told ? told[form] : told;
}

const FORM_WORDS: Readonly<Record<FormFault, Told | Readonly<Record<FileForm, Told>>>> = {
  encoding: {
    csv: {
      must: 'be in UTF-8',
      mend: `${ORIGIN}; then ${SAVE_AS}. Compare the cells named here with the source: what was brought in wrongly stays wrong, and is valid`,
    },
    'json-lines': {
      must: 'be in UTF-8, escapes in strings included',
      mend: say`have it written as UTF-8; a name with an accent or a curly apostrophe is where it shows. If it was written as older programs on Windows do, ${code('iconv -f WINDOWS-1252 -t UTF-8 FILE > NEW.jsonl')} changes it: look whether each such name is right then. Of an escape such as \\ud83d the other half is missing`,
    },
    parquet: {
      must: 'have text in UTF-8 alone',
      mend: 'write the column again from text that was read in the encoding it has; a name with an accent or a curly apostrophe is where it shows',
    },
  },
  quoting: {
    must: 'have quotes around a whole value or nowhere, and a quote within one written twice',
    mend: 'look at that byte in a text editor: a quote is too many there, or the value that is named opens with one that was never closed. Do not open the file in a spreadsheet before: it reads on to the next quote, takes whole rows into one cell, and saves them so, which then looks right',
  },
  'unclosed-quote': {
    must: 'close each quote that it opens',
    mend: 'look in a text editor at the place where the quote opens: one is missing, or the file was cut off. Do not open the file in a spreadsheet before: it takes the rest of the file into one cell, and saves it so',
  },
  'line-ends': {
    must: 'end all its lines in the same way',
    mend: `let a spreadsheet write it: open it, and ${SAVE_AS}; files that were joined from two often have both`,
  },
  'field-count': {
    must: 'have as many fields in each row as in the header',
    mend: 'look for a comma within a value that has no quotes around it, a row that was broken in two, a row of totals, or an empty line, also at the end. A spreadsheet shows what is behind such a comma one cell further right: put the two parts together, and move the rest back',
  },
  'no-header': {
    csv: {
      must: 'begin with a row of column names',
      mend: 'make the first row the names of the contract’s columns, to the letter, capitals too, with commas between them and not semicolons or tabs; if other names stand there, write these in their place',
    },
    'json-lines': { must: 'have a line', mend: 'write it again: there is nothing in it' },
    parquet: { must: 'have columns', mend: 'write it again: there is nothing in it' },
  },
  'missing-column': {
    must: 'have every column of the contract',
    mend: 'add the column under its name in the contract, to the letter, even where it is empty in every row; if it stands there under another name, correct that',
  },
  'unknown-column': {
    csv: unknown('column'),
    'json-lines': unknown('member'),
    parquet: unknown('column', '. pandas writes its index as a last column unless it is told index=False'),
  },
  'duplicate-column': { must: 'have each column once', mend: TWICE },
  'column-order': {
    must: 'have its columns in the order of the contract',
    mend: 'move the columns into that order',
  },
  json: {
    must: 'have one JSON object on each line',
    mend: 'look at the byte named here: JSON has double quotes around names and texts, a comma between members and none behind the last, no zero or plus in front of a number, and null where nothing is known, not NaN; no line is empty or holds two rows. If nothing stands at that byte, the line was cut off. Have a program write it',
  },
  'duplicate-member': { must: 'have each member of an object once', mend: TWICE },
  parquet: {
    must: 'be a Parquet file that can be read whole',
    mend: 'write it again, with Snappy, Zstandard or no compression; a file that was cut off on its way cannot be mended',
  },
  'column-type': {
    must: 'have columns of Parquet whose type holds exactly what the contract says',
    mend: 'write the column again with a type that does: decimals as DECIMAL, not as DOUBLE; times with their zone as the contract says',
  },
  compression: {
    must: 'unpack without fault, to no more than the agreement allows',
    mend: 'pack it again, or send it unpacked or in parts',
  },
  'too-large': {
    csv: {
      must: 'have no field, row or header beyond what is read, and no more bytes than the agreement allows',
      mend: 'look for a quote that is never closed, which makes one field of the rest; send larger data in parts',
    },
    'json-lines': {
      must: 'have no line of more than 16 MiB, nothing nested more than 64 deep, and no more bytes than the agreement allows',
      mend: 'look for a missing line feed, which makes one line of several; send larger data in parts',
    },
    parquet: {
      must: 'have no page, footer or schema beyond what is read, and no more bytes than the agreement allows',
      mend: 'write it again with pages of 1 MB, which is what most programs do by themselves; DuckDB makes one page of all the values that a column has in a row group, so give it ROW_GROUP_SIZE 10000; send larger data in parts',
    },
  },
  locked: {
    must: 'be open to be checked',
    mend: 'take the password off: the data is encrypted on its way and where it lies',
  },
};

function unknown(what: string, further = ''): Told {
  return {
    must: `have no ${what} that the contract does not know`,
    mend: `take the ${what} out: what the contract does not name must not be shared. Or correct its name, to the letter${further}`,
  };
}
