/** Tells an account’s security team when what protects data is changed other than by a deployment. */
import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnQueue, CfnQueuePolicy } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { type Acknowledgement, acknowledge } from '../compliance/packs';
import { bootstrapRoleArn, roleArn, SECURITY_CHANGES } from '../names';
import { securityChangesQueuePolicy } from '../policy';
import type { AccountId, Zone } from '../register';
import { addAlarms } from './alarms';
import { policyProperty } from './plain-policy';
import { BY_ZONE } from './reviewed';

/** Whose account, and who is told. */
export interface SecurityChangesProps {
  readonly zone: Zone;
  readonly account: AccountId;
  readonly topicArn: string;
}

/** Fourteen days, the longest that SQS keeps a message. */
const KEEP_SECONDS = 1_209_600;

/** Calls by which a principal could let itself in, shut others out, or stop the record. */
const CHANGES = {
  'kms.amazonaws.com': ['DeleteImportedKeyMaterial', 'DisableKey', 'PutKeyPolicy', 'ScheduleKeyDeletion'],
  's3.amazonaws.com': [
    'DeleteAccessPointPolicy',
    'DeleteBucketPolicy',
    'PutAccessPointPolicy',
    'PutBucketPolicy',
  ],
  'cloudtrail.amazonaws.com': ['DeleteTrail', 'PutEventSelectors', 'StopLogging', 'UpdateTrail'],
} as const;

const READ_BY_PEOPLE: Acknowledgement = {
  rule: 'AwsSolutions::AwsSolutions-SQS3',
  reason:
    'No function reads this queue. It keeps each change for fourteen days for the people whom the alarm has told; CloudTrail’s log files keep it for good.',
  ...BY_ZONE,
};

/**
 * A rule keeps each such call in a queue, and an alarm tells of it. The rule does not tell the topic itself: a key policy
 * that lets EventBridge use an encrypted topic cannot be held to one source.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
 */
export class SecurityChanges extends Construct {
  constructor(scope: Construct, id: string, { zone, account, topicArn }: SecurityChangesProps) {
    super(scope, id);
    const queue = new CfnQueue(this, 'Queue', {
      queueName: SECURITY_CHANGES,
      messageRetentionPeriod: KEEP_SECONDS,
      sqsManagedSseEnabled: true,
    });
    // It keeps what nobody has looked at yet.
    queue.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    acknowledge(queue, READ_BY_PEOPLE);
    const policy = new CfnQueuePolicy(this, 'QueuePolicy', {
      queues: [queue.ref],
      policyDocument: policyProperty(securityChangesQueuePolicy(zone, account)),
    });
    const expected = [bootstrapRoleArn('cfn-exec', account, zone), roleArn(account, 'grant-broker')];
    const rule = new CfnRule(this, 'Rule', {
      name: SECURITY_CHANGES,
      description: 'Concordat: sees changes of keys, policies and the trail by anybody but a deployment',
      state: 'ENABLED',
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
      targets: [{ id: 'Queue', arn: queue.attrArn }],
    });
    rule.addResourceDependency(policy);
    addAlarms(
      this,
      {
        prefix: 'concordat-security',
        namespace: 'AWS/SQS',
        dimensions: { QueueName: SECURITY_CHANGES },
        topicArn,
      },
      [
        {
          name: 'changes',
          metric: 'NumberOfMessagesSent',
          statistic: 'Sum',
          goesOff: 'from',
          threshold: 1,
          period: 60,
          says: 'Somebody changed a key, a bucket’s or access point’s policy, or the trail, past a deployment. The queue concordat-security-changes says who and what.',
        },
      ],
    );
    addAlarms(
      this,
      {
        prefix: 'concordat-security',
        namespace: 'AWS/Events',
        dimensions: { RuleName: SECURITY_CHANGES },
        topicArn,
      },
      [
        {
          name: 'changes-unkept',
          metric: 'FailedInvocations',
          statistic: 'Sum',
          goesOff: 'from',
          threshold: 1,
          period: 60,
          says: 'Somebody changed a key, a policy or the trail past a deployment, and the queue could not keep what it was. Look in CloudTrail.',
        },
      ],
    );
  }
}
