/** The marks that git leaves in a file where two changes met. The register lives by merges, so they are told as what they are. */
import { andList } from '../../words';
import type { Diagnostic } from '../diagnostic';

/** How each mark begins its line. The middle two stand alone; a line of text is never like the first. */
const BEGINS = /^<{7} /;
const MIDDLE = /^(?:={7}$|\|{7} )/;
const ENDS = /^>{7} /;

/**
 * One fault for each conflict, at its first mark.
 * @param lines the lines of the file
 * @see https://git-scm.com/docs/git-merge#_how_conflicts_are_presented
 */
export function mergeMarks(file: string, lines: readonly string[]): Diagnostic[] {
  return lines.flatMap((line, at) => {
    if (!BEGINS.test(line)) return [];
    const next = lines.findIndex((each, index) => index > at && BEGINS.test(each));
    const within = lines.slice(at, next < 0 ? undefined : next);
    const last = within.findIndex((each) => ENDS.test(each));
    const marks = within
      .slice(0, last < 0 ? undefined : last + 1)
      .flatMap((each, index) =>
        index === 0 || MIDDLE.test(each) || ENDS.test(each) ? [String(at + index + 1)] : [],
      );
    return [
      {
        code: 'merge-conflict',
        place: { file, line: at + 1, column: 1, endLine: at + 1, endColumn: line.length + 1 },
        message: 'git has left two versions of these lines here, and wants you to choose',
        fix:
          marks.length === 1
            ? 'delete this mark, the only one left, once the lines below it are right'
            : `keep the lines that are right, and delete the others and the marks: lines ${andList(marks)}`,
      },
    ];
  });
}
