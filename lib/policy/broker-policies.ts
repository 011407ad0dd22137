/** What the grant broker needs: to make and end the grants on one key, and to close access points. */

import { anyAccessPoint, GRANT_BROKER_FUNCTION } from '../names';
import type { AccountId, Zone } from '../register';
import { type IdentityStatement, type PolicyDocument, policy } from './document';
import { fromItsOwnCode, writesItsOwnLog } from './lambda-policies';

/** The broker’s permissions. What it may grant is settled by the key’s policy, which is narrower. */
export function brokerPermissions(
  zone: Zone,
  account: AccountId,
  keyArn: string,
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
    writesItsOwnLog(zone, account, GRANT_BROKER_FUNCTION),
  );
}
