/**
 * A quick look at bytes that says of nearly all canonical JSON (RFC 8785) that it is: in one pass, in which no more is made of
 * it than the fields that are asked for. What it does not take may be canonical all the same, and is for `parseCanonical` to
 * judge.
 */
import { bytesOf } from './bytes';

/** A field that is asked for, by a name of ASCII: all of its value, or what is asked for below it where that is an object. */
export interface Field {
  readonly name: string;
  /** Of its name. */
  readonly codes: readonly number[];
  readonly below: readonly Field[] | undefined;
}

/** What is asked for of an object, and where it goes. */
interface Asked {
  /** The same as the bytes, character for character. */
  readonly text: string;
  /** In the order of their names. */
  readonly fields: readonly Field[];
  readonly into: Record<string, unknown>;
}
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const FIRST_PRINTABLE = 0x20;
const FIRST_BEYOND_ASCII = 0x80;
/** Whole numbers of so many digits are exact, and are written without an exponent. */
const MOST_DIGITS = 15;
/** Deeper than this is left to `parseCanonical`. */
const MOST_DEPTH = 64;
/** Lists and objects that were parsed last: many entries have the same. */
const parsed = new Map<string, unknown>();
const MOST_KEPT = 1000;
/** No text of JSON is there. */
const NOT = -1;
/** What may follow a backslash where nothing shorter stands for the same: `"`, `\`, b, f, n, r, t. */
const ESCAPES = bytesThat((byte) => '"\\bfnrt'.includes(String.fromCharCode(byte)));
/** What stands in a text as it is: bytes beyond ASCII too, which are UTF-8. */
const PLAIN = bytesThat((byte) => byte >= FIRST_PRINTABLE && byte !== QUOTE && byte !== BACKSLASH);
const PLAIN_ASCII = bytesThat((byte) => byte < FIRST_BEYOND_ASCII && PLAIN[byte] === 1);
const WORDS = ['true', 'false', 'null'].map((word) => Array.from(word, (letter) => letter.charCodeAt(0)));

/**
 * These fields of an object that is certainly canonical JSON: of ASCII, with keys without escapes, in their order and each once,
 * whole numbers, texts with no escape but the short ones, and no space. Undefined of all else.
 * @param text what the bytes are, as UTF-8
 */
export function plainFields(
  bytes: Uint8Array,
  text: string,
  fields: readonly Field[],
): Record<string, unknown> | undefined {
  if (text.length !== bytes.length || bytes[0] !== OPEN_OBJECT) return undefined;
  const into: Record<string, unknown> = {};
  return objectEnd(bytes, 1, 1, { text, fields, into }) === bytes.length ? into : undefined;
}

/** Fields by their paths, such as `metadata.version`. */
export function fieldsAt(paths: readonly string[]): readonly Field[] {
  const names = new Map<string, string[]>();
  for (const path of paths) {
    const [name = '', ...rest] = path.split('.');
    names.set(name, [...(names.get(name) ?? []), rest.join('.')]);
  }
  const inOrder = [...names].sort(([a], [b]) => (a < b ? -1 : 1));
  return inOrder.map(([name, below]) => ({
    name,
    codes: [...bytesOf(name)],
    below: below.includes('') ? undefined : fieldsAt(below),
  }));
}

/** The place after the value that begins here, or `NOT`. */
function valueEnd(bytes: Uint8Array, at: number, depth: number): number {
  const first = bytes[at];
  if (first === QUOTE) return textEnd(bytes, at + 1);
  if (first === OPEN_OBJECT) return depth > MOST_DEPTH ? NOT : objectEnd(bytes, at + 1, depth + 1);
  if (first === OPEN_LIST) return depth > MOST_DEPTH ? NOT : listEnd(bytes, at + 1, depth + 1);
  if (first !== undefined && (first === MINUS || (first >= ZERO && first <= NINE)))
    return numberEnd(bytes, at);
  for (const word of WORDS)
    if (first === word[0])
      return word.every((letter, n) => bytes[at + n] === letter) ? at + word.length : NOT;
  return NOT;
}

/** Past the last byte there is none that a text may have, so the end needs no looking out for. */
function textEnd(bytes: Uint8Array, from: number): number {
  for (let at = from; ; at++) {
    while (PLAIN[bytes[at] ?? 0] === 1) at += 1;
    const byte = bytes[at];
    if (byte === QUOTE) return at + 1;
    if (byte !== BACKSLASH) return NOT;
    at += 1;
    if (ESCAPES[bytes[at] ?? 0] !== 1) return NOT;
  }
}

