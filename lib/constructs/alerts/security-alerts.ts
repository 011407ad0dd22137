/** Tells an account’s security team when one of its alarms goes off. */
import { RemovalPolicy, Tags } from 'aws-cdk-lib';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnTopic, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { ALERTS_TOPIC, type FunctionName, KEY_PURPOSE_TAG, type KeyPurpose } from '../../names';
import { alertKeyPolicy, alertTopicPolicy, KEY_DELETION_DAYS } from '../../policy';
import type { AccountId, Zone } from '../../register';
import { policyProperty } from '../plain-policy';

/** Whose alarms they are, and whose logs are encrypted with the same key. */
export interface SecurityAlertsProps {
  readonly zone: Zone;
  readonly account: AccountId;
  /** For descriptions: an organisation’s id, or the zone. */
  readonly whose: string;
  /** The mailbox that is told. */
  readonly mailbox: string;
  readonly functions: readonly FunctionName[];
}

/** An encrypted topic that only this account’s alarms publish to, with a mailbox as its reader. */
export class SecurityAlerts extends Construct {
  readonly topicArn: string;
  /** The key of the topic and of logs; it encrypts no shared data. */
  readonly keyArn: string;

  constructor(scope: Construct, id: string, props: SecurityAlertsProps) {
    super(scope, id);
    const { zone, account, whose, mailbox, functions } = props;
    const key = new CfnKey(this, 'Key', {
      description: `Concordat: encrypts alerts and logs of ${whose}, never shared data`,
      enableKeyRotation: true,
      multiRegion: false,
      pendingWindowInDays: KEY_DELETION_DAYS,
      keyPolicy: policyProperty(alertKeyPolicy(zone, account, functions)),
    });
    key.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    Tags.of(key).add(KEY_PURPOSE_TAG, 'alerts-and-logs' satisfies KeyPurpose);
    const topic = new CfnTopic(this, 'Topic', {
      topicName: ALERTS_TOPIC,
      displayName: 'Concordat security alerts',
      kmsMasterKeyId: key.attrArn,
      subscription: [{ protocol: 'email', endpoint: mailbox }],
    });
    new CfnTopicPolicy(this, 'TopicPolicy', {
      topics: [topic.ref],
      policyDocument: alertTopicPolicy(zone, account, topic.ref),
    });
    this.topicArn = topic.ref;
    this.keyArn = key.attrArn;
  }
}
