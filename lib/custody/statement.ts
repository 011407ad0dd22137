/**
 * The custody statement: for each key that encrypts an organisation’s shared data, who holds it and who can do what with
 * it. It is derived from synthesised templates and the files beside them, and from nothing that made them.
 */
import { type Assembly, type AssemblyStack, baselinesIn, isGroup, jsonIn } from '../assembly';
import { REGISTER_FILE } from '../wire';
import type { StrayAttention } from './attention';
import { rolesByArn } from './identities';
import { type KeyCustody, keyCustody } from './key-custody';
import { sealedAgreements } from './sealed-agreements';
import { ownPages, servedPages } from './served-pages';
import { organisationOf, sharedBuckets, strayKeys } from './shared-buckets';
import type { AccountNames } from './who';

/** The custody of every key of shared data in an assembly. */
export interface CustodyStatement {
  readonly form: 'concordat-custody/v1';
  /** The day for which the templates were made; absent where the assembly does not say. */
  readonly asOf?: string;
  /** The SHA-256 of the register that they were made from; absent where the assembly does not say. */
  readonly registerDigest?: string;
  readonly keys: readonly KeyCustody[];
  /** Whose each account is, for the words. */
  readonly accounts: AccountNames;
  /** What belongs to no one key and should be looked at twice. */
  readonly attention: readonly StrayAttention[];
}

/** The statement for all organisations, or for one by its handle, in the order of handles. */
export function custodyStatement(source: Assembly, organisation?: string): CustodyStatement {
  const { stacks, origin } = source;
  const accounts = accountNames(stacks);
  const neighbours = {
    accounts,
    organisations: namesIn(source),
    roles: rolesByArn(stacks),
    baselines: baselinesIn(stacks),
  };
  const buckets = sharedBuckets(stacks);
  const sealed = sealedAgreements(source);
  const pages = servedPages(source, neighbours.roles);
  const elsewhere = ownPages(source);
  const wanted = buckets
    .filter((bucket) => organisation === undefined || bucket.organisation === organisation)
    .sort((a, b) => (a.organisation < b.organisation ? -1 : a.organisation > b.organisation ? 1 : 0));
  return {
    form: 'concordat-custody/v1',
    ...(origin && { asOf: origin.asOf, registerDigest: origin.registerDigest }),
    keys: wanted.map((bucket) => {
      const own = sealed.get(bucket.organisation);
      const read = pages.get(bucket.organisation);
      const readElsewhere = elsewhere.get(bucket.organisation);
      return {
        ...keyCustody(source, bucket, neighbours),
        ...(own && { sealed: own }),
        ...(read && { pages: read }),
        ...(readElsewhere && { ownPages: readElsewhere }),
      };
    }),
    accounts,
    attention: strayKeys(stacks, buckets),
  };
}

/** What the register that the assembly carries calls each organisation. An assembly of another making has none. */
function namesIn(source: Assembly): ReadonlyMap<string, string> {
  const register = jsonIn(source, REGISTER_FILE);
  const organisations: readonly unknown[] =
    isGroup(register) && Array.isArray(register.organisations) ? register.organisations : [];
  return new Map(
    organisations.flatMap((each) =>
      isGroup(each) && typeof each.id === 'string' && typeof each.name === 'string'
        ? [[each.id, each.name] as const]
        : [],
    ),
  );
}

/** The organisations with a key of shared data, by their handles. */
export function organisationsWithKeys(stacks: readonly AssemblyStack[]): string[] {
  return [...new Set(sharedBuckets(stacks).map(({ organisation }) => organisation))].sort();
}

/** What each account is called: the organisation whose stacks go there. */
export function accountNames(stacks: readonly AssemblyStack[]): AccountNames {
  const names = new Map<string, string>();
  for (const stack of stacks) {
    const name = organisationOf(stack);
    if (name !== undefined) names.set(stack.account, name);
  }
  return names;
}
