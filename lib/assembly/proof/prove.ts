/**
 * The access proof: asks of everything that holds shared data, for everybody who could ask, whether the templates allow what
 * the agreements imply, and nothing else.
 */
import type { Policy } from '../../iam/policy';
import type { MadeBucket, MadeKey, MadeRole, OrganisationFacts, World } from '../world';
import { Askers } from './askers';
import { classesOf } from './classes';
import { byGrants, byKeeping, byTrust } from './entitled-keys';
import { byAgreement, byOwnership } from './entitled-objects';
import { type Answer, examine } from './examine';
import { namedBy } from './named';
import type { NoAccessPoint, Proof } from './proof';
import type { Asker, Entitlement, Question, Target } from './question';
import { type ImpliedShare, impliedShares, isActive } from './shares';
import { varyingVariables } from './variables';

const COLLECT = 'concordat/concordat-collect';

interface Way {
  readonly target: Target;
  readonly accessPoint?: string;
  readonly policy: Policy | undefined;
  readonly pointPolicy?: Policy | undefined;
  readonly key?: MadeKey;
}

/**
 * Proves a world.
 * @param only the accounts whose resources are asked for; all if not given
 * @param askEach has the engine decide every request that is compared, which is slow, to check the partition
 */
export function prove(world: World, only?: ReadonlySet<string>, askEach = false): Proof {
  return new Prover(world, askEach).run(only);
}

class Prover {
  #asked = 0;
  #compared = 0;
  #covered = 0;
  /** What was asked through one access point of the bucket at hand and holds for all, and how much it compared. */
  readonly #settled = new Map<string, number>();
  readonly #answers: Answer[] = [];
  readonly #askers: Askers;
  readonly #shares: readonly ImpliedShare[];
  readonly #sharesByOwner = new Map<string, ImpliedShare[]>();

  constructor(
    private readonly world: World,
    private readonly askEach: boolean,
  ) {
    this.#askers = new Askers(world);
    this.#shares = impliedShares(world.register, world.asOf);
    for (const share of this.#shares)
      this.#sharesByOwner.set(share.owner.account, [
        ...(this.#sharesByOwner.get(share.owner.account) ?? []),
        share,
      ]);
  }

  run(only: ReadonlySet<string> | undefined): Proof {
    const { register, notUnderstood, buckets } = this.world;
    const { organisations } = register;
    const missing: NoAccessPoint[] = [];
    for (const owner of organisations) {
      if (only !== undefined && !only.has(owner.account)) continue;
      const own = buckets.filter(({ account }) => account === owner.account);
      const points = new Set(own.flatMap(({ accessPoints }) => accessPoints.map(({ name }) => name)));
      for (const share of this.#sharesByOwner.get(owner.account) ?? [])
        if (!points.has(share.name)) missing.push({ share });
      this.#owner(owner, own);
    }
    const zone = register.zone.accounts.zone;
    if (only === undefined || only.has(zone)) this.#rolesOf(zone, undefined);
    return {
      organisations: organisations.length,
      pairs: organisations.length * (organisations.length - 1),
      shares: this.#shares.length,
      asked: this.#asked,
      compared: this.#compared,
      covered: this.#covered,
      differences: this.#answers.filter(({ kind }) => kind !== 'not judged'),
      notJudged: this.#answers.filter(({ kind }) => kind === 'not judged'),
      withoutAccessPoint: missing,
      notUnderstood: [...notUnderstood, ...varyingVariables(this.world)],
    };
  }

  #owner(owner: OrganisationFacts, buckets: readonly MadeBucket[]): void {
    for (const bucket of buckets) {
      const key = this.world.keys.find(({ arn }) => arn === bucket.key);
      const target = { kind: 'bucket', ...placed(bucket, owner.id) } as const;
      const ways: Way[] = [
        { target, policy: bucket.policy },
        ...bucket.accessPoints.map(({ arn, policy }) => ({
          target,
          accessPoint: arn,
          policy: bucket.policy,
          pointPolicy: policy,
        })),
      ];
      if (key !== undefined)
        ways.push({
          key,
          policy: key.policy,
          target: { kind: 'key', ...placed(key, owner.id), bucket: bucket.arn },
        });
      this.#settled.clear();
      for (const way of ways) this.#way(owner, way, bucket.key ?? '');
    }
    this.#rolesOf(owner.account, owner);
  }

