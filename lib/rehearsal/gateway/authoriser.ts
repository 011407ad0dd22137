/**
 * Decides a request as AWS would, by the policies of the templates, and by the grants and access points as they stand now.
 * A request is taken as it would be made to AWS: over TLS 1.3, at the rehearsal’s time.
 */

import type { MadeBucket, MadeKey, World } from '../../assembly';
import { type Decision, decide, type Environment, type RequestInput, requestOf, why } from '../../iam';
import { Askers } from '../../proof';
import type { AskedOfAccessPoint, AskedOfBucket, AskedOfFunction, AskedOfKey, AskedOfTable } from './asked';
import type { Actor } from './caller';
import type { PlayedGrants } from './played-grants';
import type { PlayedPoints } from './played-points';

/** What comes of a request. */
export interface Ruling {
  readonly allowed: boolean;
  /** Which statements decided, or which yes is missing. */
  readonly why: readonly string[];
  /** Whether it was refused because it could not be judged: AWS might have answered otherwise. */
  readonly unjudged: boolean;
  /** Whether it was refused only since the caller’s rights were on their way, which is played. */
  readonly late?: true;
}

/** What the authoriser knows of a request beyond its action and resource. */
export interface Circumstances {
  /** `s3:ExistingObjectTag/...` and the like, from the endpoint and the request. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
  /** The pairs that an upload adds to its encryption context. */
  readonly pairs?: Readonly<Record<string, string>>;
}

/** What the authoriser asks. */
export interface AuthoriserProps {
  readonly world: World;
  readonly points: PlayedPoints;
  readonly grants: PlayedGrants;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** The ARN under which the endpoint knows a key of the templates; undefined while it has none. */
  readonly deployedKey: (known: string) => string | undefined;
}

/** Reading and writing an object takes the key too. */
const KEY_USE: Readonly<Record<string, string>> = {
  's3:GetObject': 'kms:Decrypt',
  's3:GetObjectVersion': 'kms:Decrypt',
  's3:PutObject': 'kms:GenerateDataKey',
};

/** Judges by the world of one assembly. */
export class Authoriser {
  readonly #askers: Askers;

  constructor(private readonly props: AuthoriserProps) {
    this.#askers = new Askers(props.world);
  }

  /** The bucket that a request means, by its name or by its access point. */
  bucketOf({ bucket, accessPoint }: Pick<AskedOfBucket, 'bucket' | 'accessPoint'>): MadeBucket | undefined {
    const name =
      accessPoint === undefined
        ? bucket
        : this.props.points.find(accessPoint.account, accessPoint.name)?.bucket;
    return this.props.world.buckets.find(({ arn }) => arn === `arn:aws:s3:::${name}`);
  }

