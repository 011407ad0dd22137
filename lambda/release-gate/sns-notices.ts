/** E-mails, by the topic to which the owner’s people have subscribed. */
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { clientSettings } from '../../lib/runtime';
import type { Notices } from './ports';

/**
 * Publishes to the topic of the owner’s people, or to that of an inbox.
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export class SnsNotices implements Notices {
  constructor(
    private readonly client: Pick<SNSClient, 'send'>,
    private readonly topicArn: string,
  ) {}

  /** With a client of its own. */
  static of(region: string, topicArn: string): SnsNotices {
    return new SnsNotices(
      new SNSClient(clientSettings(region, { asksAgain: 'client', seconds: 5 })),
      topicArn,
    );
  }

  async send(subject: string, text: string, topic = this.topicArn): Promise<void> {
    await this.client.send(new PublishCommand({ TopicArn: topic, Subject: subject, Message: text }));
  }
}
