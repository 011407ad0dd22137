/** The release gate decides: what GuardDuty’s event would wake is called, where it runs, and acts as its role may. */
import {
  GetObjectCommand,
  GetObjectTaggingCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  PutObjectTaggingCommand,
} from '@aws-sdk/client-s3';
import { GATE_TAG, MALWARE_CLEAN, MALWARE_TAG, RELEASE_GATE_FUNCTION, REPORTS_PREFIX } from '../../names';
import { type ImpliedShare, impliedShares } from '../../proof';
import { call } from './functions';
import { brokenTable, keptTable } from './kept-table';
import type { Stage } from './stage';
import { EVERY_FILE, type File, keyOf, scannedAs } from './transfers';

/** The event of a scan, as it would come out of the queue. */
async function verdictOn(stage: Stage, Key: string, status: string): Promise<object> {
  const { owner } = stage.props.cast;
  const Bucket = stage.exchangeBucket;
  const { VersionId } = await stage.as(owner.account).s3().send(new GetObjectTaggingCommand({ Bucket, Key }));
  const body = {
    version: '0',
    source: 'aws.guardduty',
    'detail-type': 'GuardDuty Malware Protection Object Scan Result',
    account: owner.account,
    detail: {
      schemaVersion: '1.0',
      scanStatus: 'COMPLETED',
      resourceType: 'S3_OBJECT',
      s3ObjectDetails: { bucketName: Bucket, objectKey: Key, versionId: VersionId, s3Throttled: false },
      scanResultDetails: { scanResultStatus: status, threats: null },
    },
  };
  return { Records: [{ messageId: 'm1', eventSource: 'aws:sqs', body: JSON.stringify(body) }] };
}

/** What the gate makes of an object, by its tag. */
export async function decides(stage: Stage, key: string, words: string, expected: string, status: string) {
  const { owner } = stage.props.cast;
  await stage.step(
    {
      step: `The release gate hears of ${words}`,
      expected,
      decidedBy: 'the function',
      played: 'GuardDuty’s event, and the queue that keeps it',
    },
    async () => {
      const { answer, failure } = await call(
        stage,
        RELEASE_GATE_FUNCTION,
        await verdictOn(stage, key, status),
      );
      if (failure !== undefined) return { seen: failure, passed: false };
      const { batchItemFailures = [] } = answer as { batchItemFailures?: readonly unknown[] };
      const { TagSet } = await stage
        .as(owner.account)
        .s3()
        .send(new GetObjectTaggingCommand({ Bucket: stage.exchangeBucket, Key: key }));
      const tag = TagSet?.find(({ Key }) => Key === GATE_TAG)?.Value ?? 'no decision';
      const seen = batchItemFailures.length > 0 ? 'it comes again' : tag;
      return { seen, passed: seen === expected };
    },
  );
}

/** The gate hears of the verdict on each file. */
export async function gateDecides(stage: Stage): Promise<void> {
  for (const file of EVERY_FILE) await gateHears(stage, file);
}

async function gateHears(stage: Stage, file: File): Promise<void> {
  const status = scannedAs(file);
  const expected = status === MALWARE_CLEAN ? 'released' : 'no decision';
  await decides(stage, keyOf(stage, file), `the verdict on the ${file} file`, expected, status);
}

/**
 * A table that keeps its contract, and one that breaks it, under an agreement of the owner that has a contract: one is released
 * and read, the other rejected, and its owner reads why.
 */
export async function contractIsKept(stage: Stage): Promise<void> {
  const found = shareWithContract(stage);
  const kept = found && (await keptTable(found.plan));
  if (found === undefined || kept === undefined) {
    stage.props.say(
      'No agreement of the owner has a contract for which a table can be made up: none is tried',
    );
    return;
  }
  const { share } = found;
  const tables = { kept, broken: brokenTable(kept) } as const;
  for (const [name, content] of Object.entries(tables)) {
    const key = `agreements/${share.agreement}/rehearsal-${stage.run}-${name}.csv`;
    const keeps = name === 'kept';
    const words = keeps ? 'a table that keeps its contract' : 'a table that breaks its contract';
    await depositTable(stage, key, content, words);
    await decides(stage, key, words, keeps ? 'released' : 'rejected', MALWARE_CLEAN);
    await collects(stage, share, { key, content, words, allowed: keeps });
  }
  await ownerReadsReport(stage, share);
}

/** A table under an agreement of the owner that has no contract, if there is one: nobody looks at what is in it. */
export async function withoutContract(stage: Stage): Promise<void> {
  const share = sharesOfOwner(stage).find((each) => {
    const { contract, mediaTypes = [] } = agreementOf(stage, each) ?? {};
    return contract?.kind === 'none' && mediaTypes.includes('text/csv');
  });
  if (share === undefined) return;
  const key = `agreements/${share.agreement}/rehearsal-${stage.run}-any.csv`;
  const content = 'nothing of this,is looked at\r\n';
  const words = 'a table under an agreement without a contract';
  await depositTable(stage, key, content, words);
  await decides(stage, key, words, 'released', MALWARE_CLEAN);
  await collects(stage, share, { key, content, words, allowed: true });
}

