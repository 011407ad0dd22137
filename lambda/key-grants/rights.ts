/**
 * Which right a caller used. The function is called by its own name by CloudFormation and the schedule, and by an alias by
 * those who may stop or lift: IAM lets each role call its one alias, and Lambda says which was called.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
 */
import { BROKER_ALIASES, type BrokerAlias } from '../../lib/names';
import { EventError, type LambdaContext } from '../../lib/runtime';
import type { Order } from './order';

/** What Lambda says of an invocation of the broker. */
export interface BrokerContext extends LambdaContext {
  /** The ARN by which the function was called, with the alias if there was one. */
  readonly invokedFunctionArn: string;
  readonly awsRequestId: string;
}

/** By an alias, or by the function’s own name. */
export type Right = BrokerAlias | 'own-name';

/** The right that each kind of order needs. */
const NEEDS: Readonly<Record<Order['kind'], Right>> = {
  stop: 'stop',
  'end-sessions': 'stop',
  lift: 'lift',
  reconcile: 'own-name',
};

/** The right that was used. @throws EventError where the function was called by a version or an unknown alias */
export function rightOf({ invokedFunctionArn }: BrokerContext): Right {
  const alias = invokedFunctionArn.split(':')[7];
  if (alias === undefined) return 'own-name';
  const known = BROKER_ALIASES.find((each) => each === alias);
  if (known !== undefined) return known;
  throw new EventError(
    `this function is called by its own name or its alias ${BROKER_ALIASES.join(' or ')}, not by ${alias}`,
  );
}

/** Holds an order against the right that was used. @throws EventError that says which right it needs */
export function checkRight(order: Order, right: Right): void {
  const needs = NEEDS[order.kind];
  if (needs === right) return;
  const by = (one: Right) => (one === 'own-name' ? 'the function’s own name' : `the alias ${one}`);
  throw new EventError(
    `an order to ${order.kind} is taken by ${by(needs)} alone; this one came by ${by(right)}`,
  );
}
