/**
 * Walks over what is written in Thrift’s compact protocol before the library makes objects of it. The library takes lengths
 * as they are written; here each is held against what is left, and all parts are counted, so that no small text becomes a
 * large object or a long wait.
 * @see https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
 */
import { damaged, tooLarge } from './fault';

/** The bytes end before the struct does: there may be more of them. */
export class Unfinished extends Error {
  override readonly name = 'Unfinished';
}

/** How much of one struct is taken. */
export interface ThriftLimits {
  /** The most fields and elements in all. */
  readonly parts: number;
  /** The most bytes of one text. */
  readonly text: number;
}

const MOST_DEPTH = 16;
const STOP = 0;
const TRUE = 1;
const FALSE = 2;
const BYTE = 3;
const I16 = 4;
const I32 = 5;
const I64 = 6;
const DOUBLE = 7;
const BINARY = 8;
const LIST = 9;
const STRUCT = 12;

/**
 * Where a struct ends.
 * @throws Unfinished where the bytes end before it does, ParquetError where it is none
 */
export function endOfStruct(bytes: Uint8Array, start: number, limits: ThriftLimits): number {
  let at = start;
  let parts = 0;

  const byte = (): number => {
    const value = bytes[at++];
    if (value === undefined) throw new Unfinished();
    return value;
  };
  const varint = (most: number): number => {
    let value = 0;
    for (let n = 0; n < most; n++) {
      const next = byte();
      value += (next & 0x7f) * 2 ** (7 * n);
      if (next < 0x80) return value;
    }
    return damaged('a number of the metadata does not end');
  };
  const skip = (length: number): void => {
    if (at + length > bytes.length) throw new Unfinished();
    at += length;
  };
  const element = (type: number, depth: number, inList: boolean): void => {
    if (++parts > limits.parts) tooLarge('the metadata has too many parts');
    switch (type) {
      case TRUE:
      case FALSE:
        if (inList) skip(1);
        break;
      case BYTE:
        skip(1);
        break;
      case I16:
      case I32:
        varint(5);
        break;
      case I64:
        varint(10);
        break;
      case DOUBLE:
        skip(8);
        break;
      case BINARY: {
        const length = varint(5);
        if (length > limits.text) tooLarge('a text of the metadata is too long');
        skip(length);
        break;
      }
      case LIST:
        list(depth + 1);
        break;
      case STRUCT:
        struct(depth + 1);
        break;
      default:
        damaged('the metadata has a part of a kind that Parquet does not know');
    }
  };
  const list = (depth: number): void => {
    const head = byte();
    const size = head >> 4 === 15 ? varint(5) : head >> 4;
    // Each element takes a byte at least.
    if (size > limits.parts) tooLarge('a list of the metadata is too long');
    for (let n = 0; n < size; n++) element(head & 15, depth, true);
  };
  const struct = (depth: number): void => {
    if (depth > MOST_DEPTH) damaged('the metadata is nested too deeply');
    for (;;) {
      const head = byte();
      if ((head & 15) === STOP) return;
      if (head >> 4 === 0) varint(5);
      element(head & 15, depth, false);
    }
  };

  struct(0);
  return at;
}
