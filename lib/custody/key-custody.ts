/** Who holds one key, who administers it, who can use it, who can grant: all that the templates say, in one record. */

import { type Assembly, askedPolicyFile, type Deployers } from '../assembly';
import { type GrantsOfKey, grantsOf, type Neighbours } from './held-grants';
import { type Identity, identitiesFor } from './identities';
import { type KeyFacts, keyFacts } from './key-facts';
import { POWERS, type Power } from './kms-actions';
import { type Permission, permissionsOf } from './permissions';
import { accountOf } from './principals';
import { protectionFaults } from './protections';
import type { SharedBucket } from './shared-buckets';

/** The custody of one key. Everything in it is read from the assembly’s templates and the files beside them. */
export interface KeyCustody {
  readonly organisation: string;
  /** The name of the body, where its stack’s description ends in it and the handle; else the handle. */
  readonly name: string;
  readonly stack: string;
  /** The account that holds the key. */
  readonly account: string;
  readonly region: string;
  readonly bucket: string;
  readonly key: KeyFacts;
  /** Whether the policy stands in the template, or the organisation is asked to set it, with the file that holds it. */
  readonly policyFrom:
    | { readonly shownBy: 'template' }
    | { readonly shownBy: 'request'; readonly file: string };
  /** What the key’s policy says, in its order. */
  readonly policy: readonly Permission[];
  /** Who has each power over the key by an Allow, with the Sid; a Deny may take from it. */
  readonly powers: Readonly<
    Partial<Record<Power, readonly { readonly who: readonly string[]; readonly sid: string }[]>>
  >;
  /** Roles and users of the key’s account that have to do with it. */
  readonly identities: readonly (Identity & { readonly allowedBy: readonly string[] })[];
  readonly grants: GrantsOfKey['held'];
  readonly deployers: Deployers;
  /** The accounts that the key’s policy or a grant names: nobody in another can use, administer or grant. */
  readonly accounts: readonly { readonly account: string; readonly organisation?: string }[];
  /** The AWS organisation that users must belong to, where a Deny holds them to one. */
  readonly awsOrganisation?: string;
  /** All that a reader should look at twice. Empty if there is nothing. */
  readonly attention: readonly string[];
}

/** The custody of the key of one bucket. */
export function keyCustody(source: Assembly, bucket: SharedBucket, neighbours: Neighbours): KeyCustody {
  const { names } = neighbours;
  const { stack, organisation, key } = bucket;
  const account = key.made === 'elsewhere' ? key.account : stack.account;
  const region = key.made === 'elsewhere' ? key.region : stack.region;
  const listKeyArn = key.made === 'here' ? `arn:aws:kms:${region}:${account}:key/${key.logicalId}` : key.arn;
  const { held, claim, attention: aboutGrants } = grantsOf(source, stack, bucket.arn, listKeyArn, neighbours);
  const facts = keyFacts(key, claim);
  const asked = askedPolicyFile(organisation);
  const { document, attention: aboutPolicy } =
    key.made === 'here'
      ? { document: key.resource.Properties?.KeyPolicy, attention: [] }
      : askedPolicy(source, asked);
  const policy = permissionsOf(document, { kind: 'key', stack, names, account });
  const named = namedIdentities(policy);
  const place = { account, region, arn: key.arn, ...(key.made === 'here' && { stack: stack.name }) };
  const identities = identitiesFor(place, named, source.stacks, names).map((each) => ({
    ...each,
    allowedBy: allowedBy(each, policy),
  }));
  const organisationId = awsOrganisation(policy);
  return {
    organisation,
    name: nameOf(organisation, source.descriptions.get(stack.name)),
    stack: stack.name,
    account,
    region,
    bucket: bucket.name,
    key: facts,
    policyFrom: key.made === 'here' ? { shownBy: 'template' } : { shownBy: 'request', file: asked },
    policy,
    powers: powersByHolder(policy),
    identities,
    grants: held,
    deployers: source.deployers.get(stack.name) ?? {},
    accounts: accountsNamed(policy, held).map((each) => {
      const called = names.get(each);
      return { account: each, ...(called !== undefined && { organisation: called }) };
    }),
    ...(organisationId !== undefined && { awsOrganisation: organisationId }),
    attention: [
      ...(account === stack.account
        ? []
        : [`the key lies in account ${account}, the bucket in account ${stack.account}`]),
      ...bucket.attention,
      ...facts.attention,
      ...aboutGrants,
      ...aboutPolicy,
      ...policy.flatMap(({ sid, attention }) => attention.map((each) => `${sid}: ${each}`)),
      ...protectionFaults(policy, { region, bucketArn: bucket.arn, account }),
      ...identities.flatMap(identityAttention),
      ...held.flatMap(({ share, takenOnBy = [] }) =>
        trustAttention(`the holder of the grant ${share}`, takenOnBy),
      ),
    ],
  };
}

