/** Results as lines: within the width of a terminal that shows them, and each whole where they go to a file or another program. */
import { wrapped } from '../words';
import type { Terminal } from './terminal';

/** Lines, each ended by a line feed. What does not fit goes on below, two cells further in. */
export function resultLines(lines: readonly string[], { outWidth }: Terminal): string {
  return lines.map((line) => `${resultLine(line, '', outWidth)}\n`).join('');
}

/** One line, with what stands before it in its first cells; what does not fit goes on below, beside that. */
export function resultLine(line: string, label: string, outWidth: number | undefined): string {
  if (outWidth === undefined || label.length + line.length < outWidth) return label + line;
  const indent = /^ */.exec(line)?.[0] ?? '';
  const rest = ' '.repeat(label.length === 0 ? indent.length + 2 : label.length + indent.length);
  return wrapped(line.trimStart(), outWidth - 1, label + indent, rest).join('\n');
}
