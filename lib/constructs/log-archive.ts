/** The organisation trail, and the archive that its log files lie in. */
import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import { CfnQueue, CfnQueuePolicy } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { type Acknowledgement, acknowledge } from '../compliance/acknowledgement';
import { bucketNamePrefix } from '../policy/names';
import { logArchivePolicy, logFilesQueuePolicy, unreadableQueuePolicy } from '../policy/zone-bucket-policies';
import { trailKeyPolicy } from '../policy/zone-key-policies';
import {
  LOG_FILES_QUEUE,
  queueArn,
  TRAIL_NAME,
  UNREADABLE_QUEUE,
  zoneBucketName,
} from '../policy/zone-names';
import type { Zone } from '../register/schema/zone';
import { LockedBucket } from './locked-bucket';
import { ZoneKey } from './zone-key';

/** How long a function has for a batch; a message is not given to another meanwhile. */
export const AUDIT_SECONDS = 300;
/** AWS advises six times the function’s time. @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const VISIBILITY_SECONDS = 6 * AUDIT_SECONDS;
/** The longest that SQS keeps a message. */
const KEEP_SECONDS = 14 * 24 * 3600;
/** A file that fails so often is looked at by somebody. */
const ATTEMPTS = 5;

const REVIEWED = { owner: 'Zone security lead', review: '2028-03-31' } as const;

const NO_CLOUDWATCH_LOGS: readonly Acknowledgement[] = [
  {
    rule: 'NIST.800.53.R5::NIST.800.53.R5-CloudTrailCloudWatchLogsEnabled',
    reason:
      'Log files are read as they land, from the archive, which is complete and signed. A copy in CloudWatch Logs would drop events over 256 KB and cost more than all the rest.',
    ...REVIEWED,
  },
];

/**
 * CloudTrail for every account of the AWS organisation: management events, and data events of organisations’ buckets and
 * access points. Log files are validated by digests, encrypted, locked, and each is told to a queue.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-trail-organization.html
 */
export class LogArchive extends Construct {
  readonly keyArn: string;
  readonly queue: CfnQueue;

  constructor(scope: Construct, id: string, zone: Zone) {
    super(scope, id);
    const key = new ZoneKey(this, 'Key', {
      purpose: 'log-files',
      description: 'Concordat: encrypts the log files of CloudTrail',
      policy: trailKeyPolicy(zone),
    });
    this.keyArn = key.arn;
    const unreadable = new CfnQueue(this, 'Unreadable', {
      queueName: UNREADABLE_QUEUE,
      messageRetentionPeriod: KEEP_SECONDS,
      sqsManagedSseEnabled: true,
      redriveAllowPolicy: {
        redrivePermission: 'byQueue',
        sourceQueueArns: [queueArn(zone, LOG_FILES_QUEUE)],
      },
    });
    new CfnQueuePolicy(this, 'UnreadablePolicy', {
      queues: [unreadable.ref],
      policyDocument: unreadableQueuePolicy(zone, UNREADABLE_QUEUE),
    });
    this.queue = new CfnQueue(this, 'Queue', {
      queueName: LOG_FILES_QUEUE,
      visibilityTimeout: VISIBILITY_SECONDS,
      messageRetentionPeriod: KEEP_SECONDS,
      sqsManagedSseEnabled: true,
      redrivePolicy: { deadLetterTargetArn: unreadable.attrArn, maxReceiveCount: ATTEMPTS },
    });
    const queuePolicy = new CfnQueuePolicy(this, 'QueuePolicy', {
      queues: [this.queue.ref],
      policyDocument: logFilesQueuePolicy(zone),
    });
    const archive = new LockedBucket(this, 'Archive', {
      zone,
      which: 'logs',
      keyArn: key.arn,
      policy: logArchivePolicy(zone),
      tells: { queueArn: this.queue.attrArn, prefix: 'AWSLogs/' },
    });
    // S3 tries the queue when the bucket is made.
    archive.bucket.addResourceDependency(queuePolicy);
    const trail = new CfnTrail(this, 'Trail', {
      trailName: TRAIL_NAME,
      s3BucketName: zoneBucketName(zone, 'logs'),
      kmsKeyId: key.arn,
      isLogging: true,
      isOrganizationTrail: true,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      advancedEventSelectors: [
        { name: 'ManagementEvents', fieldSelectors: [{ field: 'eventCategory', equalTo: ['Management'] }] },
        {
          name: 'ObjectsOfOrganisations',
          fieldSelectors: [
            { field: 'eventCategory', equalTo: ['Data'] },
            { field: 'resources.type', equalTo: ['AWS::S3::Object'] },
            { field: 'resources.ARN', startsWith: [`arn:aws:s3:::${bucketNamePrefix(zone)}-`] },
          ],
        },
        {
          name: 'AccessPoints',
          fieldSelectors: [
            { field: 'eventCategory', equalTo: ['Data'] },
            { field: 'resources.type', equalTo: ['AWS::S3::AccessPoint'] },
          ],
        },
      ],
    });
    trail.node.addDependency(archive);
    acknowledge(trail, ...NO_CLOUDWATCH_LOGS);
  }
}
