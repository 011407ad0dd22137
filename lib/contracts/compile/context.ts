/** Where a part of a document stands, as those who compile it need to know. */
import type { PlannedColumn } from '../../wire/contracts';
import type { ContractPath, Faults } from './fault';

/** How a type is found, beside the property itself. */
export interface TypeContext {
  readonly path: ContractPath;
  readonly faults: Faults;
  /** The number of a column of the object by its name. */
  readonly columnOf: (name: string) => number | undefined;
  /** What kind of value a column has, by its number, as the document says. */
  readonly kindOf: (column: number) => string | undefined;
}

/** Where checks stand: at the object, or at one of its columns. */
export interface CheckPlace {
  readonly path: ContractPath;
  readonly columns: readonly PlannedColumn[];
  /** The number of the column that the check is of. */
  readonly column?: number;
  readonly faults: Faults;
}
