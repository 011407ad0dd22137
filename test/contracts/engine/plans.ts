/** Plans and sources for the tests of the engine. */
import { type Checked, type CheckOptions, checkFile, type Source } from '../../../lib/contracts';
import { automatonOf } from '../../../lib/contracts/pattern/automaton';
import type { ContractOutcome, ContractPlan, PlannedColumn, ScalarType } from '../../../lib/wire/contracts';
import { planOf as planOfRows } from '../plans';

/** A type without the place of its rule. */
export type Bare = ScalarType extends infer T ? (T extends ScalarType ? Omit<T, 'rule'> : never) : never;

/** A column of a type; its rules have its number and their names. */
export function column(
  n: number,
  name: string,
  type: Bare,
  more: Omit<Partial<PlannedColumn>, 'required' | 'type'> & { required?: boolean } = {},
): PlannedColumn {
  const { required, ...rest } = more;
  return {
    name,
    at: `/${n}`,
    ...rest,
    ...(required && { required: { rule: `/${n}/required` } }),
    type: { rule: `/${n}/type`, ...type } as ScalarType,
  };
}

/** A plan of columns, and whatever else is given. */
export function planOf(columns: readonly PlannedColumn[], more: Partial<ContractPlan> = {}): ContractPlan {
  return planOfRows(columns, { object: 'things', ...more });
}

/** A pattern as a plan has it. */
export function patternOf(n: number, value: string) {
  return { rule: `/${n}/pattern`, value, automaton: automatonOf(value) };
}

/** A file in pieces that end at some offsets. */
export function sourceOf(content: string | Uint8Array, borders: readonly number[] = []): Source {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return {
    bytes: bytes.length,
    async *read(from) {
      const ends = [...new Set([...borders, bytes.length])].filter((end) => end > from).sort((a, b) => a - b);
      let at = from;
      for (const end of ends) {
        // A copy that is spoilt once the next is asked for, as a reader’s buffer is.
        const piece = Uint8Array.from(bytes.subarray(at, end));
        yield piece;
        piece.fill(0x58);
        at = end;
      }
    },
  };
}

export const LARGEST = 1e9;

/** Checks a file to its end. */
export async function outcomeOf(
  plan: ContractPlan,
  source: Source,
  options: Partial<CheckOptions> = {},
): Promise<ContractOutcome> {
  const checked = await checkFile(plan, 'csv', source, { largest: LARGEST, ...options });
  return done(checked);
}

/** The outcome of a check that did not pause. */
function done(checked: Checked): ContractOutcome {
  if (checked.kind !== 'done') throw new Error('the check has paused');
  return checked.outcome;
}

/** Where each rule is broken, as `rule: row.field line@byte`. */
export function told({ broken }: ContractOutcome): string[] {
  return broken.flatMap(({ rule, count, places }) => [
    `${rule} ${count}`,
    ...places.map(
      ({ row, column, field, line, byte }) =>
        `  ${row} ${column ?? '-'} ${field ?? '-'} ${line ?? '-'} ${byte ?? '-'}`,
    ),
  ]);
}
