/**
 * Finds the line that is not indented as the lines round it. The parser names the line at which it could not go on, which is
 * as often the right one below the wrong one.
 */
import type { Mistake } from './yaml-mistake';

/** A line with where its setting begins, after spaces and dashes, and whether it has a value. */
interface Step {
  readonly at: number;
  readonly column: number;
  readonly name: string | undefined;
  readonly hasValue: boolean;
  readonly isItem: boolean;
}

/**
 * The line above a fault of indentation, or the line itself, that is one space off, or that is not indented below its group.
 * Of a file that is not indented by twos it says nothing.
 * @param tops the names of the file’s own settings, which begin in the first column
 */
export function outOfStep(
  lines: readonly string[],
  line: number,
  tops: ReadonlySet<string>,
): Mistake | undefined {
  const steps = lines.flatMap((text, at) => (/^\s*(?:#|$)/.test(text) ? [] : [stepOf(text, at)]));
  const here = steps.findIndex((each) => each.at === line);
  if (here < 0 || steps.filter((each) => each.column % 2 === 1).length > 1) return undefined;
  for (const index of [here - 1, here]) {
    const step = steps[index];
    if (step === undefined || step.isItem) continue;
    const below = steps[index + 1];
    const meant =
      step.column % 2 === 1
        ? nearestEven(step, steps.slice(0, index), below, tops)
        : indented(step, below, tops);
    if (meant === undefined) continue;
    const count = meant === 0 ? 'no space' : `${meant} spaces`;
    return {
      line: step.at,
      column: 0,
      length: step.column,
      message: `${step.name === undefined ? 'this line' : `\`${step.name}\``} does not begin in the column of the settings that it belongs with`,
      fix: `begin it with ${count}`,
    };
  }
  return undefined;
}

/** One space more or less, by the lines round it. */
function nearestEven(
  { column, name = '' }: Step,
  before: readonly Step[],
  below: Step | undefined,
  tops: ReadonlySet<string>,
): number | undefined {
  if (column === 1 && tops.size > 0) return tops.has(name) ? 0 : 2;
  const above = before.at(-1);
  const opens = above !== undefined && above.name !== undefined && !above.hasValue;
  const further = before.map((each) => each.column).reverse();
  const around = [opens ? above.column + 2 : above?.column, below?.column, ...further];
  return around.find((each) => each !== undefined && Math.abs(each - column) === 1);
}

/** What is no setting of the file’s own, and stands in the first column above others of its group. */
function indented(
  { column, name, hasValue }: Step,
  below: Step | undefined,
  tops: ReadonlySet<string>,
): number | undefined {
  const isNoTop = column === 0 && name !== undefined && hasValue && tops.size > 0 && !tops.has(name);
  return isNoTop && below !== undefined && !below.isItem && below.column > 0 ? below.column : undefined;
}

function stepOf(text: string, at: number): Step {
  const [, spaces = '', dashes = '', name, rest = ''] =
    /^( *)((?:- +)*)(?:([A-Za-z][\w-]*):(?: +|$))?(.*)$/.exec(text) ?? [];
  return {
    at,
    column: spaces.length + dashes.length,
    name,
    hasValue: rest !== '' && !rest.startsWith('#'),
    isItem: dashes !== '',
  };
}
