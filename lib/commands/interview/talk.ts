/** Talk: what is said to somebody beside the results, in lines of the terminal’s width. */
import { wrapped } from '../../words';
import { WIDEST } from '../in-width';
import type { Terminal } from '../terminal';

/** Says something. The lines of each text begin with `first`, and those after the first line with `rest`. */
export function talker({ err, width = WIDEST }: Terminal) {
  const cells = Math.min(width, WIDEST) - 1;
  return (text: string, first = '', rest = '') => err(`${wrapped(text, cells, first, rest).join('\n')}\n`);
}
