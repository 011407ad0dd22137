/** Names of what the management account has for all accounts: the StackSet that gives each what it begins with, and more. */

/** The StackSet of all units: an account keeps its baseline when it is moved from one of them to another. */
export const STACK_SET = 'concordat-baseline';

/** The StackSet of the same units that gives each account its budget: by itself, since AWS refuses one in a new account. */
export const BUDGETS_STACK_SET = 'concordat-budgets';

/** How the name of each account’s budget begins. */
export const BUDGET_PREFIX = 'concordat-monthly-';

/** Looks in every account for what is open to outsiders. */
export const ANALYZER_NAME = 'concordat-external-access';

/** The parameter by which the baseline’s stack is told that its template was tried in the canary unit. */
export const TRIED_PARAMETER = 'TriedInCanary';

/** The parameter by which it is told that other units than before are meant, and that none that goes has an account in it. */
export const UNITS_PARAMETER = 'Units';

/** The file beside the templates that holds the template of a StackSet byte for byte as the StackSet gets it. */
export function stackSetBodyFile(stackSet: string): string {
  return `${stackSet}.body.yaml`;
}
