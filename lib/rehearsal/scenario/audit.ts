/** CloudTrail’s log files are played; the audit reads them, the sealer seals what it stages, and the verifier checks it all. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { bundleEntries } from '../../ledger/bundle/entries';
import { bundleFolder } from '../../ledger/bundle/files';
import { verifyBundle } from '../../ledger/bundle/verify';
import { serviceActor } from '../gateway/caller';
import type { Heard } from '../gateway/gateway';
import { logFilesOf } from '../trail/log-files';
import { recordsOf } from '../trail/records';
import { call } from './functions';
import type { Stage } from './stage';
import { keyOf } from './transfers';

const AUDIT = 'concordat-transfer-audit';
const SEALER = 'concordat-ledger-seal';
const QUEUE = 'concordat-log-files';
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
    const { gateway, world, target, cast, clock } = stage.props;
    const { zone } = world.register;
    const actor = serviceActor('cloudtrail.amazonaws.com', {
      'aws:SourceArn': `arn:aws:cloudtrail:${zone.region}:${zone.accounts.management}:trail/concordat-trail`,
      'aws:SourceAccount': zone.accounts.management,
      'aws:PrincipalIsAWSService': 'true',
    });
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
          .flatMap((heard) => recordsOf(heard, { region: zone.region, prefix: `${zone.namePrefix}-exchange-` }));
        const files = logFilesOf(records, { organisation: zone.awsOrganizationId, region: target.region, at: clock.now() });
        const s3 = await stage.s3As(actor);
        const Bucket = `${zone.namePrefix}-logs-${cast.zoneAccount}-${zone.region}-an`;
        for (const { key, content } of files) {
          const put = new PutObjectCommand({ Bucket, Key: key, Body: content, ACL: 'bucket-owner-full-control' });
          const { outcome, why } = await stage.attempt(actor, () => s3.send(put));
          if (outcome !== 'allowed') return { seen: outcome, passed: false, why };
        }
        this.#told = until;
        const left = await waitUntilRead(stage);
        return left === 0
          ? { seen: 'allowed, and read by the audit', passed: true }
          : { seen: `allowed, but ${left} files are not read`, passed: false };
      },
    );
  }
}

/** How many notices are left in the queue after all patience. */
async function waitUntilRead(stage: Stage): Promise<number> {
  const { cast, target } = stage.props;
  const sqs = stage.as(cast.zoneAccount).sqs();
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: QUEUE }));
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

/** Days pass; the audit’s hourly look tells the owner of what nobody collected. */
export async function nobodyCollects(stage: Stage, days: number): Promise<void> {
  const { cast, clock } = stage.props;
  clock.moveTo(clock.now() + (days + 1) * A_DAY);
  await stage.step(
    { step: `${days + 1} days pass, and the audit looks at what is due`, expected: 'done', decidedBy: 'the function', played: 'the passing of days' },
    async () => {
      const { failure } = await call(stage, cast.zoneAccount, AUDIT, { action: 'sweep' });
      return { seen: failure ?? 'done', passed: failure === undefined };
    },
  );
}

/** What the ledger must hold of a request. */
interface ExpectedEntry {
  readonly id: string;
  readonly words: string;
}

function expectedOf({ asked, ruling, status, id, actor, bucket }: Heard, exchange: string): ExpectedEntry[] {
  const who = actor.name.slice(actor.name.lastIndexOf('/') + 1);
  const entry = (kind: string) => [{ id: `${id}#${kind}`, words: `${kind}: ${asked.action} by ${who}` }];
  if (asked.kind === 'bucket') {
    if (bucket !== exchange) return [];
    if (!ruling.allowed) return entry('denied');
    if (asked.operation === 'PutObject') return entry('deposited');
    if (asked.operation === 'PutObjectTagging') return entry('scanned');
    return asked.operation === 'GetObject' && asked.accessPoint !== undefined ? entry('collected') : [];
  }
  if (asked.kind !== 'key' || status >= 400) return [];
  const kind = { CreateGrant: 'grant-made', RevokeGrant: 'grant-ended' }[asked.operation];
  return kind === undefined ? [] : entry(kind);
}

