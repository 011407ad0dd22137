/** The names of the StackSets that give each account what it begins with: one for the canary unit, one for all others. */

/** The StackSet of all units but the canary’s. */
export const STACK_SET = 'concordat-baseline';
/** The StackSet of the canary unit. Its name goes on from the other’s, so that one pattern covers the stacks of both. */
export const CANARY_STACK_SET = `${STACK_SET}-canary`;
