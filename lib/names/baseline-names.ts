/** The name of the StackSet that gives each account what it begins with. */

/** The StackSet of all units: an account keeps its baseline when it is moved from one of them to another. */
export const STACK_SET = 'concordat-baseline';

/** The parameter by which the baseline’s stack is told that its template was tried in the canary unit. */
export const TRIED_PARAMETER = 'TriedInCanary';

/** The file beside the templates that holds the baseline’s template byte for byte as the StackSet gets it. */
export const BASELINE_BODY_FILE = `${STACK_SET}.body.json`;
