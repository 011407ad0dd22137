/** Numbers as people write them in Britain. */

/** `1,100`. */
export function count(number: number): string {
  return number.toLocaleString('en-GB');
}

/** `1 error`, `2 errors`, `1,100 policies`. @param many the plural, where it is not the noun with an s */
export function plural(number: number, noun: string, many = `${noun}s`): string {
  return `${count(number)} ${number === 1 ? noun : many}`;
}
