/** What a mistake in a register is: a sound register with one thing in it that is wrong. */
import type { RegisterFile } from '../../../lib/register/folder';
import type { Edit } from '../samples';

export interface Mistake {
  /** What was done, and where: `date-day-first at agreements/benefit-awards.yaml:43`. */
  readonly name: string;
  readonly edits: readonly Edit[];
}

/** The lines that differ between the sound register and the mistaken one, of one file; counted from 1, the end exclusive. */
export interface Changed {
  readonly file: string;
  readonly from: number;
  /** End of the stretch in the mistaken file. */
  readonly to: number;
  /** What the sound register has there. */
  readonly sound: readonly string[];
  /** The line of the mistaken file that the stretch is a part of: the name of its group. */
  readonly group: number;
}

/** What a mistake changed, file by file; a file that is new or gone is changed as a whole. */
export function changedBy(sound: readonly RegisterFile[], mistaken: readonly RegisterFile[]): Changed[] {
  const before = new Map(sound.map(({ path, bytes }) => [path, linesOf(bytes)]));
  const after = new Map(mistaken.map(({ path, bytes }) => [path, linesOf(bytes)]));
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((file) => {
    const was = before.get(file) ?? [];
    const is = after.get(file) ?? [];
    if (was.join('\n') === is.join('\n') && before.has(file) === after.has(file)) return [];
    let from = 0;
    while (from < was.length && from < is.length && was[from] === is[from]) from++;
    let back = 0;
    while (back < Math.min(was.length, is.length) - from && was.at(-1 - back) === is.at(-1 - back)) back++;
    const replaced = was.slice(from, was.length - back);
    return [
      {
        file,
        from: from + 1,
        to: is.length - back + 1,
        sound: replaced,
        group: groupOf(replaced.length > 0 ? was : is, from),
      },
    ];
  });
}

/** The nearest line above that begins further left, or that begins the item which a line belongs to; the first if none does. */
function groupOf(lines: readonly string[], at: number): number {
  const column = columnOf(lines[at] ?? '');
  const above = lines.findLastIndex(
    (each, index) =>
      index < at && (each.search(/\S/) < column || (/^ *- /.test(each) && columnOf(each) === column)),
  );
  return Math.max(above, 0) + 1;
}

function columnOf(line: string): number {
  return Math.max(line.replace(/- /, '  ').search(/\S/), 0);
}

export function linesOf(bytes: Uint8Array): string[] {
  return Buffer.from(bytes).toString('utf8').split('\n');
}
