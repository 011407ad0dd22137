/** Holds values against the automaton of a pattern. This is all that the engine takes of patterns; what makes them stays away. */
import type { Automaton } from '../../wire/contracts';

/** Whether the whole of a stretch of valid UTF-8 matches. */
export type BytesMatcher = (bytes: Uint8Array, start: number, end: number) => boolean;
/** Whether the whole of a text matches. */
export type TextMatcher = (text: string) => boolean;

/**
 * Makes an automaton ready for use: one step for each character.
 * @throws RangeError if it points at states or classes that it does not have
 */
export function matcherOf(automaton: Automaton): { bytes: BytesMatcher; text: TextMatcher } {
  const { ascii, wide, next, accepts } = tables(automaton);
  const bytes: BytesMatcher = (value, start, end) => {
    let row = wide.width;
    for (let at = start; at < end; ) {
      const first = value[at] as number;
      let of: number;
      if (first < 0x80) {
        of = ascii[first] as number;
        at += 1;
      } else {
        const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
        let point = first & (0xff >> (length + 1));
        for (let more = 1; more < length; more += 1)
          point = (point << 6) | ((value[at + more] as number) & 0x3f);
        at += length;
        of = wide.classOf(point);
      }
      row = next[row + of] as number;
      if (row === 0) return false;
    }
    return accepts[row] === 1;
  };
  const text: TextMatcher = (value) => {
    let row = wide.width;
    for (let at = 0; at < value.length; ) {
      const point = value.codePointAt(at) as number;
      at += point > 0xff_ff ? 2 : 1;
      row = next[row + (point < 0x80 ? (ascii[point] as number) : wide.classOf(point))] as number;
      if (row === 0) return false;
    }
    return accepts[row] === 1;
  };
  return { bytes, text };
}

/** The tables with states as the offset of their row, so that a step is one look-up. */
function tables({ bounds, classes, next, accepts }: Automaton) {
  const width = Math.max(...classes) + 1;
  const states = next.length / width;
  const fault =
    classes.length !== bounds.length ||
    bounds[0] !== 0 ||
    bounds.some((each, index) => index > 0 && each <= (bounds[index - 1] as number)) ||
    !Number.isInteger(states) ||
    states < 2 ||
    [...next, ...accepts].some((state) => state >= states);
  if (fault) throw new RangeError('the automaton of a pattern points at what it does not have');
  const classOf = (point: number): number => {
    let low = 0;
    let high = bounds.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((bounds[middle] as number) <= point) low = middle;
      else high = middle - 1;
    }
    return classes[low] as number;
  };
  const accepting = new Uint8Array(next.length);
  for (const state of accepts) accepting[state * width] = 1;
  return {
    ascii: Uint16Array.from({ length: 0x80 }, (_, point) => classOf(point)),
    wide: { width, classOf },
    next: Uint32Array.from(next, (state) => state * width),
    accepts: accepting,
  };
}
