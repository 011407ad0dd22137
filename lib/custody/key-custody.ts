/** Who holds one key, who administers it, who can use it, who can grant: all that the templates say, in one record. */

import { type Assembly, askedPolicyFile, type Baseline, jsonOf } from '../assembly';
import type { KeyAttention, Sid, StatementAttention } from './attention';
import { type GrantsOfKey, grantsOf, type HeldGrant } from './held-grants';
import { type Identity, identitiesFor, type MadeRole } from './identities';
import { type Interruption, interruptionIn } from './interruption';
import { type KeyFacts, keyFacts } from './key-facts';
import { POWERS, type Power } from './kms-actions';
import { type Permission, permissionsOf } from './permissions';
import { missingProtections } from './protections';
import type { SealedAgreement } from './sealed-agreements';
import type { OwnPages, ServedPages } from './served-pages';
import type { SharedBucket } from './shared-buckets';
import { type StackDeployers, stackDeployers } from './takers-on';
import { type Watchers, watchersOf } from './watchers';
import { type AccountNames, accountOf, callerOf, isOfAnyAccount, type Who } from './who';

/** The custody of one key. Everything in it is read from the assembly’s templates and the files beside them. */
export interface KeyCustody {
  readonly organisation: string;
  /** As the register of the assembly names it; its handle where there is none. */
  readonly name: string;
  readonly stack: string;
  /** The account that holds the key. */
  readonly account: string;
  readonly region: string;
  readonly bucket: string;
  /** What of the bucket S3 deletes by itself; absent where it deletes nothing that was shared. */
  readonly copies?: SharedBucket['copies'];
  readonly key: KeyFacts;
  /** Whether the policy stands in the template, or the organisation is asked to set it, with the file that holds it. */
  readonly policyFrom:
    | { readonly shownBy: 'template' }
    | { readonly shownBy: 'request'; readonly file: string };
  /** What the key’s policy says, in its order. */
  readonly policy: readonly Permission[];
  /** Who has each power over the key by an Allow, with the Sid; a Deny may take from it. */
  readonly powers: Readonly<
    Partial<Record<Power, readonly { readonly who: readonly Who[]; readonly sid: Sid }[]>>
  >;
  /** Roles and users of the key’s account that have to do with it. */
  readonly identities: readonly (Identity & { readonly allowedBy: readonly Sid[] })[];
  readonly grants: GrantsOfKey['held'];
  /** Whether `grants` are all that the broker will keep; if not, which there will be is not known. */
  readonly grantsKnown: boolean;
  readonly interruption: Interruption;
  readonly deployers: StackDeployers;
  /** Who may look at what its account runs; absent where no StackSet of the assembly lets anybody. */
  readonly watchers?: Watchers;
  /** The accounts that the key’s policy or a grant names: nobody in another can use, administer or grant. */
  readonly accounts: readonly { readonly account: string; readonly organisation?: string }[];
  /** The AWS organisation that users must belong to, where a Deny holds them to one. */
  readonly awsOrganisation?: string;
  /** The agreements under which it opens nothing but what is sealed once more; absent where there is none. */
  readonly sealed?: readonly SealedAgreement[];
  /** The pages of the zone in which people read and write what it encrypts; absent where there is none. */
  readonly pages?: ServedPages;
  /** Those that organisations serve themselves; absent where there is none. */
  readonly ownPages?: OwnPages;
  /** All that a reader should look at twice. Empty if there is nothing. */
  readonly attention: readonly KeyAttention[];
}

/** What the rest of the assembly says of those whom a key’s policy and grants name. */
export interface Neighbours {
  readonly accounts: AccountNames;
  /** The names of organisations, by their handles. */
  readonly organisations: ReadonlyMap<string, string>;
  readonly roles: ReadonlyMap<string, MadeRole>;
  /** What StackSets make in accounts. */
  readonly baselines: readonly Baseline[];
}

/** The custody of the key of one bucket. */
export function keyCustody(source: Assembly, bucket: SharedBucket, neighbours: Neighbours): KeyCustody {
  const { accounts, organisations, roles, baselines } = neighbours;
  const { stack, organisation, key } = bucket;
  const account = key.made === 'elsewhere' ? key.account : stack.account;
  const region = key.made === 'elsewhere' ? key.region : stack.region;
  const listKeyArn = key.made === 'here' ? `arn:aws:kms:${region}:${account}:key/${key.logicalId}` : key.arn;
  const {
    held,
    whole,
    claim,
    attention: aboutGrants,
  } = grantsOf(source, stack, bucket.arn, listKeyArn, roles);
  const facts = keyFacts(key, claim);
  const asked = askedPolicyFile(organisation);
  const { document, attention: aboutPolicy } =
    key.made === 'here'
      ? { document: key.resource.Properties?.KeyPolicy, attention: [] }
      : askedPolicy(source, asked);
  const policy = permissionsOf(document, { kind: 'key', stack, account });
  const named = namedIdentities(policy);
  const place = { account, region, arn: key.arn, ...(key.made === 'here' && { stack: stack.name }) };
  const identities = identitiesFor(place, named, source.stacks).map((each) => ({
    ...each,
    allowedBy: allowedBy(each, policy),
  }));
  const organisationId = awsOrganisation(policy);
  const watchers = watchersOf(place, baselines);
  return {
    organisation,
    name: organisations.get(organisation) ?? organisation,
    stack: stack.name,
    account,
    region,
    bucket: bucket.name,
    ...(bucket.copies.length > 0 && { copies: bucket.copies }),
    key: facts,
    policyFrom: key.made === 'here' ? { shownBy: 'template' } : { shownBy: 'request', file: asked },
    policy,
    powers: powersByHolder(policy),
    identities,
    grants: held,
    grantsKnown: whole,
    interruption: interruptionIn(stack.account, source.stacks),
    deployers: stackDeployers(source.deployers.get(stack.name) ?? {}, stack, baselines),
    ...(watchers && { watchers }),
    accounts: accountsNamed(policy, held).map((each) => {
      const called = accounts.get(each);
      return { account: each, ...(called !== undefined && { organisation: called }) };
    }),
    ...(organisationId !== undefined && { awsOrganisation: organisationId }),
    attention: [
      ...(account === stack.account
        ? []
        : [{ kind: 'keyInAnotherAccount', account, bucketAccount: stack.account } as const]),
      ...bucket.attention,
      ...facts.attention,
      ...aboutGrants,
      ...aboutPolicy,
      ...inStatements(policy, (sid, what) => ({ kind: 'inStatement', sid, what })),
      ...missingProtections(policy, { region, bucketArn: bucket.arn, account }),
      ...identities.flatMap(identityAttention),
      ...held.flatMap(({ share, takenOnBy = [] }) =>
        inStatements(takenOnBy, (sid, what) => ({
          kind: 'inTrust',
          of: { kind: 'grantee', share },
          sid,
          what,
        })),
      ),
    ],
  };
}

