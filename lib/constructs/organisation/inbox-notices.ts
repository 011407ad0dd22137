/** Tells teams of messages: those of others that one waits in their inbox, those of the organisation that one was not delivered. */
import { CfnTopic, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { inboxTopic } from '../../names';
import { inboxTopicPolicy } from '../../policy';
import { agreementHash, type InboxTold } from '../../register';
import { policyProperty } from '../plain-policy';

/** The inboxes whose teams are told of what the owner’s people write. */
export interface InboxNoticesProps {
  readonly inboxes: readonly InboxTold[];
  /** The key of the account’s alerts, by which the gate may already encrypt what it tells. */
  readonly keyArn: string;
}

/** One encrypted topic for each inbox, with the team’s mailbox as its reader. The release gate alone tells it, and only by TLS. */
export class InboxNotices extends Construct {
  constructor(scope: Construct, id: string, { inboxes, keyArn }: InboxNoticesProps) {
    super(scope, id);
    for (const inbox of inboxes) {
      const name = inboxTopic(agreementHash(inbox.agreement.id), inbox);
      const topic = new CfnTopic(this, name, {
        topicName: name,
        displayName: 'Concordat messages',
        kmsMasterKeyId: keyArn,
        subscription: [{ protocol: 'email', endpoint: inbox.notices }],
      });
      new CfnTopicPolicy(this, `${name}-Policy`, {
        topics: [topic.ref],
        policyDocument: policyProperty(inboxTopicPolicy(topic.ref)),
      });
    }
  }
}
