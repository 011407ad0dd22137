/** Where a rule is broken, as whoever mends the file looks for it: that differs by the form of the file. */
import type { FileForm, Place } from '../../wire/contracts';
import { code, count, type Words } from '../../words';

/** A column of a table of places. */
interface PlaceColumn {
  readonly head: string;
  readonly cell: (place: Place) => Words;
}

const COLUMN: PlaceColumn = {
  head: 'Column',
  cell: ({ column }) => (column === undefined ? '' : code(column)),
};
const LINE: PlaceColumn = { head: 'Line of the file', cell: ({ line }) => counted(line) };
const BYTE: PlaceColumn = { head: 'Byte', cell: ({ byte }) => counted(byte) };

/** What is told of a place, of each form. */
const COLUMNS: Readonly<Record<FileForm, readonly PlaceColumn[]>> = {
  csv: [
    { head: 'Cell in a spreadsheet', cell: cellOf },
    { head: 'Row of data', cell: ({ row }) => (row === 0 ? 'the header' : count(row)) },
    COLUMN,
    LINE,
    BYTE,
  ],
  'json-lines': [
    { head: LINE.head, cell: ({ row, line = row }) => (line === 0 ? 'the file' : count(line)) },
    { ...COLUMN, head: 'Member' },
    BYTE,
  ],
  parquet: [
    { head: 'Row', cell: ({ row }) => (row === 0 ? 'the file' : count(row)) },
    { head: 'Row group', cell: ({ group }) => counted(group) },
    {
      ...COLUMN,
      cell: (place) =>
        place.column === undefined && place.field !== undefined
          ? columnByNumber(place.field)
          : COLUMN.cell(place),
    },
  ],
};

/** A table of places has this further column where a value occurs again. */
const FIRST_HEAD = 'Stands first in';

/** The heads of a table of places. */
export function placeHeads(form: FileForm, places: readonly Place[]): readonly string[] {
  const heads = COLUMNS[form].map(({ head }) => head);
  return places.some(({ first }) => first) ? [...heads, FIRST_HEAD] : heads;
}

/** The cells of one place. */
export function placeCells(form: FileForm, place: Place): Words[] {
  return [
    ...COLUMNS[form].map(({ cell }) => cell(place)),
    ...(place.first ? [firstInWords(form, place)] : []),
  ];
}

/** Where a value that occurs again stands for the first time. */
function firstInWords(form: FileForm, { field, first }: Place): string {
  if (!first) return '';
  const { row, group, line, byte } = first;
  const told = {
    csv: [cellOf({ row, field }), line && `line ${count(line)}`],
    'json-lines': [`line ${count(line ?? row)}`],
    parquet: [`row ${count(row)}`, group && `row group ${count(group)}`],
  }[form];
  return [...told, byte !== undefined && `byte ${count(byte)}`].filter(Boolean).join(', ');
}

/** A column of which the contract has no name: names in a file could be anything. */
export function columnByNumber(field: number): string {
  return `number ${count(field)} of the file`;
}

/** `C7`: the header is row 1 of a spreadsheet. Only the row where no column has a letter. */
export function cellOf({ row, field }: Pick<Place, 'row' | 'field'>): string {
  const letters = field === undefined ? 'row ' : lettersOf(field);
  return `${letters}${row + 1}`;
}

function counted(value: number | undefined): string {
  return value === undefined ? '' : count(value);
}

/** 1 is A, 27 is AA. */
function lettersOf(field: number): string {
  let left = field;
  let letters = '';
  while (left > 0) {
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
    left = Math.floor((left - 1) / 26);
  }
  return letters;
}