function numberEnd(bytes: Uint8Array, from: number): number {
  const start = bytes[from] === MINUS ? from + 1 : from;
  let at = start;
  for (let byte = bytes[at] ?? 0; byte >= ZERO && byte <= NINE; byte = bytes[at] ?? 0) at += 1;
  const digits = at - start;
  // Zero stands by itself, and has no sign.
  if (digits === 0 || digits > MOST_DIGITS) return NOT;
  return bytes[start] === ZERO && (digits > 1 || start > from) ? NOT : at;
}

function listEnd(bytes: Uint8Array, from: number, depth: number): number {
  if (bytes[from] === CLOSE_LIST) return from + 1;
  for (let at = from; ; at++) {
    at = valueEnd(bytes, at, depth);
    if (at === NOT) return NOT;
    if (bytes[at] === CLOSE_LIST) return at + 1;
    if (bytes[at] !== COMMA) return NOT;
  }
}

function objectEnd(bytes: Uint8Array, from: number, depth: number, asked?: Asked): number {
  if (bytes[from] === CLOSE_OBJECT) return from + 1;
  /** The key before: its first byte, and the place after its last. */
  let before = NOT;
  let beforeEnd = NOT;
  /** The first field that no key has passed: both are in their order. */
  let next = 0;
  for (let at = from; ; at++) {
    if (bytes[at] !== QUOTE) return NOT;
    const key = at + 1;
    const end = keyEnd(bytes, key);
    if (end === NOT || bytes[end + 1] !== COLON) return NOT;
    if (before !== NOT && !precedes(bytes, before, beforeEnd, key, end)) return NOT;
    before = key;
    beforeEnd = end;
    let order = 1;
    if (asked)
      while (next < asked.fields.length) {
        order = orderOf(asked.fields[next] as Field, bytes, key, end);
        if (order > 0) break;
        next += 1;
        if (order === 0) break;
      }
    at =
      asked && order === 0
        ? takenEnd(bytes, end + 2, depth, asked, asked.fields[next - 1] as Field)
        : valueEnd(bytes, end + 2, depth);
    if (at === NOT) return NOT;
    if (bytes[at] === CLOSE_OBJECT) return at + 1;
    if (bytes[at] !== COMMA) return NOT;
  }
}

/** How the name of a field and the key that stands here are ordered: below 0 if the name comes first, 0 if they are the same. */
function orderOf({ codes }: Field, bytes: Uint8Array, from: number, end: number): number {
  const length = end - from;
  for (let n = 0; n < codes.length; n++) {
    if (n === length) return 1;
    const difference = (codes[n] ?? 0) - (bytes[from + n] ?? 0);
    if (difference !== 0) return difference;
  }
  return codes.length - length;
}

/** Takes the value that begins here, or what is asked for of it; gives the place after it. */
function takenEnd(bytes: Uint8Array, at: number, depth: number, { text, into }: Asked, field: Field): number {
  const { name, below } = field;
  if (below && bytes[at] === OPEN_OBJECT) {
    const inner: Record<string, unknown> = {};
    into[name] = inner;
    return depth > MOST_DEPTH
      ? NOT
      : objectEnd(bytes, at + 1, depth + 1, { text, fields: below, into: inner });
  }
  const end = valueEnd(bytes, at, depth);
  if (end !== NOT) into[name] = valueIn(bytes, text, at, end);
  return end;
}

/** The value that stands there: numbers, most texts and what came before, without a parser. */
function valueIn(bytes: Uint8Array, text: string, from: number, end: number): unknown {
  const first = bytes[from] ?? 0;
  if (first >= ZERO && first <= NINE) {
    let number = 0;
    for (let at = from; at < end; at++) number = number * 10 + (bytes[at] ?? 0) - ZERO;
    return number;
  }
  const json = text.slice(from, end);
  if (first === QUOTE && !json.includes('\\')) return json.slice(1, -1);
  const known = parsed.get(json);
  if (known !== undefined) return known;
  const value: unknown = JSON.parse(json);
  if (parsed.size === MOST_KEPT) parsed.clear();
  parsed.set(json, value);
  return value;
}

/** The place of the quote after a key: of ASCII, where the order of bytes is that of UTF-16, and without escapes. */
function keyEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (PLAIN_ASCII[bytes[at] ?? 0] === 1) at += 1;
  return bytes[at] === QUOTE ? at : NOT;
}

/** Whether the key from a to before aEnd comes before that from b to before bEnd, and is not the same. */
function precedes(bytes: Uint8Array, a: number, aEnd: number, b: number, bEnd: number): boolean {
  for (let n = 0; ; n++) {
    if (a + n === aEnd) return b + n < bEnd;
    if (b + n === bEnd) return false;
    const difference = (bytes[a + n] ?? 0) - (bytes[b + n] ?? 0);
    if (difference !== 0) return difference < 0;
  }
}

/** A table of all bytes: 1 for those that are so. */
function bytesThat(isSo: (byte: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => (isSo(byte) ? 1 : 0));
}
