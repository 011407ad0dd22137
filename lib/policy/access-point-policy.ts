/**
 * The policy of the access point of one share: exactly one role of the recipient, exactly one agreement’s objects, only
 * between the agreement’s dates, and only by requests that the role signs in their headers, unless the agreement allows
 * presigned URLs. Its end needs no deployment.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html
 */

import {
  accessPointArn,
  agreementPrefix,
  GATE_RELEASED,
  GATE_TAG,
  MALWARE_CLEAN,
  MALWARE_TAG,
  roleArn,
} from '../names';
import type { LiveShare, Zone } from '../register';
import { endOfDay, startOfDay } from '../register/calendar';
import { TLS_FLOOR } from './bucket-policy';
import {
  accountRoot,
  type ConditionBlock,
  type PolicyDocument,
  pascalCase,
  policy,
  type ResourceStatement,
} from './document';

/** The access point policy of a share in force or to come. */
export function accessPointPolicy(zone: Zone, share: LiveShare): PolicyDocument<ResourceStatement> {
  const { agreement, owner, recipient } = share;
  const accessPoint = accessPointArn(zone, owner.account, share.id);
  const prefix = agreementPrefix(agreement.id);
  const under = `${pascalCase(recipient.id)}Under${pascalCase(agreement.id)}`;
  return policy(
    {
      Sid: `GetBy${under}`,
      Effect: 'Allow',
      Principal: accountRoot(recipient.account),
      Action: ['s3:GetObject'],
      Resource: `${accessPoint}/object/${prefix}*`,
      Condition: inForce(share, {
        [`s3:ExistingObjectTag/${MALWARE_TAG}`]: MALWARE_CLEAN,
        [`s3:ExistingObjectTag/${GATE_TAG}`]: GATE_RELEASED,
      }),
    },
    {
      Sid: `ListBy${under}`,
      Effect: 'Allow',
      Principal: accountRoot(recipient.account),
      Action: ['s3:ListBucket'],
      Resource: accessPoint,
      // A condition on tags would deny every listing, so names can be seen before verdict and decision are in.
      Condition: { ...inForce(share), StringLike: { 's3:prefix': `${prefix}*` } },
    },
  );
}

function inForce(
  { agreement, recipient, days }: LiveShare,
  tags?: NonNullable<ConditionBlock['StringEquals']>,
): ConditionBlock {
  const equal: ConditionBlock['StringEquals'] = {
    // Not a denial of links: where S3 does not say how a request is signed, it is not let through.
    ...(agreement.delivery.presignedUrls !== 'allowed' && { 's3:authType': 'REST-HEADER' }),
    ...tags,
  };
  return {
    ArnEquals: { 'aws:PrincipalArn': roleArn(recipient.account, 'collect') },
    DateGreaterThanEquals: { 'aws:CurrentTime': startOfDay(days.from) },
    DateLessThan: { 'aws:CurrentTime': endOfDay(days.until) },
    Bool: { 'aws:SecureTransport': 'true' },
    NumericGreaterThanEquals: { 's3:TlsVersion': TLS_FLOOR },
    ...(Object.keys(equal).length > 0 && { StringEquals: equal }),
  };
}
