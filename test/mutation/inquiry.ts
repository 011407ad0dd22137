/**
 * Every question in which one policy has a say, for everybody whom it names before or after a change. Ways and askers are
 * the proof’s own; the classes are those of all statements of both versions together, so that no class holds requests that
 * either version tells apart.
 */

import type { MadeBucket, MadeKey, MadeRole, MadeTable, World } from '../../lib/assembly';
import type { AskedGrant } from '../../lib/assembly/world';
import { compile, type Policy } from '../../lib/iam/policy';
import { ON_BUCKETS, ON_KEYS, ON_OBJECTS, ON_ROLES, ON_TABLES } from '../../lib/proof/actions';
import { Askers } from '../../lib/proof/askers';
import { classesOf } from '../../lib/proof/classes';
import { Entitlements } from '../../lib/proof/entitlement/entitlements';
import { RECEIPTS } from '../../lib/proof/entitlement/zone-names';
import { examine } from '../../lib/proof/examine';
import { groupsOf, seenFrom } from '../../lib/proof/groups';
import type { Asker, DatedGrant, Owner, Question } from '../../lib/proof/question';
import { type Way, waysToBucket, wayToKey, wayToRole, wayToTable, wayToZoneKey } from '../../lib/proof/way';
import type { PlacedPolicy } from './policies';

/** What is put in the place of a policy, or of the grants of a key: both versions together. */
export interface Joined {
  readonly placed: PlacedPolicy;
  /** The policy as it was; undefined for a list of grants. */
  readonly old: Policy | undefined;
  readonly policy: Policy | undefined;
  readonly grants: readonly AskedGrant[] | undefined;
}

/** Whose a resource is decides nothing here. */
const OWNER: Owner = { kind: 'zone' };
/** Of each account’s key that encrypts no shared data: asked about by itself, as the operator’s keys are. */
const ALERTS = 'alerts-and-logs';
const COLLECT = 'concordat/concordat-collect';
const OPEN = compile(
  { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] },
  { kind: 'access point', name: 'an access point that lets everybody do everything' },
);

/** What makes the changed version of both versions together. */
export interface Replacement {
  readonly of: (policy: Policy) => Policy;
  readonly without: ReadonlySet<DatedGrant>;
}

/** A question, and the way that it goes: both with the two versions together. */
export interface Asked {
  readonly question: Question;
  readonly way: Way;
}

/** Asks about one world, again and again. */
export class Inquiry {
  readonly #askers: Askers;
  readonly #entitlements: Entitlements;

  constructor(private readonly world: World) {
    this.#askers = new Askers(world);
    this.#entitlements = new Entitlements(world);
  }

  /** One question of each class of those that the proof asks. */
  *about(joined: Joined): Generator<Asked> {
    const { placed, old, policy: now } = joined;
    const role = this.#roleOf(placed);
    for (const way of this.#waysFor(placed, role)) {
      const isKey = way.target.kind === 'key' && way.target.account === placed.stack.account;
      const changed: Way = {
        ...way,
        policy: way.policy === old ? (now ?? old) : way.policy,
        ...(way.pointPolicy !== undefined && {
          pointPolicy: way.pointPolicy === old ? (now ?? old) : way.pointPolicy,
        }),
        grants: (isKey ? joined.grants : undefined) ?? way.grants,
      };
      const isTouched =
        role !== undefined ||
        (now !== undefined && (changed.policy === now || changed.pointPolicy === now)) ||
        (isKey && joined.grants !== undefined);
      if (isTouched) yield* this.#through(changed, joined, role);
    }
  }

