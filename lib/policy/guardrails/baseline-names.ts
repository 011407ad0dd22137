/** The names of the StackSets that give each account what it begins with: one for the canary unit, one for all others. */

/** The StackSet of the canary unit. */
export const CANARY_STACK_SET = 'concordat-baseline-canary';
/** The StackSet of all other units. */
export const STACK_SET = 'concordat-baseline';

/** Both. CloudFormation calls their stacks `StackSet-<name>-<id>`. */
export const BASELINE_STACK_SETS = [STACK_SET, CANARY_STACK_SET] as const;
