/** The policies of the zone’s own buckets and of the queue that S3 tells of new log files. */

import { LOG_FILES_QUEUE, queueArn, roleArn, trailArn, type ZoneBucket, zoneBucketArn } from '../names';
import type { Zone } from '../register';
import { TLS_FLOOR } from './bucket-policy';
import { type ConditionBlock, type PolicyDocument, policy, type ResourceStatement } from './document';
import { receiptReading } from './receipt-policies';

type Statements = PolicyDocument<ResourceStatement>;

/** Only the trail writes; what it has written is locked. */
export function logArchivePolicy(zone: Zone): Statements {
  const bucket = zoneBucketArn(zone, 'logs');
  const byTheTrail = { ArnEquals: { 'aws:SourceArn': trailArn(zone) } } as const;
  const trail = { Service: 'cloudtrail.amazonaws.com' } as const;
  return policy(
    {
      Sid: 'TheTrailLooksAtTheBucket',
      Effect: 'Allow',
      Principal: trail,
      Action: ['s3:GetBucketAcl'],
      Resource: bucket,
      Condition: byTheTrail,
    },
    {
      Sid: 'TheTrailWritesLogFiles',
      Effect: 'Allow',
      Principal: trail,
      Action: ['s3:PutObject'],
      Resource: [zone.accounts.management, zone.awsOrganizationId].map((id) => `${bucket}/AWSLogs/${id}/*`),
      Condition: { ...byTheTrail, StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
    },
    ...always(zone, 'logs'),
    // Log files come from CloudTrail alone; a forged one could make the audit believe anything.
    deny('DenyWritingToAllButAwsServices', [`${bucket}/*`], ['s3:PutObject'], {
      Bool: { 'aws:PrincipalIsAWSService': 'false' },
    }),
  );
}

/** Organisations read their receipts; only the sealer and the audit write, each in its place. */
export function ledgerBucketPolicy(zone: Zone, externals: readonly string[]): Statements {
  const bucket = zoneBucketArn(zone, 'ledger');
  const account = zone.accounts.zone;
  return policy(
    ...receiptReading(zone, externals),
    ...always(zone, 'ledger'),
    deny('DenyWritingToAllButTheSealerAndTheAudit', [`${bucket}/*`], ['s3:PutObject'], {
      ArnNotEquals: {
        'aws:PrincipalArn': [roleArn(account, 'ledger-seal'), roleArn(account, 'transfer-audit')],
      },
    }),
  );
}

/** Only S3 sends to the queue: it tells of files in the log archive. */
export function logFilesQueuePolicy(zone: Zone): Statements {
  const queue = queueArn(zone, LOG_FILES_QUEUE);
  return policy(
    {
      Sid: 'TheLogArchiveTellsOfNewFiles',
      Effect: 'Allow',
      Principal: { Service: 's3.amazonaws.com' },
      Action: ['sqs:SendMessage'],
      Resource: queue,
      Condition: {
        StringEquals: { 'aws:SourceAccount': zone.accounts.zone },
        ArnEquals: { 'aws:SourceArn': zoneBucketArn(zone, 'logs') },
      },
    },
    deny('DenyRequestsWithoutTls', queue, ['sqs:*'], { Bool: { 'aws:SecureTransport': 'false' } }),
  );
}

/** Only SQS itself sends to the queue of unreadable files, and needs no permission for that. */
export function unreadableQueuePolicy(zone: Zone, name: string): Statements {
  return policy(
    deny('DenyRequestsWithoutTls', queueArn(zone, name), ['sqs:*'], {
      Bool: { 'aws:SecureTransport': 'false' },
    }),
  );
}

/** What holds for each of these buckets: TLS, and that nothing is deleted, and no lock loosened. */
export function always(zone: Zone, which: ZoneBucket): ResourceStatement[] {
  const bucket = zoneBucketArn(zone, which);
  const all = [bucket, `${bucket}/*`];
  return [
    deny('DenyRequestsWithoutTls', all, ['s3:*'], { Bool: { 'aws:SecureTransport': 'false' } }),
    deny('DenyTlsBelowOnePointTwo', all, ['s3:*'], { NumericLessThan: { 's3:TlsVersion': TLS_FLOOR } }),
    deny(
      'DenyDeletionReplicasAndChangeOfLocks',
      [`${bucket}/*`],
      [
        's3:BypassGovernanceRetention',
        's3:DeleteObject',
        's3:DeleteObjectVersion',
        's3:PutObjectLegalHold',
        's3:PutObjectRetention',
        's3:ReplicateDelete',
        's3:ReplicateObject',
        's3:UpdateObjectEncryption',
      ],
    ),
  ];
}

/** A statement that denies to everybody. */
export function deny(
  sid: string,
  resource: ResourceStatement['Resource'],
  actions: ResourceStatement['Action'],
  condition?: ConditionBlock,
): ResourceStatement {
  return {
    Sid: sid,
    Effect: 'Deny',
    Principal: '*',
    Action: actions,
    Resource: resource,
    ...(condition && { Condition: condition }),
  };
}
