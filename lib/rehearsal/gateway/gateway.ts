/**
 * Stands between all callers and the endpoint. What actors and functions ask of S3, KMS, DynamoDB and
 * Lambda is judged first and refused where AWS would refuse it; grants, access points and the deployment roles’ sessions are played; the rest goes to the endpoint.
 */
import { randomUUID } from 'node:crypto';
import type { AssemblyStack, World } from '../../assembly';
import { escapedHtml } from '../../words';
import {
  type Asked,
  type AskedOfBucket,
  type AskedOfKey,
  askedBy,
  type Judged,
  NotUnderstoodError,
} from './asked';
import { Authoriser, type Ruling } from './authoriser';
import type { Actor } from './caller';
import { ClientSessions } from './client-sessions';
import { copied } from './copying';
import { DeployedKeys } from './deployed-keys';
import { LateRights } from './late-rights';
import { forward, LocalPort, NothingLearntError, type Received, type Reply, signedFor } from './local-port';
import { GRANT_OPERATIONS, PlayedGrants } from './played-grants';
import { PlayedPoints } from './played-points';
import { roleSession } from './played-sessions';
import { asOfS3 } from './s3-heads';
import { tagContext } from './tags';

/** A request that was judged, and what came of it. */
export interface Heard {
  /** By which the ledger knows it. */
  readonly id: string;
  readonly actor: Actor;
  readonly asked: Judged;
  /** The bucket behind what was asked, by name or by access point. */
  readonly bucket: string | undefined;
  readonly ruling: Ruling;
  readonly status: number;
  readonly received: Received;
  readonly reply: Reply;
  /** Milliseconds since 1970, by the rehearsal’s clock. */
  readonly at: number;
}

/** What the gateway stands in front of. */
export interface GatewayProps {
  readonly endpoint: string;
  readonly world: World;
  /** Of the assembly that the world was read from. */
  readonly stacks: readonly AssemblyStack[];
  readonly now: () => number;
}

/** All ports of a rehearsal. */
export class Gateway {
  readonly points = new PlayedPoints();
  readonly grants: PlayedGrants;
  readonly lateRights = new LateRights();
  /** In the order in which they came. */
  readonly heard: Heard[] = [];
  /** The services that passed unjudged. */
  readonly unjudged = new Set<string>();
  readonly #authoriser: Authoriser;
  readonly #ports: LocalPort[] = [];
  readonly #keys: DeployedKeys;

  constructor(private readonly props: GatewayProps) {
    const { now, world, stacks, endpoint } = props;
    this.#keys = new DeployedKeys(endpoint, stacks);
    this.grants = new PlayedGrants({ now, exists: (role) => this.#exists(role) });
    this.#authoriser = new Authoriser({
      world,
      points: this.points,
      grants: this.grants,
      now,
      deployedKey: (known) => this.#keys.deployed(known),
    });
  }

