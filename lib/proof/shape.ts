/**
 * The shape of a group of questions: everything that their answers and entitlements depend on, with names replaced by the
 * order in which they occur. Groups of one shape differ in names alone, so they have the same answers; why, says
 * docs/proof.md.
 */

import type { OrganisationFacts } from '../assembly';
import type { GrantInput, Policy } from '../iam';
import type { Askers } from './askers';
import type { Group, Seen } from './groups';
import type { Asker, DatedGrant, Target } from './question';
import type { ImpliedShare } from './shares';
import type { Speller, Spelling } from './spelling';
import type { Way } from './way';

/** What was made of a list, also where it has no spelling. */
interface Known {
  readonly spelling: Spelling | undefined;
}

const SERVICES = { bucket: 's3', key: 'kms', role: 'sts', table: 'dynamodb' } as const;

/** What groups of one way have in common, besides the way itself. */
export type OfWay = Pick<Group, 'owner' | 'isActive' | 'awsOrganization' | 'keyArn'>;

/** The shapes of ways and groups of one register. What many have in common is written down once. */
export class Shapes {
  readonly #targets = new WeakMap<Target, Map<string, Spelling | undefined>>();
  /** As those meet them who are named nowhere there, and those of their own account. */
  readonly #targetsMet = new WeakMap<Target, Map<string, Spelling | undefined>>();
  readonly #owners = new WeakMap<OrganisationFacts, Map<string, Spelling | undefined>>();
  readonly #askers = new WeakMap<readonly Asker[], Known>();
  /** Of lists with roles as they are made, by the service that is asked of. */
  readonly #askersAsMade = new Map<string, WeakMap<readonly Asker[], Known>>();
  /** Lists of one asker: shapes are written down once for each list. */
  readonly #alone = new WeakMap<Asker, readonly Asker[]>();
  readonly #grants = new WeakMap<GrantInput, object>();

  constructor(private readonly speller: Speller) {}

  /** The shape of a group, or undefined if it has none that others could share: then it is asked by itself. */
  of(group: Group): string | undefined {
    return this.#ofThose(group, group.askers);
  }

  /** The shape of all that one of a group could ask. Groups of which others ask as well, and otherwise, have it in common. */
  ofOne(group: Group, asker: Asker): string | undefined {
    const alone = this.#alone.get(asker) ?? [asker];
    this.#alone.set(asker, alone);
    return this.#ofThose(group, alone);
  }

  #ofThose(group: Group, askers: readonly Asker[]): string | undefined {
    const shape = new Shape(this.speller);
    const { way, shares } = group;
    const { target, grants } = way;
    const isOwn = askers.some(({ caller }) => caller.account === target.account);
    shape.say(target.kind, group.awsOrganization, isOwn, target.purpose, target.spec);
    shape.spelt(this.#targetMetBy(askers[0]?.caller.account, way));
    // What the register says of the owner entitles those of its own account, and those who take on its roles.
    if (isOwn || target.kind === 'role')
      shape.spelt(target.kind === 'bucket' ? this.#bucketOwnerOf(group) : this.#ownerOf(group));
    shape.spelt(this.#askersOf(askers, SERVICES[target.kind]));
    this.#given(shape, grants, shares);
    return shape.end();
  }

  /**
   * The shape of a way: everything that its groups and their shapes follow from. Ways of one shape have as many groups, which in
   * turn are of one shape each and cover as many accounts.
   * @param askers who would be asked about if nothing named anybody there
   */
  ofWay(seen: Seen, of: OfWay, askers: Askers): string | undefined {
    const shape = new Shape(this.speller);
    const { way, arns, accounts, representatives, services, providers, shares } = seen;
    const { target, grants, byOthers } = way;
    const service = SERVICES[target.kind];
    shape.say(target.kind, of.awsOrganization, byOthers, target.purpose, target.spec);
    shape.spelt(this.#targetOf(way));
    shape.spelt(this.#ownerOf(of));
    this.#given(shape, grants, shares);
    shape.say(arns.length, accounts.length, representatives.length, providers.length, ...services);
    shape.say(...accounts.map(({ standing }) => standing), ...representatives.map(({ covers }) => covers));
    shape.text(...arns, ...providers);
    for (const { account, standing } of accounts)
      shape.spelt(this.#askersOf(askers.of(account, [], standing), service));
    for (const { account } of representatives)
      shape.spelt(this.#askersOf(askers.of(account, [], 'other'), service));
    return shape.end();
  }

  /** The grants and the shares that count. */
  #given(shape: Shape, grants: readonly DatedGrant[], shares: readonly ImpliedShare[]): void {
    shape.say(grants.length, shares.length);
    for (const { grant, from, until } of grants) {
      shape.document(this.#nameless(grant.input));
      shape.text(from, until);
    }
    for (const { agreement, name, recipient, from, until, byLink } of shares) {
      shape.text(`agreements/${agreement}`, name, recipient.account, from, until);
      shape.say(byLink);
    }
  }

  /** All that the register says of an owner that entitles anybody of its account to anything in its bucket. */
  #bucketOwnerOf({ owner, isActive, keyArn }: OfWay): Spelling | undefined {
    const shape = new Shape(this.speller);
    shape.say(isActive, owner === undefined, owner?.leaves);
    shape.text(keyArn);
    return shape.asOne();
  }

  /** What the register says of an owner, and which key its bucket has. */
  #ownerOf({ owner, isActive, keyArn }: OfWay): Spelling | undefined {
    const known = owner && this.#owners.get(owner);
    if (known?.has(keyArn)) return known.get(keyArn);
    const shape = new Shape(this.speller);
    shape.say(isActive, owner === undefined, owner?.custody?.kind);
    shape.text(keyArn);
    // The day itself counts, so organisations that leave on different days are asked about each by itself.
    shape.say(owner?.leaves);
    // Who signs in is said by texts of the provider’s own, in which nothing is a name of the register’s.
    shape.say(owner?.signIn === undefined ? undefined : JSON.stringify([owner.id, owner.signIn]));
    for (const arns of [
      owner?.mayDeposit ?? [],
      owner?.mayCollect ?? [],
      owner?.mayStop ?? [],
      owner?.mayLift ?? [],
      owner?.custody?.administrators ?? [],
    ]) {
      shape.say(arns.length);
      shape.text(...arns);
    }
    const spelling = shape.asOne();
    if (owner !== undefined) this.#owners.set(owner, (known ?? new Map()).set(keyArn, spelling));
    return spelling;
  }

  /** What a grant is called decides nothing. */
  #nameless(input: GrantInput): object {
    let found = this.#grants.get(input);
    if (found === undefined) {
      const { name: _, ...rest } = input;
      found = rest;
      this.#grants.set(input, found);
    }
    return found;
  }

  /** What a way leads to, with the policies there. */
  #targetOf(way: Way): Spelling | undefined {
    const { target, accessPoint = '' } = way;
    const known = this.#targets.get(target) ?? new Map<string, Spelling | undefined>();
    this.#targets.set(target, known);
    if (!known.has(accessPoint))
      known.set(
        accessPoint,
        this.#targetWith(way, (policy, service) => this.speller.document(policy, service)),
      );
    return known.get(accessPoint);
  }

  /** The same as those of an account meet it, or those of none. */
  #targetMetBy(account: string | undefined, way: Way): Spelling | undefined {
    const { target, accessPoint = '' } = way;
    const isOwn = account === target.account;
    const isNamed = account !== undefined && this.#targetOf(way)?.names.includes(`a${account}`) === true;
    if (isNamed && !isOwn) return this.#targetAsMetBy(account, way);
    const known = this.#targetsMet.get(target) ?? new Map<string, Spelling | undefined>();
    this.#targetsMet.set(target, known);
    const name = `${isOwn} ${accessPoint}`;
    if (!known.has(name)) known.set(name, this.#targetAsMetBy(isNamed ? account : undefined, way));
    return known.get(name);
  }

  #targetAsMetBy(account: string | undefined, way: Way): Spelling | undefined {
    return this.#targetWith(way, (policy, service) => this.speller.documentMetBy(account, policy, service));
  }

  #targetWith(
    { target, accessPoint = '', policy, pointPolicy }: Way,
    spell: (document: unknown, service: string) => Spelling | undefined,
  ): Spelling | undefined {
    const shape = new Shape(this.speller);
    shape.text(target.account, target.arn, target.bucket ?? '', accessPoint);
    for (const each of [policy, pointPolicy])
      if (each === undefined) shape.say('none');
      else shape.spelt(spell(each.document, SERVICES[target.kind]));
    return shape.asOne();
  }

