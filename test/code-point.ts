/** Any character there is, for properties about text. */
import fc from 'fast-check';

/** How many code points are no characters by themselves, but halves of a pair in UTF-16; and the first of them. */
const HALVES = 0x800;
const FIRST_HALF = 0xd800;
const MOST = 0x10ffff;

/**
 * One character of Unicode, of every plane: what `unit: 'binary'` of fast-check gives, which keeps a table of all of them, 85 MB,
 * for as long as the process lives.
 */
export const CODE_POINT: fc.Arbitrary<string> = fc.integer({ min: 0, max: MOST - HALVES }).map(
  (each) => String.fromCodePoint(each < FIRST_HALF ? each : each + HALVES),
  (text) => {
    const [char, ...others] = typeof text === 'string' ? text : '';
    const at = char?.codePointAt(0);
    if (at === undefined || others.length > 0 || (at >= FIRST_HALF && at < FIRST_HALF + HALVES))
      throw new Error('no character');
    return at < FIRST_HALF ? at : at - HALVES;
  },
);