  /** The address for deploying and looking on. Nothing is judged there; the access key says which account is meant. */
  operatorUrl(): Promise<string> {
    return this.#open(async (received) => {
      const { accessKey } = signedFor(received);
      return roleSession(received) ?? (await forward(this.props.endpoint, received, accessKey));
    });
  }

  /** The address of a new port for one actor. */
  urlFor(actor: Actor): Promise<string> {
    return this.#open((received) => this.#serve(actor, received));
  }

  /**
   * The address of a new port for the code of a function, whose clock is the rehearsal’s. It is answered at that time: a
   * client that takes its own clock for wrong takes each error for one that passes, and asks again.
   */
  urlForFunction(actor: Actor): Promise<string> {
    return this.#open(async (received) => this.#atItsTime(await this.#serve(actor, received)));
  }

  /**
   * The address of a new port for the client in the hands of a member of staff: STS, and S3 as the role whose session signs. It
   * follows the rehearsal’s clock as well.
   * @param who the ARN of the role that they have in their organisation’s account
   */
  urlForClient(who: string): Promise<string> {
    const { world, now } = this.props;
    const sessions = new ClientSessions(world, who, now);
    return this.#open(async (received) => {
      const actor = sessions.actor(received);
      const reply =
        sessions.answer(received) ??
        (actor === undefined
          ? denied('xml', 403, 'InvalidAccessKeyId', 'it is signed with the key of no session')
          : await this.#serve(actor, received));
      return this.#atItsTime(listedAt(reply, now() - Date.now()));
    });
  }

  #atItsTime(reply: Reply): Reply {
    return { ...reply, headers: { ...reply.headers, date: new Date(this.props.now()).toUTCString() } };
  }

  async close(): Promise<void> {
    await Promise.all(this.#ports.splice(0).map((port) => port.close()));
  }

  async #open(serve: (received: Received) => Promise<Reply>): Promise<string> {
    const port = new LocalPort(serve);
    this.#ports.push(port);
    return await port.open();
  }

  async #serve(actor: Actor, received: Received): Promise<Reply> {
    let asked: Asked;
    try {
      asked = this.#resolved(askedBy(received));
    } catch (error) {
      if (!(error instanceof NotUnderstoodError)) throw error;
      return denied('xml', 400, 'NotUnderstoodByTheRehearsal', error.message);
    }
    if (asked.kind === 'other') {
      this.unjudged.add(asked.service);
      return await forward(this.props.endpoint, received, actor.account ?? '');
    }
    let ruling: Ruling;
    let reply: Reply;
    try {
      const ruled = await this.#rule(actor, asked, received);
      ruling = ruled.ruling;
      reply = ruling.allowed ? await ruled.pass() : refused(asked.kind, ruling);
    } catch (error) {
      if (error instanceof NothingLearntError) return error.reply;
      throw error;
    }
    const bucket =
      asked.kind === 'bucket' ? this.#authoriser.bucketOf(asked)?.arn.split(':::')[1] : undefined;
    const at = this.props.now();
    this.heard.push({
      id: randomUUID(),
      actor,
      asked,
      bucket,
      ruling,
      status: reply.status,
      received,
      reply,
      at,
    });
    return reply;
  }

  /** A copy by alias is one by the access point that is behind it. */
  #resolved(asked: Asked): Asked {
    if (asked.kind !== 'bucket' || asked.copy?.alias === undefined) return asked;
    return { ...asked, accessPoint: this.points.behind(asked.copy.alias) };
  }

  async #rule(
    actor: Actor,
    asked: Judged,
    received: Received,
  ): Promise<{ ruling: Ruling; pass: () => Promise<Reply> }> {
    if (isDelayed(asked) && this.lateRights.refuses(actor.name, asked.operation)) return LATE;
    switch (asked.kind) {
      case 'bucket':
        return await this.#ruleOnBucket(actor, asked, received);
      case 'key':
        return await this.#ruleOnKey(actor, asked, received);
      case 'table':
        return {
          ruling: this.#authoriser.table(actor, asked),
          pass: () => forward(this.props.endpoint, received, actor.account ?? ''),
        };
      case 'access point':
        return {
          ruling: this.#authoriser.point(actor, asked),
          pass: async () =>
            this.points.answer(received.method, asked.account, asked.name, received.body.toString('utf8')),
        };
      case 'function':
        return {
          ruling: this.#authoriser.function(actor, asked),
          pass: async () => {
            const called = calledBy(received, this.#authoriser.arnOfFunction(actor, asked));
            return await forward(this.props.endpoint, called, actor.account ?? '');
          },
        };
    }
  }

  async #ruleOnBucket(actor: Actor, asked: AskedOfBucket, received: Received) {
    const { endpoint } = this.props;
    const bucket = this.#authoriser.bucketOf(asked);
    const name = bucket?.arn.split(':::')[1] ?? '';
    const account = bucket?.account ?? '';
    const context = {
      ...(bucket && (await tagContext(endpoint, asked, received, { account, name }))),
      ...uploadContext(received),
    };
    const ruling = this.#authoriser.object(actor, asked, { context });
    const { copy, object = '' } = asked;
    if (copy) {
      const tags = () =>
        this.#authoriser.object(actor, { ...asked, action: 's3:GetObjectTagging' }, { context });
      return {
        ruling: ruling.allowed && copy.takesTags ? tags() : ruling,
        pass: () => copied(endpoint, copy, { bucket: name, object, account }, actor.account ?? ''),
      };
    }
    const path = asked.accessPoint === undefined ? received.url : `/${name}${received.url}`;
    const asS3Would = async (reply: Reply) => {
      const keyArn = bucket?.key === undefined ? undefined : this.#keys.deployed(bucket.key);
      return await asOfS3(reply, asked, { ...received, url: path }, { endpoint, account, keyArn });
    };
    return {
      ruling,
      pass: async () => asS3Would(await forward(endpoint, { ...received, url: path }, account)),
    };
  }

  async #ruleOnKey(actor: Actor, asked: AskedOfKey, received: Received) {
    const { endpoint, world } = this.props;
    const arn = asked.key.startsWith('arn:') ? asked.key : '';
    const known = await this.#keys.known(arn);
    const key = world.keys.find((each) => each.arn === known);
    const ruling: Ruling =
      key === undefined
        ? { allowed: false, unjudged: false, why: [`no template makes the key ${asked.key}`] }
        : this.#authoriser.key(actor, asked, key);
    const account = arn.split(':')[4] ?? '';
    const pass = async () =>
      GRANT_OPERATIONS.has(asked.operation)
        ? await this.grants.answer(asked.operation, arn, asked.input)
        : withAccount(await forward(endpoint, received, account), asked.operation, account);
    return { ruling, pass };
  }

  async #exists(role: string): Promise<boolean> {
    const account = role.split(':')[4] ?? '';
    const body = Buffer.from(
      new URLSearchParams({
        Action: 'GetRole',
        Version: '2010-05-08',
        RoleName: role.slice(role.lastIndexOf('/') + 1),
      }).toString(),
    );
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `AWS4-HMAC-SHA256 Credential=${account}/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=00`,
    };
    const reply = await forward(this.props.endpoint, { method: 'POST', url: '/', headers, body }, account);
    // Not by its ARN: the endpoint leaves the path out of those of roles that CloudFormation made.
    const path = role.slice(role.indexOf('/'), role.lastIndexOf('/') + 1);
    if (reply.status !== 200 && reply.status !== 404) throw new NothingLearntError(reply);
    return reply.status === 200 && reply.body.includes(`<Path>${path}</Path>`);
  }
}

