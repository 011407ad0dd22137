/** Names of what the management account has for all accounts: the StackSet that gives each what it begins with, and more. */

/** The StackSet of all units: an account keeps its baseline when it is moved from one of them to another. */
export const STACK_SET = 'concordat-baseline';

/** Looks in every account for what is open to outsiders. */
export const ANALYZER_NAME = 'concordat-external-access';

/** The parameter by which the baseline’s stack is told that its template was tried in the canary unit. */
export const TRIED_PARAMETER = 'TriedInCanary';

/** The parameter by which it is told that other units than before are meant, and that none that goes has an account in it. */
export const UNITS_PARAMETER = 'Units';

/** The file beside the templates that holds the baseline’s template byte for byte as the StackSet gets it. */
export const BASELINE_BODY_FILE = `${STACK_SET}.body.yaml`;
