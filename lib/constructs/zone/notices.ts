/**
 * The notifier: tells teams of letters, and keeps what it told. By GOV.UK Notify of everything, where the register names a key for it;
 * else, by topics of its own account, of what the gates of the organisations cannot see.
 */
import { createHash } from 'node:crypto';
import type { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnTopic, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Acknowledgement } from '../../compliance/packs';
import { NOTICES, noticesTopic, noticesTopicArn, TRANSFERS } from '../../names';
import { type NoticesMeans, noticeList, noticesPermissions, noticesTopicPolicy } from '../../policy';
import { mailboxesToldBySns, mailboxHash, type Register, type Zone } from '../../register';
import { NOTICE_LIST_FILE } from '../../wire';
import { LambdaFunction } from '../functions/lambda-function';
import { policyProperty } from '../plain-policy';
import { BY_ZONE } from '../reviewed';

/** Of which register, and with what keys its tables and topics are encrypted. */
export interface NoticesProps {
  readonly register: Register;
  readonly stagingKeyArn: string;
  /** The key of the account’s alerts and logs. */
  readonly alertKeyArn: string;
}

/** Shorter than the time for which a run has a notice to itself (lambda/notices/send.ts). */
const RUN_SECONDS = 120;

const ACKNOWLEDGED: readonly Acknowledgement[] = [
  {
    rule: 'NIST.800.53.R5::NIST.800.53.R5-LambdaConcurrency',
    reason:
      'Two runs at once tell nobody twice: each notice is taken by a conditional write before it is sent. New accounts have little concurrency to reserve.',
    ...BY_ZONE,
  },
  {
    rule: 'NIST.800.53.R5::NIST.800.53.R5-LambdaDLQ',
    reason:
      'What is to be told stands in a table until it is sent, so a lost run is made good by the next, within a quarter of an hour.',
    ...BY_ZONE,
  },
];

/** It calls GOV.UK Notify over the internet, or SNS, and nothing calls it but its schedule. */
export class Notices extends Construct {
  /** What wakes it. */
  readonly waker: CfnRule;

  constructor(scope: Construct, id: string, { register, stagingKeyArn, alertKeyArn }: NoticesProps) {
    super(scope, id);
    const { zone } = register;
    const { notify } = zone;
    const list = noticeList(register);
    const mailboxes = mailboxesToldBySns(register);
    for (const mailbox of mailboxes) this.#topic(zone, mailbox, alertKeyArn);
    const by: NoticesMeans['by'] = notify ?? {
      topics: mailboxes.map((each) => noticesTopicArn(zone, mailboxHash(each))),
      key: alertKeyArn,
    };
    const notifier = new LambdaFunction(this, 'Notifier', {
      zone,
      account: zone.accounts.zone,
      source: 'notices',
      purpose: 'notices',
      roleDescription: `Concordat: looks at transfers of letters and tells teams of them by ${notify ? 'GOV.UK Notify' : 'SNS'}`,
      description: `Concordat: tells teams of letters by ${notify ? 'GOV.UK Notify' : 'SNS'}`,
      permissions: noticesPermissions(zone, { by, stagingKey: stagingKeyArn }),
      wildcards: {},
      file: {
        name: NOTICE_LIST_FILE,
        text: list,
        description: 'Concordat: whom to tell of letters',
      },
      environment: {
        LIST_FILE: `/opt/${NOTICE_LIST_FILE}`,
        LIST_SHA256: createHash('sha256').update(list).digest('hex'),
        TRANSFERS_TABLE: TRANSFERS.name,
        NOTICES_TABLE: NOTICES.name,
        ...(notify && ofNotify(notify)),
      },
      ...(notify && { alsoCalls: 'GOV.UK Notify' }),
      timeoutSeconds: RUN_SECONDS,
      memoryMegabytes: 512,
      logKeyArn: alertKeyArn,
      acknowledged: ACKNOWLEDGED,
    });
    this.waker = notifier.schedule('Often', 'rate(15 minutes)', 'Concordat: tells teams of letters', {});
  }

  /** An encrypted topic, which one mailbox reads. The notifier alone tells it, and only by TLS. */
  #topic(zone: Zone, mailbox: string, keyArn: string): void {
    const name = noticesTopic(mailboxHash(mailbox));
    const topic = new CfnTopic(this, name, {
      topicName: name,
      displayName: 'Concordat messages',
      kmsMasterKeyId: keyArn,
      subscription: [{ protocol: 'email', endpoint: mailbox }],
    });
    new CfnTopicPolicy(this, `${name}-Policy`, {
      topics: [topic.ref],
      policyDocument: policyProperty(noticesTopicPolicy(zone, topic.ref)),
    });
  }
}

/** What the notifier is told of GOV.UK Notify. */
function ofNotify({ secret, templates }: NonNullable<Zone['notify']>): Record<string, string> {
  return {
    NOTIFY_KEY_AT: secret,
    TEMPLATE_WAITS: templates.waits,
    TEMPLATE_REMINDER: templates.reminder,
    TEMPLATE_NOT_DELIVERED: templates.notDelivered,
  };
}
