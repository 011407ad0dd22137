/** Whether AWS would allow what is asked, and what becomes of it where it would: it goes to the endpoint, or to what is played. */
import type { World } from '../../assembly';
import type { AskedOfBucket, AskedOfKey, Judged } from './asked';
import type { Authoriser, Ruling } from './authoriser';
import type { Actor } from './caller';
import { copied } from './copying';
import type { DeployedKeys } from './deployed-keys';
import type { LateRights } from './late-rights';
import { forward, type Received, type Reply } from './local-port';
import { GRANT_OPERATIONS, type PlayedGrants } from './played-grants';
import type { PlayedPoints } from './played-points';
import { withAccount } from './replies';
import { asOfS3 } from './s3-heads';
import { tagContext } from './tags';

/** What is ruled by, and what answers in the endpoint’s place. */
interface Given {
  readonly endpoint: string;
  readonly world: World;
  readonly authoriser: Authoriser;
  readonly keys: DeployedKeys;
  readonly points: PlayedPoints;
  readonly grants: PlayedGrants;
  readonly lateRights: LateRights;
}

/** A ruling on a request, and how it is passed on where it is allowed. */
interface Ruled {
  readonly ruling: Ruling;
  readonly pass: () => Promise<Reply>;
}

/** Rules on requests. */
export class Rulings {
  constructor(private readonly given: Given) {}

  /** Rules on what an actor asks. */
  async on(actor: Actor, asked: Judged, received: Received): Promise<Ruled> {
    if (isDelayed(asked) && this.given.lateRights.refuses(actor.name, asked.operation)) return LATE;
    switch (asked.kind) {
      case 'bucket':
        return await this.#onBucket(actor, asked, received);
      case 'key':
        return await this.#onKey(actor, asked, received);
      case 'table':
        return {
          ruling: this.given.authoriser.table(actor, asked),
          pass: () => forward(this.given.endpoint, received, actor.account ?? ''),
        };
      case 'access point':
        return {
          ruling: this.given.authoriser.point(actor, asked),
          pass: async () =>
            this.given.points.answer(
              received.method,
              asked.account,
              asked.name,
              received.body.toString('utf8'),
            ),
        };
      case 'function':
        return {
          ruling: this.given.authoriser.function(actor, asked),
          pass: async () => {
            const called = calledBy(received, this.given.authoriser.arnOfFunction(actor, asked));
            return await forward(this.given.endpoint, called, actor.account ?? '');
          },
        };
    }
  }

  async #onBucket(actor: Actor, asked: AskedOfBucket, received: Received) {
    const { endpoint } = this.given;
    const bucket = this.given.authoriser.bucketOf(asked);
    const name = bucket?.arn.split(':::')[1] ?? '';
    const account = bucket?.account ?? '';
    const context = {
      ...(bucket && (await tagContext(endpoint, asked, received, { account, name }))),
      ...uploadContext(received),
    };
    const pairs = addedPairs(received);
    const ruling = this.given.authoriser.object(actor, asked, { context, pairs });
    const { copy, object = '' } = asked;
    if (copy) {
      const tags = () =>
        this.given.authoriser.object(actor, { ...asked, action: 's3:GetObjectTagging' }, { context });
      return {
        ruling: ruling.allowed && copy.takesTags ? tags() : ruling,
        pass: () => copied(endpoint, copy, { bucket: name, object, account }, actor.account ?? ''),
      };
    }
    const path = asked.accessPoint === undefined ? received.url : `/${name}${received.url}`;
    const asS3Would = async (reply: Reply) => {
      const keyArn = bucket?.key === undefined ? undefined : this.given.keys.deployed(bucket.key);
      return await asOfS3(reply, asked, { ...received, url: path }, { endpoint, account, keyArn });
    };
    return {
      ruling,
      pass: async () => asS3Would(await forward(endpoint, { ...received, url: path }, account)),
    };
  }

  async #onKey(actor: Actor, asked: AskedOfKey, received: Received) {
    const { endpoint, world } = this.given;
    const arn = asked.key.startsWith('arn:') ? asked.key : '';
    const known = await this.given.keys.known(arn);
    const key = world.keys.find((each) => each.arn === known);
    const ruling: Ruling =
      key === undefined
        ? { allowed: false, unjudged: false, why: [`no template makes the key ${asked.key}`] }
        : this.given.authoriser.key(actor, asked, key);
    const account = arn.split(':')[4] ?? '';
    const pass = async () =>
      GRANT_OPERATIONS.has(asked.operation)
        ? await this.given.grants.answer(asked.operation, arn, asked.input)
        : withAccount(await forward(endpoint, received, account), asked.operation, account);
    return { ruling, pass };
  }
}

/** Whether rights to this are played as late: those of KMS and S3 Control. */
function isDelayed({ kind }: Judged): boolean {
  return kind === 'key' || kind === 'access point';
}

const LATE: Ruled = {
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

/**
 * The pairs that an upload adds to its encryption context. A header that can’t be read stands for one: nothing is allowed that was
 * not understood.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
 */
function addedPairs({ headers }: Received): Record<string, string> {
  const given = headers['x-amz-server-side-encryption-context'];
  if (given === undefined) return {};
  try {
    const pairs: unknown = JSON.parse(Buffer.from(String(given), 'base64').toString('utf8'));
    return Object.fromEntries(Object.entries(pairs as object).map(([name, value]) => [name, String(value)]));
  } catch {
    return { 'not understood': String(given) };
  }
}
