/**
 * Every question in which one policy has a say, for everybody whom it names before or after a change. The askers are those of
 * the proof; the classes are those of all statements of both versions together, so that no class holds requests that either
 * version tells apart.
 */
import { Askers } from '../../lib/assembly/proof/askers';
import { classesOf } from '../../lib/assembly/proof/classes';
import { namedBy } from '../../lib/assembly/proof/named';
import type { Asker, Question, Target } from '../../lib/assembly/proof/question';
import { type ImpliedShare, impliedShares } from '../../lib/assembly/proof/shares';
import type { AskedGrant, MadeBucket, MadeKey, MadeRole, World } from '../../lib/assembly/world';
import type { Policy } from '../../lib/iam/policy';
import type { PlacedPolicy } from './policies';

/** What is put in the place of a policy and of grants: both versions together. */
export interface Joined {
  readonly placed: PlacedPolicy;
  /** The policy as it was; undefined for a list of grants. */
  readonly old: Policy | undefined;
  readonly policy: Policy | undefined;
  readonly grants: readonly AskedGrant[] | undefined;
}

interface Way {
  readonly target: Target;
  readonly policy: Policy | undefined;
  readonly accessPoint?: string;
  readonly pointPolicy?: Policy | undefined;
  readonly grants: readonly AskedGrant[];
}

/** The proof says of making and changing access points that it does not judge it; an action’s name alone brings it in. */
const NOT_ASKED = /AccessPoint/;
const COLLECT = 'concordat/concordat-collect';

/** Asks about one world, again and again. */
export class Inquiry {
  readonly #askers: Askers;
  readonly #shares: readonly ImpliedShare[];

  constructor(private readonly world: World) {
    this.#askers = new Askers(world);
    this.#shares = impliedShares(world.register, world.asOf);
  }

  /** One question of each class. */
  *about(joined: Joined): Generator<Question> {
    const role = this.#roleOf(joined);
    for (const way of this.#waysFor(joined, role)) {
      const all = this.#askersFor(way, joined);
      const askers = role === undefined ? all : all.filter(({ asker }) => isRole(asker, role));
      const toQuestion = (asker: Asker, action: string) => this.#question(way, asker, action);
      for (const { question } of classesOf(
        way.target,
        askers,
        toQuestion,
        () => undefined,
        () => false,
      ))
        if (!NOT_ASKED.test(question.action)) yield question;
    }
  }

