/**
 * KMS grants: permission to use one key, given to one grantee, for named operations. They allow and never deny.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html
 */
import { accountOfArn } from './arn';
import { type Context, keyOf, UNKNOWN } from './context';
import { type Named, namesOf, type Principals, principalsOf } from './principal';
import type { Request } from './request';
import { and, MAYBE, NO, or, type Truth, truth, YES } from './truth';

/** A grant, as ListGrants shows it. */
export interface GrantInput {
  /** By which decisions name it. */
  readonly name: string;
  /** The ARN of the key. */
  readonly key: string;
  /** The ARN of a role, user, session or account, or a service. */
  readonly grantee: string;
  readonly operations: readonly string[];
  readonly retiring?: string;
  readonly encryptionContextEquals?: Readonly<Record<string, string>>;
  readonly encryptionContextSubset?: Readonly<Record<string, string>>;
  /** For a service: the resource on whose behalf it may act. */
  readonly sourceArn?: string;
  /** Only operations with symmetric keys have an encryption context that could be constrained. True if not given. */
  readonly symmetricKey?: boolean;
}

/** A grant, ready to be asked. */
export interface Grant {
  readonly name: string;
  readonly key: string;
  readonly operations: ReadonlySet<string>;
  readonly input: GrantInput;
  readonly grantee: Principals;
  readonly retiring: Principals | undefined;
  readonly doubts: readonly string[];
}

const ENCRYPTION_CONTEXT = 'kms:encryptioncontext:';

/** Those that take an encryption context with a symmetric key. Constraints hold for these alone. */
const CONSTRAINED = new Set([
  'decrypt',
  'encrypt',
  'generatedatakey',
  'generatedatakeypair',
  'generatedatakeypairwithoutplaintext',
  'generatedatakeywithoutplaintext',
  'reencryptfrom',
  'reencryptto',
]);

/** Those that take none. */
const UNCONSTRAINED = new Set([
  'creategrant',
  'derivesharedsecret',
  'describekey',
  'generatemac',
  'getpublickey',
  'retiregrant',
  'sign',
  'verify',
  'verifymac',
]);

/** Compiles a grant. It throws nothing: what is not known is a doubt. */
export function grantOf(input: GrantInput): Grant {
  const operations = new Set(input.operations.map((each) => each.toLowerCase()));
  const grantee = partyOf(input.grantee);
  const retiring = input.retiring === undefined ? undefined : partyOf(input.retiring);
  const unknown = [...operations].filter((each) => !CONSTRAINED.has(each) && !UNCONSTRAINED.has(each));
  const doubts = [
    ...unknown.map((each) => `'${each}' is not a grant operation that is modelled`),
    ...grantee.doubts,
    ...(retiring?.doubts ?? []),
  ];
  return { name: input.name, key: input.key, operations, input, grantee, retiring, doubts };
}

function partyOf(party: string): Principals {
  return principalsOf(/^[a-z0-9.-]+\.amazonaws\.com$/.test(party) ? { Service: party } : { AWS: party });
}

/**
 * Whether the grant lets the caller do what it asks, whatever the key policy says. For retiring, `byAccount` says whether the
 * policies of the caller’s own account let it.
 */
export function granted(grant: Grant, request: Request, byAccount: Truth): Truth {
  if (request.service !== 'kms' || request.resource !== grant.key) return NO;
  const operation = request.action.slice('kms:'.length);
  if (operation === 'retiregrant') return mayRetire(grant, request, byAccount);
  if (!grant.operations.has(operation)) return NO;
  const caller = isGrantee(grant, request);
  if (caller === NO) return NO;
  // A grant that is made by a grant may not be wider than its parent. What the new grant says is not in the request.
  if (operation === 'creategrant' || (!CONSTRAINED.has(operation) && !UNCONSTRAINED.has(operation)))
    return MAYBE;
  return and(caller, and(sourceHolds(grant, request), constraintsHold(grant, operation, request.context)));
}

/** A role’s grant holds for each of its sessions. What a grant to an account gives to others than its root user is not documented. */
function isGrantee({ grantee }: Grant, { caller }: Request): Truth {
  const { direct, role, account } = namesOf(grantee, caller);
  return or(or(direct, role), and(account, MAYBE));
}

function sourceHolds({ input }: Grant, { caller, context }: Request): Truth {
  if (input.sourceArn === undefined) return truth(caller.type !== 'service');
  const source = context.get('aws:sourcearn');
  return source === UNKNOWN ? MAYBE : truth(source === input.sourceArn);
}

/**
 * Names of pairs are compared without regard to case, values with it. Equals: these pairs and no others.
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html
 */
function constraintsHold({ input }: Grant, operation: string, context: Context): Truth {
  if (!CONSTRAINED.has(operation) || input.symmetricKey === false) return YES;
  const equals = input.encryptionContextEquals;
  if (equals !== undefined && pairsIn(context) !== Object.keys(equals).length) return NO;
  let all: Truth = YES;
  for (const pairs of [equals, input.encryptionContextSubset]) {
    for (const [name, wanted] of Object.entries(pairs ?? {})) {
      const actual = context.get(ENCRYPTION_CONTEXT + keyOf(name));
      all = and(all, actual === UNKNOWN ? MAYBE : truth(actual === wanted));
    }
  }
  return all;
}

function pairsIn(context: Context): number {
  let count = 0;
  for (const key of context.keys()) if (key.startsWith(ENCRYPTION_CONTEXT)) count++;
  return count;
}

/**
 * Who may end a grant: whom it names as retiring; the grantee, if it has the operation; and the account of the key. Where
 * that is an account, its policies say who in it. Neither key policies nor resource control policies have a say.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/grant-delete.html
 */
function mayRetire(grant: Grant, request: Request, byAccount: Truth): Truth {
  const { caller } = request;
  const retiring: Named | undefined = grant.retiring && namesOf(grant.retiring, caller);
  const named =
    retiring === undefined ? NO : or(or(retiring.direct, retiring.role), and(retiring.account, byAccount));
  const grantee = grant.operations.has('retiregrant') ? isGrantee(grant, request) : NO;
  const ofKey = caller.account !== undefined && caller.account === accountOfArn(grant.key);
  const owner = caller.type === 'root' ? truth(ofKey) : and(truth(ofKey), byAccount);
  return or(or(named, grantee), owner);
}
