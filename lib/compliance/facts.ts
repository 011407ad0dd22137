/**
 * What an assembly should hold, worked out from its register alone. It shares no code with what makes the templates, so that
 * a mistake there is not made here again.
 */
import { isGroup, tagIn } from '../assembly';
import { inboxTopic, KEY_PURPOSE_TAG, noticesTopic } from '../names';
import {
  agreementHash,
  inboxesToldBySns,
  isLive,
  type LiveShare,
  mailboxesToldBySns,
  mailboxHash,
  type Organisation,
  sharesOf,
  verifiedIn,
} from '../register';
import type { IsoDate } from '../register/calendar';
import type { JudgedAssembly, JudgedStack } from './check';
import { inStack, type Seen } from './judging';
import { type CheckedStatement, statementsIn } from './statements';

/** A member: an organisation with its own stack and a key. */
export type Member = Extract<Organisation, { membership: 'member' }>;

const byAccount = new WeakMap<JudgedAssembly['register'], ReadonlyMap<string, Organisation>>();

/** The organisation whose account a stack is deployed to; none for the operator’s own. */
export function organisationOf(
  { register }: JudgedAssembly,
  { account }: Pick<JudgedStack, 'account'>,
): Organisation | undefined {
  const known =
    byAccount.get(register) ?? new Map(register.organisations.map((each) => [each.account, each]));
  byAccount.set(register, known);
  return known.get(account);
}

/**
 * The mailbox of the team that a topic tells of messages: in a member’s account of what its people write, in the zone’s of what the
 * gates cannot see. Undefined for a topic of anything else.
 */
export function teamTold(seen: Pick<Seen, 'stack' | 'assembly' | 'resource'>): string | undefined {
  const { register } = seen.assembly;
  const name = seen.resource.properties.TopicName;
  if (seen.stack.account === register.zone.accounts.zone)
    return mailboxesToldBySns(register).find((mailbox) => noticesTopic(mailboxHash(mailbox)) === name);
  const writer = organisationOf(seen.assembly, seen.stack);
  return writer === undefined
    ? undefined
    : inboxesToldBySns(register, writer).find(
        (inbox) => inboxTopic(agreementHash(inbox.agreement.id), inbox) === name,
      )?.notices;
}

/** The members of a register. */
export function membersOf({ register }: JudgedAssembly): Member[] {
  return register.organisations.filter((each): each is Member => each.membership === 'member');
}

/** The name of a member’s bucket. */
export function bucketNameOf({ register: { zone } }: JudgedAssembly, account: string): string {
  return `${zone.namePrefix}-exchange-${account}-${zone.region}-an`;
}

/** Whether a bucket holds what an organisation shares. */
export function isExchangeBucket(seen: Seen): boolean {
  return seen.resource.properties.BucketName === bucketNameOf(seen.assembly, seen.stack.account);
}

type ByOwner = ReadonlyMap<string, readonly LiveShare[]>;

/** By register and day: templates have no part in it. */
const live = new WeakMap<JudgedAssembly['register'], Map<string, ByOwner>>();

/** The shares that are in force or to come, by owner. */
export function liveSharesOf(assembly: JudgedAssembly, owner: string): readonly LiveShare[] {
  const { register, asOf } = assembly;
  const days = live.get(register) ?? new Map<string, ByOwner>();
  live.set(register, days);
  const known = days.get(asOf) ?? liveShares(assembly);
  days.set(asOf, known);
  return known.get(owner) ?? [];
}

function liveShares({ register, asOf }: JudgedAssembly) {
  const { zone, agreements, organisations, contracts } = register;
  const byId = new Map<string, Organisation>(organisations.map((each) => [each.id, each]));
  const organisation = (id: string) => {
    const found = byId.get(id);
    if (found === undefined) throw new RangeError(`there is no organisation ${id} in the register`);
    return found;
  };
  const byOwner = new Map<string, LiveShare[]>();
  for (const share of sharesOf(
    { zone, agreements, contracts, verified: verifiedIn(register).verified, organisation },
    asOf as IsoDate,
  ).filter(isLive))
    if (byOwner.get(share.owner.id)?.push(share) === undefined) byOwner.set(share.owner.id, [share]);
  return byOwner;
}

/** Who a statement lets in: ARNs of a condition, else accounts, services and providers, or `*`. */
export function holdersOf({ principals, conditions }: CheckedStatement): readonly string[] {
  const named = conditions
    .filter(
      ({ key, operator, doubt }) =>
        doubt === undefined && key === 'aws:principalarn' && /^(?:Arn|String)(?:Equals|Like)$/.test(operator),
    )
    .flatMap(({ values }) => values);
  if (named.length > 0) return named;
  return principals.anybody ? ['*'] : [...principals.aws, ...principals.services, ...principals.others];
}

/** The policy that a bucket’s own template gives it. */
export function bucketPolicyOf(seen: Seen): Seen | undefined {
  return inStack(seen, 'AWS::S3::BucketPolicy').find(
    ({ resource }) => resource.properties.Bucket === seen.resource.properties.BucketName,
  );
}

/** What a tag of a resource says. */
function tagOf({ resource }: Pick<Seen, 'resource'>, name: string): string | undefined {
  return tagIn(resource.properties, name);
}

/** What a key is for: `shared-data`, `ledger`. */
export function purposeOf(seen: Pick<Seen, 'resource'>): string {
  return tagOf(seen, KEY_PURPOSE_TAG) ?? 'not said';
}

/** The statements of a key’s policy that lies in a separate file. */
export function statementsInFile({ files }: JudgedAssembly, file: string): readonly CheckedStatement[] {
  const document = files.get(file);
  return isGroup(document) ? statementsIn(document, 'key', file, []) : [];
}

/** Where what a role may do is written. */
export function identityOf({ resource }: Pick<Seen, 'resource'>): readonly string[] {
  return resource.type === 'AWS::IAM::Role' ? ['Properties', 'Policies'] : ['Properties', 'PolicyDocument'];
}
