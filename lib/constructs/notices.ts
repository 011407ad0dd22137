/** The notifier: tells teams of letters by GOV.UK Notify, and keeps what it told, where the register names a key for it. */
import { createHash } from 'node:crypto';
import { Construct } from 'constructs';
import type { Acknowledgement } from '../compliance/packs';
import { NOTICES, TRANSFERS } from '../names';
import { noticeList, noticesPermissions } from '../policy';
import type { Register, Zone } from '../register';
import { NOTICE_LIST_FILE } from '../wire';
import { LambdaFunction } from './lambda-function';
import { BY_ZONE } from './reviewed';

/** Of which register, and with what key its tables are encrypted. */
export interface NoticesProps {
  readonly register: Register;
  readonly notify: NonNullable<Zone['notify']>;
  readonly stagingKeyArn: string;
  readonly logKeyArn: string;
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

/** It calls GOV.UK Notify over the internet, and nothing calls it but its schedule. */
export class Notices extends Construct {
  constructor(scope: Construct, id: string, { register, notify, stagingKeyArn, logKeyArn }: NoticesProps) {
    super(scope, id);
    const { zone } = register;
    const { secret, templates } = notify;
    const list = noticeList(register);
    const notifier = new LambdaFunction(this, 'Notifier', {
      zone,
      account: zone.accounts.zone,
      source: 'notices',
      purpose: 'notices',
      roleDescription: 'Concordat: looks at transfers of letters and tells teams of them by GOV.UK Notify',
      description: 'Concordat: tells teams of letters by GOV.UK Notify',
      permissions: noticesPermissions(zone, { secret, stagingKey: stagingKeyArn }),
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
        NOTIFY_KEY_AT: secret,
        TEMPLATE_WAITS: templates.waits,
        TEMPLATE_REMINDER: templates.reminder,
        TEMPLATE_NOT_DELIVERED: templates.notDelivered,
      },
      alsoCalls: 'GOV.UK Notify',
      timeoutSeconds: RUN_SECONDS,
      memoryMegabytes: 512,
      logKeyArn,
      acknowledged: ACKNOWLEDGED,
    });
    notifier.schedule('Often', 'rate(15 minutes)', 'Concordat: tells teams of letters', {});
  }
}
