/** Which columns the rules of rows look at: the values of the others need not be put side by side. */
import type { ContractPlan } from '../../wire/contracts';

/** The numbers of the columns that a rule on a whole row or file looks at. */
export function wantedColumns(plan: ContractPlan): ReadonlySet<number> {
  return new Set<number>([
    ...plan.unique.flatMap(({ columns }) => columns),
    ...plan.comparisons.flatMap(({ left, right }) => [left, right]),
    ...plan.references.flatMap(({ from, to }) => [...from, ...to]),
    ...plan.metrics.flatMap(({ what }) => {
      if ('columns' in what) return what.columns;
      return 'column' in what ? [what.column] : [];
    }),
    ...plan.columns.flatMap(({ type }, number) =>
      type.kind === 'gss-code' && type.validOn && 'column' in type.validOn.on
        ? [number, type.validOn.on.column]
        : [],
    ),
  ]);
}
