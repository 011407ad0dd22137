/** Who may stop what an owner shares, who may lift a stop, and what each role may do: call one alias of the grant broker. */
import { anyRole, type BrokerAlias, brokerAliasArn, roleArn } from '../names';
import type { AccountId, Zone } from '../register';
import {
  accountRoot,
  type IdentityStatement,
  type PolicyDocument,
  policy,
  type TrustStatement,
} from './document';
import { trustedByDeclared } from './role-policies';

/**
 * Those whom the organisation declares, and the operator’s role that stops for all, where there is one.
 * @throws TypeError where neither is there: then there must be no role
 */
export function trustedToStop(
  zone: Zone,
  account: AccountId,
  declared: readonly string[],
): PolicyDocument<TrustStatement> {
  const own = declared.length > 0 ? trustedByDeclared(account, declared).Statement : [];
  const zones: TrustStatement[] = mayStopAll(zone)
    ? [
        {
          Sid: 'TheOperatorStopsForAll',
          Effect: 'Allow',
          Principal: accountRoot(zone.accounts.zone),
          Action: ['sts:AssumeRole'],
          Condition: { ArnEquals: { 'aws:PrincipalArn': roleArn(zone.accounts.zone, 'stop-all') } },
        },
      ]
    : [];
  if (own.length + zones.length === 0)
    throw new TypeError('a role that nobody may take on is not to be made');
  return policy(...own, ...zones);
}

/** Whether the operator has a role that stops what every owner shares. */
export function mayStopAll({ mayStopAll: declared = [] }: Zone): boolean {
  return declared.length > 0;
}

/** Calls the broker by one alias, and nothing else. */
export function callsTheBroker(
  zone: Zone,
  account: AccountId,
  alias: BrokerAlias,
): PolicyDocument<IdentityStatement> {
  return policy({
    Sid: alias === 'stop' ? 'AskTheBrokerToStop' : 'AskTheBrokerToLift',
    Effect: 'Allow',
    Action: ['lambda:InvokeFunction'],
    Resource: [brokerAliasArn(zone, account, alias)],
  });
}

/** Takes on the role that stops in any account of the AWS organisation. It lifts nothing, grants nothing and decrypts nothing. */
export function stopsForAll(zone: Zone): PolicyDocument<IdentityStatement> {
  return policy({
    Sid: 'TakeOnTheRoleThatStopsInEachAccount',
    Effect: 'Allow',
    Action: ['sts:AssumeRole'],
    Resource: [anyRole('stop')],
    Condition: { StringEquals: { 'aws:ResourceOrgID': zone.awsOrganizationId } },
  });
}