function askedPolicy(source: Assembly, file: string): { document: unknown; attention: string[] } {
  const text = source.file(file);
  if (text === undefined)
    return {
      document: undefined,
      attention: [
        `no file ${file} says which policy the organisation is asked to set; who can use the key is not known`,
      ],
    };
  try {
    return { document: JSON.parse(text), attention: [] };
  } catch {
    return { document: undefined, attention: [`${file} is not JSON; who can use the key is not known`] };
  }
}

/** A description ends in the name of the body and its handle: `... of Leeds City Council (leeds)`. */
function nameOf(organisation: string, description = ''): string {
  const [, name, handle] = / of (.+) \(([^()]+)\)$/.exec(description) ?? [];
  return name !== undefined && handle === organisation ? name : organisation;
}

/** Roles and users that the policy names, as principals or as callers. */
function namedIdentities(policy: readonly Permission[]): string[] {
  const callers = policy.flatMap(({ effect, principals, conditions }) =>
    effect === 'Deny'
      ? []
      : [...principals, ...conditions.filter(({ inWho }) => inWho).flatMap(({ values }) => values)],
  );
  return [...new Set(callers)].filter((each) => accountOf(each) !== undefined && !/:root$|[*?]/.test(each));
}

/** The statements of the key’s policy that let an identity do some of what its own policies allow, or do so by themselves. */
function allowedBy(identity: Identity, policy: readonly Permission[]): string[] {
  const own = new Set(
    identity.onTheKey.flatMap(({ effect, powers }) =>
      effect === 'Deny' ? [] : Object.values(powers).flat(),
    ),
  );
  return policy
    .filter(({ effect, powers, principals, conditions }) => {
      if (effect !== 'Allow') return false;
      const caller = conditions.find(({ inWho }) => inWho);
      if (caller?.values.includes(identity.arn) || principals.includes(identity.arn)) return true;
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
  const entries = (Object.keys(POWERS) as Power[]).flatMap((power) => {
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
  const texts = [
    ...giving(policy, Object.keys(POWERS) as Power[]).flatMap(({ principals }) => principals),
    ...held.map(({ grantee }) => grantee),
  ];
  const accounts = texts.flatMap((each) => accountOf(each) ?? (/^\d{12}$/.test(each) ? each : []));
  return [...new Set(accounts)].sort();
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

function identityAttention({ words, attention, takenOnBy, onTheKey }: Identity): string[] {
  const own = onTheKey.flatMap(({ sid, attention: each }) =>
    each.map((why) => `${words}, by its own policy, ${sid}: ${why}`),
  );
  return [...attention.map((each) => `${words}: ${each}`), ...own, ...trustAttention(words, takenOnBy)];
}

function trustAttention(words: string, trust: readonly Permission[]): string[] {
  return trust.flatMap(({ sid, attention }) =>
    attention.map((each) => `who takes on ${words}, ${sid}: ${each}`),
  );
}
