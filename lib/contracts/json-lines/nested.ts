/**
 * Holds objects and lists within a row against the contract. Parquet’s are written as JSON and held against it here as well, so
 * that both mean the same.
 */

import { canonicalValue } from './canonical';
import * as characters from './characters';
import { decodeString, hasEscape } from './decode';
import { MOST_DEPTH } from './limits';
import type { Pending } from './pending';
import { endOfString, pastMany, pastNumber, pastSpace, pastValue, pastWord, stop } from './scan';
import { AS_NUMBER, AS_STRING, AS_TRUTH, type Members, type ScalarShape, type Shape } from './shape';

// Kept here: where modules are not bundled, a name of another is looked up at each use, which is once for each byte.
const { COLON, isDigit, LIST, LIST_END, MINUS, OBJECT, OBJECT_END, QUOTE } = characters;

/** What all values of one file are told to. */
export interface NestedContext {
  readonly pending: Pending;
  /** The number of the fault that a member breaks which the contract does not know. */
  readonly unknownMember: number;
  /** What of the column is being read, in the plan. */
  column: number;
  /** Decoded strings are written here: at least as long as the line. */
  scratch: Uint8Array;
}

/**
 * Reads a value and holds it against its shape.
 * @param start its first byte
 * @returns the first byte behind it; `null` and the empty string are no value, which `isNothing` tells
 * @throws LineError where it is not JSON
 */
export function nestedValue(
  bytes: Uint8Array,
  start: number,
  shape: Shape,
  context: NestedContext,
  depth: number,
): number {
  if (depth > MOST_DEPTH) return stop(start, 'too-large');
  const byte = bytes[start];
  if (byte === 0x6e) return pastWord(bytes, start);
  if (isNothing(bytes, start)) return start + 2;
  switch (shape.kind) {
    case 'object':
      if (byte === OBJECT) return object(bytes, start, shape.members, context, depth);
      break;
    case 'list':
      if (byte === LIST) return list(bytes, start, shape, context, depth);
      break;
    case 'scalar':
      return scalar(bytes, start, shape, context, depth);
  }
  context.pending.add(shape.typeRule, context.column, start);
  return pastValue(bytes, start, depth);
}

/** Whether a value that begins so is none: `null`, or a string without characters. */
export function isNothing(bytes: Uint8Array, start: number): boolean {
  return bytes[start] === 0x6e || (bytes[start] === QUOTE && bytes[start + 1] === QUOTE);
}

function scalar(
  bytes: Uint8Array,
  start: number,
  shape: ScalarShape,
  context: NestedContext,
  depth: number,
): number {
  const byte = bytes[start];
  let end: number;
  let kind: number;
  if (byte === QUOTE) {
    const quote = endOfString(bytes, start + 1);
    if (shape.accepts & AS_STRING) {
      if (hasEscape(bytes, start + 1, quote)) {
        const to = decodeString(bytes, start + 1, quote, context.scratch, 0);
        ask(context.scratch, 0, to, start, shape, context);
      } else ask(bytes, start + 1, quote, start, shape, context);
      return quote + 1;
    }
    end = quote + 1;
    kind = AS_STRING;
  } else if (byte === MINUS || isDigit(byte)) {
    end = pastNumber(bytes, start);
    kind = AS_NUMBER;
  } else if (byte === OBJECT || byte === LIST) {
    end = pastValue(bytes, start, depth);
    kind = 0;
  } else {
    end = pastWord(bytes, start);
    kind = AS_TRUTH;
  }
  if (shape.accepts & kind) ask(bytes, start, end, start, shape, context);
  else context.pending.add(shape.typeRule, context.column, start);
  return end;
}

function ask(
  bytes: Uint8Array,
  from: number,
  to: number,
  place: number,
  { rules }: ScalarShape,
  { pending, column }: NestedContext,
): void {
  if (rules.holds(bytes, from, to)) return;
  for (const rule of rules.broken(bytes, from, to)) pending.add(rule, column, place);
}

function object(
  bytes: Uint8Array,
  start: number,
  members: Members,
  context: NestedContext,
  depth: number,
): number {
  const seen = new Set<string>();
  const present = new Set<number>();
  const end = pastMany(bytes, start, OBJECT_END, (at) => {
    if (bytes[at] !== QUOTE) stop(at);
    const quote = endOfString(bytes, at + 1);
    const name = nameOf(bytes, at + 1, quote);
    if (seen.has(name)) stop(at, 'duplicate-member');
    seen.add(name);
    const colon = pastSpace(bytes, quote + 1);
    if (bytes[colon] !== COLON) stop(colon);
    const value = pastSpace(bytes, colon + 1);
    const member = members.byName.get(name);
    if (!member) {
      context.pending.add(context.unknownMember, context.column, at);
      return pastValue(bytes, value, depth + 1);
    }
    if (!isNothing(bytes, value)) present.add(member.number);
    return nestedValue(bytes, value, member.shape, context, depth + 1);
  });
  for (const { number, required } of members.all)
    if (required >= 0 && !present.has(number)) context.pending.add(required, context.column, start);
  return end;
}

function list(
  bytes: Uint8Array,
  start: number,
  shape: Extract<Shape, { kind: 'list' }>,
  context: NestedContext,
  depth: number,
): number {
  const { pending, column } = context;
  let count = 0;
  let repeats = false;
  const known = shape.uniqueItems === undefined ? undefined : new Set<string>();
  const end = pastMany(bytes, start, LIST_END, (at) => {
    count++;
    const behind = nestedValue(bytes, at, shape.items, context, depth + 1);
    if (known) {
      const item = canonicalValue(bytes, at);
      if (known.has(item)) repeats = true;
      known.add(item);
    }
    return behind;
  });
  if (shape.minItems && count < shape.minItems.value) pending.add(shape.minItems.rule, column, start);
  if (shape.maxItems && count > shape.maxItems.value) pending.add(shape.maxItems.rule, column, start);
  if (repeats && shape.uniqueItems !== undefined) pending.add(shape.uniqueItems, column, start);
  return end;
}

/** The name of a member as Latin-1 of its bytes, its escapes taken out. */
export function nameOf(bytes: Uint8Array, from: number, to: number): string {
  let name = bytes;
  let start = from;
  let end = to;
  if (hasEscape(bytes, from, to)) {
    name = new Uint8Array(to - from);
    start = 0;
    end = decodeString(bytes, from, to, name, 0);
  }
  return Buffer.from(name.buffer, name.byteOffset + start, end - start).toString('latin1');
}
