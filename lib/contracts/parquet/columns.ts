/** Holds the schema of a Parquet file against the plan, before any row is read. */
import type { ContractPlan } from '../../wire/contracts';
import type { Findings, Spot } from '../findings';
import { ParquetError } from './fault';
import { type Part, partOf, type ServedLeaf } from './nested-text';
import type { Node } from './schema';
import { type Texts, textsOf } from './texts';

/** A leaf, with how its values become text. */
interface ReadLeaf {
  readonly node: Node;
  readonly texts: Texts;
}

/** One column of the plan as the file has it. */
export interface FileColumn {
  /** In the plan. */
  readonly number: number;
  /** More than one, or one that is in a list or an object, where the column is not flat. */
  readonly leaves: readonly ReadLeaf[];
  /** How they are put together; nothing where the column is flat. */
  readonly part: Part | undefined;
}

/** The header of a file, as it were: row 0. */
export const AT_SCHEMA: Spot = { row: 0, column: -1, field: -1, line: -1, byte: -1 };

/**
 * The columns of the plan as the file has them. Whatever is wrong with any of them is told, not the first alone.
 * @returns nothing where the rows cannot be read for it
 */
export function fileColumns(
  plan: ContractPlan,
  nodes: readonly Node[],
  findings: Findings,
): readonly FileColumn[] | undefined {
  const before = findings.errors;
  const numbers = new Map(plan.columns.map(({ name }, number) => [name, number]));
  const met = new Map<number, FileColumn>();
  const refused = new Set<number>();
  nodes.forEach((node, field) => {
    const number = numbers.get(node.element.name);
    const column = number === undefined ? undefined : plan.columns[number];
    if (number === undefined || !column) {
      findings.broke(findings.form('unknown-column'), { ...AT_SCHEMA, field: field + 1 });
      return;
    }
    if (met.has(number) || refused.has(number)) {
      findings.broke(findings.form('duplicate-column'), { ...AT_SCHEMA, column: number });
      return;
    }
    try {
      const leaves: ServedLeaf[] = [];
      const part = partOf(node, column.type, leaves);
      met.set(number, {
        number,
        part: part.kind === 'leaf' ? undefined : part,
        leaves: leaves.map(({ node: leaf, type }) => ({ node: leaf, texts: textsOf(leaf, type) })),
      });
    } catch (error) {
      if (!(error instanceof ParquetError)) throw error;
      refused.add(number);
      findings.broke(findings.form(error.fault), { ...AT_SCHEMA, column: number });
    }
  });
  for (const number of plan.columns.keys())
    if (!met.has(number) && !refused.has(number))
      findings.broke(findings.form('missing-column'), { ...AT_SCHEMA, column: number });
  if (findings.errors > before) return undefined;
  return plan.columns.flatMap((_, number) => met.get(number) ?? []);
}
