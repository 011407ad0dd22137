/**
 * Where the parts of JSON end, byte by byte. Every line ends with a newline, which is part of nothing, so that no step needs
 * to ask whether there are bytes left. What is not JSON is told by the place where it stops being so.
 * @see https://www.rfc-editor.org/rfc/rfc8259
 */
import * as characters from './characters';
import { MOST_DEPTH } from './limits';

// Kept here: where modules are not bundled, a name of another is looked up at each use, which is once for each byte.
const {
  BACKSLASH,
  COLON,
  COMMA,
  ENDS_RUN,
  isDigit,
  isSpace,
  LIST,
  LIST_END,
  MINUS,
  OBJECT,
  OBJECT_END,
  POINT,
  QUOTE,
  ZERO,
} = characters;

/** A line that cannot be read: thrown by number, since a file may have many of them. */
export type LineFault = 'json' | 'encoding' | 'duplicate-member' | 'too-large';

/** What stops a line from being read on. One object serves all: it holds the place of the last. */
export class LineError extends Error {
  override readonly name = 'LineError';
  fault: LineFault = 'json';
  /** In the bytes that were scanned. */
  at = 0;
  /** Of the plan; -1 where it is about no column that the plan has. */
  column = -1;
}

const LINE_ERROR = new LineError('the line cannot be read');

/** Ends the reading of a line. @param column of the plan, where it is known */
export function stop(at: number, fault: LineFault = 'json', column = -1): never {
  LINE_ERROR.fault = fault;
  LINE_ERROR.at = at;
  LINE_ERROR.column = column;
  throw LINE_ERROR;
}

/** The first byte from a place on that is not white space. */
export function pastSpace(bytes: Uint8Array, start: number): number {
  let at = start;
  while (isSpace(bytes[at])) at++;
  return at;
}

/** The closing quote of a string. @param start the first byte behind the opening one */
export function endOfString(bytes: Uint8Array, start: number): number {
  let at = start;
  for (;;) {
    while (ENDS_RUN[bytes[at] ?? 0] === 0) at++;
    const byte = bytes[at];
    if (byte === QUOTE) return at;
    if (byte !== BACKSLASH) return stop(at);
    at = pastEscape(bytes, at);
  }
}

const SHORT_ESCAPES = new Set([...'"\\/bfnrt'].map((each) => each.charCodeAt(0)));
const U = 0x75;

function pastEscape(bytes: Uint8Array, at: number): number {
  const byte = bytes[at + 1] ?? 0;
  if (SHORT_ESCAPES.has(byte)) return at + 2;
  if (byte !== U) return stop(at);
  for (let n = 2; n < 6; n++) if (hexValue(bytes[at + n]) < 0) return stop(at);
  return at + 6;
}

/** The value of a hexadecimal digit; -1 for any other byte. */
export function hexValue(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= ZERO && byte <= 0x39) return byte - ZERO;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/** The first byte behind a number. @param start its first: a minus sign or a digit */
export function pastNumber(bytes: Uint8Array, start: number): number {
  let at = bytes[start] === MINUS ? start + 1 : start;
  if (bytes[at] === ZERO) at++;
  else at = pastDigits(bytes, at);
  if (bytes[at] === POINT) at = pastDigits(bytes, at + 1);
  if (((bytes[at] ?? 0) | 0x20) === 0x65) {
    const sign = bytes[at + 1];
    at = pastDigits(bytes, sign === MINUS || sign === 0x2b ? at + 2 : at + 1);
  }
  return at;
}

function pastDigits(bytes: Uint8Array, start: number): number {
  let at = start;
  while (isDigit(bytes[at])) at++;
  return at === start ? stop(at) : at;
}

const WORDS: Readonly<Record<number, string>> = { 116: 'true', 102: 'false', 110: 'null' };

/** The first byte behind `true`, `false` or `null`. @param start its first letter, or any byte that begins nothing */
export function pastWord(bytes: Uint8Array, start: number): number {
  const word = WORDS[bytes[start] ?? 0] ?? stop(start);
  for (let n = 1; n < word.length; n++) if (bytes[start + n] !== word.charCodeAt(n)) return stop(start);
  return start + word.length;
}

/**
 * The first byte behind a value of any kind, which is JSON throughout. Members of its objects are not held against each other:
 * it is a value that nobody asked for, and the file is refused for that.
 */
export function pastValue(bytes: Uint8Array, start: number, depth: number): number {
  if (depth > MOST_DEPTH) return stop(start, 'too-large');
  switch (bytes[start]) {
    case QUOTE:
      return endOfString(bytes, start + 1) + 1;
    case OBJECT:
      return pastMany(bytes, start, OBJECT_END, (at) => {
        if (bytes[at] !== QUOTE) stop(at);
        const colon = pastSpace(bytes, endOfString(bytes, at + 1) + 1);
        if (bytes[colon] !== COLON) stop(colon);
        return pastValue(bytes, pastSpace(bytes, colon + 1), depth + 1);
      });
    case LIST:
      return pastMany(bytes, start, LIST_END, (at) => pastValue(bytes, at, depth + 1));
  }
  if (bytes[start] === MINUS || isDigit(bytes[start])) return pastNumber(bytes, start);
  return pastWord(bytes, start);
}

/**
 * Goes through what stands between brackets, separated by commas.
 * @param start the opening bracket
 * @param each is given the first byte of a member or item, and gives the first behind it
 * @returns the first byte behind the closing bracket
 */
export function pastMany(
  bytes: Uint8Array,
  start: number,
  close: number,
  each: (at: number) => number,
): number {
  let at = pastSpace(bytes, start + 1);
  if (bytes[at] === close) return at + 1;
  for (;;) {
    at = pastSpace(bytes, each(at));
    if (bytes[at] === close) return at + 1;
    if (bytes[at] !== COMMA) return stop(at);
    at = pastSpace(bytes, at + 1);
  }
}
