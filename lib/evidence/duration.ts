/** Durations as people read them. */

const UNITS: readonly (readonly [letter: string, word: string])[] = [
  ['Y', 'year'],
  ['M', 'month'],
  ['W', 'week'],
  ['D', 'day'],
];

/** `P1Y6M` as `1 year and 6 months`: ISO 8601 dates only, as the register takes them. */
export function durationInWords(duration: string): string {
  const parts = UNITS.flatMap(([letter, word]) => {
    const number = new RegExp(`(\\d+)${letter}`).exec(duration)?.[1];
    return number === undefined ? [] : [`${Number(number)} ${word}${Number(number) === 1 ? '' : 's'}`];
  });
  return parts.length === 0 ? duration : parts.join(' and ');
}
