/** A bucket of the zone under Object Lock: what is written there can’t be changed or deleted before its time is over. */
import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { type Acknowledgement, acknowledge } from '../../compliance/packs';
import { type ZoneBucket, zoneBucketName } from '../../names';
import { lockOf, mailboxCors, type PolicyDocument, type ResourceStatement } from '../../policy';
import type { Zone } from '../../register';
import { privateBucket } from '../private-bucket';
import { BY_ZONE } from '../reviewed';

/** Which bucket, its key and its policy. */
export interface LockedBucketProps {
  readonly zone: Zone;
  readonly which: ZoneBucket;
  readonly keyArn: string;
  readonly policy: PolicyDocument<ResourceStatement>;
  /**
   * Whether S3 keeps a key of its own for a time, so that it asks KMS less. Not for log files: for a bucket that does,
   * CloudTrail asks for `kms:Decrypt` as well, which it has no need of.
   * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
   */
  readonly bucketKey: boolean;
  /** The origin of the mailbox’s page, where it reads from the bucket. */
  readonly page?: string | undefined;
  /** The queue that is told of new objects below a prefix. */
  readonly tells?: { readonly queueArn: string; readonly prefix: string };
}

const NO_ACCESS_LOGS =
  'It holds the records of what others do. Who reads it is recorded by CloudTrail’s management events and by the functions’ own logs; access logs would have to lie in yet another bucket.';

const ACKNOWLEDGED: readonly Acknowledgement[] = [
  { rule: 'AwsSolutions::AwsSolutions-S1', reason: NO_ACCESS_LOGS, ...BY_ZONE },
  { rule: 'NIST.800.53.R5::NIST.800.53.R5-S3BucketLoggingEnabled', reason: NO_ACCESS_LOGS, ...BY_ZONE },
  { rule: 'Concordat-PublicSector::S3-LOG', reason: NO_ACCESS_LOGS, ...BY_ZONE },
  {
    rule: 'NIST.800.53.R5::NIST.800.53.R5-S3BucketReplicationEnabled',
    reason:
      'AWS has one Region in the UK, so a replica in another would take the records out of it. S3 keeps each object in at least three Availability Zones, and Object Lock keeps every version.',
    ...BY_ZONE,
  },
];

/** Retention is the register’s: by default seven years in compliance mode, in which no user, not even root, can delete. */
export class LockedBucket extends Construct {
  readonly bucket: CfnBucket;

  constructor(
    scope: Construct,
    id: string,
    { zone, which, keyArn, policy, bucketKey, tells, page }: LockedBucketProps,
  ) {
    super(scope, id);
    this.bucket = new CfnBucket(this, 'Bucket', {
      bucketName: zoneBucketName(zone, which),
      ...privateBucket(keyArn, bucketKey),
      objectLockEnabled: true,
      objectLockConfiguration: {
        objectLockEnabled: 'Enabled',
        rule: { defaultRetention: lockOf(zone.auditRetention) },
      },
      ...(page !== undefined && { corsConfiguration: mailboxCors(page, 'reads') }),
      ...(tells && {
        notificationConfiguration: {
          queueConfigurations: [
            {
              event: 's3:ObjectCreated:*',
              queue: tells.queueArn,
              filter: { s3Key: { rules: [{ name: 'prefix', value: tells.prefix }] } },
            },
          ],
        },
      }),
    });
    this.bucket.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    const bucketPolicy = new CfnBucketPolicy(this, 'Policy', {
      bucket: zoneBucketName(zone, which),
      policyDocument: policy,
    });
    bucketPolicy.addResourceDependency(this.bucket);
    bucketPolicy.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    acknowledge(this.bucket, ...ACKNOWLEDGED);
  }
}
