/**
 * The record as tables: CSV as the tabular data standard has it (RFC 4180 in UTF-8, one header row), with what each column is in CSV
 * on the Web. What is withheld is empty, and `withheld.csv` says which it is.
 * @see https://www.gov.uk/government/publications/recommended-open-standards-for-government/tabular-data-standard
 * @see https://www.w3.org/TR/tabular-metadata/
 */
import { openCsv } from '../words';
import type { PublicAgreement, PublicRecord } from './public-record';

type Value = string | number | boolean | undefined;

/** A column: its name, what it says, and what its values are. */
type Column = readonly [
  name: string,
  says: string,
  datatype: 'string' | 'date' | 'duration' | 'integer' | 'boolean',
];

/** One table. */
export interface PublicTable {
  readonly name: string;
  readonly about: string;
  readonly columns: readonly Column[];
  /** The columns that no two rows have alike. */
  readonly key: readonly string[];
  readonly rows: readonly (readonly Value[])[];
}

/** Every table, in the order in which they are listed. */
export function tablesOf(record: PublicRecord): readonly PublicTable[] {
  const each = (rows: (agreement: PublicAgreement) => readonly (readonly Value[])[]) =>
    record.agreements.flatMap((agreement) => rows(agreement).map((row) => [agreement.id, ...row]));
  const agreement: Column = ['agreement', 'The permanent handle of the agreement', 'string'];
  return [
    {
      name: 'agreements',
      about: 'each agreement, why, under which law and for how long',
      columns: [
        agreement,
        ['title', 'What it is called', 'string'],
        ['aim', 'What it is to achieve', 'string'],
        ['necessity', 'Why that needs the data', 'string'],
        ['regime', 'The regime of data protection law', 'string'],
        ['gateway', 'The legal power or gateway', 'string'],
        ['starts', 'The first day', 'date'],
        ['ends', 'The last day', 'date'],
        ['review', 'The day by which it is looked at again', 'date'],
        ['kept_for', 'How long a recipient keeps its copy at most', 'duration'],
        ['disposal', 'How it disposes of its copy', 'string'],
      ],
      key: ['agreement'],
      rows: each((of) => [
        [
          ...[of.title, of.aim, of.necessity, of.regime, of.gateway, of.starts, of.ends, of.review],
          of.retention?.period,
          of.retention?.disposal,
        ],
      ]),
    },
    {
      name: 'shares',
      about: 'who lets whom collect, and whether it is in force today',
      columns: [
        agreement,
        ['owner', 'The handle of the organisation that shares', 'string'],
        ['owner_name', 'Its name', 'string'],
        ['recipient', 'The handle of the organisation that gets it', 'string'],
        ['recipient_name', 'Its name', 'string'],
        ['state', 'Whether it is in force', 'string'],
      ],
      key: ['agreement', 'owner', 'recipient'],
      rows: each(({ shares = [] }) =>
        shares.map(({ owner, recipient, state }) => [
          owner.id,
          owner.name,
          recipient.id,
          recipient.name,
          state,
        ]),
      ),
    },
    listed('items', 'item', 'what is shared', 'A data item', each, ({ items }) => items),
    listed('people', 'group', 'whom it is about', 'A group of people', each, ({ subjects }) => subjects),
    listed('uses', 'use', 'what it may be used for', 'A permitted use', each, (of) => of.permittedUses),
    listed(
      'not-for',
      'use',
      'what it may not be used for',
      'A prohibited use',
      each,
      (of) => of.prohibitedUses,
    ),
    {
      name: 'transfers',
      about: 'how often, in each quarter that has ended; fewer than ten are not told',
      columns: [
        agreement,
        ['quarter', 'Three months of the calendar', 'string'],
        ['from', 'The first day of the quarter', 'date'],
        ['until', 'The last day of the quarter', 'date'],
        ['transfers', 'How many there were; empty where there were fewer than 10', 'integer'],
        ['fewer_than_10', 'Whether there were fewer than 10, or none', 'boolean'],
      ],
      key: ['agreement', 'quarter'],
      rows: each(({ quarters = [] }) =>
        quarters.map(({ name, from, until, transfers }) => [
          name,
          from,
          until,
          transfers,
          transfers === undefined,
        ]),
      ),
    },
    {
      name: 'withheld',
      about: 'what is withheld, and why',
      columns: [
        agreement,
        ['setting', 'What is withheld, by the name of its setting', 'string'],
        ['reason', 'Why', 'string'],
      ],
      key: ['agreement', 'setting'],
      rows: each(({ withheld, reason }) => withheld.map((setting) => [setting, reason])),
    },
  ];
}

/** A table of what an agreement lists. */
function listed(
  name: string,
  column: string,
  about: string,
  says: string,
  each: (
    rows: (agreement: PublicAgreement) => readonly (readonly Value[])[],
  ) => readonly (readonly Value[])[],
  list: (agreement: PublicAgreement) => readonly string[] | undefined,
): PublicTable {
  return {
    name,
    about,
    columns: [
      ['agreement', 'The permanent handle of the agreement', 'string'],
      [column, says, 'string'],
    ],
    key: ['agreement', column],
    rows: each((agreement) => (list(agreement) ?? []).map((item) => [item])),
  };
}

/** A table as CSV. */
export function tableCsv({ columns, rows }: PublicTable): string {
  return openCsv(
    columns.map(([name]) => name),
    rows.map((row) => row.map((value) => (value === undefined ? '' : String(value)))),
  );
}

/** What the columns of all tables are. */
export function tablesMetadata(tables: readonly PublicTable[]): string {
  const metadata = {
    '@context': ['http://www.w3.org/ns/csvw', { '@language': 'en' }],
    dialect: { encoding: 'utf-8', header: true, delimiter: ',', quoteChar: '"', doubleQuote: true },
    tables: tables.map(({ name, about, columns, key }) => ({
      url: `${name}.csv`,
      'dc:description': about,
      tableSchema: {
        columns: columns.map(([column, says, datatype]) => ({
          name: column,
          titles: column,
          'dc:description': says,
          datatype,
          required: key.includes(column),
        })),
        primaryKey: key,
        ...(name === 'agreements'
          ? {}
          : {
              foreignKeys: [
                {
                  columnReference: ['agreement'],
                  reference: { resource: 'agreements.csv', columnReference: ['agreement'] },
                },
              ],
            }),
      },
    })),
  };
  return `${JSON.stringify(metadata, null, 2)}\n`;
}