/** Whether rights to this are played as late: those of KMS and S3 Control. */
function isDelayed({ kind }: Judged): boolean {
  return kind === 'key' || kind === 'access point';
}

const LATE: { readonly ruling: Ruling; readonly pass: () => Promise<Reply> } = {
  ruling: { allowed: false, unjudged: false, late: true, why: ['the rights of the role are on their way'] },
  pass: () => Promise.reject(new Error('what is refused is not passed on')),
};

/**
 * A call of a function as the endpoint takes it. AWS tells a function by which ARN it was called; ministack tells it nothing
 * of that, but takes it from here.
 */
function calledBy(received: Received, arn: string): Received {
  const event = JSON.parse(received.body.toString('utf8') || '{}') as object;
  const body = Buffer.from(JSON.stringify({ ...event, _arn: arn }));
  return { ...received, headers: { ...received.headers, 'content-length': String(body.length) }, body };
}

/** The endpoint leaves the account out of what it says of a key; the key’s ARN has it. */
function withAccount(reply: Reply, operation: string, account: string): Reply {
  if (operation !== 'DescribeKey' || reply.status !== 200) return reply;
  const { KeyMetadata } = JSON.parse(reply.body.toString('utf8')) as { KeyMetadata?: object };
  const body = Buffer.from(JSON.stringify({ KeyMetadata: { AWSAccountId: account, ...KeyMetadata } }));
  return { ...reply, headers: { ...reply.headers, 'content-length': String(body.length) }, body };
}

/** What an upload says of its own encryption and access. */
function uploadContext({ headers }: Received): Record<string, string> {
  const given = [
    'x-amz-acl',
    'x-amz-server-side-encryption',
    'x-amz-server-side-encryption-aws-kms-key-id',
    'x-amz-server-side-encryption-customer-algorithm',
  ].flatMap((name) => {
    const value = headers[name];
    return typeof value === 'string' ? [[`s3:${name}`, value] as const] : [];
  });
  return Object.fromEntries(given);
}

function refused(kind: Judged['kind'], ruling: Ruling): Reply {
  const message = `${ruling.unjudged ? 'Not judged' : 'Refused'} by simulation: ${ruling.why.join('; ')}`;
  if (kind === 'key' || kind === 'table') return denied('json', 400, 'AccessDeniedException', message);
  if (kind === 'function') return denied('json', 403, 'AccessDeniedException', message);
  return denied('xml', 403, 'AccessDenied', message);
}

function denied(form: 'xml' | 'json', status: number, code: string, message: string): Reply {
  const [type, text] =
    form === 'json'
      ? ['application/x-amz-json-1.1', JSON.stringify({ __type: code, message })]
      : ['application/xml', `<Error><Code>${code}</Code><Message>${escapedHtml(message)}</Message></Error>`];
  return { status, headers: { 'content-type': type }, body: Buffer.from(text) };
}

const MINUTE = 60_000;

/**
 * A listing with times by the rehearsal’s clock: the endpoint’s are those of this machine, by which nothing that lies there would have
 * been deposited since the client began. In whole minutes, so that one object has one time whenever it is listed.
 * @param ahead by how many milliseconds the rehearsal’s clock is ahead
 */
function listedAt(reply: Reply, ahead: number): Reply {
  if (reply.status !== 200 || !reply.body.subarray(0, 200).includes('<ListBucketResult')) return reply;
  const by = Math.ceil(ahead / MINUTE) * MINUTE;
  const text = reply.body
    .toString('utf8')
    .replace(
      /(<LastModified>)([^<]+)/g,
      (_, name: string, at: string) => `${name}${new Date(Date.parse(at) + by).toISOString()}`,
    );
  const body = Buffer.from(text);
  return { ...reply, headers: { ...reply.headers, 'content-length': String(body.length) }, body };
}
