/**
 * A bucket in memory with versions and tags, GuardDuty, a queue that doubles, delays and loses, a topic and a state machine. The
 * bucket’s own policy judges each tag that is written. Any call may be the last before the function dies, done or not.
 */
import { createHash } from 'node:crypto';
import { Deployed, digestOfList } from '../../../lambda/release-gate/deployed';
import { Gate, type OrderAnswer } from '../../../lambda/release-gate/gate';
import type {
  Deposits,
  Head,
  Listed,
  Notices,
  Onward,
  Reports,
  Tags,
  Version,
} from '../../../lambda/release-gate/ports';
import type { BatchAnswer } from '../../../lambda/release-gate/queue';
import { words } from '../../../lambda/release-gate/words';
import { compile, decide, environmentOf, requestOf } from '../../../lib/iam';
import { bucketArn, bucketName, GATE_TAG, MALWARE_TAG, roleArn } from '../../../lib/names';
import { bucketPolicy } from '../../../lib/policy/bucket-policy';
import { accountId } from '../../../lib/register/schema/scalars';
import { type GateList, gateListText } from '../../../lib/wire';
import { registerOf } from '../../policy/sample-register';
import { ENGINE, PLAN, PLAN_TEXT } from './plans';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
const START = Date.parse('2026-12-01T09:00:00Z');
const ACCOUNT = accountId.parse('123456789012');
const { zone } = registerOf();
export const KEY = `arn:aws:kms:eu-west-2:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
export const BUCKET = bucketName(zone, ACCOUNT);
const MOST_RETRIES = 12;

export const LIST: GateList = {
  form: 'concordat-gate/v1',
  owner: 'dwp',
  bucket: BUCKET,
  agreements: [
    {
      id: 'benefit-awards',
      largestObject: 1_000,
      mediaTypes: ['text/csv', 'application/pdf'],
      until: '2027-04-01T00:00:00Z',
      collectWithinDays: 3,
      contract: {
        kind: 'contract',
        id: PLAN.contract.id,
        plan: createHash('sha256').update(PLAN_TEXT).digest('hex'),
      },
    },
    {
      id: 'housing-pilot',
      largestObject: 1_000,
      mediaTypes: ['text/csv'],
      // Within the hours of the model: what is decided depends on when.
      until: '2026-12-01T11:30:00Z',
      collectWithinDays: 3,
      contract: { kind: 'none', reason: 'A pilot' },
    },
    {
      id: 'case-letters',
      largestObject: 1_000,
      mediaTypes: ['application/pdf'],
      until: '2027-04-01T00:00:00Z',
      collectWithinDays: 3,
      contract: { kind: 'none', reason: 'Letters, which no contract describes' },
    },
  ],
};

/** The function died. */
class Died extends Error {}

const permissions = compile(
  { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] },
  { kind: 'identity', name: 'the gate' },
);
const policy = compile(bucketPolicy({ zone, account: ACCOUNT, keyArn: KEY }), {
  kind: 'bucket',
  name: 'the bucket',
});
const environment = environmentOf({ identity: [permissions], resource: policy });

/** Whether the bucket’s policy lets the gate replace tags by others. */
function mayTag(key: string, before: Tags, wanted: Tags): boolean {
  const context: Record<string, string> = { 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.3' };
  for (const [name, value] of before) context[`s3:ExistingObjectTag/${name}`] = value;
  for (const [name, value] of wanted) context[`s3:RequestObjectTag/${name}`] = value;
  const request = requestOf({
    caller: { type: 'role', arn: roleArn(ACCOUNT, 'release-gate'), session: 'run' },
    action: 's3:PutObjectVersionTagging',
    resource: `${bucketArn(zone, ACCOUNT)}/${key}`,
    resourceAccount: ACCOUNT,
    context,
  });
  return decide(request, environment).verdict === 'allowed';
}

/** A version in the bucket. */
export interface Kept {
  readonly key: string;
  readonly version: string;
  readonly text: string;
  readonly head: Head;
  tags: Tags;
  /** Deleted by its version. */
  gone: boolean;
}

interface Execution {
  order: object;
  done: boolean;
  failures: number;
}

/** All that the function works with. */
export class World implements Deposits, Reports, Notices, Onward {
  readonly versions: Kept[] = [];
  readonly reports = new Map<string, string>();
  readonly sent: { subject: string; text: string; topic?: string }[] = [];
  readonly executions = new Map<string, Execution>();
  /** Messages that wait in the queue. */
  readonly queue: string[] = [];
  /** What was wrong at the moment it was done. */
  readonly faults: string[] = [];
  log = '';
  time = START;
  calls = 0;
  dieAt: { readonly call: number; readonly done: boolean } | undefined;
  /** Which version is deleted just before a call. */
  goneAt: { readonly call: number; readonly kept: Kept } | undefined;
  /** What SNS answers of a topic that is not the owner’s, where it is not that it is sent. */
  refusal: Error | undefined;
  /** How long each run has, in milliseconds. */
  run = 900_000;
  /** How long each call takes, in milliseconds. */
  pace = 0;
  /** Numbers by which runs side by side take turns. */
  turns: number[] = [];
  /** How a run waits: long enough for any other to come to its end. */
  sleep: (milliseconds: number) => Promise<void> = async () => {
    for (let turn = 0; turn < 400; turn++) await undefined;
  };
  private readonly gate: Gate;
  private readonly files: Readonly<Record<string, string>>;

  constructor(list: GateList = LIST) {
    const text = gateListText(list);
    this.files = { '/opt/gate.json': text, [`/opt/contracts/${PLAN.contract.id}.json`]: PLAN_TEXT };
    const readFile = async (path: string) => this.files[path] ?? Promise.reject(new Error(`no ${path}`));
    const deployedIn = {
      listFile: '/opt/gate.json',
      listDigest: digestOfList(text),
      contractsFolder: '/opt/contracts',
      bucket: BUCKET,
    };
    this.gate = new Gate({
      wire: async () => ({
        functionName: 'concordat-release-gate',
        bucket: BUCKET,
        keyArn: KEY,
        deployed: await Deployed.read(deployedIn, readFile),
        engine: ENGINE,
        deposits: this,
        reports: this,
        notices: this,
        onward: this,
        words,
      }),
      write: (line) => {
        this.log += `${line}\n`;
      },
      now: () => this.time,
      sleep: (milliseconds) => this.sleep(milliseconds),
    });
  }

  // What people and GuardDuty do

  deposit(key: string, text: string, head: Partial<Head> = {}): Kept {
    const kept: Kept = {
      key,
      version: `v${String(this.versions.length).padStart(4, '0')}`,
      text,
      head: {
        bytes: text.length,
        modified: this.time,
        mediaType: 'text/csv',
        contentEncoding: undefined,
        encryption: 'aws:kms',
        keyArn: KEY,
        bucketKey: true,
        checksum: { algorithm: 'CRC64NVME', value: 'AAAAAAAAAAA=', kind: 'full-object' },
        ...head,
      },
      tags: new Map(),
      gone: false,
    };
    this.versions.push(kept);
    return kept;
  }

  /** A scan writes its verdict; whether it keeps other tags, AWS does not say. */
  scan(kept: Kept, status: string, keepsOthers = true): void {
    kept.tags = new Map([...(keepsOthers ? kept.tags : []), [MALWARE_TAG, status]]);
  }

  /** The event of a scan. @see https://docs.aws.amazon.com/guardduty/latest/ug/monitor-with-eventbridge-s3-malware-protection.html */
  verdict({ key, version }: Version, status: string): string {
    return JSON.stringify({
      version: '0',
      id: '72c7d362-737a-6dce-fc78-9e27a0171419',
      'detail-type': 'GuardDuty Malware Protection Object Scan Result',
      source: 'aws.guardduty',
      account: ACCOUNT,
      time: new Date(this.time).toISOString(),
      region: 'eu-west-2',
      resources: [`arn:aws:guardduty:eu-west-2:${ACCOUNT}:malware-protection-plan/b4c7f464ab3a4EXAMPLE`],
      detail: {
        schemaVersion: '1.0',
        scanStatus: 'COMPLETED',
        resourceType: 'S3_OBJECT',
        s3ObjectDetails: {
          bucketName: BUCKET,
          objectKey: key,
          eTag: 'ASIAI44QH8DHBEXAMPLE',
          versionId: version,
          s3Throttled: false,
        },
        scanResultDetails: { scanResultStatus: status, threats: null },
      },
    });
  }

  // What AWS calls the function with

  invoke(event: unknown): Promise<BatchAnswer | OrderAnswer> {
    const end = this.time + this.run;
    return this.gate.handle(event, { getRemainingTimeInMillis: () => end - this.time });
  }

  /** Delivers messages as one batch; those that fail wait again. */
  async deliver(bodies: readonly string[]): Promise<void> {
    if (bodies.length === 0) return;
    const Records = bodies.map((body, n) => ({ messageId: `m${n}`, body, eventSource: 'aws:sqs' }));
    try {
      const answer = await this.invoke({ Records });
      if ('batchItemFailures' in answer)
        for (const { itemIdentifier } of answer.batchItemFailures)
          this.queue.push(bodies[Number(itemIdentifier.slice(1))] ?? '');
    } catch (error) {
      if (!(error instanceof Died)) throw error;
      this.queue.push(...bodies);
    }
  }

  async sweep(): Promise<void> {
    await this.invoke({ action: 'sweep' }).catch(() => undefined);
  }

  /** One step of each execution that is not done. */
  async step(): Promise<void> {
    for (const execution of this.executions.values()) {
      if (execution.done) continue;
      try {
        const answer = (await this.invoke(execution.order)) as OrderAnswer;
        execution.done = answer.done;
        execution.order = answer;
      } catch {
        execution.failures += 1;
        execution.done = execution.failures > MOST_RETRIES;
      }
    }
  }

  // What the function calls

  async tagsOf(version: Version): Promise<Tags | undefined> {
    return this.called(() => this.find(version)?.tags);
  }

  async headOf(version: Version): Promise<Head | undefined> {
    return this.called(() => this.find(version)?.head);
  }

  async *read(version: Version, from: number): AsyncIterable<Uint8Array> {
    const found = await this.called(() => this.find(version));
    if (!found) throw Object.assign(new Error('gone'), { name: 'NoSuchVersion' });
    yield Buffer.from(found.text).subarray(from);
  }

  async slice(version: Version, from: number, to: number): Promise<Uint8Array> {
    const found = await this.called(() => this.find(version));
    if (!found) throw Object.assign(new Error('gone'), { name: 'NoSuchVersion' });
    return Buffer.from(found.text).subarray(from, to);
  }

  async tag(version: Version, tags: Tags): Promise<'tagged' | 'refused' | 'gone'> {
    return this.called(() => {
      const found = this.find(version);
      if (!found) return 'gone';
      if (!mayTag(found.key, found.tags, tags)) return 'refused';
      this.watch(found, tags);
      found.tags = tags;
      return 'tagged';
    });
  }

  async *list(after: Version | undefined): AsyncIterable<Listed> {
    const all = this.versions.filter(({ gone }) => !gone).sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
    const rest = after ? all.filter((each) => orderOf(each) > orderOf(after)) : all;
    await this.called(() => undefined);
    for (const { key, version, head } of rest) yield { key, version, modified: head.modified };
  }

  async create(key: string, text: string): Promise<'created' | 'exists'> {
    return this.called(() => {
      if (this.reports.has(key)) return 'exists';
      this.reports.set(key, text);
      return 'created';
    });
  }

  async readReport(key: string): Promise<string> {
    return this.called(() => this.reports.get(key) ?? '');
  }

  async send(subject: string, text: string, topic?: string): Promise<void> {
    return this.called(() => {
      if (topic !== undefined && this.refusal !== undefined) throw this.refusal;
      this.sent.push({ subject, text, ...(topic !== undefined && { topic }) });
    });
  }

  async start(name: string, order: object): Promise<void> {
    return this.called(() => {
      if (!this.executions.has(name)) this.executions.set(name, { order, done: false, failures: 0 });
    });
  }

  /** The reports on a version. */
  reportsOn({ version }: Version): string[] {
    return [...this.reports.keys()].filter((key) => key.includes(`/${version}/`));
  }

  private find({ key, version }: Version): Kept | undefined {
    return this.versions.find((each) => each.key === key && each.version === version && !each.gone);
  }

  /** What must be so at the moment of the act. */
  private watch(kept: Kept, wanted: Tags): void {
    const decided = wanted.get(GATE_TAG);
    const on = this.reportsOn(kept);
    if (
      !on.some(
        (key) => key.includes('/decided/') && this.reports.get(key)?.includes(`"outcome": "${decided}"`),
      )
    )
      this.faults.push(`${kept.version} was tagged ${decided} before that was decided`);
    if (!on.some((key) => key.includes(`/${decided}/`) && key.endsWith('.html')))
      this.faults.push(`${kept.version} was tagged ${decided} before there was a page`);
    if (decided === 'rejected' && this.sent.length === 0)
      this.faults.push(`${kept.version} was rejected before anybody was told`);
  }

  private async called<T>(act: () => T): Promise<T> {
    this.calls += 1;
    this.time += this.pace;
    const { dieAt, goneAt, calls } = this;
    if (goneAt?.call === calls) goneAt.kept.gone = true;
    for (let turn = this.turns[calls % this.turns.length] ?? 0; turn > 0; turn--) await undefined;
    if (dieAt?.call === calls && !dieAt.done) throw new Died('before a call');
    const result = act();
    if (dieAt?.call === calls) throw new Died('after a call');
    return result;
  }
}

/** By key, then the newest first, as S3 lists versions. */
function orderOf({ key, version }: Version): string {
  return `${key}\0${String(9_999 - Number(version.slice(1))).padStart(4, '0')}`;
}
