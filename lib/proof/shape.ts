/**
 * The shape of a group of questions: everything that their answers and entitlements depend on, with names replaced by the
 * order in which they occur. Groups of one shape differ in names alone, so they have the same answers; why, says
 * docs/proof.md.
 */

import type { OrganisationFacts } from '../assembly';
import type { GrantInput, Policy } from '../iam';
import type { Asker, Target } from './question';
import type { ImpliedShare } from './shares';
import type { Speller, Spelling } from './spelling';
import type { Way } from './way';

/** Those of one account, or of none, who ask by one way. */
export interface Group {
  readonly way: Way;
  readonly owner: OrganisationFacts | undefined;
  /** Whether the owner may act on the day of the assembly. */
  readonly isActive: boolean;
  /** The AWS organisation of the account whose resource it is. */
  readonly awsOrganization: string | undefined;
  /** The key of the bucket. */
  readonly keyArn: string;
  readonly askers: readonly Asker[];
  /** How many accounts the askers’ stands for; it does not count for the shape. */
  readonly covers: number;
  /** Those that could entitle any of the askers. */
  readonly shares: readonly ImpliedShare[];
}

const SERVICES = { bucket: 's3', key: 'kms', role: 'sts', table: 'dynamodb' } as const;

/** The shapes of groups of one register. What many groups have in common is written down once. */
export class Shapes {
  readonly #targets = new WeakMap<Target, Map<string, Spelling | undefined>>();
  readonly #askers = new Map<
    string,
    WeakMap<readonly Asker[], { readonly spelling: Spelling | undefined }>
  >();

  readonly #grants = new WeakMap<GrantInput, object>();

  constructor(private readonly speller: Speller) {}

  /** The shape of a group, or undefined if it has none that others could share: then it is asked by itself. */
  of(group: Group): string | undefined {
    const shape = new Shape(this.speller);
    const { way, owner, askers, shares } = group;
    const { target, grants } = way;
    const isOwn = askers.some(({ caller }) => caller.account === target.account);
    shape.say(target.kind, group.awsOrganization, isOwn, target.purpose, target.spec);
    shape.spelt(this.#targetOf(way));
    // What the register says of the owner entitles those of its own account, and those who take on its roles.
    if (isOwn || target.kind === 'role') {
      shape.say(group.isActive, owner === undefined, owner?.custody?.kind);
      shape.text(group.keyArn);
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
    }
    shape.spelt(this.#askersOf(askers, SERVICES[target.kind]));
    shape.say(grants.length, shares.length);
    for (const { grant, from, until } of grants) {
      shape.document(this.#nameless(grant.input));
      shape.text(from, until);
    }
    for (const { agreement, name, recipient, from, until, byLink } of shares) {
      shape.text(`agreements/${agreement}`, name, recipient.account, from, until);
      shape.say(byLink);
    }
    return shape.end();
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
  #targetOf({ target, accessPoint = '', policy, pointPolicy }: Way): Spelling | undefined {
    const known = this.#targets.get(target) ?? new Map<string, Spelling | undefined>();
    this.#targets.set(target, known);
    if (!known.has(accessPoint)) {
      const shape = new Shape(this.speller);
      const service = SERVICES[target.kind];
      shape.text(target.account, target.arn, target.bucket ?? '', accessPoint);
      shape.policy(policy, service);
      shape.policy(pointPolicy, service);
      known.set(accessPoint, shape.asOne());
    }
    return known.get(accessPoint);
  }

  #askersOf(askers: readonly Asker[], service: string): Spelling | undefined {
    const known = this.#askers.get(service) ?? new WeakMap();
    this.#askers.set(service, known);
    const found = known.get(askers);
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
    known.set(askers, { spelling });
    return spelling;
  }
}

class Shape {
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
