/** Automata that no pattern says well: check digits, and lists of values. */
import { type Machine, MOST_STATES } from './machine';

const DIGITS = 10;
/** A list with more characters than that, such as of names in many scripts, is looked up. */
const MOST_CLASSES = 300;

/**
 * NHS numbers: ten digits, of which the n-th counts 11 less n times; the sum is a multiple of 11 (NHS Data Dictionary, NHS
 * NUMBER). A state is how many digits there were, and their sum so far modulo 11.
 */
export function nhsNumberMachine(): Machine {
  const next: number[] = [];
  const accepts: number[] = [];
  const dead = 11 * (DIGITS + 1);
  for (let read = 0; read <= DIGITS; read++) {
    for (let sum = 0; sum < 11; sum++) {
      accepts.push(read === DIGITS && sum === 0 ? 1 : 0);
      for (let digit = 0; digit < 10; digit++)
        next.push(read < DIGITS ? 11 * (read + 1) + ((sum + (DIGITS - read) * digit) % 11) : dead);
      next.push(dead);
    }
  }
  accepts.push(0);
  next.push(...Array.from({ length: 11 }, () => dead));
  return {
    classes: 11,
    ascii: Uint16Array.from({ length: 128 }, (_, byte) => (byte >= 48 && byte < 58 ? byte - 48 : 10)),
    starts: Uint32Array.of(128),
    classOf: Uint16Array.of(10),
    next: Uint16Array.from(next),
    accepts: Uint8Array.from(accepts),
  };
}

/** The automaton of a list of values; nothing where it would be too large. */
export function listMachine(values: readonly string[]): Machine | undefined {
  const points = new Set(values.flatMap((value) => [...value].map((char) => char.codePointAt(0) ?? 0)));
  const sorted = [...points].sort((a, b) => a - b);
  const classes = sorted.length + 1;
  if (classes > MOST_CLASSES) return undefined;
  // Class 0 is what no value has.
  const classOfChar = new Map(sorted.map((point, n) => [point, n + 1]));
  const rows: number[][] = [emptyRow(classes)];
  const accepts = [0];
  for (const value of values) {
    let state = 0;
    for (const char of value) {
      const read = classOfChar.get(char.codePointAt(0) ?? 0) ?? 0;
      let to = rows[state]?.[read] ?? -1;
      if (to < 0) {
        to = rows.length;
        if (to >= MOST_STATES - 1) return undefined;
        rows.push(emptyRow(classes));
        accepts.push(0);
        const row = rows[state];
        if (row) row[read] = to;
      }
      state = to;
    }
    accepts[state] = 1;
  }
  const dead = rows.length;
  rows.push(emptyRow(classes));
  accepts.push(0);
  // Each point from 128 on begins a range of its own, and what follows it one that no value has.
  const above = sorted.filter((point) => point >= 128);
  const starts = [...new Set([128, ...above.flatMap((point) => [point, point + 1])])].sort((a, b) => a - b);
  return {
    classes,
    ascii: Uint16Array.from({ length: 128 }, (_, byte) => classOfChar.get(byte) ?? 0),
    starts: Uint32Array.from(starts),
    classOf: Uint16Array.from(starts, (point) => classOfChar.get(point) ?? 0),
    next: Uint16Array.from(rows.flat(), (to) => (to < 0 ? dead : to)),
    accepts: Uint8Array.from(accepts),
  };
}

function emptyRow(classes: number): number[] {
  return Array.from({ length: classes }, () => -1);
}
