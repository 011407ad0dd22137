/**
 * The names of the engine of rollouts, in the account that the register gives it. All are fixed, so that policies can name them
 * before they exist.
 */
import type { NamedZone } from './named';

/** The stack. */
export const ROLLOUT_STACK = 'Rollout';
/** Does what the state machine asks of one stack. */
export const ROLLOUT_STEP_FUNCTION = 'concordat-rollout-step';
/** Carries an order out. */
export const ROLLOUT_MACHINE = 'concordat-rollout';
/** What each stack stands at, and what waits for approval. */
export const ROLLOUT_TABLE = 'concordat-rollout';
/** When DynamoDB may remove an item of that table: a line that says that an account failed, and no other. */
export const ROLLOUT_EXPIRES = 'expires';
/** How sessions of a rollout from one machine are called, in CloudTrail. */
export const ROLLOUT_SESSION = 'concordat-rollout';
/** How the keys of what waits for approval begin; no stack is called so. */
export const APPROVALS_PREFIX = 'approval/';

/** The roles of the engine, in its own account: no part of the landing zone, which they deploy. */
export type RolloutRole =
  | 'rollout-step'
  | 'rollout-machine'
  | 'rollout-start'
  | 'rollout-approve'
  | 'rollout-status';

type Placed = Pick<NamedZone, 'region'>;

/** The bucket of orders and files. */
export function rolloutBucketName(
  { namePrefix, region }: Pick<NamedZone, 'namePrefix' | 'region'>,
  account: string,
): string {
  return `${namePrefix}-rollout-${account}-${region}-an`;
}

/** The ARN of the state machine. */
export function rolloutMachineArn({ region }: Placed, account: string): string {
  return `arn:aws:states:${region}:${account}:stateMachine:${ROLLOUT_MACHINE}`;
}

/** The ARN of one execution of the state machine. */
export function rolloutExecutionArn({ region }: Placed, account: string, name: string): string {
  return `arn:aws:states:${region}:${account}:execution:${ROLLOUT_MACHINE}:${name}`;
}

/** Matches the executions of the state machine. */
export function rolloutExecutions(zone: Placed, account: string): string {
  return rolloutExecutionArn(zone, account, '*');
}

/** The ARN of the function. */
export function rolloutFunctionArn({ region }: Placed, account: string): string {
  return `arn:aws:lambda:${region}:${account}:function:${ROLLOUT_STEP_FUNCTION}`;
}

/** The ARN of the table. */
export function rolloutTableArn({ region }: Placed, account: string): string {
  return `arn:aws:dynamodb:${region}:${account}:table/${ROLLOUT_TABLE}`;
}

/** The log of the function. */
export function rolloutLogArn({ region }: Placed, account: string): string {
  return `arn:aws:logs:${region}:${account}:log-group:/aws/lambda/${ROLLOUT_STEP_FUNCTION}`;
}
