/** A world for the broker: KMS and S3 Control in memory, a clock that only moves when it is told, faults and crashes. */

import type { KMSClient } from '@aws-sdk/client-kms';
import { KmsGrants } from '../../../lambda/key-grants/kms-grants';
import { CloudFormationStack } from '../../../lambda/key-grants/own-stack';
import { reconcile } from '../../../lambda/key-grants/reconcile';
import { Report } from '../../../lambda/key-grants/report';
import type { RunResult } from '../../../lambda/key-grants/result';
import { IamRoleSessions } from '../../../lambda/key-grants/role-sessions';
import { S3AccessPoints } from '../../../lambda/key-grants/s3-access-points';
import { ParameterStopRecords } from '../../../lambda/key-grants/stop-records';
import { Stops } from '../../../lambda/key-grants/stops';
import { insisting, type RunClock } from '../../../lib/runtime';
import { accessPointArnOf, type GrantList, type ListedShare } from '../../../lib/wire';
import { MemoryAccount } from './memory-account';
import { MemoryKms } from './memory-kms';
import { MemoryS3Control, openPolicy } from './memory-s3-control';

export const NOW = Date.parse('2027-04-01T00:00:00Z');
export const HOUR = 3_600_000;
export const KEY = {
  account: '111111111111',
  region: 'eu-west-2',
  bucketArn: 'arn:aws:s3:::ex-111111111111-eu-west-2-an',
};
export const KEY_ARN = `arn:aws:kms:${KEY.region}:${KEY.account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
export const BROKER = `arn:aws:iam::${KEY.account}:role/concordat/concordat-grant-broker`;
export const RIGHT = {
  RetiringPrincipal: BROKER,
  Operations: ['Decrypt', 'DescribeKey'],
  Constraints: { EncryptionContextEquals: { 'aws:s3:arn': KEY.bucketArn } },
} as const;

export function collectRole(account: string): string {
  return `arn:aws:iam::${account}:role/concordat/concordat-collect`;
}

export function instant(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

/** A share by its number; in force for ten days around NOW unless it is said otherwise. */
export function share(
  n: number,
  given: { from?: number; until?: number; account?: string } = {},
): ListedShare {
  const id = `${n.toString(16).padStart(12, '0')}--recipient-${n}`;
  return {
    share: id,
    agreement: `agreement-${n}`,
    grantee: collectRole(given.account ?? String(200_000_000_000 + n)),
    from: instant(given.from ?? NOW - 240 * HOUR),
    until: instant(given.until ?? NOW + 240 * HOUR),
    accessPoint: accessPointArnOf(KEY, id),
  };
}

export function listOf(...shares: ListedShare[]): GrantList {
  const accounts = [...new Set(shares.map(({ grantee }) => grantee.split(':')[4] ?? ''))];
  return { form: 'concordat-grants/v1', key: KEY, custody: { origin: 'AWS_KMS' }, accounts, shares };
}

/** The process is dead: nothing that it does takes effect any more. */
export class Crash extends Error {}

export type Change = {
  readonly at: number;
  readonly what: string;
  readonly share: string;
  readonly closed: boolean;
};

export class World {
  time = NOW;
  deadline = Number.POSITIVE_INFINITY;
  calls = 0;
  /** How long a call takes. */
  callTime = 20;
  crashAt: { call: number; when: 'before' | 'after' } | undefined;
  /** Thrown instead of an answer, by call and action. */
  fault: (call: number, action: string) => Error | undefined = () => undefined;
  /** The refusal of S3 Control, or of IAM or Parameter Store in its place, by call and action. */
  refusal: (call: number, action: string) => { status: number; code: string } | undefined = () => undefined;
  /** Called after each change. */
  changed: (change: Change) => void = () => undefined;
  /** Called before each call. */
  meanwhile: () => void = () => undefined;
  readonly kms = new MemoryKms(KEY_ARN, () => this.time);
  readonly s3 = new MemoryS3Control();
  readonly account = new MemoryAccount();
  readonly log: Record<string, unknown>[] = [];
  /** Each call that changed something, in order. */
  readonly changes: Change[] = [];
  /** The ids of grants of AWS services, which nobody is to touch. */
  readonly services: string[] = [];
  /**
   * Whether calls and waits take their time side by side, as on AWS. One after another is quicker to run, and enough where
   * nothing hangs on the clock.
   */
  sideBySide = false;
  private readonly sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  private going = false;
  private dead = false;
  private requests = 0;

  constructor() {
    this.kms.makeRole(BROKER);
  }

  readonly clock: RunClock = {
    now: () => this.time,
    sleep: (milliseconds) => this.pass(milliseconds),
    remaining: () => this.deadline - this.time,
  };

  readonly client = {
    send: async (command: { constructor: { name: string }; input: object }) => {
      const action = command.constructor.name.replace('Command', '');
      return this.call(action, () => {
        const { GrantId, Name } = command.input as { GrantId?: string; Name?: string };
        const named = Name ?? this.kms.grants.find((each) => each.GrantId === GrantId)?.Name ?? '';
        const before = this.kms.grants;
        const output = this.kms.answer(action, command.input) as { Grants?: { CreationDate: unknown }[] };
        if (this.kms.grants !== before) this.note(action, named);
        if (!output.Grants) return output;
        const dated = (grant: object) => ({
          ...grant,
          CreationDate: new Date((grant as { CreationDate: number }).CreationDate * 1000),
        });
        return { ...output, Grants: output.Grants.map(dated) };
      });
    },
  } as unknown as Pick<KMSClient, 'send'>;

  readonly fetch = (async (
    url: URL,
    init: { method: string; body?: string; headers: Record<string, string> },
  ) => {
    const action = this.account.actionOf(init.headers, init.body ?? '');
    const refused = this.refusal(this.calls, action ?? init.method);
    if (refused)
      return this.call(action ?? init.method, () => {
        const { status, code } = refused;
        const body = `<Error><Code>${code}</Code></Error>${JSON.stringify({ __type: code })}`;
        return answered(status, body);
      });
    if (action !== undefined)
      return this.call(action, () => {
        const { status, body } = this.account.answer(action, init.body ?? '');
        return answered(status, body);
      });
    return this.call(init.method, () => {
      const name = url.pathname.split('/')[3] ?? '';
      const before = this.s3.policies.get(name);
      const { status, body } = this.s3.answer(init.method, url.pathname, init.body ?? '');
      if (this.s3.policies.get(name) !== before) this.note(init.method, name);
      return answered(status, body);
    });
  }) as unknown as typeof fetch;

  /** Makes the role of each share, and its access point as CloudFormation does. */
  prepare(...shares: readonly ListedShare[]): void {
    for (const { share: id, grantee } of shares) {
      if (!this.kms.roles.has(grantee)) this.kms.makeRole(grantee);
      this.s3.policies.set(id, openPolicy(id));
    }
  }

  async run(list: GrantList | undefined, { dryRun = false }: { dryRun?: boolean } = {}): Promise<RunResult> {
    const ports = this.ports();
    const records = ports.records.read(insisting(this.clock));
    const stops = await records.then(
      (read) => new Stops(read),
      (error: Error) => ({ notKnown: error.message }),
    );
    const result = await reconcile({ list, keyArn: KEY_ARN, brokerRole: BROKER, dryRun, stops }, ports);
    ports.report.finished(result);
    return result;
  }

  ports() {
    const signer = { sign: async (request: unknown) => request } as ConstructorParameters<
      typeof S3AccessPoints
    >[0]['signer'];
    const service = { endpoint: 'https://aws.example', signer, fetch: this.fetch };
    return {
      records: new ParameterStopRecords(service),
      sessions: new IamRoleSessions(service),
      stack: new CloudFormationStack(service),
      asked: { request: `request-${this.requests++}`, why: undefined },
      grants: new KmsGrants(this.client, KEY_ARN),
      accessPoints: new S3AccessPoints({ ...KEY, signer, fetch: this.fetch, now: () => this.time }),
      clock: this.clock,
      report: new Report((line) => this.log.push(JSON.parse(line)), this.clock, {
        key: KEY_ARN,
        functionName: 'broker',
      }),
    };
  }

  get isDead(): boolean {
    return this.dead;
  }

  /** Brings a crashed process back to life. */
  restart(): void {
    this.dead = false;
    this.crashAt = undefined;
    this.calls = 0;
  }

  private async pass(milliseconds: number): Promise<void> {
    if (!this.sideBySide) {
      this.time += milliseconds;
      return;
    }
    const at = this.time + milliseconds;
    await new Promise<void>((wake) => {
      // The last is the first to wake; of two at one moment, the one that came later.
      let place = this.sleepers.length;
      while (place > 0 && (this.sleepers[place - 1]?.at ?? 0) < at) place--;
      this.sleepers.splice(place, 0, { at, wake });
      this.goOn();
    });
  }

  /** Wakes the next sleeper, once all that is awake has come to wait. */
  private goOn(): void {
    if (this.going) return;
    this.going = true;
    setImmediate(() => {
      this.going = false;
      const next = this.sleepers.pop();
      if (!next) return;
      this.time = Math.max(this.time, next.at);
      next.wake();
      this.goOn();
    });
  }

  private note(what: string, named: string): void {
    const change = { at: this.time, what, share: named, closed: this.s3.isClosed(named) };
    this.changes.push(change);
    this.changed(change);
  }

  private async call<T>(action: string, work: () => T): Promise<T> {
    if (this.dead) throw new Crash();
    const call = this.calls;
    this.calls += 1;
    if (this.sideBySide) await this.pass(this.callTime);
    else this.time += this.callTime;
    if (this.dead) throw new Crash();
    this.meanwhile();
    if (this.crashAt?.call === call && this.crashAt.when === 'before') this.die();
    const fault = this.fault(call, action);
    if (fault) throw fault;
    const answer = work();
    if (this.crashAt?.call === call) this.die();
    return answer;
  }

  private die(): never {
    this.dead = true;
    throw new Crash();
  }
}

/** What a service answers, as much as is read of it: Node’s own answers took a tenth of the time of these tests. */
function answered(status: number, body: string): Pick<Response, 'status' | 'text'> {
  return { status, text: async () => body };
}
