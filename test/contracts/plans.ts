/** Plans of contracts for tests of the formats. */
import type { ContractPlan, PlannedColumn, PlannedType } from '../../lib/wire/contracts';

/** The place of a rule: of the n-th column, or of something in it. */
export const at = (n: number | string, rest = '') => `/schema/0/properties/${n}${rest}`;

/** A column whose rules are named by its own name. */
export function column(
  name: string,
  type: Readonly<Record<string, unknown>> & { readonly kind: PlannedType['kind'] },
  rest: { readonly required?: boolean; readonly oneOf?: readonly string[] } = {},
): PlannedColumn {
  return {
    name,
    at: at(name),
    ...(rest.required && { required: { rule: at(name, '/required') } }),
    ...(rest.oneOf && { oneOf: { rule: at(name, '/oneOf'), severity: 'error', values: rest.oneOf } }),
    type: { rule: at(name, '/logicalType'), ...type } as PlannedType,
  };
}

/** A plan of these columns. */
export function planOf(columns: readonly PlannedColumn[], rest: Partial<ContractPlan> = {}): ContractPlan {
  return {
    form: 'concordat-contract-plan/v1',
    contract: { id: 'awards', version: '1.0.0', digest: '0'.repeat(64) },
    object: 'awards',
    csv: { columnOrder: 'free' },
    columns: [...columns],
    unique: [],
    comparisons: [],
    references: [],
    metrics: [],
    recipients: [],
    ...rest,
  };
}

/** A bound of a number. */
export const bound = (name: string, which: string, value: string) => ({
  rule: at(name, `/${which}`),
  value,
  exclusive: false,
});
