/** Everybody who could ask, seen from one owner: those that its policies name one by one, all others by their kind. */

import type { MadeRole, World } from '../assembly';
import { type CallerInput, callerOf, compile, type Policy } from '../iam';
import { RECEIPTS } from './entitlement/zone-names';
import { grouped } from './grouped';
import { indexed } from './indexed';
import type { Asker, Party } from './question';
import { isActive } from './shares';
import { textsFor } from './texts';

/** Every permission that an account can give: what those are taken to have whose own policies are not known. */
export const EVERYTHING: Policy = compile(
  { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
  { kind: 'identity', name: 'whatever its own account lets it do' },
);
/** Accounts that no register names: one of another AWS organisation, one of none, one of the same. */
export const STRANGERS = ['999999999998', '999999999997', '999999999996'] as const;
/** The AWS organisation of the first. */
const ELSEWHERE = 'o-elsewhere00';
const COLLECT = 'concordat/concordat-collect';
const SERVICES = [
  's3.amazonaws.com',
  'cloudfront.amazonaws.com',
  'cloudtrail.amazonaws.com',
  'cloudwatch.amazonaws.com',
  'lambda.amazonaws.com',
  'logging.s3.amazonaws.com',
  'malware-protection-plan.guardduty.amazonaws.com',
  'states.amazonaws.com',
  'concordat-fresh.amazonaws.com',
];

/** A caller that has an account. */
type AccountCaller = Extract<CallerInput, { readonly arn: string }>;

/** How an account stands to a resource. */
export type Standing = 'own' | 'recipient' | 'reader' | 'other';
const TAKEN_AS_MADE: Readonly<Partial<Record<Standing, string>>> = { recipient: COLLECT, reader: RECEIPTS };

/** Who belongs to what: settled by the register, since no template says it. */
export class Askers {
  readonly #rolesByAccount: ReadonlyMap<string, readonly MadeRole[]>;
  readonly #deployers: ReadonlyMap<string, readonly string[]>;
  readonly #parties = new Map<string, Party>();
  readonly #inside: ReadonlySet<string>;
  readonly #suffixes: readonly string[];
  readonly #known = new Map<string, Asker | undefined>();
  readonly #made = new Map<MadeRole, Asker>();
  readonly #lists = new Map<string, readonly Asker[]>();
  /** Accounts of one kind each, in turn: where none of a kind is named, one stands for all. */
  readonly #kinds: readonly ReadonlySet<string>[];
  readonly #idle: ReadonlySet<string>;

  constructor(private readonly world: World) {
    const idle = world.register.organisations.filter((each) => !isActive(each, world.asOf));
    this.#idle = new Set(idle.map(({ account }) => account));
    const { accounts } = world.register.zone;
    const members = world.register.organisations.filter(({ membership }) => membership === 'member');
    this.#inside = new Set([
      ...members.map(({ account }) => account),
      ...[accounts.zone, accounts.management, STRANGERS[2]],
    ]);
    for (const { account, id } of world.register.organisations)
      this.#parties.set(account, { kind: 'organisation', id });
    this.#parties.set(accounts.zone, { kind: 'zone' });
    this.#parties.set(accounts.management, { kind: 'management' });
    const externals = world.register.organisations.filter(({ membership }) => membership === 'external');
    this.#kinds = [
      new Set(members.map(({ account }) => account)),
      new Set(externals.map(({ account }) => account)),
      ...[accounts.zone, accounts.management, ...STRANGERS].map((each) => new Set([each])),
    ];
    this.#rolesByAccount = indexed(world).rolesOf;
    this.#deployers = grouped(world.deployers, (arn) => arn.split(':')[4] ?? '');
    this.#suffixes = [...new Set(world.roles.map(({ arn }) => suffixOf(arn)))].sort();
  }

  /** The AWS organisation of an account. */
  organizationOf(account: string): string | undefined {
    if (this.#inside.has(account)) return this.world.register.zone.awsOrganizationId;
    return account === STRANGERS[0] ? ELSEWHERE : undefined;
  }

  /** Whose an account is. */
  partyOf(account: string): Party {
    return this.#parties.get(account) ?? { kind: 'stranger', account };
  }

  /** How many accounts a representative stands for, and those that stand for all that are not named. */
  representatives(named: ReadonlySet<string>, all: boolean): { account: string; covers: number }[] {
    return this.#kinds.flatMap((kind) => {
      if (all)
        return [...kind].filter((account) => !named.has(account)).map((account) => ({ account, covers: 1 }));
      let covers = kind.size;
      for (const account of named) if (kind.has(account)) covers--;
      if (covers === 0) return [];
      for (const account of kind) if (!named.has(account)) return { account, covers };
      return [];
    });
  }

  /**
   * Those of one account: the roles of templates, those whose names policies give, those who deploy, a user, the root user,
   * and a role that nobody names.
   * @param side `own` is the account whose resources are asked for: there, roles are taken as templates make them. Elsewhere
   *   an account’s own policies can only take away, so everybody is taken with every permission, and a recipient’s collect
   *   role also as it is made, since it must come to what its agreements give; and so is a receipts role, of a `reader`.
   */
  of(account: string, named: readonly string[], side: Standing): readonly Asker[] {
    // Most ways name the same ones of an account, and shapes are written down once for each list.
    const name = `${account} ${side} ${named.join(' ')}`;
    const found = this.#lists.get(name) ?? this.#listed(account, named, side);
    this.#lists.set(name, found);
    return found;
  }

  #listed(account: string, named: readonly string[], side: Standing): readonly Asker[] {
    const isOwn = side === 'own';
    const made = this.#rolesByAccount.get(account) ?? [];
    const taken = isOwn ? made : made.filter(({ arn }) => suffixOf(arn) === TAKEN_AS_MADE[side]);
    const asMade = taken.map((role) => this.#role(role));
    const arns = new Set([
      ...named.filter((arn) => arn.split(':')[4] === account),
      ...(this.#deployers.get(account) ?? []),
      `arn:aws:iam::${account}:role/concordat-fresh`,
      `arn:aws:iam::${account}:user/concordat-fresh`,
      `arn:aws:iam::${account}:root`,
    ]);
    // Also in the owner’s account: a policy may wait for a role that no template makes there.
    for (const suffix of this.#suffixes) arns.add(`arn:aws:iam::${account}:role/${suffix}`);
    for (const arn of fitting(named, account)) arns.add(arn);
    const madeHere = new Set(isOwn ? made.map(({ arn }) => arn) : []);
    const atMost = [...arns]
      .filter((arn) => !madeHere.has(arn) && !/[*?]/.test(arn))
      .flatMap((arn) => this.#atMost(arn) ?? []);
    return [...asMade, ...atMost];
  }

  /**
   * The collect role of a recipient, as its account may come to stand elsewhere: a member’s that has left the AWS
   * organisation for none or for another, and so has lost every key; an external’s in an organisation of its own.
   * @param named AWS organisations that policies name: it may have left for one of these
   */
  elsewhere(account: string, named: readonly string[]): readonly Asker[] {
    const arn = `arn:aws:iam::${account}:role/${COLLECT}`;
    const isMember = this.#inside.has(account);
    const made = (this.#rolesByAccount.get(account) ?? []).filter((role) => role.arn === arn);
    const all = [...made.map((role) => this.#role(role)), this.#atMost(arn)];
    const own = this.world.register.zone.awsOrganizationId;
    const others = [ELSEWHERE, ...named.filter((each) => each !== own && each !== ELSEWHERE)];
    return (isMember ? [undefined, ...others] : [ELSEWHERE]).flatMap((awsOrganization) =>
      all
        .filter((asker) => asker !== undefined)
        .map((asker) => {
          if (!isMember) return { ...asker, awsOrganization };
          return {
            ...asker,
            awsOrganization,
            left: awsOrganization === undefined ? 'for none' : 'for another',
          };
        }),
    );
  }

  /**
   * Those of an account of which no register says that it is in the AWS organisation, as if it were in one of those that policies
   * name. None where the register says it.
   */
  ofOrganisations(askers: readonly Asker[], account: string, named: readonly string[]): readonly Asker[] {
    if (this.#inside.has(account) || account === STRANGERS[1]) return [];
    const known = this.organizationOf(account);
    const others = named.filter((each) => each !== known);
    return others.flatMap((awsOrganization) =>
      askers.map((asker) => ({ ...asker, awsOrganization, supposed: true })),
    );
  }

  /** A role as its template makes it; undefined for one that no template makes. */
  asMade(arn: string): Asker | undefined {
    const made = this.#rolesByAccount.get(arn.split(':')[4] ?? '')?.find((role) => role.arn === arn);
    return made && this.#role(made);
  }

  /** The unsigned, AWS services, those that policies name among them, and whom the identity providers vouch for that they name. */
  others(named: readonly string[], providers: readonly string[] = []): readonly Asker[] {
    const logs = `logs.${this.world.register.zone.region}.amazonaws.com`;
    const services = [...new Set([...SERVICES, logs, ...named])];
    const name = [...services, ...providers].join(' ');
    const found = this.#lists.get(name) ?? this.#otherwise(services, providers);
    this.#lists.set(name, found);
    return found;
  }

  #otherwise(services: readonly string[], providers: readonly string[]): readonly Asker[] {
    return [
      bareAsker({ type: 'anonymous' }, { kind: 'unsigned' }),
      ...services.map((service) => bareAsker({ type: 'service', service }, { kind: 'service', service })),
      ...providers.map((provider) =>
        bareAsker({ type: 'federated', provider }, { kind: 'federated', provider }),
      ),
    ];
  }

  #atMost(arn: string): Asker | undefined {
    if (!this.#known.has(arn)) this.#known.set(arn, this.#makeAtMost(arn));
    return this.#known.get(arn);
  }

  #makeAtMost(arn: string): Asker | undefined {
    const account = arn.split(':')[4] ?? '';
    const session = /^arn:aws:sts::\d{12}:assumed-role\/([^/]+)\/(.+)$/.exec(arn);
    const input: AccountCaller | undefined = session
      ? { type: 'role', arn: `arn:aws:iam::${account}:role/${session[1]}`, session: session[2] ?? '' }
      : /^arn:aws:iam::\d{12}:root$/.test(arn)
        ? { type: 'root', arn }
        : /^arn:aws:iam::\d{12}:user\/[^*?]+$/.test(arn)
          ? { type: 'user', arn }
          : /^arn:aws:iam::\d{12}:role\/[^*?]+$/.test(arn)
            ? { type: 'role', arn, session: 'session' }
            : undefined;
    if (input === undefined) return undefined;
    return {
      caller: callerOf(input),
      party: this.partyOf(account),
      as: { kind: session ? 'session' : input.type, arn },
      role: input.type === 'role' ? suffixOf(input.arn) : '',
      permissions: 'at most',
      identity: [EVERYTHING],
      awsOrganization: this.organizationOf(account),
    };
  }

  #role(role: MadeRole): Asker {
    const found = this.#made.get(role) ?? this.#makeRole(role);
    this.#made.set(role, found);
    return found;
  }

  #makeRole({ arn, identity, boundary }: MadeRole): Asker {
    const account = arn.split(':')[4] ?? '';
    return {
      caller: callerOf({ type: 'role', arn, session: 'session' }),
      party: this.partyOf(account),
      as: { kind: 'role', arn },
      role: suffixOf(arn),
      permissions: 'as made',
      identity,
      ...(boundary && { boundary }),
      awsOrganization: this.organizationOf(account),
      ...(this.#idle.has(account) && { isIdle: true }),
    };
  }
}

/** A path and a name, as IAM takes them. */
const NAMES = { whole: /^(?:[\w+=,.@-]+\/)*[\w+=,.@-]+$/, begun: /^(?:[\w+=,.@-]+\/)*$/ };

/**
 * Roles and users that nobody names and that patterns tell apart: of each combination of patterns that any name fits, one.
 * @param named ARNs and patterns of such
 */
function fitting(named: readonly string[], account: string): string[] {
  const patterns = named.filter((each) => /[*?]/.test(each));
  if (patterns.length === 0) return [];
  return ['role', 'user'].flatMap((kind) => {
    const before = `arn:aws:iam::${account}:${kind}/`;
    const apart = textsFor(
      named.map((pattern) => ({ pattern, before })),
      NAMES,
    );
    // Of a pattern with folders, also one that has something in each.
    const filled = patterns.flatMap((each) => {
      const [, name] = new RegExp(`:${kind}/(.+)$`).exec(each) ?? [];
      return name === undefined ? [] : name.replace(/[*?]/g, 'x');
    });
    return [...apart, ...filled].filter((each) => NAMES.whole.test(each)).map((each) => before + each);
  });
}

function suffixOf(arn: string): string {
  return arn.slice(arn.indexOf('role/') + 'role/'.length);
}

/** Somebody of whom no account says what it lets it do: a stranger, a service, whom an identity provider vouches for. */
export function bareAsker(input: CallerInput, party: Party): Asker {
  return {
    caller: callerOf(input),
    party,
    role: '',
    permissions: 'at most',
    identity: [],
    awsOrganization: undefined,
  };
}