function askedPolicy(source: Assembly, file: string): { document: unknown; attention: KeyAttention[] } {
  const text = source.file(file);
  if (text === undefined)
    return {
      document: undefined,
      attention: [{ kind: 'noAskedPolicy', file }],
    };
  try {
    return { document: jsonOf(text), attention: [] };
  } catch {
    return { document: undefined, attention: [{ kind: 'askedPolicyNotJson', file }] };
  }
}

/** Roles and users that the policy names, as principals or as callers. */
function namedIdentities(policy: readonly Permission[]): string[] {
  const callers = policy.flatMap(({ effect, principals, conditions }) =>
    effect === 'Deny'
      ? []
      : [
          ...principals.map(({ who }) => who),
          ...conditions.filter(({ inWho }) => inWho).flatMap(({ values }) => values.map(callerOf)),
        ],
  );
  return [...new Set(callers.flatMap((who) => (who.kind === 'identity' ? [who.arn] : [])))];
}

/** The statements of the key’s policy that let an identity do some of what its own policies allow, or do so by themselves. */
function allowedBy(identity: Identity, policy: readonly Permission[]): Sid[] {
  const own = new Set(
    identity.onTheKey.flatMap(({ effect, powers }) =>
      effect === 'Deny' ? [] : Object.values(powers).flat(),
    ),
  );
  return policy
    .filter(({ effect, powers, principals, conditions }) => {
      if (effect !== 'Allow') return false;
      const caller = conditions.find(({ inWho }) => inWho);
      if (caller?.values.includes(identity.arn) || principals.some(({ written }) => written === identity.arn))
        return true;
      return (
        caller === undefined &&
        Object.values(powers)
          .flat()
          .some((each) => own.has(each))
      );
    })
    .map(({ sid }) => sid);
}

function powersByHolder(policy: readonly Permission[]): KeyCustody['powers'] {
  const entries = POWERS.flatMap((power) => {
    const holders = policy
      .filter(({ effect, powers }) => effect !== 'Deny' && powers[power] !== undefined)
      .map(({ who, sid }) => ({ who, sid }));
    return holders.length > 0 ? [[power, holders] as const] : [];
  });
  return Object.fromEntries(entries);
}

/** Statements that give any of the powers. */
export function giving(policy: readonly Permission[], powers: readonly Power[]): readonly Permission[] {
  return policy.filter(
    (each) => each.effect !== 'Deny' && powers.some((power) => each.powers[power] !== undefined),
  );
}

function accountsNamed(policy: readonly Permission[], held: GrantsOfKey['held']): string[] {
  const callers = [
    ...giving(policy, POWERS).flatMap(({ principals }) => principals.map(({ who }) => who)),
    ...held.map(({ holder }) => holder),
  ];
  return [...new Set(callers.flatMap((who) => accountOf(who) ?? []))].sort();
}

/**
 * Those to whom the key’s policy gives anything, or who hold a grant, and who may be of an account that is not named. Where
 * there are none and the grants are known, nobody outside `accounts` can use the key, administer it or make a grant on it.
 */
export function ofAnyAccount({ policy, grants }: Pick<KeyCustody, 'policy' | 'grants'>): readonly Who[] {
  const callers = [
    ...policy
      .filter(({ effect }) => effect !== 'Deny')
      .flatMap(({ principals, who }) => (principals.length > 0 ? principals.map((each) => each.who) : who)),
    ...grants.map(({ holder }: HeldGrant) => holder),
  ];
  return callers.filter(isOfAnyAccount);
}

function awsOrganisation(policy: readonly Permission[]): string | undefined {
  const ids = policy.flatMap(({ effect, conditions }) =>
    effect === 'Deny'
      ? conditions
          .filter(({ key }) => key.toLowerCase() === 'aws:principalorgid')
          .flatMap(({ values }) => values)
      : [],
  );
  return new Set(ids).size === 1 ? ids[0] : undefined;
}

function identityAttention({ who, unread, takenOnBy, onTheKey }: Identity): KeyAttention[] {
  return [
    ...unread.map((policy) => ({ kind: 'managedPolicy', who, policy }) as const),
    ...inStatements(onTheKey, (sid, what) => ({ kind: 'inOwnPolicy', who, sid, what })),
    ...inStatements(takenOnBy, (sid, what) => ({ kind: 'inTrust', of: who, sid, what })),
  ];
}

function inStatements(
  statements: readonly Permission[],
  of: (sid: Sid, what: StatementAttention) => KeyAttention,
): KeyAttention[] {
  return statements.flatMap(({ sid, attention }) => attention.map((each) => of(sid, each)));
}
