/** Everybody, as seen from one way to one resource, in groups: each account that counts there, and those of no account. */
import type { OrganisationFacts } from '../assembly';
import { accountOfArn, type Policy } from '../iam';
import type { Askers, Standing } from './askers';
import { providerOf } from './entitlement/signed-in';
import { grouped } from './grouped';
import { namedBy } from './named';
import type { Asker, DatedGrant } from './question';
import type { ImpliedShare } from './shares';
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

/** Whom a way has asked about, before any of them is looked at more closely. */
export interface Seen {
  readonly way: Way;
  /** ARNs that policies, grants and the register name, patterns among them, in the order in which they are asked about. */
  readonly arns: readonly string[];
  /** The owner’s, unless others alone are asked about; then those that are named, one by one. */
  readonly accounts: readonly SeenAccount[];
  /** Of the accounts that nothing names, one of each kind. */
  readonly representatives: readonly { readonly account: string; readonly covers: number }[];
  /** AWS organisations that policies name. */
  readonly organisations: readonly string[];
  readonly services: readonly string[];
  readonly providers: readonly string[];
  /** The shares that could be for somebody here. */
  readonly shares: readonly ImpliedShare[];
}

/** An account, and how it stands to the resource. */
interface SeenAccount {
  readonly account: string;
  readonly standing: Standing;
}

/**
 * The owner’s account; those that policies, grants or shares name, one by one; of the others one of each kind; and services.
 * @param readers the accounts whose receipts roles count
 * @param more the ARN of one more asker, or the name of a service, that nothing names
 */
export function seenFrom(
  way: Way,
  owner: OrganisationFacts | undefined,
  shares: readonly ImpliedShare[],
  askers: Askers,
  readers: readonly string[] = [],
  more: readonly string[] = [],
): Seen {
  const { target, policy, pointPolicy, accessPoint, grants, byOthers } = way;
  const { account, kind } = target;
  const policies = [policy, pointPolicy].filter((each) => each !== undefined);
  const named = namedBy(
    policies,
    grants.map(({ grant }) => grant.input.grantee),
  );
  const counting = shares.filter(({ name }) => kind === 'key' || accessPoint?.endsWith(`/${name}`));
  const recipients = new Set(counting.map(({ recipient }) => recipient.account));
  const mayRead = new Set(readers);
  const singly = new Set([
    ...named.accounts,
    ...recipients,
    ...readers,
    ...more.flatMap((arn) => accountOfArn(arn) ?? []),
  ]);
  singly.delete(account);
  const standingOf = (each: string) =>
    recipients.has(each) ? 'recipient' : mayRead.has(each) ? 'reader' : 'other';
  return {
    way,
    arns: [...new Set([...named.arns, ...namedByRegister(owner, account), ...more])],
    accounts: [
      ...(byOthers ? [] : [{ account, standing: 'own' } as const]),
      ...[...singly].map((each) => ({ account: each, standing: standingOf(each) }) as const),
    ],
    representatives: askers.representatives(new Set([...singly, account]), named.byParts),
    organisations: awsOrganizationsIn(policies),
    services: [...named.services, ...more.filter(isService)],
    providers: [
      ...new Set([...providersIn(policies), ...more.filter(isProvider), ...providersFor(way, owner)]),
    ],
    shares: counting,
  };
}