  /**
   * One question of each class through access points that no template makes, and that let everybody do everything: one of
   * the bucket’s account, one with the name of a share, and one of a stranger’s account. The proof asks none of these.
   */
  *throughInvented(joined: Joined): Generator<Asked> {
    const { account } = joined.placed.stack;
    const { region } = this.world.register.zone;
    for (const bucket of this.world.buckets.filter(({ policy }) => policy === joined.old))
      for (const [of, name] of [
        [account, 'concordat-fresh'],
        [account, 'ffffffffffff--concordat-fresh'],
        ['999999999997', 'ffffffffffff--concordat-fresh'],
      ] as const) {
        const [straight] = waysToBucket(bucket, OWNER);
        const accessPoint = `arn:aws:s3:${region}:${of}:accesspoint/${name}`;
        if (straight !== undefined)
          yield* this.#through(
            { ...straight, accessPoint, policy: joined.policy, pointPolicy: OPEN },
            joined,
            undefined,
          );
      }
  }

  /**
   * What the proof finds where it asks this question of the changed version: the kind of the first answer that is wrong, or
   * undefined if none is, or if it would not ask.
   */
  found({ question, way }: Asked, after: Replacement): string | undefined {
    const policy = way.policy && after.of(way.policy);
    const pointPolicy = way.pointPolicy && after.of(way.pointPolicy);
    const changed: Way = {
      ...way,
      policy,
      ...(pointPolicy !== undefined && { pointPolicy }),
      grants: way.grants.filter((grant) => !after.without.has(grant)),
    };
    const { target, asker, action } = question;
    if (![ON_OBJECTS, ON_BUCKETS, ON_KEYS, ON_ROLES, ON_TABLES].some((all) => action in all))
      return undefined;
    const { owner, groups } = this.#groupsOf(changed);
    for (const group of groups) {
      if (!group.askers.some((each) => isSame(each, asker))) continue;
      const identity = asker.identity.map(after.of);
      const asked = this.#question(group.way, { ...asker, identity }, action);
      const key = owner && this.world.buckets.find(({ arn }) => arn === target.arn)?.key;
      const entitlement = this.#entitlements.of(asked, owner, group.shares, key ?? '');
      return examine(asked, entitlement).answers[0]?.kind;
    }
    return undefined;
  }

  #groupsOf(way: Way) {
    const { organisations, zone } = this.world.register;
    const { account, kind } = way.target;
    const owner = organisations.find((each) => each.account === account);
    const shares = kind === 'role' ? [] : this.#entitlements.sharesOf(account);
    const readers =
      kind !== 'role' && account === zone.accounts.zone ? organisations.map((each) => each.account) : [];
    return { owner, groups: groupsOf(seenFrom(way, owner, shares, this.#askers, readers), this.#askers) };
  }

  *#through(way: Way, { old, policy: now }: Joined, role: MadeRole | undefined): Generator<Asked> {
    const swap = (asker: Asker): Asker =>
      old === undefined || now === undefined || !asker.identity.includes(old)
        ? asker
        : { ...asker, identity: asker.identity.map((each) => (each === old ? now : each)) };
    for (const group of this.#groupsOf(way).groups) {
      const askers = group.askers.filter((asker) => role === undefined || isRole(asker, role));
      const toQuestion = (asker: Asker, action: string) => this.#question(group.way, asker, action);
      for (const { question } of classesOf(
        way.target,
        askers.map((asker) => ({ asker: swap(asker), covers: 1 })),
        toQuestion,
        () => undefined,
        () => false,
      ))
        yield { question, way };
    }
  }

  /** The role whose own policy changes. */
  #roleOf({ sort, place }: PlacedPolicy): MadeRole | undefined {
    return sort === 'what a role may do' ? this.world.roles.find((each) => each.place === place) : undefined;
  }

  /** Ways to what is of the policy’s account; for a role that reaches others’, to what it reaches there too. */
  #waysFor({ stack }: PlacedPolicy, role: MadeRole | undefined): Way[] {
    const { buckets, keys, roles, tables, register } = this.world;
    const zone = register.zone.accounts.zone;
    const isOwn = ({ account }: MadeBucket | MadeRole | MadeKey | MadeTable) => account === stack.account;
    const isReached = ({ account }: MadeBucket | MadeKey) =>
      (role?.arn.endsWith(COLLECT) === true &&
        this.#entitlements.sharesOf(account).some(({ recipient }) => recipient.account === stack.account)) ||
      (role?.arn.endsWith(RECEIPTS) === true && account === zone);
    const isSeen = (each: MadeBucket | MadeKey) => isOwn(each) || isReached(each);
    return [
      ...buckets.filter(isSeen).flatMap((bucket) => {
        const key = bucket.account === zone ? undefined : keys.find(({ arn }) => arn === bucket.key);
        return [
          ...waysToBucket(bucket, OWNER),
          ...(key === undefined ? [] : [wayToKey(key, OWNER, bucket.arn)]),
        ];
      }),
      ...keys
        .filter((key) => (key.account === zone || key.purpose === ALERTS) && isSeen(key))
        .map((key) => wayToZoneKey(key, OWNER)),
      ...roles.filter(isOwn).map((each) => wayToRole(each, OWNER)),
      ...tables.filter((each) => each.account === zone && isOwn(each)).map((each) => wayToTable(each, OWNER)),
    ];
  }

  #question(way: Way, asker: Asker, action: string): Question {
    const { target, accessPoint, policy, pointPolicy, grants } = way;
    return {
      asker,
      target,
      action,
      ...(accessPoint !== undefined && { accessPoint }),
      environment: {
        identity: asker.identity,
        ...(asker.boundary && { boundary: asker.boundary }),
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

function isSame(one: Asker, other: Asker): boolean {
  return (
    one.caller.name === other.caller.name &&
    one.caller.type === other.caller.type &&
    one.permissions === other.permissions &&
    one.awsOrganization === other.awsOrganization &&
    one.left === other.left &&
    one.isIdle === other.isIdle
  );
}

function isRole({ caller, permissions }: Asker, role: MadeRole): boolean {
  return permissions === 'as made' && caller.name === role.arn;
}