  #askersOf(askers: readonly Asker[], service: string): Spelling | undefined {
    const asMade = this.#askersAsMade.get(service) ?? new WeakMap<readonly Asker[], Known>();
    this.#askersAsMade.set(service, asMade);
    const found = this.#askers.get(askers) ?? asMade.get(askers);
    if (found !== undefined) return found.spelling;
    const shape = new Shape(this.speller);
    shape.say(askers.length);
    for (const { caller, permissions, identity, boundary, awsOrganization, left, isIdle } of askers) {
      shape.say(caller.type, permissions, awsOrganization, left, isIdle, identity.length);
      shape.text(caller.name);
      // Those who may do everything in their account say so by one and the same policy.
      if (permissions === 'as made') for (const each of [...identity, boundary]) shape.policy(each, service);
    }
    const spelling = shape.asOne();
    // Where no policy of theirs is written down, they are the same to every service.
    const known = askers.some(({ permissions }) => permissions === 'as made') ? asMade : this.#askers;
    known.set(askers, { spelling });
    return spelling;
  }
}

/** A shape that is being written down, part by part. */
export class Shape {
  #isWhole = true;
  readonly #said: (string | number)[] = [];
  readonly #names: string[] = [];

  constructor(private readonly speller: Speller) {}

  say(...facts: readonly (string | number | boolean | undefined)[]): void {
    this.#said.push(JSON.stringify(facts));
  }

  text(...texts: readonly string[]): void {
    for (const each of texts) this.spelt(this.speller.text(each));
  }

  document(document: unknown): void {
    this.spelt(this.speller.document(document));
  }

  policy(policy: Policy | undefined, service: string): void {
    if (policy === undefined) this.#said.push('none');
    else this.spelt(this.speller.document(policy.document, service));
  }

  spelt(spelling: Spelling | undefined): void {
    if (spelling === undefined) this.#isWhole = false;
    else {
      this.#said.push(spelling.form);
      this.#names.push(...spelling.names);
    }
  }

  /** All of it as a part of another shape. */
  asOne(): Spelling | undefined {
    return this.#isWhole ? this.speller.joined(this.#said, this.#names) : undefined;
  }

  /** Names by the order in which they first occur; moments, which have an order of their own, by that. */
  end(): string | undefined {
    if (!this.#isWhole) return undefined;
    const moments = [...new Set(this.#names.filter((each) => each.startsWith('t')))].sort();
    const numbers = new Map(moments.map((each, n) => [each, n]));
    let next = moments.length;
    const order = this.#names.map((name) => {
      let number = numbers.get(name);
      if (number === undefined) {
        number = next++;
        numbers.set(name, number);
      }
      return number;
    });
    return `${this.#said.join(' ')} | ${moments.length} ${order.join(' ')}`;
  }
}
