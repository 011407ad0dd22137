/** What the grant broker needs: to make and end the grants on one key, and to close access points. */

import {
  anyAccessPoint,
  GRANT_BROKER_FUNCTION,
  roleArn,
  SESSION_ROLES,
  STOP_RECORDS,
  stackArn,
} from '../names';
import type { AccountId, Zone } from '../register';
import { type IdentityStatement, type PolicyDocument, policy } from './document';
import { fromItsOwnCode, writesItsOwnLog } from './lambda-policies';

/** The broker’s permissions. What it may grant is settled by the key’s policy, which is narrower. */
export function brokerPermissions(
  zone: Zone,
  account: AccountId,
  keyArn: string,
  stackName: string,
): PolicyDocument<IdentityStatement> {
  const Condition = fromItsOwnCode(zone, account, GRANT_BROKER_FUNCTION);
  return policy(
    {
      Sid: 'MakeAndEndGrantsOnTheOwnKey',
      Effect: 'Allow',
      Action: ['kms:CreateGrant', 'kms:DescribeKey', 'kms:ListGrants', 'kms:RevokeGrant'],
      Resource: [keyArn],
      Condition,
    },
    {
      Sid: 'CloseAndOpenAccessPointsOfShares',
      Effect: 'Allow',
      Action: ['s3:GetAccessPointPolicy', 's3:PutAccessPointPolicy'],
      Resource: [anyAccessPoint(zone, account)],
      Condition,
    },
    {
      // It adds to the record and reads it. What is written once is changed by nobody, not by this role either.
      Sid: 'RecordStopsAndLifts',
      Effect: 'Allow',
      Action: ['ssm:GetParametersByPath', 'ssm:PutParameter'],
      Resource: stopRecords(zone, account),
      Condition,
    },
    {
      Sid: 'SeeWhatTheOwnStackIsDoing',
      Effect: 'Allow',
      Action: ['cloudformation:DescribeStacks'],
      Resource: [`${stackArn(zone, account, stackName)}/*`],
      Condition,
    },
    {
      // One policy that ends sessions; what the roles may do at most, their boundary settles.
      Sid: 'EndSessionsOfTheOwnPeople',
      Effect: 'Allow',
      Action: ['iam:PutRolePolicy'],
      Resource: SESSION_ROLES.map((purpose) => roleArn(account, purpose)),
      Condition,
    },
    writesItsOwnLog(zone, account, GRANT_BROKER_FUNCTION),
  );
}

/** The folder, which is listed, and what lies in it. */
export function stopRecords({ region }: Zone, account: string): string[] {
  const folder = `arn:aws:ssm:${region}:${account}:parameter${STOP_RECORDS}`;
  return [folder.slice(0, -1), `${folder}*`];
}
