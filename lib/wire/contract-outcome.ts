/**
 * What came of checking one file against its contract. Facts only: no value of the file, which may be about people, and no
 * sentence. The gate writes it into its report; the desk prints it.
 */
import * as z from 'zod/mini';
import { handle, sha256, words } from './forms';
import type { Read } from './read';

/** How rows stand in a file. */
export const FILE_FORMS = ['csv', 'json-lines', 'parquet'] as const;
/** How rows stand in a file. */
export type FileForm = (typeof FILE_FORMS)[number];

/**
 * What may be wrong with the form of a file, before any rule of the contract is asked. The engine goes no further than the
 * first of these that leaves no rows to be told apart; each is an error.
 */
export const FORM_FAULTS = [
  /** Not UTF-8. */
  'encoding',
  /** A quote within an unquoted field, or something after a closing quote. */
  'quoting',
  /** A quoted field that the file ends in. */
  'unclosed-quote',
  /** Lines end in more than one way, or with a carriage return alone. */
  'line-ends',
  /** A row with more or fewer fields than the header. */
  'field-count',
  /** No header, or no content at all. */
  'no-header',
  /** A column of the contract that the header does not have. */
  'missing-column',
  /** A column that the contract does not know. */
  'unknown-column',
  /** A column that the header has twice. */
  'duplicate-column',
  /** The columns stand in another order than the contract fixes. */
  'column-order',
  /** Not JSON, or not one object on each line. */
  'json',
  /** A member that an object has twice. */
  'duplicate-member',
  /** Not Parquet, or damaged, or of a form that this engine does not read. */
  'parquet',
  /** A column of Parquet whose type cannot hold what the contract says exactly. */
  'column-type',
  /** Compressed, and damaged; or it would unpack to more than the agreement allows. */
  'compression',
  /** A field, a row or a header beyond what the engine reads. */
  'too-large',
  /** Encrypted or locked with a password. */
  'locked',
] as const;
/** What may be wrong with the form of a file. */
export type FormFault = (typeof FORM_FAULTS)[number];

/** What is wrong with a file that cannot be unpacked or read as Parquet, or is locked: what to do differs by it. */
const FORM_REASONS = [
  /** It does not begin as Parquet does. */
  'not-parquet',
  /** It ends too early. */
  'cut-off',
  /** It is not what it says of itself. */
  'damaged',
  /** Pages of Parquet are compressed by a method that is not read. */
  'page-compression',
  /** Values or levels of Parquet are in an encoding that is not read. */
  'page-encoding',
  /** Columns of Parquet lie in another file. */
  'elsewhere',
  /** It is packed by a method that is not read. */
  'other-packing',
  /** It is not packed in what its name says. */
  'named-otherwise',
  /** What is in it is packed once more. */
  'packed-twice',
  /** It is Parquet within gzip or zip. */
  'parquet-packed',
  /** An archive holds several files, a folder, or no file. */
  'not-one-file',
  /** JSON that is not one object on each line: a list of all rows, or an object over several lines. */
  'not-lines',
  'byte-order-mark',
  /** CSV in which there is nothing. */
  'empty',
  /** CSV whose columns are parted by semicolons, tabs or bars. */
  'other-separator',
  /** CSV whose header stands below other lines. */
  'header-below',
  /** Text in UTF-16, by its first bytes. */
  'utf-16',
  /** It is a spreadsheet, or another document of Office, OpenDocument or PDF. */
  'document',
  /** It is Parquet, and was sent as text. */
  'is-parquet',
  /** It is JSON, and was sent as CSV. */
  'is-json',
  /** It is CSV, and was sent as JSON Lines. */
  'is-csv',
  /** It was sent as text, and is none where it begins. */
  'no-text',
  /** Something stands beside or behind what is packed. */
  'more-than-its-file',
  /** It unpacks to more than the agreement allows. */
  'unpacks-too-large',
  /** An archive has a password. */
  'password',
  /** Such a document has a password. */
  'document-password',
  /** It is encrypted by a program for files. */
  'encrypted',
  /** Parquet’s own encryption. */
  'parquet-encryption',
] as const;
/** What is wrong with a file that cannot be unpacked or read. */
export type FormReason = (typeof FORM_REASONS)[number];

const whole = z.int().check(z.minimum(0));

/** Where a rule is broken. Rows are counted from 1, the header not among them; 0 is the header or the file as a whole. */
const place = z.strictObject({
  row: whole,
  /** The name of the column as the contract has it; nothing where it is about the row. */
  column: z.optional(words),
  /**
   * The number of the column in the file, counted from 1: by it a spreadsheet names its columns. Of CSV, and of a column of Parquet
   * that the contract does not know, whose name is not told.
   */
  field: z.optional(whole),
  /** The row group in which the row lies, counted from 1. Of Parquet alone. */
  group: z.optional(whole),
  /** The line of text, counted from 1, the header among them: what an editor shows. Nothing for Parquet. */
  line: z.optional(whole),
  /** The first byte of the value, counted from 0 in the file as it was unpacked. Nothing for Parquet. */
  byte: z.optional(whole),
  /** Of a value, or of values together, that must not occur again: where it stands for the first time, in the same column. */
  first: z.optional(
    z.strictObject({
      row: whole,
      group: z.optional(whole),
      line: z.optional(whole),
      byte: z.optional(whole),
    }),
  ),
});

const brokenRule = z.strictObject({
  /** The place in the ODCS document (JSON pointer), or `form:` and what is wrong with the form. */
  rule: z.string().check(z.maxLength(1000)),
  severity: z.enum(['error', 'warning']),
  /** How many values, rows or files broke it. */
  count: whole,
  /** The first of them, in the order of the file. */
  places: z.array(place),
  /** Of a fault of the form of which there are several kinds: which it is. */
  reason: z.optional(z.enum(FORM_REASONS)),
  /** Of a metric: what was counted or worked out, in exact decimals. */
  measured: z.optional(words),
});

export const contractOutcomeSchema = z.strictObject({
  contract: z.strictObject({ id: handle, version: words, digest: sha256 }),
  /** How the file was read: what its places mean. */
  form: z.enum(FILE_FORMS),
  /** `failed` where an error was found. */
  result: z.enum(['passed', 'failed']),
  /** Whether every row was read. Where not, `broken` says why, and rules of the whole file were not asked. */
  complete: z.boolean(),
  /** How many rows of data were read, the header not among them. */
  rows: whole,
  /** How many bytes were read, as unpacked: where nothing more could be read, as far as there. */
  bytes: whole,
  /** Every rule that was asked and held, by its place. */
  passed: z.array(z.string()),
  broken: z.array(brokenRule),
  /** Rules that could not be asked, since the file’s form was broken before. Never silently part of `passed`. */
  unasked: z.array(z.string()),
  /** What the contract leaves to the recipient. */
  recipients: z.array(z.string()),
});

/** What came of checking one file against its contract. */
export type ContractOutcome = Read<typeof contractOutcomeSchema>;
/** A rule that was broken, with the first places. */
export type BrokenRule = ContractOutcome['broken'][number];
/** Where a rule is broken. */
export type Place = BrokenRule['places'][number];
