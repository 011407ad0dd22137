/** How short a row can be that keeps to a contract: by it, the most rows that a file of so many bytes holds are known. */
import type { Automaton, ContractPlan, PlannedColumn, ScalarType } from '../wire/contracts';

/** Bytes of the shortest value of each kind whose form says it. */
const SHORTEST: Readonly<Record<Exclude<ScalarType['kind'], 'text'>, number>> = {
  integer: 1,
  number: 1,
  boolean: 4,
  date: 10,
  time: 8,
  timestamp: 19,
  uprn: 1,
  usrn: 1,
  'nhs-number': 10,
  'national-insurance-number': 9,
  postcode: 6,
  'gss-code': 9,
};

/**
 * Fewer bytes do not tell the rows of a file apart for which storage would be short: 95 characters make 8 thousand million
 * texts of five.
 */
const DISTINCT = 5;

/**
 * Bytes of the shortest row: a value where one is required, what tells rows apart where there is a key, and a comma or the end
 * of the line for each column. A file of shorter rows breaks the contract.
 */
export function shortestRow({ columns, unique }: Pick<ContractPlan, 'columns' | 'unique'>): number {
  const values = columns.map((column) => (column.required ? shortestValue(column) : 0));
  const keys = unique.map((key) => key.columns.reduce((sum, column) => sum + (values[column] ?? 0), 0));
  const apart = Math.max(0, ...keys.map((bytes) => DISTINCT - bytes));
  return values.reduce((sum, bytes) => sum + bytes + 1, apart);
}

/** At least 1, since an empty value is none. */
function shortestValue({ type, oneOf }: PlannedColumn): number {
  const listed =
    oneOf?.severity === 'error' ? Math.min(...oneOf.values.map((each) => Buffer.byteLength(each))) : 1;
  return Math.max(1, listed, shortestOf(type));
}

function shortestOf(type: PlannedColumn['type']): number {
  switch (type.kind) {
    case 'text':
      return Math.max(type.minLength?.value ?? 1, type.pattern ? shortestMatch(type.pattern.automaton) : 1);
    case 'object':
    case 'list':
      return 1;
    default:
      return SHORTEST[type.kind];
  }
}

/** The fewest characters that a pattern takes, each of one byte at least; the search goes outwards from the first state. */
function shortestMatch({ classes, next, accepts }: Automaton): number {
  const width = Math.max(...classes) + 1;
  const accepting = new Set(accepts);
  const seen = new Set([1]);
  let edge = [1];
  for (let length = 0; edge.length > 0; length += 1) {
    if (edge.some((state) => accepting.has(state))) return length;
    const reached = edge.flatMap((state) => next.slice(state * width, (state + 1) * width));
    edge = [...new Set(reached)].filter((state) => state !== 0 && !seen.has(state));
    for (const state of edge) seen.add(state);
  }
  return 1;
}
