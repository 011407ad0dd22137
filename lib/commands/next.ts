/** What can be done next: commands, each with what it is for, side by side where the terminal is wide enough. */
import { wrapped } from '../words';

/** A command as it is to be typed, and what it is for. */
export type Next = readonly [command: string, why: string];

/** The lines, without a line feed at the end. A command is never broken. @param width of the terminal, in cells */
export function nextLines(list: readonly Next[], width = Number.POSITIVE_INFINITY): string {
  const widest = Math.max(...list.map(([command]) => command.length));
  const fits = list.every(([, why]) => widest + why.length + 4 <= width);
  return list
    .map(([command, why]) =>
      fits
        ? `  ${command.padEnd(widest)}  ${why}`
        : [...wrapped(`${why}:`, width - 1, '  ', '  '), `    ${command}`].join('\n'),
    )
    .join('\n');
}
