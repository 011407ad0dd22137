/**
 * Comparisons of two columns of a row, which ODCS has no metric for: a custom check with `engine: concordat`, whose
 * `implementation` is `compare`, `operator` and `with`. Where one of the two has no value, there is nothing to compare.
 */
import type { PlannedColumn, PlannedComparison } from '../../wire/contracts';
import { nearest, orList } from '../../words';
import type { ContractPath, Faults } from './fault';

/** The operators, named as ODCS names those of its metrics. */
const COMPARISONS = {
  equalTo: 'equal',
  notEqualTo: 'not-equal',
  greaterThan: 'greater',
  greaterOrEqualTo: 'greater-or-equal',
  lessThan: 'less',
  lessOrEqualTo: 'less-or-equal',
} as const;
type Operator = keyof typeof COMPARISONS;

const ALLOWED = '`compare` and `with`, each with the name of a column, and `operator`';

/** A comparison, or nothing where it has a fault. */
export function comparisonOf(
  implementation: unknown,
  path: ContractPath,
  { columns, faults }: { readonly columns: readonly PlannedColumn[]; readonly faults: Faults },
): Pick<PlannedComparison, 'left' | 'operator' | 'right'> | undefined {
  if (implementation === null || typeof implementation !== 'object' || Array.isArray(implementation)) {
    faults.tell(path, {
      message: 'the comparison is no group of settings',
      allowed: ALLOWED,
      fix: 'write the three settings on lines of their own, without | before them',
    });
    return undefined;
  }
  const given = implementation as Readonly<Record<string, unknown>>;
  const before = faults.all.length;
  for (const name of Object.keys(given))
    if (!['compare', 'operator', 'with'].includes(name))
      faults.tell(
        [...path, name],
        { message: `\`${name}\` is no setting of a comparison`, allowed: ALLOWED, fix: 'remove it' },
        'key',
      );
  const left = columnNamed(given, 'compare', path, columns, faults);
  const right = columnNamed(given, 'with', path, columns, faults);
  const operators = Object.keys(COMPARISONS) as Operator[];
  const operator = operators.find((each) => each === given.operator);
  if (operator === undefined) {
    const near = nearest(String(given.operator), operators);
    faults.tell(given.operator === undefined ? path : [...path, 'operator'], {
      message: 'it is not said how the two columns compare',
      ...(given.operator !== undefined && { found: String(given.operator) }),
      allowed: orList(operators),
      ...(near && { suggestion: near.word }),
      fix: 'write one of those allowed under `operator`',
    });
  }
  if (left === undefined || right === undefined || operator === undefined) return undefined;
  comparable(columns, left, right, operator, path, faults);
  return faults.all.length > before ? undefined : { left, operator: COMPARISONS[operator], right };
}

function columnNamed(
  given: Readonly<Record<string, unknown>>,
  setting: string,
  path: ContractPath,
  columns: readonly PlannedColumn[],
  faults: Faults,
): number | undefined {
  const name = given[setting];
  const column = columns.findIndex((each) => each.name === name);
  if (column >= 0) return column;
  const near = nearest(
    String(name),
    columns.map((each) => each.name),
  );
  faults.tell(name === undefined ? path : [...path, setting], {
    message:
      name === undefined ? `\`${setting}\` of the comparison is missing` : 'the object has no such column',
    ...(name !== undefined && { found: String(name) }),
    allowed: 'the name of a column of the object',
    ...(name !== undefined && near && { suggestion: near.word }),
    fix: `write the column under \`${setting}\` as the object names it`,
  });
  return undefined;
}

function comparable(
  columns: readonly PlannedColumn[],
  left: number,
  right: number,
  operator: Operator,
  path: ContractPath,
  faults: Faults,
): void {
  const [one, other] = [orderOf(columns[left]), orderOf(columns[right])];
  const ordered =
    one !== undefined &&
    one.kind === other?.kind &&
    (one.ordered || (operator.includes('qualTo') && !operator.includes('Or')));
  if (left === right || !ordered)
    faults.tell(
      [...path, 'with'],
      left === right
        ? { message: 'the column is compared with itself', fix: 'name another column' }
        : {
            message: 'the two columns hold values of kinds that have no order between them',
            allowed:
              'two columns of dates, of times, of timestamps (both with a zone or both without) or of numbers; of texts, equalTo and notEqualTo alone',
            fix: 'name columns of one kind',
          },
    );
}

/** What a column’s values are compared as. */
function orderOf(column: PlannedColumn | undefined): { kind: string; ordered: boolean } | undefined {
  const type = column?.type;
  switch (type?.kind) {
    case undefined:
    case 'object':
    case 'list':
      return undefined;
    case 'integer':
    case 'number':
      return { kind: 'number', ordered: true };
    case 'date':
      return { kind: 'date', ordered: true };
    case 'time':
    case 'timestamp':
      return { kind: `${type.kind} ${type.zone}`, ordered: true };
    case 'boolean':
      return { kind: 'boolean', ordered: false };
    default:
      return { kind: 'text', ordered: false };
  }
}
