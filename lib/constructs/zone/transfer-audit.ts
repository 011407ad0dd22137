/** The transfer audit: reads CloudTrail’s log files as they land, and stages an entry for each event that matters. */
import { createHash } from 'node:crypto';
import type { CfnResource } from 'aws-cdk-lib';
import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { STAGING_TABLE, TRANSFERS, zoneBucketArn, zoneBucketName } from '../../names';
import { auditIndex, auditPermissions } from '../../policy';
import type { Register } from '../../register';
import { AUDIT_INDEX_FILE } from '../../wire';
import { CALLED_BY_QUEUE } from '../functions/called-by-queue';
import { LambdaFunction } from '../functions/lambda-function';
import { AUDIT_SECONDS } from './log-archive';

/** What the audit reads from and writes to. */
export interface TransferAuditProps {
  readonly register: Register;
  readonly queue: CfnQueue;
  readonly keys: { readonly trail: string; readonly ledger: string; readonly staging: string };
  readonly logKeyArn: string;
}

/** One log file for each call: behind a slow one no other waits, nor is counted as tried. */
const BATCH = 1;
/** How many calls run at once; what waits, waits in the queue. */
const AT_ONCE = 5;

/** Decides by the register as it stood at each event’s time; its index is deployed with it. */
export class TransferAudit extends Construct {
  /** What wakes it. S3 tells the queue of the bucket at once, for a test, and with its first run the audit keeps the index in the ledger. */
  readonly wakers: readonly CfnResource[];

  constructor(scope: Construct, id: string, { register, queue, keys, logKeyArn }: TransferAuditProps) {
    super(scope, id);
    const { zone } = register;
    const logs = `${zoneBucketArn(zone, 'logs')}/AWSLogs/*`;
    const indexes = `${zoneBucketArn(zone, 'ledger')}/index/*`;
    const index = auditIndex(register);
    const audit = new LambdaFunction(this, 'Audit', {
      zone,
      account: zone.accounts.zone,
      source: 'transfer-audit',
      purpose: 'transfer-audit',
      roleDescription: 'Concordat: reads the log files of CloudTrail and stages entries for the ledger',
      description:
        'Concordat: holds what CloudTrail recorded against the register, and stages it for the ledger',
      permissions: auditPermissions(zone, keys),
      wildcards: {
        [logs]: 'CloudTrail names a file for each account, Region and moment; all are read, none is written.',
        [indexes]: 'Each version of the register’s index is kept under its own digest.',
      },
      file: {
        name: AUDIT_INDEX_FILE,
        text: index,
        description: 'Concordat: what the audit needs to know of the register',
      },
      environment: {
        INDEX_FILE: `/opt/${AUDIT_INDEX_FILE}`,
        INDEX_SHA256: createHash('sha256').update(index).digest('hex'),
        STAGING_TABLE,
        TRANSFERS_TABLE: TRANSFERS.name,
        LEDGER_BUCKET: zoneBucketName(zone, 'ledger'),
      },
      timeoutSeconds: AUDIT_SECONDS,
      memoryMegabytes: 2048,
      logKeyArn,
      acknowledged: CALLED_BY_QUEUE,
    });
    const queued = new CfnEventSourceMapping(this, 'LogFiles', {
      eventSourceArn: queue.attrArn,
      functionName: audit.function.ref,
      batchSize: BATCH,
      functionResponseTypes: ['ReportBatchItemFailures'],
      scalingConfig: { maximumConcurrency: AT_ONCE },
    });
    const sweep = audit.schedule(
      'Sweep',
      'rate(1 hour)',
      'Concordat: raises what was not collected in time, and what has expired',
      {
        action: 'sweep',
      },
    );
    this.wakers = [queued, sweep];
  }
}
