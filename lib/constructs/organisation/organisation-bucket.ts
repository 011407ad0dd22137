/** An organisation’s bucket: what it shares lies here, and nowhere else. */
import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { type Acknowledgement, acknowledge } from '../../compliance/packs';
import { AGREEMENTS_PREFIX, bucketName, REPORTS_PREFIX, UNFINISHED_UPLOADS_DAYS } from '../../names';
import { type BucketPolicyInput, bucketPolicy, mailboxCors } from '../../policy';
import type { OwnersCopies } from '../../register';
import { addDays } from '../../register/calendar';
import { policyProperty } from '../plain-policy';
import { privateBucket } from '../private-bucket';
import { BY_ZONE } from '../reviewed';

/** How long versions that were replaced or recalled are kept, so that a mistake can be undone. */
const OLD_VERSIONS_DAYS = 90;
/** How long reports of the release gate are kept: longer than a year, as logs are, for a yearly review. */
const REPORTS_DAYS = 400;

const LOGGED_BY_CLOUDTRAIL =
  'Every request is recorded by the zone’s CloudTrail data events, whose log files are complete and carry digests; server access logs are best effort and would lie in the account that they watch.';

const ACKNOWLEDGED: readonly Acknowledgement[] = [
  { rule: 'AwsSolutions::AwsSolutions-S1', reason: LOGGED_BY_CLOUDTRAIL, ...BY_ZONE },
  {
    rule: 'NIST.800.53.R5::NIST.800.53.R5-S3BucketLoggingEnabled',
    reason: LOGGED_BY_CLOUDTRAIL,
    ...BY_ZONE,
  },
  {
    rule: 'NIST.800.53.R5::NIST.800.53.R5-S3BucketReplicationEnabled',
    reason:
      'AWS has one Region in the UK, so a replica in another would take the data out of it. S3 keeps each object in at least three Availability Zones, and versions undo mistakes.',
    ...BY_ZONE,
  },
];

/** Whose bucket it is, and what the mailbox’s page does there. */
export interface OrganisationBucketProps extends BucketPolicyInput {
  /** Undefined where no browser has anything to ask here. */
  readonly page: 'writes' | 'reads' | undefined;
  /** What lies there under agreements that have ended, and until when. */
  readonly ended: readonly OwnersCopies[];
}

/**
 * A bucket in the account-regional namespace, encrypted with the organisation’s key and a Bucket Key, versioned for
 * good, closed to the public, with ACLs off. Its policy delegates reading to this project’s access points.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-configure.html
 */
export class OrganisationBucket extends Construct {
  readonly bucket: CfnBucket;

  constructor(scope: Construct, id: string, props: OrganisationBucketProps) {
    super(scope, id);
    const { zone, page, ended } = props;
    this.bucket = new CfnBucket(this, 'Bucket', {
      bucketName: bucketName(props.zone, props.account),
      ...privateBucket(props.keyArn),
      // With it S3 refuses to suspend versions, whoever asks; to lock an object with it is denied to everybody.
      objectLockEnabled: true,
      ...(zone.mailbox && page && { corsConfiguration: mailboxCors(zone.mailbox.origin, page) }),
      // GuardDuty listens to the bucket through EventBridge, and would switch this on itself: here it is no drift.
      notificationConfiguration: { eventBridgeConfiguration: { eventBridgeEnabled: true } },
      lifecycleConfiguration: {
        rules: [
          {
            id: 'KeepOldVersionsForNinetyDays',
            status: 'Enabled',
            noncurrentVersionExpiration: { noncurrentDays: OLD_VERSIONS_DAYS },
            expiredObjectDeleteMarker: true,
          },
          {
            id: 'DropReportsAfterFourHundredDays',
            status: 'Enabled',
            prefix: REPORTS_PREFIX,
            expirationInDays: REPORTS_DAYS,
          },
          {
            id: 'DropUnfinishedUploadsAfterSevenDays',
            status: 'Enabled',
            abortIncompleteMultipartUpload: { daysAfterInitiation: UNFINISHED_UPLOADS_DAYS },
          },
          ...ended.map(copiesThatGo),
        ],
      },
    });
    this.bucket.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    const policy = new CfnBucketPolicy(this, 'Policy', {
      bucket: bucketName(props.zone, props.account),
      policyDocument: policyProperty(bucketPolicy(props)),
    });
    policy.addResourceDependency(this.bucket);
    policy.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    acknowledge(this.bucket, ...ACKNOWLEDGED);
  }
}

/**
 * From midnight in UTC after the last day, which in London is that midnight or an hour later, S3 puts a delete marker over all that
 * lies under the agreement. What was there is then an old version, and is kept as long as any.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html#intro-lifecycle-rules-date
 */
function copiesThatGo({ agreement, until }: OwnersCopies): CfnBucket.RuleProperty {
  return {
    id: `EndCopiesOf-${agreement}`,
    status: 'Enabled',
    prefix: `${AGREEMENTS_PREFIX}${agreement}/`,
    expirationDate: new Date(`${addDays(until, 1)}T00:00:00Z`),
  };
}
