/** Tells the operator’s mailbox of a rollout that stopped, however it did: nobody need watch the pipeline. */
import { CfnTopic, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { ALERTS_TOPIC, ROLLOUT_MACHINE, ROLLOUT_TABLE, rolloutMachineArn } from '../../names';
import { alertTopicPolicy } from '../../policy';
import type { AccountId, Zone } from '../../register';
import { addAlarms, type Watch } from '../alerts/alarms';

/** One rollout that ends so is told, within some minutes. */
const WATCH = { statistic: 'Sum', goesOff: 'from', threshold: 1, period: 300 } as const;
const LOOK = `The table ${ROLLOUT_TABLE} says what each stack stands at, and why.`;
const WATCHES: readonly Watch[] = [
  {
    ...WATCH,
    name: 'failed',
    metric: 'ExecutionsFailed',
    says: `A rollout failed: a wave went over its tolerance, its order was unfit, nobody approved it in time, or another was under way. ${LOOK}`,
  },
  {
    ...WATCH,
    name: 'stopped',
    metric: 'ExecutionsAborted',
    says: `Somebody stopped a rollout. ${LOOK} The same start goes on from there.`,
  },
  {
    ...WATCH,
    name: 'out-of-time',
    metric: 'ExecutionsTimedOut',
    says: `A rollout was not through in five days, and ended. ${LOOK} The same start goes on from there.`,
  },
];

/**
 * Adds them. Children of a map count under a name of their own, so that an account that is tolerated goes off nowhere.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-examine-map-run.html
 */
export function addRolloutAlarms(scope: Construct, zone: Zone, account: AccountId, keyArn: string): void {
  const topic = new CfnTopic(scope, 'Alerts', {
    topicName: ALERTS_TOPIC,
    displayName: 'Concordat rollouts',
    kmsMasterKeyId: keyArn,
    subscription: [{ protocol: 'email', endpoint: zone.alertAddress }],
  });
  new CfnTopicPolicy(scope, 'AlertsPolicy', {
    topics: [topic.ref],
    policyDocument: alertTopicPolicy(zone, account, topic.ref),
  });
  addAlarms(
    scope,
    {
      prefix: ROLLOUT_MACHINE,
      namespace: 'AWS/States',
      dimensions: { StateMachineArn: rolloutMachineArn(zone, account) },
      topicArn: topic.ref,
    },
    WATCHES,
  );
}
