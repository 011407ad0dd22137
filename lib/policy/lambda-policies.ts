/** What every Lambda function of this project has in common: who takes on its role, and where it writes its log. */

import { type FunctionName, functionArn } from '../names';
import type { AccountId, Zone } from '../register';
import { type IdentityStatement, type PolicyDocument, policy, type TrustStatement } from './document';

/**
 * Only Lambda, and only for functions of this account, may take on the role. Which function it is, is held by the
 * permissions, see `fromItsOwnCode`.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/permissions-managed-policies.html
 */
export function trustedByOwnLambda(account: AccountId): PolicyDocument<TrustStatement> {
  return policy({
    Sid: 'LambdaTakesOnTheRoleForFunctionsOfThisAccount',
    Effect: 'Allow',
    Principal: { Service: 'lambda.amazonaws.com' },
    Action: ['sts:AssumeRole'],
    Condition: { StringEquals: { 'aws:SourceAccount': account } },
  });
}

/**
 * The condition that a call comes from the code of one function: no other function that is given its role has it.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html
 */
export function fromItsOwnCode(zone: Zone, account: AccountId, name: FunctionName) {
  return { ArnEquals: { 'lambda:SourceFunctionArn': functionArn(zone, account, name) } } as const;
}

/** Lets a function write its log. */
export function writesItsOwnLog(zone: Zone, account: AccountId, name: FunctionName): IdentityStatement {
  return {
    Sid: 'WriteItsOwnLog',
    Effect: 'Allow',
    Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: [logStreams(zone, account, name)],
  };
}

/** The streams of a function’s log group; Lambda names a new one for each instance. */
export function logStreams(zone: Zone, account: AccountId, name: FunctionName): string {
  return `${logGroupArn(zone, account, name)}:log-stream:*`;
}

/** The log group of a function. */
export function logGroupArn({ region }: Zone, account: AccountId, name: FunctionName): string {
  return `arn:aws:logs:${region}:${account}:log-group:/aws/lambda/${name}`;
}
