/** Sets talk to the width of a terminal. */
import { wrapped } from '../words';

/** No line is longer, however wide the terminal is, and where nobody says how wide. */
export const WIDEST = 100;

/**
 * Talk as a terminal shows it: a line that is longer than the terminal is wide goes on in the next, and breaks between words. Lines
 * that are set already, as tables, code and commands are, stay as they are.
 * @param width of the terminal in cells; undefined where there is none
 */
export function inWidth(text: string, width: number | undefined): string {
  if (width === undefined) return text;
  const cells = Math.min(width, WIDEST) - 1;
  return text
    .split('\n')
    .flatMap((line) => (SET.test(line) || line.includes('\u001b') ? [line] : wrapped(line, cells)))
    .join('\n');
}

/** What begins with a space or a mark of a drawing, or holds columns or a rule. */
const SET = /^[\s=]|\S {2,}|\|/;