  /** An S3 request, and what it takes of the bucket’s key. */
  object(actor: Actor, asked: AskedOfBucket, { context, pairs = {} }: Circumstances): Ruling {
    const bucket = this.bucketOf(asked);
    if (bucket === undefined) return refusal('no template makes that bucket or access point');
    const { accessPoint, object, action } = asked;
    const point = accessPoint && this.props.points.find(accessPoint.account, accessPoint.name);
    const { region } = this.props.world.register.zone;
    const prefix = asked.query.get('prefix');
    const first = this.#decide(
      actor,
      {
        action,
        resource: object === undefined ? bucket.arn : `${bucket.arn}/${object}`,
        resourceAccount: bucket.account,
        ...(accessPoint && {
          accessPoint: `arn:aws:s3:${region}:${accessPoint.account}:accesspoint/${accessPoint.name}`,
        }),
        context: {
          's3:TlsVersion': '1.3',
          's3:authType': asked.query.has('X-Amz-Signature') ? 'REST-QUERY-STRING' : 'REST-HEADER',
          ...((action === 's3:ListBucket' || action === 's3:ListBucketVersions') &&
            prefix !== null && { 's3:prefix': prefix }),
          ...context,
        },
      },
      {
        ...(bucket.policy && { resource: bucket.policy }),
        ...(point && { accessPoint: this.props.points.policyOf(point) }),
      },
    );
    const use = KEY_USE[action];
    if (use === undefined || !first.allowed) return first;
    const key = this.props.world.keys.find(({ arn }) => arn === bucket.key);
    if (key === undefined) return refusal(`the key of ${bucket.arn} is not known`);
    const trail = actor.context['aws:SourceArn'];
    const second = this.#onKey(actor, use, key, {
      'kms:ViaService': `s3.${region}.amazonaws.com`,
      ...contextOf({
        ...pairs,
        // S3 appends it to what an upload gives.
        'aws:s3:arn': bucket.arn,
        // CloudTrail names its trail to KMS, and encrypts under its own context.
        ...(actor.account === undefined && typeof trail === 'string' && { 'aws:cloudtrail:arn': trail }),
      }),
    });
    return { ...second, why: [...first.why, ...second.why] };
  }

  /** A request to KMS on a key of the templates. */
  key(actor: Actor, { action, input }: AskedOfKey, key: MadeKey): Ruling {
    return this.#onKey(actor, action, key, keyContext(action, input));
  }

  /** A request to S3 Control. Access points have no policy for these: the caller’s own decide, in its own account. */
  point(actor: Actor, { action, account, name }: AskedOfAccessPoint): Ruling {
    const { region } = this.props.world.register.zone;
    if (actor.account !== account) return refusal('it is another account’s access point');
    const resource = `arn:aws:s3:${region}:${account}:accesspoint/${name}`;
    return this.#decide(actor, { action, resource, context: { 's3:TlsVersion': '1.3' } }, {});
  }

  /** A request to DynamoDB. Tables have no policy of their own here: the caller’s decide, in its own account. */
  table(actor: Actor, { action, table }: AskedOfTable): Ruling {
    const { region } = this.props.world.register.zone;
    const resource = `arn:aws:dynamodb:${region}:${actor.account}:table/${table}`;
    return this.#decide(actor, { action, resource, context: {} }, {});
  }

  /** A call of a function. No function has a policy of its own that lets a role in: the caller’s decide, in its own account. */
  function(actor: Actor, asked: AskedOfFunction): Ruling {
    const resource = this.arnOfFunction(actor, asked);
    return this.#decide(actor, { action: asked.action, resource, context: {} }, {});
  }

  /** The ARN by which a caller calls a function, with the alias if there is one. */
  arnOfFunction({ account }: Actor, { name, alias }: AskedOfFunction): string {
    const { region } = this.props.world.register.zone;
    return [`arn:aws:lambda:${region}:${account}:function:${name}`, ...(alias ? [alias] : [])].join(':');
  }

  #onKey(actor: Actor, action: string, key: MadeKey, context: RequestInput['context']): Ruling {
    const deployed = this.props.deployedKey(key.arn);
    return this.#decide(
      actor,
      { action, resource: key.arn, context: context ?? {} },
      {
        resource: key.policy,
        grants: deployed === undefined ? [] : this.props.grants.asGrants(deployed, key.arn),
      },
    );
  }

  #decide(actor: Actor, input: Omit<RequestInput, 'caller'>, environment: Environment): Ruling {
    const owner = input.resourceAccount ?? input.resource.split(':')[4] ?? '';
    const organisation = actor.account && this.#askers.organizationOf(actor.account);
    const decision = decide(
      requestOf({
        ...input,
        caller: actor.caller,
        context: {
          'aws:CurrentTime': `${new Date(this.props.now()).toISOString().slice(0, 19)}Z`,
          'aws:SecureTransport': 'true',
          'aws:ResourceOrgID': this.#askers.organizationOf(owner),
          ...(organisation && { 'aws:PrincipalOrgID': organisation }),
          ...actor.context,
          ...input.context,
        },
      }),
      {
        identity: actor.identity,
        managementAccount: this.props.world.register.zone.accounts.management,
        ...environment,
      },
    );
    return rulingOf(decision);
  }
}

/** The ruling that a decision comes to. What is not judged is never a yes. */
export function rulingOf(decision: Decision): Ruling {
  const { verdict } = decision;
  return { allowed: verdict === 'allowed', why: why(decision), unjudged: verdict === 'not judged' };
}

function refusal(reason: string): Ruling {
  return { allowed: false, why: [reason], unjudged: false };
}

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html */
function keyContext(action: string, input: Readonly<Record<string, unknown>>): RequestInput['context'] {
  if (action === 'kms:Sign')
    return {
      'kms:SigningAlgorithm': String(input.SigningAlgorithm),
      'kms:MessageType': String(input.MessageType ?? 'RAW'),
    };
  if (action !== 'kms:CreateGrant') return {};
  const { EncryptionContextEquals: equals } = (input.Constraints ?? {}) as {
    readonly EncryptionContextEquals?: Readonly<Record<string, string>>;
  };
  return {
    'kms:GranteePrincipal': String(input.GranteePrincipal),
    ...(typeof input.RetiringPrincipal === 'string' && { 'kms:RetiringPrincipal': input.RetiringPrincipal }),
    'kms:GrantOperations': (input.Operations ?? []) as readonly string[],
    ...(equals && {
      'kms:GrantConstraintType': 'EncryptionContextEquals',
      ...contextOf(equals),
    }),
  };
}

/** An encryption context as policies see it: each pair, and all their names. */
function contextOf(pairs: Readonly<Record<string, string>>): Record<string, string | readonly string[]> {
  return {
    'kms:EncryptionContextKeys': Object.keys(pairs),
    ...Object.fromEntries(
      Object.entries(pairs).map(([name, value]) => [`kms:EncryptionContext:${name}`, value]),
    ),
  };
}
