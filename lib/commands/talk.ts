/** Talk: what is said to somebody beside the results, in lines of the terminal’s width. */
import { wrapped } from '../words';
import type { Terminal } from './terminal';

/** No line is longer, however wide the terminal is, and where nobody says how wide. */
const WIDEST = 100;

/** Says something. The lines of each text begin with `first`, and those after the first line with `rest`. */
export function talker({ err, width = WIDEST }: Terminal) {
  const cells = Math.min(width, WIDEST) - 1;
  return (text: string, first = '', rest = '') => err(`${wrapped(text, cells, first, rest).join('\n')}\n`);
}
