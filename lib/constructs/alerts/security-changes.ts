/** Tells an account’s security team when what protects data is changed other than by a deployment. */
import { Construct } from 'constructs';
import { bootstrapRoleArn, roleArn, SECURITY_CHANGES } from '../../names';
import { addHeardEvents, type HeardIn } from './heard-events';

/**
 * Calls by which a principal could let itself in, shut others out, bring data away or lose it, or stop the record. CloudTrail
 * puts the version of Lambda’s interface behind the names of its calls.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html
 */
const CHANGES = {
  'kms.amazonaws.com': [
    'CreateGrant',
    'DeleteImportedKeyMaterial',
    'DisableKey',
    'PutKeyPolicy',
    'ScheduleKeyDeletion',
  ],
  's3.amazonaws.com': [
    'CreateAccessPoint',
    'DeleteAccessPoint',
    'DeleteAccessPointPolicy',
    'DeleteAccountPublicAccessBlock',
    'DeleteBucketEncryption',
    'DeleteBucketPolicy',
    'DeleteBucketPublicAccessBlock',
    'PutAccessPointPolicy',
    'PutAccountPublicAccessBlock',
    'PutBucketEncryption',
    'PutBucketLifecycle',
    'PutBucketNotification',
    'PutBucketOwnershipControls',
    'PutBucketPolicy',
    'PutBucketPublicAccessBlock',
    'PutBucketReplication',
    'PutBucketVersioning',
  ],
  'lambda.amazonaws.com': [
    'AddPermission20150331v2',
    'DeleteFunction20150331',
    'UpdateFunctionCode20150331v2',
    'UpdateFunctionConfiguration20150331v2',
  ],
  'cloudtrail.amazonaws.com': ['DeleteTrail', 'PutEventSelectors', 'StopLogging', 'UpdateTrail'],
} as const;

/** A deployment and the grant broker are passed over; what else changes such things is heard of, other services too. */
export class SecurityChanges extends Construct {
  constructor(scope: Construct, id: string, heardIn: HeardIn) {
    super(scope, id);
    const { zone, account } = heardIn;
    const expected = [bootstrapRoleArn('cfn-exec', account, zone), roleArn(account, 'grant-broker')];
    addHeardEvents(this, {
      ...heardIn,
      name: SECURITY_CHANGES,
      alarm: { prefix: 'concordat-security', name: 'changes' },
      description:
        'Concordat: sees changes of keys, buckets, access points, functions and the trail by anybody but a deployment',
      eventPattern: {
        'detail-type': ['AWS API Call via CloudTrail'],
        detail: {
          eventSource: Object.keys(CHANGES),
          eventName: Object.values(CHANGES).flat().sort(),
          // Users and root have no session, and so no issuer.
          userIdentity: {
            sessionContext: { sessionIssuer: { arn: [{ 'anything-but': expected }, { exists: false }] } },
          },
        },
      },
      says: 'Somebody changed a key, a grant, a bucket, an access point, a function or the trail, past a deployment. The queue concordat-security-changes says who and what.',
      saysUnkept:
        'Somebody changed a key, a bucket, an access point, a function or the trail past a deployment, and the queue could not keep what it was. Look in CloudTrail.',
    });
  }
}
