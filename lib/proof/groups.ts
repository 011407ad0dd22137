/** Everybody, as seen from one way to one resource, in groups: each account that counts there, and those of no account. */
import type { OrganisationFacts } from '../assembly';
import { accountOfArn, type Policy } from '../iam';
import type { Askers, Standing } from './askers';
import { providerOf } from './entitlement/signed-in';
import { grouped } from './grouped';
import { namedBy } from './named';
import type { Asker, DatedGrant } from './question';
import type { Group } from './shape';
import type { ImpliedShare } from './shares';
import type { Way } from './way';

/**
 * The owner’s account; those that policies, grants or shares name, one by one; of the others one of each kind; and services
 * and the unsigned. A group is given those grants and shares alone that could be for it.
 * @param readers the accounts whose receipts roles count
 * @param more the ARN of one more asker, or the name of a service, that nothing names
 */
export function groupsOf(
  way: Way,
  owner: OrganisationFacts | undefined,
  shares: readonly ImpliedShare[],
  askers: Askers,
  readers: readonly string[] = [],
  more: readonly string[] = [],
): Pick<Group, 'way' | 'askers' | 'covers' | 'shares'>[] {
  const { target, policy, pointPolicy, accessPoint, grants } = way;
  const { account, kind } = target;
  const policies = [policy, pointPolicy].filter((each) => each !== undefined);
  const grantees = grants.map(({ grant }) => grant.input.grantee);
  const named = namedBy(policies, grantees);
  const organisations = awsOrganizationsIn(policies);
  const byRecipient = grouped(
    shares.filter(({ name }) => kind === 'key' || accessPoint?.endsWith(`/${name}`)),
    ({ recipient }) => recipient.account,
  );
  const byGrantee = grouped(grants, ({ grant }) => accountOf(grant.input.grantee));
  const arns = [...new Set([...named.arns, ...namedByRegister(owner, account), ...more])];
  const arnsOf = grouped(arns, (arn) => (/[*?]/.test(arn) ? '*' : (arn.split(':')[4] ?? '')));
  const ask = (of: string, side: Standing) =>
    askers.of(of, [...(arnsOf.get(of) ?? []), ...(arnsOf.get('*') ?? [])], side);
  const singly = new Set(
    [
      ...named.accounts,
      ...byRecipient.keys(),
      ...readers,
      ...more.flatMap((arn) => accountOfArn(arn) ?? []),
    ].filter((each) => each !== account),
  );
  const mayRead = new Set(readers);
  const groupOf = (of: string, group: readonly Asker[], covers = 1) => ({
    way: grants.length === 0 ? way : { ...way, grants: grantsFor(of, byGrantee) },
    askers: group,
    covers,
    shares: byRecipient.get(of) ?? [],
  });
  return [
    ...(way.byOthers ? [] : [groupOf(account, ask(account, 'own'))]),
    ...[...singly].map((each) => {
      const side = byRecipient.has(each) ? 'recipient' : mayRead.has(each) ? 'reader' : 'other';
      const elsewhere = kind === 'key' && side === 'recipient' ? askers.elsewhere(each, organisations) : [];
      return groupOf(each, [...ask(each, side), ...elsewhere]);
    }),
    ...askers
      .representatives(new Set([...singly, account]), named.byParts)
      .map(({ account: each, covers }) => groupOf(each, ask(each, 'other'), covers)),
    groupOf(
      '',
      askers.others(
        [...named.services, ...more.filter(isService)],
        [...new Set([...providersIn(policies), ...more.filter(isProvider), ...providersFor(way, owner)])],
      ),
    ),
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
