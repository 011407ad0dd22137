/**
 * The Principal and NotPrincipal elements. How a policy names a caller decides what else must agree: an account only
 * delegates to its administrators, a role is limited by its boundary and session policies, a user or a session is named
 * for itself.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
import { partsOfArn } from './arn';
import type { Caller } from './caller';
import { SaidOften } from './said-often';
import { MAYBE, NO, or, type Truth, YES } from './truth';

/** By which name a statement speaks of a caller; more than one may hold. */
export interface Named {
  /** For itself: the user, the session, the service, the root user, or everybody. */
  readonly direct: Truth;
  /** By the role that it has a session of. */
  readonly role: Truth;
  /** By the account that it belongs to. */
  readonly account: Truth;
}

/** What a statement’s Principal lists. */
export interface Principals {
  readonly everybody: boolean;
  /** ARNs, account ids, services and providers, as `type:name`. */
  readonly names: ReadonlySet<string>;
  /** Entries that cannot be judged, with the reason. */
  readonly doubts: readonly string[];
  /** Every entry, in the order of the policy. */
  readonly entries: readonly PrincipalEntry[];
}

/** One entry of a Principal element. */
export interface PrincipalEntry {
  /** `AWS`, `Service`, `Federated`, or what the policy writes; `*` where the element is nothing but that. */
  readonly type: string;
  /** As the policy writes it: a text, in a policy that AWS would take. */
  readonly written: unknown;
  /** As in `names`; undefined for everybody, and for what cannot be judged. */
  readonly name: string | undefined;
}

const ENTRY = /^(?:user|role)\/(?:[^/*?]+\/)*[^/*?]+$/;
const SESSION = /^assumed-role\/[^/*?]+\/[^/*?]+$/;

/** Reads a Principal element. */
export function principalsOf(element: unknown): Principals {
  return knownPrincipals.of(JSON.stringify(element) ?? '', () => read(element));
}

/**
 * The same in a policy of a resource that is no role. AWS’s page has identity providers among principals of any such policy, and says
 * only of a role’s trust what they stand for: here it could be the sessions of every role that the provider’s people took on, in any
 * account. So whom such an entry names is in doubt.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-federated-web-identity
 */
export function principalsBesideTrust(element: unknown): Principals {
  const found = principalsOf(element);
  const providers = [...found.names].filter((name) => name.startsWith('Federated:'));
  if (providers.length === 0) return found;
  return {
    ...found,
    names: new Set([...found.names].filter((name) => !providers.includes(name))),
    doubts: [
      ...found.doubts,
      ...providers.map(
        (name) => `whom the principal ${name} stands for outside a trust policy is not modelled`,
      ),
    ],
  };
}

const knownPrincipals = new SaidOften<Principals>();

function read(element: unknown): Principals {
  const names = new Set<string>();
  const doubts: string[] = [];
  const found: PrincipalEntry[] = element === '*' ? [{ type: '*', written: '*', name: undefined }] : [];
  let everybody = element === '*';
  if (!everybody && (typeof element !== 'object' || element === null || Array.isArray(element)))
    doubts.push('Principal is neither * nor an object');
  else if (!everybody) {
    for (const [type, entries] of Object.entries(element as object)) {
      for (const entry of Array.isArray(entries) ? entries : [entries]) {
        const name = typeof entry === 'string' ? nameOf(type, entry) : undefined;
        found.push({ type, written: entry, name });
        // In a policy of a resource, `*` and { AWS: * } are the same: everybody, services and the unsigned too.
        if (type === 'AWS' && entry === '*') everybody = true;
        else if (name === undefined)
          doubts.push(`the principal ${type} ${JSON.stringify(entry)} is not modelled`);
        else names.add(name);
      }
    }
    if (!everybody && names.size + doubts.length === 0) doubts.push('Principal is empty');
  }
  return { everybody, names, doubts, entries: found };
}

/** Wildcards may not stand for a part of a name. Canonical users and unique ids cannot be told from a policy alone. */
function nameOf(type: string, entry: string): string | undefined {
  if (/[*?]/.test(entry)) return undefined;
  if (type === 'Service' || type === 'Federated') return `${type}:${entry}`;
  if (type !== 'AWS') return undefined;
  if (/^\d{12}$/.test(entry)) return `account:${entry}`;
  const [, , service, region, account = '', resource = ''] = partsOfArn(entry) ?? [];
  // CloudFront’s origin access identities: a user of an account that is no customer’s.
  if (service === 'iam' && account === 'cloudfront') return `AWS:${entry}`;
  if (region !== '' || !/^\d{12}$/.test(account)) return undefined;
  if (service === 'iam' && resource === 'root') return `account:${account}`;
  const isPrincipal = service === 'iam' ? ENTRY.test(resource) : service === 'sts' && SESSION.test(resource);
  return isPrincipal ? `AWS:${entry}` : undefined;
}

const NAMES: readonly Named[] = Array.from({ length: 27 }, (_, n) => ({
  direct: Math.floor(n / 9) as Truth,
  role: (Math.floor(n / 3) % 3) as Truth,
  account: (n % 3) as Truth,
}));

/** There are only so many, and they are made once. */
export function namedOf(direct: Truth, role: Truth, account: Truth): Named {
  return NAMES[direct * 9 + role * 3 + account] as Named;
}

/** Whom every statement without a Principal speaks of. */
export const EVERYBODY: Named = namedOf(YES, NO, NO);
/** Whom a statement does not speak of. */
export const NOBODY: Named = namedOf(NO, NO, NO);
/** Of whom it can't be said whether the statement speaks of it. */
export const MAYBE_NAMED: Named = namedOf(MAYBE, NO, NO);

/** By which names the list speaks of the caller. */
export function namesOf(principals: Principals, caller: Caller): Named {
  if (principals.everybody) return EVERYBODY;
  const { direct, role, account } = listed(principals, caller);
  const doubtful = principals.doubts.length > 0 && direct === NO ? MAYBE : direct;
  return namedOf(doubtful, role, account);
}

/** Whether a statement speaks of the caller by any name. */
export function anyName({ direct, role, account }: Named): Truth {
  return or(direct, or(role, account));
}

function listed({ names }: Principals, { entries, type }: Caller): Named {
  const direct = names.has(entries.self) ? YES : NO;
  const role = entries.role !== undefined && names.has(entries.role) ? YES : NO;
  const account = type !== 'root' && entries.account !== undefined && names.has(entries.account) ? YES : NO;
  return namedOf(direct, role, account);
}

/**
 * Whether a Deny with NotPrincipal reaches the caller. It always reaches a caller with a permissions boundary. To be spared, a
 * user needs its own ARN and its account’s in the list, a session its role’s and its account’s; with a part of these AWS
 * “might” deny, so that is not judged.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
export function reachedByNotPrincipal(principals: Principals, caller: Caller, hasBoundary: boolean): Truth {
  if (hasBoundary) return YES;
  if (principals.everybody) return NO;
  const { direct, role, account } = listed(principals, caller);
  const self = caller.type === 'role' ? role : direct;
  const needsAccount = caller.type === 'role' || caller.type === 'user';
  if (self === YES && (!needsAccount || account === YES)) return NO;
  return or(or(direct, role), account) === YES || principals.doubts.length > 0 ? MAYBE : YES;
}