  #rolesOf(account: string, owner: OrganisationFacts | undefined): void {
    for (const role of this.world.roles.filter((each) => each.account === account))
      this.#way(
        owner,
        { target: { kind: 'role', ...placed(role, owner?.id ?? 'the zone') }, policy: role.trust },
        '',
      );
  }

  /** Everybody, as seen from one way to one resource: those whom its policies name singly, all others by their kind. */
  #askersFor(owner: OrganisationFacts | undefined, { target, policy, pointPolicy, accessPoint, key }: Way) {
    const { account, kind } = target;
    const named = namedBy(
      [policy, pointPolicy].filter((each) => each !== undefined),
      key?.grants ?? [],
    );
    const shares = kind === 'role' ? [] : (this.#sharesByOwner.get(account) ?? []);
    const recipients = new Set(
      shares
        .filter(({ name }) => kind === 'key' || accessPoint?.endsWith(`/${name}`))
        .map(({ recipient }) => recipient.account),
    );
    const { mayDeposit = [], mayCollect = [], custody } = owner ?? {};
    const arns = [
      ...new Set([
        ...named.arns,
        ...mayDeposit,
        ...(mayCollect ?? []),
        ...(custody?.administrators ?? []),
        `arn:aws:iam::${account}:role/concordat/concordat-contract-gate`,
      ]),
    ];
    const singly = new Set([...named.accounts, ...recipients].filter((each) => each !== account));
    const others = this.#askers.representatives(new Set([...singly, account]), named.byParts);
    const once = (asker: Asker) => ({ asker, covers: 1 });
    return [
      ...this.#askers.of(account, arns, 'own').map(once),
      ...[...singly].flatMap((each) =>
        this.#askers.of(each, arns, recipients.has(each) ? 'recipient' : 'other').map(once),
      ),
      ...others.flatMap(({ account: each, covers }) =>
        this.#askers.of(each, arns, 'other').map((asker) => ({ asker, covers })),
      ),
      ...this.#askers.others(named.services).map(once),
    ];
  }

  #way(owner: OrganisationFacts | undefined, way: Way, keyArn: string): void {
    const { target, accessPoint, policy, pointPolicy, key } = way;
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
      grants: key?.grants ?? [],
      context: {
        'aws:PrincipalOrgID': asker.awsOrganization,
        'aws:ResourceOrgID': this.#askers.organizationOf(target.account),
      },
    });
    const ofRecipients = new Set(
      (this.#sharesByOwner.get(target.account) ?? []).map(({ recipient }) => recipient.account),
    );
    const classes = classesOf(
      target,
      this.#askersFor(owner, way),
      toQuestion,
      (each) => this.#entitlement(owner, each, keyArn),
      // Cheaper than to ask for each action: nobody else is entitled to anything.
      ({ caller, role }) =>
        caller.account === target.account ||
        caller.type === 'service' ||
        (role === COLLECT && ofRecipients.has(caller.account ?? '')),
    );
    for (const { question, entitlement, covers, throughAny } of classes) {
      const before = throughAny === undefined ? undefined : this.#settled.get(throughAny);
      if (before !== undefined) {
        this.#covered += before * covers;
        continue;
      }
      const { asked, compared, answers } = examine(question, entitlement, this.askEach);
      this.#asked += asked;
      this.#compared += compared;
      this.#covered += compared * covers;
      if (throughAny !== undefined) this.#settled.set(throughAny, compared);
      this.#answers.push(...answers);
    }
  }

  #entitlement(
    owner: OrganisationFacts | undefined,
    question: Question,
    keyArn: string,
  ): Entitlement | undefined {
    const { asker, target, accessPoint } = question;
    if (target.kind === 'role') return byTrust(question, owner);
    if (owner === undefined) return undefined;
    const { region } = this.world.register.zone;
    const { account } = asker.caller;
    const active = isActive(owner, this.world.asOf);
    if (account === target.account)
      return target.kind === 'bucket'
        ? byOwnership(question, active, keyArn)
        : byKeeping(question, owner, active, region);
    if (asker.role !== COLLECT) return undefined;
    const shares = (this.#sharesByOwner.get(target.account) ?? []).filter(
      ({ recipient }) => recipient.account === account,
    );
    if (shares.length === 0) return undefined;
    if (target.kind === 'key') return byGrants(question, shares, region);
    const share = shares.find(({ name }) => accessPoint?.endsWith(`:accesspoint/${name}`));
    return share && byAgreement(question, share);
  }
}

function placed(thing: MadeBucket | MadeKey | MadeRole, owner: string) {
  return { account: thing.account, place: thing.place, arn: thing.arn, owner };
}
