/** CloudTrail’s log files are played, and the audit reads them. */

import { setTimeout as sleep } from 'node:timers/promises';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { LOG_FILES_QUEUE, TRAIL_NAME, TRANSFER_AUDIT_FUNCTION } from '../../names';
import { serviceActor } from '../gateway/caller';
import type { Heard } from '../gateway/gateway';
import type { Seen } from '../script';
import { digestFileOf, type LogFile, logFilesOf } from '../trail/log-files';
import { recordsOf } from '../trail/records';
import { call } from './functions';
import type { Stage } from './stage';

/** How long the audit may take to read what has landed, in milliseconds. */
const PATIENCE = 60_000;
const A_DAY = 86_400_000;

/** Plays CloudTrail: log files of what was asked since the last time land in the archive, as its policies allow. */
export class Trail {
  #told = 0;

  constructor(private readonly stage: Stage) {}

  /** The requests whose records have landed. */
  get delivered(): readonly Heard[] {
    return this.stage.props.gateway.heard.slice(0, this.#told);
  }

  async deliver(when: string): Promise<void> {
    const { stage } = this;
    const { gateway, world, target, clock } = stage.props;
    const { zone } = world.register;
    await stage.step(
      {
        step: `CloudTrail’s log files land in the archive ${when}`,
        expected: 'allowed, and read by the audit',
        decidedBy: 'simulation and endpoint',
        played: 'CloudTrail’s delivery of log files',
      },
      async () => {
        const until = gateway.heard.length;
        const records = gateway.heard
          .slice(this.#told, until)
          .flatMap((heard) =>
            recordsOf(heard, { region: zone.region, prefix: `${zone.namePrefix}-exchange-` }),
          );
        const files = logFilesOf(records, {
          organisation: zone.awsOrganizationId,
          region: target.region,
          at: clock.now(),
        });
        const refused = await land(stage, files);
        if (refused) return refused;
        this.#told = until;
        const left = await waitUntilRead(stage);
        return left === 0
          ? { seen: 'allowed, and read by the audit', passed: true }
          : { seen: `allowed, but ${left} files are not read`, passed: false };
      },
    );
  }
}

/** Lands files in the archive as CloudTrail does. Returns what was seen where one may not. */
async function land(stage: Stage, files: readonly LogFile[]): Promise<Seen | undefined> {
  const { world, cast } = stage.props;
  const { zone } = world.register;
  const actor = serviceActor('cloudtrail.amazonaws.com', {
    'aws:SourceArn': `arn:aws:cloudtrail:${zone.region}:${zone.accounts.management}:trail/${TRAIL_NAME}`,
    'aws:SourceAccount': zone.accounts.management,
    'aws:PrincipalIsAWSService': 'true',
  });
  const s3 = await stage.s3As(actor);
  const Bucket = `${zone.namePrefix}-logs-${cast.zoneAccount}-${zone.region}-an`;
  for (const { key, content } of files) {
    const put = new PutObjectCommand({
      Bucket,
      Key: key,
      Body: content,
      ACL: 'bucket-owner-full-control',
    });
    const { outcome, why } = await stage.attempt(actor, () => s3.send(put));
    if (outcome !== 'allowed') return { seen: outcome, passed: false, why };
  }
  return undefined;
}

/** How many notices are left in the queue after all patience. */
async function waitUntilRead(stage: Stage): Promise<number> {
  const { cast, target } = stage.props;
  const sqs = stage.as(cast.zoneAccount).sqs();
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: LOG_FILES_QUEUE }));
  const until = Date.now() + PATIENCE;
  for (;;) {
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl,
        AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
      }),
    );
    const left = Object.values(Attributes).reduce((sum, each) => sum + Number(each), 0);
    if (left === 0 || Date.now() > until) return left;
    await sleep(500, undefined, { signal: target.signal });
  }
}

/** Days pass, and CloudTrail’s digests come; the audit’s hourly look tells the owner what was not collected. */
export async function nobodyCollects(stage: Stage, days: number): Promise<void> {
  const { clock, cast, world, target } = stage.props;
  clock.moveTo(clock.now() + (days + 1) * A_DAY);
  await stage.step(
    {
      step: `${days + 1} days pass, CloudTrail’s digests come, and the audit looks at what is due`,
      expected: 'done',
      decidedBy: 'the function',
      played: 'the passing of days, and CloudTrail’s digest of the last hour',
    },
    async () => {
      const digest = digestFileOf(cast.owner.account, {
        organisation: world.register.zone.awsOrganizationId,
        region: target.region,
        trail: TRAIL_NAME,
        at: clock.now(),
      });
      const refused = await land(stage, [digest]);
      if (refused) return refused;
      const left = await waitUntilRead(stage);
      if (left > 0) return { seen: 'the digest is not read', passed: false };
      const { failure } = await call(stage, TRANSFER_AUDIT_FUNCTION, { action: 'sweep' });
      return { seen: failure ?? 'done', passed: failure === undefined };
    },
  );
}
