/** Tells the teams of other organisations that a message waits in their inbox. */
import { CfnTopic, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { inboxTopic } from '../names';
import { inboxTopicPolicy } from '../policy';
import { agreementHash, type InboxWrittenTo } from '../register';
import { policyProperty } from './plain-policy';

/** The inboxes to which the owner’s people write. */
export interface InboxNoticesProps {
  readonly inboxes: readonly InboxWrittenTo[];
  /** The key of the account’s alerts, by which the gate may already encrypt what it tells. */
  readonly keyArn: string;
}

/** One encrypted topic for each inbox, with the team’s mailbox as its reader. The release gate alone tells it, and only by TLS. */
export class InboxNotices extends Construct {
  constructor(scope: Construct, id: string, { inboxes, keyArn }: InboxNoticesProps) {
    super(scope, id);
    for (const { agreement, id: inbox, notices } of inboxes) {
      const name = inboxTopic(agreementHash(agreement.id), inbox);
      const topic = new CfnTopic(this, name, {
        topicName: name,
        displayName: 'Concordat messages',
        kmsMasterKeyId: keyArn,
        subscription: [{ protocol: 'email', endpoint: notices }],
      });
      new CfnTopicPolicy(this, `${name}-Policy`, {
        topics: [topic.ref],
        policyDocument: policyProperty(inboxTopicPolicy(topic.ref)),
      });
    }
  }
}
