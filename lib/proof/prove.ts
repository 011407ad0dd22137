/**
 * The access proof: asks of everything that holds shared data, for everybody who could ask, whether the templates allow what
 * the agreements imply, and nothing else. Of groups of questions that differ in names alone it asks one.
 */
import type { MadeBucket, MadeRole, OrganisationFacts, World } from '../assembly';
import { Askers } from './askers';
import { classesOf } from './classes';
import { Entitlements } from './entitled';
import { type Answer, examine } from './examine';
import { grouped } from './grouped';
import { groupsOf } from './groups';
import type { NoAccessPoint, Proof } from './proof';
import type { Asker, Owner, Question } from './question';
import { type Group, shapeOf } from './shape';
import { Speller } from './spelling';
import { varyingVariables } from './variables';
import { type Way, waysToBucket, wayToKey, wayToRole, wayToZoneKey } from './way';

/** How thoroughly to ask. Both are slow, and there to check what makes a proof quick. */
export interface ProofSettings {
  /** Has the engine decide every request that is compared. */
  readonly askEach?: boolean;
  /** Asks every group by itself, whatever its shape. */
  readonly askAlike?: boolean;
}

/**
 * Proves a world.
 * @param only the accounts whose resources are asked for; all if not given
 */
export function prove(world: World, only?: ReadonlySet<string>, settings: ProofSettings = {}): Proof {
  return new Prover(world, settings).run(only);
}

const ZONE: Owner = { kind: 'zone' };

function organisation({ id }: OrganisationFacts): Owner {
  return { kind: 'organisation', id };
}

/** What was counted. */
interface Counts {
  readonly asked: number;
  readonly compared: number;
  readonly covered: number;
}

class Prover {
  readonly #counts = { asked: 0, compared: 0, covered: 0 };
  /** What one account of each shape covers, where nothing was wrong. */
  readonly #sound = new Map<string, number>();
  readonly #answers: Answer[] = [];
  readonly #askers: Askers;
  readonly #entitlements: Entitlements;
  readonly #speller: Speller;
  readonly #rolesByAccount: ReadonlyMap<string, readonly MadeRole[]>;
  readonly #bucketsByAccount: ReadonlyMap<string, readonly MadeBucket[]>;

  constructor(
    private readonly world: World,
    private readonly settings: ProofSettings,
  ) {
    this.#askers = new Askers(world);
    this.#entitlements = new Entitlements(world);
    this.#speller = new Speller(world.register);
    this.#rolesByAccount = grouped(world.roles, ({ account }) => account);
    this.#bucketsByAccount = grouped(world.buckets, ({ account }) => account);
  }

  run(only: ReadonlySet<string> | undefined): Proof {
    const { register, notUnderstood } = this.world;
    const { organisations } = register;
    const missing: NoAccessPoint[] = [];
    for (const owner of organisations) {
      const { account } = owner;
      if (only !== undefined && !only.has(account)) continue;
      const buckets = this.#bucketsByAccount.get(account) ?? [];
      const points = new Set(buckets.flatMap(({ accessPoints }) => accessPoints.map(({ name }) => name)));
      for (const share of this.#entitlements.sharesOf(account))
        if (!points.has(share.name)) missing.push({ share });
      for (const bucket of buckets) this.#bucket(owner, bucket);
      this.#rolesOf(account, owner);
    }
    const zone = register.zone.accounts.zone;
    if (only === undefined || only.has(zone)) this.#zone(zone);
    return {
      organisations: organisations.length,
      pairs: organisations.length * (organisations.length - 1),
      shares: this.#entitlements.shares.length,
      ...this.#counts,
      differences: this.#answers.filter(({ kind }) => kind !== 'not judged'),
      notJudged: this.#answers.filter(({ kind }) => kind === 'not judged'),
      withoutAccessPoint: missing,
      notUnderstood: [...notUnderstood, ...varyingVariables(this.world)],
    };
  }

  #bucket(owner: OrganisationFacts, bucket: MadeBucket): void {
    const key = this.world.keys.find(({ arn }) => arn === bucket.key);
    const ways = waysToBucket(bucket, organisation(owner));
    if (key !== undefined) ways.push(wayToKey(key, organisation(owner), bucket.arn));
    for (const way of ways) this.#way(owner, way, bucket.key ?? '');
  }

  #zone(account: string): void {
    const ways = [
      ...(this.#bucketsByAccount.get(account) ?? []).flatMap((bucket) => waysToBucket(bucket, ZONE)),
      ...this.world.keys.filter((key) => key.account === account).map((key) => wayToZoneKey(key, ZONE)),
    ];
    const readers = this.world.register.organisations.map((each) => each.account);
    for (const way of ways) this.#way(undefined, way, '', readers);
    this.#rolesOf(account, undefined);
  }

  #rolesOf(account: string, owner: OrganisationFacts | undefined): void {
    for (const role of this.#rolesByAccount.get(account) ?? [])
      this.#way(owner, wayToRole(role, owner === undefined ? ZONE : organisation(owner)), '');
  }

  #way(
    owner: OrganisationFacts | undefined,
    way: Way,
    keyArn: string,
    readers: readonly string[] = [],
  ): void {
    const shares = way.target.kind === 'role' ? [] : this.#entitlements.sharesOf(way.target.account);
    const known = {
      owner,
      keyArn,
      isActive: this.#entitlements.isActive(owner),
      awsOrganization: this.#askers.organizationOf(way.target.account),
    };
    for (const each of groupsOf(way, owner, shares, this.#askers, readers))
      this.#group({ ...known, ...each });
  }

  #group(group: Group): void {
    const shape = this.settings.askAlike ? undefined : shapeOf(group, this.#speller);
    const known = shape === undefined ? undefined : this.#sound.get(shape);
    if (known !== undefined) {
      this.#counts.covered += known * group.covers;
      return;
    }
    const before = this.#answers.length;
    const { asked, compared, covered } = this.#ask(group);
    this.#counts.asked += asked;
    this.#counts.compared += compared;
    this.#counts.covered += covered * group.covers;
    // What is wrong is to be said of each owner concerned, so its shape is asked about again.
    if (shape !== undefined && this.#answers.length === before) this.#sound.set(shape, covered);
  }

  #ask({ way, owner, askers, shares, keyArn, awsOrganization }: Group): Counts {
    const { target, accessPoint, policy, pointPolicy, grants } = way;
    const toQuestion = (asker: Asker, action: string): Question => ({
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
      context: { 'aws:PrincipalOrgID': asker.awsOrganization, 'aws:ResourceOrgID': awsOrganization },
    });
    const counts = { asked: 0, compared: 0, covered: 0 };
    const classes = classesOf(
      target,
      askers.map((asker) => ({ asker, covers: 1 })),
      toQuestion,
      (question) => this.#entitlements.of(question, owner, shares, keyArn),
      (asker) => this.#entitlements.couldEntitle(asker, target, shares),
    );
    for (const { question, entitlement, covers } of classes) {
      const { asked, compared, answers } = examine(question, entitlement, this.settings.askEach);
      counts.asked += asked;
      counts.compared += compared;
      counts.covered += compared * covers;
      this.#answers.push(...answers);
    }
    return counts;
  }
}
