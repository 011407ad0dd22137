/** Tells an organisation’s security team when one of its alarms goes off. */
import { RemovalPolicy, Tags } from 'aws-cdk-lib';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnTopic, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { alertKeyPolicy, alertTopicPolicy } from '../policy/alert-policies';
import { KEY_DELETION_DAYS } from '../policy/key-policy';
import { KEY_PURPOSE_TAG, type KeyPurpose } from '../policy/names';
import type { Member } from '../register/schema/organisation';
import type { Zone } from '../register/schema/zone';

/** An encrypted topic that only this account’s alarms publish to, with the security mailbox as its reader. */
export class SecurityAlerts extends Construct {
  readonly topicArn: string;
  /** The key of the topic and of logs; it encrypts no shared data. */
  readonly keyArn: string;

  constructor(scope: Construct, id: string, { zone, organisation }: { zone: Zone; organisation: Member }) {
    super(scope, id);
    const { account } = organisation;
    const key = new CfnKey(this, 'Key', {
      description: `Concordat: encrypts alerts and logs of ${organisation.id}, never shared data`,
      enableKeyRotation: true,
      multiRegion: false,
      pendingWindowInDays: KEY_DELETION_DAYS,
      keyPolicy: alertKeyPolicy(zone, account),
    });
    key.applyRemovalPolicy(RemovalPolicy.RETAIN);
    Tags.of(key).add(KEY_PURPOSE_TAG, 'alerts-and-logs' satisfies KeyPurpose);
    const topic = new CfnTopic(this, 'Topic', {
      topicName: 'concordat-security-alerts',
      displayName: 'Concordat security alerts',
      kmsMasterKeyId: key.attrArn,
      subscription: [{ protocol: 'email', endpoint: organisation.contacts.security }],
    });
    new CfnTopicPolicy(this, 'TopicPolicy', {
      topics: [topic.ref],
      policyDocument: alertTopicPolicy(zone, account, topic.ref),
    });
    this.topicArn = topic.ref;
    this.keyArn = key.attrArn;
  }
}
