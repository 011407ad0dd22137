/** Where a rule is broken, as whoever mends the file looks for it. */
import type { Place } from '../../wire/contracts';
import { code, count, type Words } from '../../words';

const HEADS = ['Cell in a spreadsheet', 'Row of data', 'Column', 'Line of the file', 'Byte'];
const FIRST_HEAD = 'Stands first in';

/** The heads of a table of places: with where a value stands for the first time, if any of them says so. */
export function placeHeads(places: readonly Place[]): readonly string[] {
  return places.some(({ first }) => first) ? [...HEADS, FIRST_HEAD] : HEADS;
}

/** The cells of one place. */
export function placeCells(place: Place): Words[] {
  return [
    cellOf(place),
    place.row === 0 ? 'the header' : count(place.row),
    place.column === undefined ? '' : code(place.column),
    place.line === undefined ? '' : count(place.line),
    place.byte === undefined ? '' : count(place.byte),
    ...(place.first ? [firstInWords(place)] : []),
  ];
}

/** Where a value that occurs again stands for the first time: its cell, line and byte. */
function firstInWords({ field, first }: Place): string {
  if (!first) return '';
  return [
    cellOf({ row: first.row, field }),
    first.line === undefined ? undefined : `line ${count(first.line)}`,
    first.byte === undefined ? undefined : `byte ${count(first.byte)}`,
  ]
    .filter((each) => each !== undefined)
    .join(', ');
}

/** `C7`: the header is row 1 of a spreadsheet. Only the row where no column has a letter. */
export function cellOf({
  row,
  field,
}: {
  readonly row: number;
  readonly field?: number | undefined;
}): string {
  const letters = field === undefined ? 'row ' : lettersOf(field);
  return `${letters}${row + 1}`;
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
