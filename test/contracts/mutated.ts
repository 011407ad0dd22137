/**
 * Changes files as damage, mistakes and malice do: a few bytes here and there, numbers that are as large as they can be, parts
 * left out, repeated or put elsewhere. The same seed makes the same changes.
 */
import type { Random } from '../bench/random';

/** Numbers that lengths and counts break at: of one, two, four and eight bytes, and of Parquet’s and Thrift’s varying ones. */
const NUMBERS: readonly (readonly number[])[] = [
  [0],
  [1],
  [0x7f],
  [0x80],
  [0xff],
  [0xff, 0x7f],
  [0xff, 0xff],
  [0, 0, 0, 0x80],
  [0xff, 0xff, 0xff, 0x7f],
  [0xff, 0xff, 0xff, 0xff],
  [0xff, 0xff, 0xff, 0xff, 0x0f],
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
];
/** What means something in CSV and JSON. */
const SIGNS = '"\'\\,;:{}[]\r\n\t 0-+.eE\0u\u00ff';

type Change = (bytes: Buffer, below: (most: number) => number) => Buffer;

const CHANGES: readonly Change[] = [
  (bytes, below) => {
    const at = below(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8));
    return bytes;
  },
  (bytes, below) => {
    bytes[below(bytes.length)] = below(256);
    return bytes;
  },
  (bytes, below) => {
    const number = NUMBERS[below(NUMBERS.length)] ?? [];
    bytes.set(number.slice(0, bytes.length), below(Math.max(1, bytes.length - number.length)));
    return bytes;
  },
  (bytes, below) => {
    const at = below(bytes.length);
    return Buffer.concat([
      bytes.subarray(0, at),
      Buffer.from(SIGNS[below(SIGNS.length)] ?? '', 'latin1'),
      bytes.subarray(at),
    ]);
  },
  (bytes, below) => bytes.subarray(0, below(bytes.length)),
  (bytes, below) => {
    const from = below(bytes.length);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + 1 + below(40))]);
  },
  (bytes, below) => {
    const from = below(bytes.length);
    const part = bytes.subarray(from, from + 1 + below(200));
    const to = below(bytes.length);
    return Buffer.concat([bytes.subarray(0, to), part, bytes.subarray(to)]);
  },
];

/** A changed copy of a file. @param tail how often, of ten times, changes are made in its last part, where Parquet and zip say what is where */
export function mutated(file: Uint8Array, random: Random, tail = 0): Buffer {
  const below = (most: number) => Math.floor(random.next() * Math.max(1, most));
  let bytes: Buffer = Buffer.from(file);
  for (let left = 1 + below(4); left > 0 && bytes.length > 0; left--) {
    const change = CHANGES[below(CHANGES.length)];
    if (!change) break;
    if (below(10) < tail) {
      const from = bytes.length - Math.min(bytes.length, 1 + below(2_000));
      bytes = Buffer.concat([bytes.subarray(0, from), change(Buffer.from(bytes.subarray(from)), below)]);
    } else bytes = change(bytes, below);
  }
  return bytes;
}