  /** The role whose own policy changes. */
  #roleOf({ placed }: Joined): MadeRole | undefined {
    return placed.sort === 'what a role may do'
      ? this.world.roles.find(({ place }) => place === placed.place)
      : undefined;
  }

  #waysFor(joined: Joined, role: MadeRole | undefined): Way[] {
    const { placed, old } = joined;
    const now = (policy: Policy | undefined) => (policy === old ? (joined.policy ?? policy) : policy);
    const buckets = this.world.buckets.filter((each) => {
      if (each.account === placed.stack.account) return true;
      const isRecipient = this.#sharesOf(each.account).some(
        ({ recipient }) => recipient.account === placed.stack.account,
      );
      return role?.arn.endsWith(COLLECT) === true && isRecipient;
    });
    const ways = buckets.flatMap((bucket) => {
      const key = this.world.keys.find(({ arn }) => arn === bucket.key);
      return [...this.#intoBucket(bucket, now), ...(key ? [this.#toKey(bucket, key, joined, now)] : [])];
    });
    const roles = this.world.roles
      .filter(({ account }) => account === placed.stack.account)
      .map(
        (each): Way => ({
          target: { kind: 'role', ...placedAt(each), owner: '' },
          policy: now(each.trust),
          grants: [],
        }),
      );
    if (role !== undefined) return [...ways, ...roles];
    return [...ways, ...roles].filter(
      ({ policy, pointPolicy, target, grants }) =>
        (joined.policy !== undefined && (policy === joined.policy || pointPolicy === joined.policy)) ||
        (joined.grants !== undefined && target.kind === 'key' && grants === joined.grants),
    );
  }

  #intoBucket(bucket: MadeBucket, now: (policy: Policy | undefined) => Policy | undefined): Way[] {
    const target: Target = { kind: 'bucket', ...placedAt(bucket), owner: '' };
    const policy = now(bucket.policy);
    return [
      { target, policy, grants: [] },
      ...bucket.accessPoints.map(
        (point): Way => ({
          target,
          policy,
          accessPoint: point.arn,
          pointPolicy: now(point.policy),
          grants: [],
        }),
      ),
    ];
  }

  #toKey(bucket: MadeBucket, key: MadeKey, joined: Joined, now: (policy: Policy) => Policy | undefined): Way {
    const isListed = joined.grants !== undefined && key.account === joined.placed.stack.account;
    return {
      target: { kind: 'key', ...placedAt(key), owner: '', bucket: bucket.arn },
      policy: now(key.policy),
      grants: isListed && joined.grants ? joined.grants : key.grants,
    };
  }

  #sharesOf(owner: string): ImpliedShare[] {
    return this.#shares.filter((share) => share.owner.account === owner);
  }

  /** Those of the proof, and whoever else the changed version names. */
  #askersFor({ target, policy, pointPolicy, accessPoint, grants }: Way, joined: Joined) {
    const { account, kind } = target;
    const policies = [policy, pointPolicy, joined.policy].filter((each) => each !== undefined);
    const named = namedBy(policies, grants);
    const shares = kind === 'role' ? [] : this.#sharesOf(account);
    const recipients = new Set(
      shares
        .filter(({ name }) => kind === 'key' || accessPoint?.endsWith(`/${name}`))
        .map(({ recipient }) => recipient.account),
    );
    const owner = this.world.register.organisations.find((each) => each.account === account);
    const arns = [
      ...new Set([
        ...named.arns,
        ...(owner?.mayDeposit ?? []),
        ...(owner?.mayCollect ?? []),
        ...(owner?.custody?.administrators ?? []),
        `arn:aws:iam::${account}:role/concordat/concordat-contract-gate`,
      ]),
    ];
    const singly = new Set([...named.accounts, ...recipients].filter((each) => each !== account));
    const others = this.#askers.representatives(new Set([...singly, account]), named.byParts);
    const askers = [
      ...this.#askers.of(account, arns, 'own'),
      ...[...singly].flatMap((each) =>
        this.#askers.of(each, arns, recipients.has(each) ? 'recipient' : 'other'),
      ),
      ...others.flatMap((each) => this.#askers.of(each.account, arns, 'other')),
      ...this.#askers.others(named.services),
    ];
    const { old } = joined;
    return askers.map((asker) => ({
      covers: 1,
      asker:
        old === undefined || !asker.identity.includes(old)
          ? asker
          : {
              ...asker,
              identity: asker.identity.map((each) => (each === old ? (joined.policy ?? each) : each)),
            },
    }));
  }

  #question(
    { target, policy, pointPolicy, accessPoint, grants }: Way,
    asker: Asker,
    action: string,
  ): Question {
    return {
      asker,
      target,
      action,
      ...(accessPoint !== undefined && { accessPoint }),
      environment: {
        identity: asker.identity,
        ...(policy !== undefined && { resource: policy }),
        ...(pointPolicy !== undefined && { accessPoint: pointPolicy }),
      },
      grants,
      context: {
        'aws:PrincipalOrgID': asker.awsOrganization,
        'aws:ResourceOrgID': this.#askers.organizationOf(target.account),
      },
    };
  }
}

function isRole({ caller, permissions }: Asker, role: MadeRole): boolean {
  return permissions === 'as made' && caller.name === role.arn;
}

function placedAt({ account, place, arn }: MadeBucket | MadeKey | MadeRole) {
  return { account, place, arn };
}
