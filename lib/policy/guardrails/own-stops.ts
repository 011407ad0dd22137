/** That a stop is asked for, recorded and lifted by those alone who have the right; and that sessions can be ended. */
import { anyRole, ROLE_PATH, SESSION_ROLES, STOP_RECORDS } from '../../names';
import type { ServiceControlStatement } from '../document';
import { askedByAllBut, CLOUD_FORMATION, GATE_MACHINE, GRANT_BROKER, LIFT, STACK_SETS, STOP } from './spared';

/** Every write of a parameter, and what would let others at it. */
const WRITE_RECORDS = [
  'ssm:*ResourcePolicy',
  'ssm:DeleteParameter*',
  'ssm:LabelParameterVersion',
  'ssm:PutParameter',
  'ssm:UnlabelParameterVersion',
] as const;

/** The statements on stops. */
export function ownStops(): ServiceControlStatement[] {
  return [
    {
      // A custom resource is called as CloudFormation’s role, and a state machine calls as its own. Schedules, queues and
      // buckets call as services, which no guardrail holds.
      Sid: 'DenyCallingFunctions',
      Effect: 'Deny',
      Action: ['lambda:Invoke*'],
      Resource: ['arn:aws:lambda:*:*:function:concordat-*'],
      Condition: askedByAllBut(CLOUD_FORMATION, STOP, LIFT, GATE_MACHINE),
    },
    {
      Sid: 'DenyWritingTheRecordOfStops',
      Effect: 'Deny',
      Action: WRITE_RECORDS,
      Resource: [`arn:aws:ssm:*:*:parameter${STOP_RECORDS}*`],
      Condition: askedByAllBut(GRANT_BROKER),
    },
    {
      Sid: 'DenyWritingPoliciesOfRoles',
      Effect: 'Deny',
      Action: ['iam:PutRolePolicy'],
      Resource: [`arn:aws:iam::*:role${ROLE_PATH}*`],
      Condition: askedByAllBut(CLOUD_FORMATION, GRANT_BROKER, STACK_SETS),
    },
    {
      // It ends the sessions of people by a policy on their roles; on no other role may it put one.
      Sid: 'DenyTheBrokerPoliciesOfOtherRoles',
      Effect: 'Deny',
      Action: ['iam:PutRolePolicy'],
      NotResource: SESSION_ROLES.map(anyRole),
      Condition: { ArnLike: { 'aws:PrincipalArn': GRANT_BROKER } },
    },
  ];
}