/** The first share in force, by its name, of an agreement of the owner that has a contract. */
function shareWithContract(stage: Stage) {
  for (const share of sharesOfOwner(stage)) {
    const contract = agreementOf(stage, share)?.contract;
    const plan = contract?.kind === 'contract' ? stage.props.gate?.plans.get(contract.id) : undefined;
    if (plan !== undefined) return { share, plan };
  }
  return undefined;
}

/** The shares of the owner that are in force, by their names. */
export function sharesOfOwner({ props: { cast, world } }: Stage): ImpliedShare[] {
  const now = `${world.asOf}T12:00:00Z`;
  return impliedShares(world.register, world.asOf)
    .filter(({ owner, from, until }) => owner.id === cast.owner.id && from <= now && now < until)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What the gate holds deposits under the agreement of a share to, if it was told. */
export function agreementOf({ props: { gate } }: Stage, { agreement }: ImpliedShare) {
  return gate?.list.agreements.find(({ id }) => id === agreement);
}

async function depositTable(stage: Stage, Key: string, Body: string, words: string): Promise<void> {
  const { owner } = stage.props.cast;
  const Bucket = stage.exchangeBucket;
  await stage.step(
    {
      step: `${owner.id} deposits ${words}, and the scan finds it clean`,
      expected: 'allowed',
      decidedBy: 'simulation and endpoint',
      played: 'GuardDuty’s scan',
    },
    async () => {
      const depositor = stage.role(owner.account, 'deposit');
      const put = new PutObjectCommand({ Bucket, Key, Body, ContentType: 'text/csv' });
      const s3 = await stage.s3As(depositor);
      const deposited = await stage.attempt(depositor, () => s3.send(put));
      if (deposited.outcome !== 'allowed')
        return { seen: deposited.outcome, passed: false, why: deposited.why };
      const scanner = stage.role(owner.account, 'malware-scan');
      const Tagging = { TagSet: [{ Key: MALWARE_TAG, Value: MALWARE_CLEAN }] };
      const by = await stage.s3As(scanner);
      const { outcome, why } = await stage.attempt(scanner, () =>
        by.send(new PutObjectTaggingCommand({ Bucket, Key, Tagging })),
      );
      return { seen: outcome, passed: outcome === 'allowed', why };
    },
  );
}

async function collects(
  stage: Stage,
  { owner, recipient, name }: ImpliedShare,
  table: {
    readonly key: string;
    readonly content: string;
    readonly words: string;
    readonly allowed: boolean;
  },
): Promise<void> {
  const who = stage.role(recipient.account, 'collect');
  const { key, content, words, allowed } = table;
  const same = 'allowed, with the bytes that were deposited';
  await stage.step(
    {
      step: `${recipient.id} asks for ${words}`,
      expected: allowed ? same : 'refused',
      decidedBy: allowed ? 'simulation and endpoint' : 'decided by simulation',
    },
    async () => {
      const Bucket = `arn:aws:s3:${stage.props.target.region}:${owner.account}:accesspoint/${name}`;
      const s3 = await stage.s3As(who, 'access point');
      const { outcome, why, answer } = await stage.attempt(who, async () => {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: key }));
        return await Body?.transformToString();
      });
      const seen = outcome === 'allowed' && answer === content ? same : outcome;
      return { seen, passed: seen === (allowed ? same : 'refused'), why };
    },
  );
}

/** The owner finds the page of the rejection, and it says what to mend. */
async function ownerReadsReport(stage: Stage, { agreement, owner }: ImpliedShare): Promise<void> {
  const Bucket = stage.exchangeBucket;
  await stage.step(
    {
      step: `${owner.id} reads why its table was rejected`,
      expected: 'the page says that it was',
      decidedBy: 'simulation and endpoint',
    },
    async () => {
      const Prefix = `${REPORTS_PREFIX}${agreement}/rejected/`;
      const { Contents = [] } = await stage
        .as(owner.account)
        .s3()
        .send(new ListObjectsV2Command({ Bucket, Prefix }));
      const Key = Contents.map((each) => each.Key ?? '').find((each) => each.endsWith('.html'));
      if (Key === undefined) return { seen: 'there is no page', passed: false };
      const depositor = stage.role(owner.account, 'deposit');
      const s3 = await stage.s3As(depositor);
      const { outcome, why, answer } = await stage.attempt(depositor, async () => {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
        return await Body?.transformToString();
      });
      if (outcome !== 'allowed') return { seen: outcome, passed: false, why };
      const names = answer?.includes('This file was rejected') === true;
      return {
        seen: names ? 'the page says that it was' : 'the page says something else',
        passed: names,
        why,
      };
    },
  );
}

/** The gate looks for what no event told of, and finds that all is decided. */
export async function gateSweeps(stage: Stage): Promise<void> {
  await stage.step(
    { step: 'The release gate looks for what no event told of', expected: 'done', decidedBy: 'the function' },
    async () => {
      const { answer, failure } = await call(stage, RELEASE_GATE_FUNCTION, { action: 'sweep' });
      const { done } = (answer ?? {}) as { done?: unknown };
      return {
        seen: failure ?? (done === true ? 'done' : 'not done'),
        passed: failure === undefined && done === true,
      };
    },
  );
}