/** Seals what is staged, copies the ledger, and holds it against everything that was asked. */
export async function ledgerHasAll(stage: Stage, trail: Trail, folder: string): Promise<void> {
  const { cast, world } = stage.props;
  const { zone } = world.register;
  await stage.step({ step: 'The sealer seals the ledger', expected: 'done', decidedBy: 'the function' }, async () => {
    const { failure } = await call(stage, cast.zoneAccount, SEALER, {});
    return { seen: failure ?? 'done', passed: failure === undefined };
  });
  await stage.step({ step: 'A copy of the ledger is verified', expected: 'in order', decidedBy: 'the verifier' }, async () => {
    await copyBucket(stage, `${zone.namePrefix}-ledger-${cast.zoneAccount}-${zone.region}-an`, folder);
    const { findings, head } = await verifyBundle(bundleFolder(folder), { pinned: [], known: undefined, receiptsOnly: false, threads: 1 });
    const [first] = findings;
    if (head === undefined) return { seen: 'there is no checkpoint', passed: false };
    return first === undefined
      ? { seen: 'in order', passed: true, why: [`${head.size} entries`] }
      : { seen: `${findings.length} findings: ${first.path}: ${first.message}`, passed: false };
  });
  const entries = () => [...bundleEntries(bundleFolder(folder))] as LedgerEntry[];
  await stage.step({ step: 'The ledger has an entry for each thing that was done or refused', expected: 'all', decidedBy: 'the function' }, async () => {
    const expected = trail.delivered.flatMap((heard) => expectedOf(heard, stage.exchangeBucket));
    const found = new Set(entries().map(({ metadata }) => metadata.uid));
    const missing = expected.filter(({ id }) => !found.has(id));
    return missing.length === 0 && expected.length > 0
      ? { seen: 'all', passed: true, why: [`${expected.length} requests`] }
      : { seen: `${missing.length} of ${expected.length} missing: ${missing.slice(0, 3).map(({ words }) => words).join('; ')}`, passed: false };
  });
  await stage.step({ step: 'The ledger tells of no violation', expected: 'none', decidedBy: 'the function' }, async () => {
    const bad = entries().filter(({ unmapped }) => unmapped?.verdict === 'violation');
    return { seen: bad.length === 0 ? 'none' : `${bad.length}: ${bad[0]?.metadata.event_code} ${bad[0]?.unmapped?.reasons}`, passed: bad.length === 0 };
  });
  await stage.step({ step: `${cast.owner.id} is told of the file that ${cast.recipient.id} did not collect`, expected: 'one report', decidedBy: 'the function' }, async () => {
    const reports = entries().filter(
      ({ metadata, file, unmapped }) =>
        metadata.event_code === 'not-collected' &&
        file?.path.endsWith(keyOf(stage, 'uncollected')) &&
        unmapped?.recipient === cast.recipient.id,
    );
    return { seen: reports.length === 1 ? 'one report' : `${reports.length} reports`, passed: reports.length === 1 };
  });
}

interface LedgerEntry {
  readonly metadata: { readonly uid: string; readonly event_code: string };
  readonly file?: { readonly path: string };
  readonly unmapped?: { readonly verdict?: string; readonly reasons?: readonly string[]; readonly recipient?: string };
}

async function copyBucket(stage: Stage, Bucket: string, folder: string): Promise<void> {
  const s3 = stage.as(stage.props.cast.zoneAccount).s3();
  mkdirSync(folder, { recursive: true });
  let ContinuationToken: string | undefined;
  do {
    const page = await s3.send(new ListObjectsV2Command({ Bucket, ContinuationToken }));
    for (const { Key = '' } of page.Contents ?? []) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      const file = join(folder, Key);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, (await Body?.transformToByteArray()) ?? Buffer.of());
    }
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
}
