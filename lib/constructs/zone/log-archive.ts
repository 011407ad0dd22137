/** The archive of CloudTrail’s log files, and the queues that tell of them. */
import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnAlias } from 'aws-cdk-lib/aws-kms';
import { CfnQueue, CfnQueuePolicy } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { LOG_FILES_KEY_ALIAS, LOG_FILES_QUEUE, queueArn, UNREADABLE_QUEUE } from '../../names';
import { logArchivePolicy, logFilesQueuePolicy, trailKeyPolicy, unreadableQueuePolicy } from '../../policy';
import type { Zone } from '../../register';
import { LockedBucket } from './locked-bucket';
import { ZoneKey } from './zone-key';

/** How long a function has for a batch; a message is not given to another meanwhile. */
export const AUDIT_SECONDS = 900;
/** AWS advises six times the function’s time. @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const VISIBILITY_SECONDS = 6 * AUDIT_SECONDS;
/** The longest that SQS keeps a message. */
const KEEP_SECONDS = 14 * 24 * 3600;
/** A file that fails this often goes to the dead-letter queue, which raises an alarm. */
const ATTEMPTS = 5;

/** Log files are encrypted, locked, and each is told to a queue. */
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
    new CfnAlias(this, 'KeyAlias', { aliasName: LOG_FILES_KEY_ALIAS, targetKeyId: key.arn });
    const unreadable = new CfnQueue(this, 'Unreadable', {
      queueName: UNREADABLE_QUEUE,
      messageRetentionPeriod: KEEP_SECONDS,
      sqsManagedSseEnabled: true,
      redriveAllowPolicy: {
        redrivePermission: 'byQueue',
        sourceQueueArns: [queueArn(zone, LOG_FILES_QUEUE)],
      },
    });
    // What was not read yet goes with no stack and with no change of a name.
    unreadable.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
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
    this.queue.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    const queuePolicy = new CfnQueuePolicy(this, 'QueuePolicy', {
      queues: [this.queue.ref],
      policyDocument: logFilesQueuePolicy(zone),
    });
    const archive = new LockedBucket(this, 'Archive', {
      zone,
      which: 'logs',
      bucketKey: false,
      keyArn: key.arn,
      policy: logArchivePolicy(zone),
      tells: { queueArn: this.queue.attrArn, prefix: 'AWSLogs/' },
    });
    // S3 tries the queue when the bucket is made.
    archive.bucket.addResourceDependency(queuePolicy);
  }
}
