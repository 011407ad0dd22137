/** What the grant broker needs: to make and end the grants on one key, and to close access points. */
import type { AccountId } from '../register/schema/organisation';
import type { Zone } from '../register/schema/zone';
import { type IdentityStatement, type PolicyDocument, policy, type TrustStatement } from './document';
import { anyAccessPoint, GRANT_BROKER_FUNCTION, grantBrokerFunctionArn } from './names';

/** Only Lambda, and only for functions of this account, may take on the role. */
export function trustedByOwnLambda(account: AccountId): PolicyDocument<TrustStatement> {
  return policy({
    Sid: 'LambdaTakesOnTheRoleForFunctionsOfThisAccount',
    Effect: 'Allow',
    Principal: { Service: 'lambda.amazonaws.com' },
    Action: ['sts:AssumeRole'],
    // Which function it is, is held by the permissions: lambda:SourceFunctionArn below.
    Condition: { StringEquals: { 'aws:SourceAccount': account } },
  });
}

/** The broker’s permissions. What it may grant is settled by the key’s policy, which is narrower. */
export function brokerPermissions(
  zone: Zone,
  account: AccountId,
  keyArn: string,
): PolicyDocument<IdentityStatement> {
  const fromItsOwnCode = {
    ArnEquals: { 'lambda:SourceFunctionArn': grantBrokerFunctionArn(zone, account) },
  } as const;
  return policy(
    {
      Sid: 'MakeAndEndGrantsOnTheOwnKey',
      Effect: 'Allow',
      Action: ['kms:CreateGrant', 'kms:DescribeKey', 'kms:ListGrants', 'kms:RevokeGrant'],
      Resource: [keyArn],
      Condition: fromItsOwnCode,
    },
    {
      Sid: 'CloseAndOpenAccessPointsOfShares',
      Effect: 'Allow',
      Action: ['s3:GetAccessPointPolicy', 's3:PutAccessPointPolicy'],
      Resource: [anyAccessPoint(zone, account)],
      Condition: fromItsOwnCode,
    },
    {
      Sid: 'WriteItsOwnLog',
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: [brokerLogStreams(zone, account)],
    },
  );
}

/** The streams of the broker’s log group; Lambda names a new one for each instance. */
export function brokerLogStreams(zone: Zone, account: AccountId): string {
  return `arn:aws:logs:${zone.region}:${account}:log-group:/aws/lambda/${GRANT_BROKER_FUNCTION}:log-stream:*`;
}
