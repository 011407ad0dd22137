/**
 * SNS, by the zone’s own topics: one for each mailbox, which alone reads it. It keeps no references, so what may have been sent is never
 * sent again.
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { Apart, clientSettings, isThrottled, type WaitingClock } from '../../lib/runtime';
import type { ListedLetters } from '../../lib/wire';
import { NotAsDeployedError } from './errors';
import type { Notice, Post, Posted } from './ports';
import { wordsOf } from './words';

/** How long one request may take, in seconds. */
const TIMEOUT = 5;
/** Errors of Node’s where no connection came about, so that nothing was sent. */
const NOT_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH']);

/**
 * So long apart is published to one mailbox, in milliseconds: AWS takes back the confirmation of one that gets more than ten e-mails a
 * second, and removes it two days later.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-email-notifications.html
 */
const APART = 250;

/** Publishes each notice to the topic of its mailbox. */
export class SnsPost implements Post {
  private readonly topics: ReadonlyMap<string, string>;
  private readonly apart: Apart;

  /** @throws NotAsDeployedError where the list names no topic of a mailbox */
  constructor(
    private readonly client: Pick<SNSClient, 'send'>,
    letters: readonly ListedLetters[],
    clock: Pick<WaitingClock, 'now' | 'sleep'> = { now: Date.now, sleep },
  ) {
    this.apart = new Apart(clock, APART);
    const all = letters.flatMap(({ inboxes, own }) => [...inboxes, ...own]);
    this.topics = new Map(
      all.map(({ mailbox, topic }) => {
        if (topic === undefined)
          throw new NotAsDeployedError(
            'the list names mailboxes without topics, as for GOV.UK Notify, and the function is told of no key: deploy the zone again',
          );
        return [mailbox, topic];
      }),
    );
  }

  /** With a client of its own. It asks once: a request without an answer may have been taken. */
  static of(region: string, letters: readonly ListedLetters[]): SnsPost {
    return new SnsPost(
      new SNSClient(clientSettings(region, { asksAgain: 'function', seconds: TIMEOUT })),
      letters,
    );
  }

  async send(notice: Notice): Promise<Posted> {
    const TopicArn = this.topics.get(notice.mailbox);
    if (TopicArn === undefined) return { outcome: 'refused', why: 'there is no topic for it' };
    const words = wordsOf(notice);
    await this.apart.turn(TopicArn);
    try {
      const { MessageId } = await this.client.send(
        new PublishCommand({ TopicArn, Subject: words.subject, Message: words.text }),
      );
      return MessageId === undefined
        ? { outcome: 'unknown', why: 'SNS said yes, and gave no id' }
        : { outcome: 'accepted' };
    } catch (error) {
      return outcomeOf(error);
    }
  }

  async has(): Promise<'unknown'> {
    return 'unknown';
  }
}

/**
 * What an error means for the notice. Of one that SNS itself gives with a 4xx nothing was published; where it asks us to be slower, none
 * is taken now. After all else it may have been. The message of an error may name things, so its name alone goes on.
 */
function outcomeOf(error: unknown): Exclude<Posted, { outcome: 'accepted' }> {
  const { name, code, $metadata } = (error ?? {}) as {
    readonly name?: unknown;
    readonly code?: unknown;
    readonly $metadata?: { readonly httpStatusCode?: unknown };
  };
  const status = Number($metadata?.httpStatusCode ?? 0);
  const why = [...(status === 0 ? [] : [String(status)]), kindIn(code) ?? kindIn(name) ?? 'unknown'].join(
    ' ',
  );
  if (isThrottled(error) || NOT_CONNECTED.has(String(code))) return { outcome: 'takes-none', why };
  return { outcome: status >= 400 && status < 500 ? 'refused' : 'unknown', why };
}

function kindIn(value: unknown): string | undefined {
  return typeof value === 'string' && /^\w{1,60}$/.test(value) ? value : undefined;
}
