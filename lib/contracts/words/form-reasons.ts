/** Which kind of fault of form it is, in words: a sentence of what is wrong, and what to do to a colon and on. */
import type { FormReason } from '../../wire/contracts';
import { code, say, type Words } from '../../words';

/** What spreadsheets call the form that is taken. */
export const SAVE_AS = 'save the file again as “CSV UTF-8 (comma delimited)”';

/** One kind. */
interface ReasonWords {
  readonly happened: string;
  readonly mend: Words;
}

export const REASON_WORDS: Readonly<Record<FormReason, ReasonWords>> = {
  'not-parquet': {
    happened: 'It does not begin as a Parquet file does.',
    mend: 'see what it is: CSV or JSON Lines under a wrong name is sent under its own, as the media type that it is; anything else is written as Parquet by a program',
  },
  'cut-off': {
    happened: 'It ends too early: its last part is missing.',
    mend: 'see that the program that writes it has ended, and that there was room on the disk; then copy or send all of it again',
  },
  damaged: {
    happened: 'It is not what it says of itself: it was damaged on its way, or written wrongly.',
    mend: 'make it again, and check it before you send it; if that is no better, have another program write it',
  },
  'page-compression': {
    happened: 'Its pages are compressed by a method that is not read: LZO, or LZ4 in its older form.',
    mend: 'write it again with Snappy, Zstandard, gzip, Brotli, LZ4_RAW or no compression',
  },
  'page-encoding': {
    happened: 'It has values in an encoding, or pages of a kind, that is not read.',
    mend: 'write it again without settings of its encodings: what programs choose by themselves is read',
  },
  elsewhere: {
    happened: 'Some of its columns lie in another file.',
    mend: 'write all columns and rows into one file; a file called _metadata is a list of others',
  },
  'other-packing': {
    happened: 'It is packed by a method that is not read, such as 7-Zip, RAR, tar or Zstandard.',
    mend: 'send it unpacked, or pack it by gzip or zip',
  },
  'named-otherwise': {
    happened: 'Its name ends in that of another way of packing than it is packed in.',
    mend: 'give it the name of what it is, such as awards.csv, awards.csv.gz or awards.zip',
  },
  'packed-twice': { happened: 'What is in it is packed once more.', mend: 'pack the data once' },
  'parquet-packed': {
    happened: 'It is Parquet that gzip or zip has packed.',
    mend: 'send the Parquet file as it is: it is compressed within',
  },
  'not-one-file': {
    happened: 'The archive does not hold one file and nothing else.',
    mend: say`pack the data file by itself, without its folder; macOS adds files of its own, which ${code('zip -X awards.zip awards.csv')} on a command line does not`,
  },
  'not-lines': {
    happened: 'It is JSON, but not JSON Lines: a list of all rows, or rows over several lines.',
    mend: say`write each row as one object on a line of its own, without brackets round them all: ${code('jq -c \'if type == "array" then .[] else . end\' FILE > NEW.jsonl')} does it, and pandas by ${code("orient='records', lines=True")}`,
  },
  'byte-order-mark': {
    happened:
      'It begins with a byte order mark, which JSON Lines must not have: many programs cannot read its first row.',
    mend: say`write it as UTF-8 without one: in Python as ${code('utf-8')} and not as ${code('utf-8-sig')}, in Notepad as ${code('UTF-8')} and not as ${code('UTF-8 with BOM')}, and by PowerShell 7 and not by its version 5`,
  },
  empty: {
    happened: 'There is nothing in it.',
    mend: 'see why nothing was written, and write it again: the names of the columns stand there even where there is no row',
  },
  'other-separator': {
    happened: 'Its columns are parted by semicolons, tabs or bars.',
    mend: `bring it in with that sign as the delimiter, so that each column of the contract is one of the spreadsheet; then ${SAVE_AS}. If semicolons come out again, the list separator in the regional settings of Windows is one: set it to a comma`,
  },
  'header-below': {
    happened: 'The names of the columns stand below something else, such as a title or an empty row.',
    mend: `delete the rows above them, so that they are the first; then ${SAVE_AS}`,
  },
  'utf-16': {
    happened: 'It is in UTF-16, as Excel’s Unicode Text and some programs on Windows write.',
    mend: say`save it as UTF-8: in Excel as ${code('CSV UTF-8 (comma delimited)')}, in PowerShell with ${code('-Encoding utf8')}`,
  },
  document: {
    happened: 'It is a spreadsheet or another document, whatever its name says.',
    mend: 'open it in the program that it is of, and save the table as CSV in UTF-8, or have a program write it as JSON Lines or Parquet; a new name alone changes nothing',
  },
  'is-parquet': {
    happened: 'It is Parquet, and was sent as another form.',
    mend: say`send it under a name that ends in ${code('.parquet')}, as ${code('application/vnd.apache.parquet')}, if the agreement allows that; or have a program write the table in the form that it does allow. A new name alone makes no CSV of it`,
  },
  'is-json': {
    happened: 'It is JSON, and was sent as CSV.',
    mend: say`send JSON Lines under a name that ends in ${code('.jsonl')}, if the agreement allows them; or have a program write the table as CSV. A new name alone makes no CSV of it`,
  },
  'is-csv': {
    happened: 'It is CSV, and was sent as JSON Lines.',
    mend: say`send it under a name that ends in ${code('.csv')}, as ${code('text/csv')}, if the agreement allows that; or have a program write each row as a JSON object`,
  },
  'no-text': {
    happened: 'It is no text in UTF-8: it is another kind of file, or text in UTF-16.',
    mend: 'see what it is, and which program wrote it; save text as UTF-8, and send any other form under its own name',
  },
  'more-than-its-file': {
    happened: 'Something stands beside or behind what is packed: a comment, or bytes that belong to nothing.',
    mend: 'pack the data file again, by itself and without a comment',
  },
  'unpacks-too-large': {
    happened: 'It unpacks to more than the agreement allows.',
    mend: 'part the data into smaller files, or agree on a larger size',
  },
  password: {
    happened: 'The archive has a password.',
    mend: 'pack it again without: the data is encrypted on its way and where it lies',
  },
  'document-password': {
    happened: 'It is a document of Office, OpenDocument or PDF with a password.',
    mend: 'open it, and save the table as CSV in UTF-8, without a password: the data is encrypted on its way and where it lies',
  },
  encrypted: {
    happened: 'It is encrypted, such as by age, OpenPGP, CMS or OpenSSL.',
    mend: 'send it as it was before: the data is encrypted on its way and where it lies. Data that nobody but the recipient may read needs an agreement that is sealed',
  },
  'parquet-encryption': {
    happened: 'It is encrypted by Parquet’s own encryption, as a whole or in some columns.',
    mend: 'write it again without: the data is encrypted on its way and where it lies',
  },
};
