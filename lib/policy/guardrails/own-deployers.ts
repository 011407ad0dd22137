/**
 * That the roles that deploy change by StackSets alone, in their own account: they reach every other account, and that one is
 * in none of the units. Who vouches for their sessions, a pipeline’s provider or a directory’s, stays as it is too.
 */
import type { Zone } from '../../register';
import type { ServiceControlStatement } from '../document';
import { CHANGE_ROLES } from './own-deployment';
import { askedByAllBut, STACK_SETS } from './spared';

/** The accounts of the roles that deploy. Service control policies do not hold the management account. */
export function deployersAccounts({ guardrails, accounts }: Zone): string[] {
  const all = new Set(guardrails.deployers.map((arn) => arn.split(':')[4] ?? ''));
  return [...all].filter((account) => account !== accounts.management).sort();
}

/** The statements on the roles that deploy. They name no account, since they are attached to theirs alone. */
export function ownDeployers({ guardrails }: Zone): ServiceControlStatement[] {
  const roles = [...new Set(guardrails.deployers.map((arn) => `arn:aws:iam::*:${arn.split(':')[5]}`))].sort();
  return [
    {
      Sid: 'DenyChangingRolesThatDeploy',
      Effect: 'Deny',
      Action: [...CHANGE_ROLES, 'iam:PassRole', 'iam:PutRolePolicy'],
      Resource: roles,
      Condition: askedByAllBut(STACK_SETS),
    },
    {
      Sid: 'DenyChangingWhoVouchesForSessions',
      Effect: 'Deny',
      Action: ['iam:*ClientID*', 'iam:Create*Provider', 'iam:Delete*Provider', 'iam:Update*Provider*'],
      Resource: ['arn:aws:iam::*:oidc-provider/*', 'arn:aws:iam::*:saml-provider/*'],
      Condition: askedByAllBut(STACK_SETS),
    },
  ];
}
