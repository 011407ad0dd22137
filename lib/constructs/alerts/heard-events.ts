/** Events of an account that its security team hears of: a rule, a queue that keeps what it saw, and alarms that tell of it. */
import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnQueue, CfnQueuePolicy } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { type Acknowledgement, acknowledge } from '../../compliance/packs';
import { type HeardEvents, heardEventsQueuePolicy } from '../../policy';
import type { AccountId, Zone } from '../../register';
import { policyProperty } from '../plain-policy';
import { BY_ZONE } from '../reviewed';
import { type AlarmsProps, addAlarms } from './alarms';

/** Whose account, and who is told. */
export interface HeardIn {
  readonly zone: Zone;
  readonly account: AccountId;
  readonly topicArn: string;
}

/** Which events, and what is said of them. */
export interface HeardEventsProps extends HeardIn {
  /** The name of the rule and of the queue. */
  readonly name: HeardEvents;
  /** The name of the alarm, in two parts; that of the alarm on what could not be kept goes on from it. */
  readonly alarm: Pick<AlarmsProps, 'prefix'> & { readonly name: string };
  readonly description: string;
  readonly eventPattern: Readonly<Record<string, unknown>>;
  /** What the queue keeps of an event, where not all of it. */
  readonly message?: CfnRule.InputTransformerProperty;
  /** What has happened, and what to do. */
  readonly says: string;
  /** The same, where the queue could not keep it. */
  readonly saysUnkept: string;
}

/** Fourteen days, the longest that SQS keeps a message. */
const KEEP_SECONDS = 1_209_600;
const MINUTE = 60;

const READ_BY_PEOPLE: Acknowledgement = {
  rule: 'AwsSolutions::AwsSolutions-SQS3',
  reason:
    'No function reads this queue. It keeps each event for fourteen days for the people whom the alarm has told; CloudTrail’s log files and the objects themselves keep what lies behind it.',
  ...BY_ZONE,
};

/**
 * Adds rule, queue and alarms, and gives the rule. The rule does not tell the topic itself: a key policy that lets EventBridge
 * use an encrypted topic cannot be held to one source. The alarm is on the rule’s own count, which is there within a minute:
 * a queue that has been idle for hours may report nothing for a quarter of an hour.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/monitoring-using-cloudwatch.html
 */
export function addHeardEvents(scope: Construct, props: HeardEventsProps): CfnRule {
  const { zone, account, topicArn, name, alarm, description, eventPattern, message, says, saysUnkept } =
    props;
  const queue = new CfnQueue(scope, 'Queue', {
    queueName: name,
    messageRetentionPeriod: KEEP_SECONDS,
    sqsManagedSseEnabled: true,
  });
  // It keeps what nobody has looked at yet.
  queue.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  acknowledge(queue, READ_BY_PEOPLE);
  const policy = new CfnQueuePolicy(scope, 'QueuePolicy', {
    queues: [queue.ref],
    policyDocument: policyProperty(heardEventsQueuePolicy(zone, account, name)),
  });
  const rule = new CfnRule(scope, 'Rule', {
    name,
    description,
    state: 'ENABLED',
    eventPattern,
    targets: [{ id: 'Queue', arn: queue.attrArn, ...(message && { inputTransformer: message }) }],
  });
  rule.addResourceDependency(policy);
  const seen = { statistic: 'Sum', goesOff: 'from', threshold: 1, period: MINUTE } as const;
  const ofRule = { namespace: 'AWS/Events', dimensions: { RuleName: name }, topicArn };
  addAlarms(scope, { prefix: alarm.prefix, ...ofRule }, [
    { ...seen, name: alarm.name, metric: 'Invocations', says },
    { ...seen, name: `${alarm.name}-unkept`, metric: 'FailedInvocations', says: saysUnkept },
  ]);
  return rule;
}