/** A group of each account, and of those of none. It is given those grants and shares alone that could be for it. */
export function groupsOf(
  { way, arns, accounts, representatives, organisations, services, providers, shares }: Seen,
  askers: Askers,
): Pick<Group, 'way' | 'askers' | 'covers' | 'shares'>[] {
  const { target, grants } = way;
  const byRecipient = grouped(shares, ({ recipient }) => recipient.account);
  const byGrantee = grouped(grants, ({ grant }) => accountOf(grant.input.grantee));
  const arnsOf = grouped(arns, (arn) => (/[*?]/.test(arn) ? '*' : (arn.split(':')[4] ?? '')));
  const ask = (of: string, side: Standing) => {
    const all = askers.of(of, [...(arnsOf.get(of) ?? []), ...(arnsOf.get('*') ?? [])], side);
    const others = side === 'own' ? [] : askers.ofOrganisations(all, of, organisations);
    return others.length === 0 ? all : [...all, ...others];
  };
  const groupOf = (of: string, group: readonly Asker[], covers = 1) => ({
    way: grants.length === 0 ? way : { ...way, grants: grantsFor(of, byGrantee) },
    askers: group,
    covers,
    shares: byRecipient.get(of) ?? [],
  });
  return [
    ...accounts.map(({ account, standing }) => {
      const mayHaveLeft = target.kind === 'key' && standing === 'recipient';
      const elsewhere = mayHaveLeft ? askers.elsewhere(account, organisations) : [];
      return groupOf(
        account,
        mayHaveLeft ? [...ask(account, standing), ...elsewhere] : ask(account, standing),
      );
    }),
    ...representatives.map(({ account, covers }) => groupOf(account, ask(account, 'other'), covers)),
    groupOf('', askers.others(services, providers)),
  ];
}

/** Identity providers that policies trust. */
function providersIn(policies: readonly Policy[]): string[] {
  const named = policies.flatMap(({ statements }) =>
    statements.flatMap(({ principals }) => [...(principals?.names ?? [])]),
  );
  const providers = named
    .filter((each) => each.startsWith(FEDERATED))
    .map((each) => each.slice(FEDERATED.length));
  return [...new Set(providers)].sort();
}

/** The provider that the register has vouch for people: a role’s trust may be without it, and should not. */
function providersFor({ target }: Way, owner: OrganisationFacts | undefined): string[] {
  const provider = owner && target.kind === 'role' ? providerOf(owner) : undefined;
  return provider === undefined ? [] : [provider];
}

/** AWS organisations that policies name: one of these might be the one that a member has left for. */
function awsOrganizationsIn(policies: readonly Policy[]): string[] {
  const conditions = policies.flatMap(({ statements }) => statements.flatMap((each) => each.conditions));
  const named = conditions.flatMap(({ key, values }) => (key === 'aws:principalorgid' ? values : []));
  // Of a pattern, one that it takes.
  return [...new Set(named.map((each) => each.replace(/[*?]/g, 'x')))].sort();
}

/** How the engine writes an identity provider among principals. */
const FEDERATED = 'Federated:';

/** Roles that the register names, for which the owner’s policies have, or should have, a word. */
function namedByRegister(owner: OrganisationFacts | undefined, account: string): string[] {
  const { mayDeposit = [], mayCollect = [], mayStop = [], mayLift = [], custody } = owner ?? {};
  return [
    ...mayDeposit,
    ...mayCollect,
    ...mayStop,
    ...mayLift,
    ...(custody?.administrators ?? []),
    `arn:aws:iam::${account}:role/concordat/concordat-release-gate`,
  ];
}

/** Whether an asker is an identity provider. */
function isProvider(asker: string): boolean {
  return /:(?:oidc|saml)-provider\//.test(asker);
}

/** Whether an asker is the name of an AWS service. */
function isService(asker: string): boolean {
  return /^[a-z0-9.-]+\.amazonaws\.com$/.test(asker);
}

function grantsFor(account: string, byGrantee: ReadonlyMap<string, readonly DatedGrant[]>): DatedGrant[] {
  return [...(byGrantee.get(account) ?? []), ...(account === '' ? [] : (byGrantee.get('') ?? []))];
}

/** The account of a grantee that is a role, a user or a session; empty for any other, which everybody is asked about. */
function accountOf(grantee: string): string {
  return /^arn:aws:(?:iam|sts)::(\d{12}):(?:role|user|assumed-role)\/[^*?]+$/.exec(grantee)?.[1] ?? '';
}
