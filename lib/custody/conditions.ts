/** The conditions of a policy, as far as they are understood. What is not known is never left out. */
import { isUnresolved } from '../assembly';
import { type ConditionTest, SaidOften } from '../iam';

/** One operator on one key of a condition block. */
export interface Condition {
  readonly operator: string;
  /** As the policy writes it. */
  readonly key: string;
  readonly values: readonly string[];
  /** What operator and key mean; undefined where that is not known, so that nothing may rest on it. */
  readonly meaning: Meaning | undefined;
  /** Whether it is met where the request does not carry the key at all. */
  readonly holdsWhereAbsent: boolean;
}

/** What a condition compares, and how. */
interface Meaning {
  readonly key: KnownKey;
  readonly compares: Comparison;
  /** Of a key with many values. */
  readonly quantifier?: 'all' | 'any';
  /** Whether the operator ends in `IfExists`. */
  readonly ifExists?: true;
}

/** The keys that are understood, in lower case. */
const KNOWN_KEYS = [
  'aws:calledvia',
  'aws:currenttime',
  'aws:principalarn',
  'aws:principalaccount',
  'aws:principalorgid',
  'aws:resourceorgid',
  'aws:securetransport',
  'aws:sourceaccount',
  'aws:sourcearn',
  'kms:calleraccount',
  'kms:encryptioncontext:aws:s3:arn',
  'kms:encryptioncontext:aws:logs:arn',
  'kms:encryptioncontextkeys',
  'kms:expirationmodel',
  'kms:grantconstrainttype',
  'kms:granteeprincipal',
  'kms:grantoperations',
  'kms:grantisforawsresource',
  'kms:retiringprincipal',
  'kms:schedulekeydeletionpendingwindowindays',
  'kms:viaservice',
  'events:managedby',
  's3:dataaccesspointarn',
  's3:prefix',
  'lambda:sourcefunctionarn',
  'sts:externalid',
  'aws:requesttag/concordat-role',
  // What a token of an identity provider claims: a key is the provider’s name, a colon and the claim.
  'claim:aud',
  'claim:sub',
  'claim:amr',
] as const;
export type KnownKey = (typeof KNOWN_KEYS)[number];

/** The operators that are understood, without quantifier and suffix. */
const COMPARISONS = [
  'StringEquals',
  'StringNotEquals',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
  'StringLike',
  'StringNotLike',
  'ArnEquals',
  'ArnNotEquals',
  'ArnLike',
  'ArnNotLike',
  'NumericEquals',
  'NumericNotEquals',
  'NumericLessThan',
  'NumericLessThanEquals',
  'NumericGreaterThan',
  'NumericGreaterThanEquals',
  'DateEquals',
  'DateLessThan',
  'DateLessThanEquals',
  'DateGreaterThan',
  'DateGreaterThanEquals',
  'Bool',
  'Null',
] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** Operators that ask for something else than the values, and so hold where the key is absent. */
const NEGATED: ReadonlySet<Comparison> = new Set([
  'StringNotEquals',
  'StringNotEqualsIgnoreCase',
  'StringNotLike',
  'ArnNotEquals',
  'ArnNotLike',
  'NumericNotEquals',
]);

/** Whether an operator holds where the key has another value, or none. */
export function isNegated(comparison: Comparison): boolean {
  return NEGATED.has(comparison);
}

/** A claim of whatever provider, whose name begins with that of a host; or the key as it is. */
function claimOr(key: string): string {
  return key.replace(/^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:\/[^:]*)?:(?=(?:aud|sub|amr)$)/, 'claim:');
}

/** An operator and a key, as far as they are known. */
interface Parts {
  readonly key: KnownKey | undefined;
  readonly compares: Comparison | undefined;
  readonly quantifier: string | undefined;
  readonly ifExists: string | undefined;
}

const known = new SaidOften<Parts>();

/** Policies have few, and tens of thousands of conditions. */
function partsOf(operator: string, name: string): Parts {
  return known.of(`${operator} ${name}`, () => {
    const [, quantifier, base = '', ifExists] =
      /^(ForAllValues:|ForAnyValue:)?([A-Za-z]+?)(IfExists)?$/.exec(operator) ?? [];
    const written = claimOr(name.toLowerCase());
    return {
      key: KNOWN_KEYS.find((each) => each === written),
      compares: COMPARISONS.find((each) => each === base),
      quantifier,
      ifExists,
    };
  });
}

const read = new WeakMap<ConditionTest, Condition>();

/** A condition as the parser of policies gives it: one for all statements that say the same. */
export function conditionOf(test: ConditionTest): Condition {
  let condition = read.get(test);
  if (condition === undefined) {
    condition = understood(test);
    read.set(test, condition);
  }
  return condition;
}

function understood({ operator, name, values }: ConditionTest): Condition {
  const { key, compares, quantifier, ifExists } = partsOf(operator, name);
  const plain = { operator: operator === '' ? 'Condition' : operator, key: name, values };
  const unclear: Condition = { ...plain, meaning: undefined, holdsWhereAbsent: false };
  if (key === undefined || compares === undefined) return unclear;
  if (compares === 'Null') {
    const [value, ...more] = values;
    if (operator !== 'Null' || (value !== 'true' && value !== 'false') || more.length > 0) return unclear;
    return { ...plain, meaning: { key, compares }, holdsWhereAbsent: value === 'true' };
  }
  if (isUnresolved(values)) return unclear;
  return {
    ...plain,
    meaning: {
      key,
      compares,
      ...(quantifier !== undefined && { quantifier: quantifier === 'ForAllValues:' ? 'all' : 'any' }),
      ...(ifExists !== undefined && { ifExists: true }),
    },
    holdsWhereAbsent:
      quantifier === 'ForAllValues:' ||
      (isNegated(compares) && quantifier === undefined) ||
      ifExists !== undefined,
  };
}
