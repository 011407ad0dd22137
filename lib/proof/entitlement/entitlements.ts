/** Who is entitled to what, by the register alone: for each question, or for none of an asker’s. */
import type { OrganisationFacts, World } from '../../assembly';
import { grouped } from '../grouped';
import { indexed } from '../indexed';
import type { Asker, Entitlement, Question, Target } from '../question';
import { type ImpliedShare, isActive } from '../shares';
import { byGrants, byKeeping, byTrust, STOPS_FOR_ALL } from './keys';
import { byAgreement, byOwnership } from './objects';
import { ofZone } from './zone';
import { RECEIPTS } from './zone-names';

/** The one key of a member besides that of its data. */
const ALERTS = 'alerts-and-logs';
const COLLECT = 'concordat/concordat-collect';

/** What the agreements of a register imply on the day of an assembly. */
export class Entitlements {
  readonly shares: readonly ImpliedShare[];
  readonly #byOwner: ReadonlyMap<string, readonly ImpliedShare[]>;
  readonly #region: string;

  constructor(private readonly world: World) {
    this.#region = world.register.zone.region;
    this.shares = indexed(world).shares;
    this.#byOwner = grouped(this.shares, ({ owner }) => owner.account);
  }

  /** The shares of the owner with that account. */
  sharesOf(account: string): readonly ImpliedShare[] {
    return this.#byOwner.get(account) ?? [];
  }

  /** Whether an owner may act on the day. */
  isActive(owner: OrganisationFacts | undefined): boolean {
    return owner !== undefined && isActive(owner, this.world.asOf);
  }

  /** Cheaper than to ask for each action: whether the asker could be entitled to anything at all. */
  couldEntitle({ caller, role }: Asker, target: Target, shares: readonly ImpliedShare[]): boolean {
    return (
      caller.account === target.account ||
      caller.type === 'service' ||
      (caller.type === 'federated' && target.kind === 'role') ||
      role === RECEIPTS ||
      (target.kind === 'role' && role === STOPS_FOR_ALL) ||
      (role === COLLECT && shares.some(({ recipient }) => recipient.account === caller.account))
    );
  }

  /** What the asker of a question is entitled to. @param shares those that could entitle it */
  of(
    question: Question,
    owner: OrganisationFacts | undefined,
    shares: readonly ImpliedShare[],
    keyArn: string,
  ): Entitlement | undefined {
    // Through an access point that nothing asks for, nobody is entitled to more than straight.
    if (question.isBeside) {
      const { accessPoint: _, isBeside: __, ...straight } = question;
      return this.of(straight, owner, shares, keyArn);
    }
    const { asker, target, accessPoint } = question;
    if (target.kind === 'role') return byTrust(question, owner, this.world.register.zone);
    if (owner === undefined || target.purpose === ALERTS) return ofZone(question, this.world.register);
    const { account } = asker.caller;
    const active = this.isActive(owner);
    if (account === target.account)
      return target.kind === 'bucket'
        ? byOwnership(question, active, keyArn, owner.leaves, this.#region)
        : byKeeping(question, owner, active, this.#region);
    if (asker.role !== COLLECT) return undefined;
    // A deny outweighs the grant wherever the key is used; that the key is there may still be seen.
    if (asker.left !== undefined && question.action !== 'kms:DescribeKey') return undefined;
    const own = shares.filter(({ recipient }) => recipient.account === account);
    if (own.length === 0) return undefined;
    if (target.kind === 'key') return byGrants(question, own, this.#region);
    const share = own.find(({ name }) => accessPoint?.endsWith(`:accesspoint/${name}`));
    return share && byAgreement(question, share);
  }
}
