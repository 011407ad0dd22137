/**
 * Interprets calls of an owner’s grant broker: who asked for a stop, or for one to be lifted. What was asked for in detail is
 * not in CloudTrail’s record; the alias that was called tells which of the two it was.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html
 */
import { BROKER_ALIASES, type BrokerAlias, GRANT_BROKER_FUNCTION, roleArnIn } from '../names';
import { isDeployment } from './deployer';
import type { Exchange } from './exchange';
import { textOf } from './fields';
import type { Kind, Meaning } from './meaning';
import type { TrailEvent } from './record';

const KIND: Readonly<Record<BrokerAlias, Kind>> = { stop: 'stop-asked', lift: 'lift-asked' };
/** A function by its name or ARN, with or without what CloudTrail calls a qualifier. */
const BROKER = new RegExp(`(?:^|:)${GRANT_BROKER_FUNCTION}(?::([\\w$-]+))?$`);

/** Whether an event of Lambda is a call of a function. */
export function isCall(name: string): boolean {
  return name === 'Invoke';
}

/** What a call means: nothing where AWS makes it on schedule, or for a deployment. */
export function interpretCalls(event: TrailEvent, exchange: Exchange): Meaning[] {
  const { parameters, resources, principal, recipientAccount } = event;
  const functions = resources.filter(({ type }) => type === 'AWS::Lambda::Function');
  const names = [textOf(parameters.functionName), ...functions.map(({ arn }) => arn)];
  const found = names.flatMap((name) => (name === undefined ? [] : (BROKER.exec(name) ?? [])));
  if (found.length === 0) return [];
  const arn = functions[0]?.arn ?? names.find((name) => name?.startsWith('arn:'));
  const account = functions[0]?.account ?? arn?.split(':')[4] ?? recipientAccount;
  const owner = exchange.member(account);
  if (owner === undefined) return [];
  const denied = event.errorCode !== undefined;
  const isOfAws = principal.kind === 'service' || isDeployment(principal, owner.account);
  if (isOfAws && !denied) return [];
  const role = (alias: BrokerAlias) => roleArnIn(owner.account, alias);
  const alias =
    BROKER_ALIASES.find((each) => textOf(parameters.qualifier) === each || found.includes(each)) ??
    BROKER_ALIASES.find((each) => principal.role === role(each));
  const isInOrder = alias !== undefined && principal.role === role(alias);
  return [
    {
      kind: denied ? 'denied' : alias === undefined ? 'broker-called' : KIND[alias],
      reasons: denied || isInOrder ? [] : ['unexpected-principal'],
      owner: owner.id,
      resource: arn ?? `${GRANT_BROKER_FUNCTION} of ${owner.account}`,
      organisations: [owner.id],
    },
  ];
}
