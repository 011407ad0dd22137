/**
 * That accounts of a custody unit keep shared data under keys of that custody. Alerts and logs are under keys that AWS KMS
 * makes, in every account; their purpose tells them apart.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-key-origin
 */

import { bucketNamePrefix, KEY_PURPOSE_TAG, type KeyPurpose } from '../../names';
import { type Custody, ORIGIN_OF, type Zone } from '../../register';
import type { ServiceControlStatement } from '../document';

/** The statements for a unit of one custody. */
export function custodyOrigin(zone: Zone, kind: Custody['kind']): ServiceControlStatement[] {
  const origin = { 'kms:KeyOrigin': ORIGIN_OF[kind] };
  return [
    {
      Sid: 'DenyMakingKeysOfAnotherOrigin',
      Effect: 'Deny',
      Action: ['kms:CreateKey'],
      Resource: '*',
      Condition: {
        StringNotEquals: {
          ...origin,
          [`aws:RequestTag/${KEY_PURPOSE_TAG}`]: 'alerts-and-logs' satisfies KeyPurpose,
        },
      },
    },
    {
      // Whatever key a bucket names: what is deposited there comes under a key of this origin, or nothing is deposited.
      Sid: 'DenyDepositsUnderKeysOfAnotherOrigin',
      Effect: 'Deny',
      Action: ['kms:GenerateDataKey'],
      Resource: '*',
      Condition: {
        StringNotEquals: origin,
        StringLike: { 'kms:EncryptionContext:aws:s3:arn': `arn:aws:s3:::${bucketNamePrefix(zone)}-*` },
      },
    },
  ];
}
