/** That rows and values of CSV are found whatever they hold, however they are written and in whatever pieces they come. */
import * as fc from 'fast-check';
import { readHeader } from '../../../lib/contracts/engine/header';
import { Input } from '../../../lib/contracts/engine/input';
import { Scanner } from '../../../lib/contracts/engine/scanner';
import { tablesOf } from '../../../lib/contracts/engine/tables';
import { CODE_POINT } from '../../code-point';

/** Reads a table, piece by piece. */
function read(bytes: Uint8Array, borders: readonly number[] = []) {
  const header = readHeader(bytes, true);
  if (!header || 'fault' in header) throw new Error(`no header: ${JSON.stringify(header)}`);
  const width = header.names.length;
  const rows: string[][] = [];
  const faults: string[] = [];
  const input = new Input(header.end);
  const scanner: Scanner = new Scanner(
    tablesOf(header.names.map(() => ({ machine: undefined, required: false }))),
    new Uint8Array(width),
    header.lineEnd,
    {
      row() {
        rows.push(
          Array.from({ length: width }, (_, n) =>
            Buffer.from(scanner.bytes.subarray(scanner.from[n], scanner.to[n])).toString(),
          ),
        );
        if (scanner.invalid.length > 0) faults.push('encoding');
      },
      ragged: () => faults.push('field-count'),
      lineEnd: () => faults.push('line-ends'),
      stop: (fault) => faults.push(fault),
    },
    input.bytes,
  );
  let at = header.end;
  for (const end of [...new Set([...borders, bytes.length])].sort((a, b) => a - b)) {
    if (end < at) continue;
    input.add(bytes.subarray(at, end));
    at = end;
    scanner.bytes = input.bytes;
    const rest = scanner.scan(0, input.length, end === bytes.length);
    if (rest < 0) break;
    input.drop(rest);
  }
  return { names: header.names.map(({ text }) => text), rows, faults };
}

const character = fc.oneof(
  fc.constantFrom('a', ',', '"', '\n', '\r', '\r\n', '""', ' ', 'é', '€', '😀', '﻿'),
  fc.string({ unit: CODE_POINT, maxLength: 1 }).filter((char) => !char.includes('\0')),
);
const value = fc
  .array(character, { maxLength: 6 })
  .map((all) => all.join(''))
  .filter((text) => /^\P{Cs}*$/u.test(text));
/** How a file is written: how lines end, which values are in quotes that need none, whether the last line ends. */
const style = fc.record({
  end: fc.constantFrom('\n', '\r\n'),
  quotes: fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }),
  lastEnds: fc.boolean(),
});

interface Style {
  readonly end: string;
  readonly quotes: readonly boolean[];
  readonly lastEnds: boolean;
}

function write(table: readonly (readonly string[])[], { end, quotes, lastEnds }: Style): Uint8Array {
  let n = 0;
  const lines = table.map((row) =>
    row
      .map((text) => {
        const must = /[",\r\n]/.test(text);
        return must || quotes[n++ % quotes.length] ? `"${text.replaceAll('"', '""')}"` : text;
      })
      .join(','),
  );
  // A last row of one empty value without an end would be no row at all.
  const closed = lastEnds || lines.at(-1) === '';
  return Buffer.from(lines.join(end) + (closed ? end : ''));
}

const table = fc
  .integer({ min: 1, max: 4 })
  .chain((width) =>
    fc.array(fc.array(value, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }),
  )
  .filter(([names = []]) => !(names.length === 1 && names[0] === ''));

it('reads what was written, however it was written', async () => {
  await fc.assert(
    fc.property(table, style, (written, how) => {
      const { names, rows, faults } = read(write(written, how));
      expect([names, ...rows]).toEqual(written);
      expect(faults).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

it('reads the same in pieces that end at any byte', async () => {
  await fc.assert(
    fc.property(table, style, (written, how) => {
      const bytes = write(written, how);
      const whole = read(bytes);
      for (let border = 0; border <= bytes.length; border++) expect(read(bytes, [border])).toEqual(whole);
      const every = Array.from({ length: bytes.length }, (_, n) => n);
      expect(read(bytes, every)).toEqual(whole);
    }),
    { numRuns: 40 },
  );
});

it('says the same of a damaged file in pieces that end at any byte', async () => {
  const damage = fc.record({
    at: fc.nat(),
    byte: fc.constantFrom(0, 10, 13, 34, 44, 0x80, 0xc3, 0xe2, 0xff),
  });
  await fc.assert(
    fc.property(table, style, fc.array(damage, { maxLength: 3 }), (written, how, damages) => {
      const bytes = Uint8Array.from(write([['a', 'b'], ...written], how));
      const from = bytes.indexOf(10) + 1;
      for (const { at, byte } of damages)
        if (bytes.length > from) bytes[from + (at % (bytes.length - from))] = byte;
      const whole = read(bytes);
      for (let border = 0; border <= bytes.length; border++) expect(read(bytes, [border])).toEqual(whole);
    }),
    { numRuns: 60 },
  );
});
