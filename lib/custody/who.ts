/** Whom a policy speaks of, as a value. What it is called stands in `words/`. */
import { isUnresolved } from '../assembly';
import { type PrincipalEntry, type Principals, partsOfArn, SaidOften } from '../iam';

/** The organisation of an account, from the stacks of the assembly; an account that has no stack here has none. */
export type AccountNames = ReadonlyMap<string, string>;

/** One caller, or one set of callers. */
export type Who =
  /** Every caller of every account, and those who sign no request. */
  | { readonly kind: 'anybody' }
  /** Every caller but some. @property spared what the policy writes of them, as JSON */
  | { readonly kind: 'allBut'; readonly spared: string }
  /** Anybody in an account whom that account’s own policies allow it. */
  | { readonly kind: 'account'; readonly account: string }
  /** An account’s root user. */
  | { readonly kind: 'root'; readonly account: string }
  | {
      readonly kind: 'identity';
      readonly type: 'role' | 'user' | 'session';
      readonly arn: string;
      readonly account: string;
      /** With its path. */
      readonly name: string;
    }
  /** All whose ARN fits a text, which may have wildcards or be no ARN at all. */
  | { readonly kind: 'pattern'; readonly arn: string }
  | { readonly kind: 'service'; readonly service: string }
  /** Whom a provider vouches for: a subject, the holders of an app role, or whoever it is. */
  | {
      readonly kind: 'federated';
      readonly provider: string;
      readonly subject?: string;
      readonly appRole?: string;
    }
  /** The policy names nobody, where it must. */
  | { readonly kind: 'namesNobody' }
  /** @property found what the policy writes, if it can be shown alone */
  | { readonly kind: 'notUnderstood'; readonly found?: string }
  /** A role, user or group that a template makes and whose ARN only CloudFormation will know. */
  | { readonly kind: 'unnamed'; readonly type: 'role' | 'user' | 'group'; readonly called: string }
  /** All that a policy which stands by itself is attached to. */
  | { readonly kind: 'attached'; readonly policy: string }
  /** The holder of the policy itself. */
  | { readonly kind: 'holder' };

/** One entry of a statement’s principals: as the policy writes it, and who that is. */
export interface Principal {
  readonly written: string;
  readonly who: Who;
}

/** The principals of a statement of a resource’s policy. */
export function principalsOf(principals: Principals | undefined, spared: unknown): readonly Principal[] {
  if (spared !== undefined) {
    const text = JSON.stringify(spared);
    return [{ written: `not ${text}`, who: { kind: 'allBut', spared: text } }];
  }
  if (principals === undefined || principals.entries.length === 0) return NAMES_NOBODY;
  let found = named.get(principals);
  if (found === undefined) {
    found = principals.entries.map(principalOf);
    named.set(principals, found);
  }
  return found;
}

const NAMES_NOBODY: readonly Principal[] = [{ written: 'it names nobody', who: { kind: 'namesNobody' } }];

/** Policies have few, and tens of thousands of statements that name them. */
const named = new WeakMap<Principals, readonly Principal[]>();
const called = new SaidOften<Who>();

function principalOf({ type, written, name }: PrincipalEntry): Principal {
  const text = typeof written === 'string' ? written : JSON.stringify(written);
  if (type === '*') return { written: '*', who: { kind: 'anybody' } };
  if (isUnresolved(written) || typeof written !== 'string') return notUnderstood(text);
  if (type === 'AWS') {
    if (text === '*') return { written: 'AWS: *', who: { kind: 'anybody' } };
    const account = name === undefined ? undefined : /^account:(\d{12})$/.exec(name)?.[1];
    if (account !== undefined) return { written: text, who: { kind: 'account', account } };
    const who = callerOf(text);
    return name !== undefined && who.kind === 'identity' ? { written: text, who } : notUnderstood(text);
  }
  if (type === 'Service' && name !== undefined && /^[a-z0-9.-]+\.amazonaws\.com$/.test(text))
    return { written: text, who: { kind: 'service', service: text } };
  if (type === 'Federated') return { written: text, who: { kind: 'federated', provider: text } };
  return notUnderstood(`${type}: ${text}`);
}

function notUnderstood(text: string): Principal {
  return { written: text, who: { kind: 'notUnderstood', found: text } };
}

/** The caller of an ARN, such as a condition names or a grant is made to: one for all that name it. */
export function callerOf(arn: string): Who {
  return called.of(arn, () => callerIn(arn));
}

function callerIn(arn: string): Who {
  const [, , service, , account = '', resource = ''] = partsOfArn(arn) ?? [];
  const pattern: Who = { kind: 'pattern', arn };
  if (/[*?]/.test(arn) || !/^\d{12}$/.test(account)) return pattern;
  if (service === 'iam' && resource === 'root') return { kind: 'root', account };
  const [, kind = '', name = ''] = /^([a-z-]+)\/(.+)$/s.exec(resource) ?? [];
  const type = IDENTITIES[`${service}:${kind}`];
  return type === undefined ? pattern : { kind: 'identity', type, arn, account, name };
}

const IDENTITIES: Readonly<Record<string, (Who & { kind: 'identity' })['type']>> = {
  'iam:role': 'role',
  'iam:user': 'user',
  'sts:assumed-role': 'session',
};

/** The account that somebody is of, where that is one account. */
export function accountOf(who: Who): string | undefined {
  return 'account' in who ? who.account : undefined;
}

/** Whether somebody is not understood, so that it may be anybody. */
export function isUnclear({ kind }: Who): boolean {
  return kind === 'notUnderstood' || kind === 'namesNobody';
}

/** Whether callers of an account that is not named may be meant. */
export function isOfAnyAccount(who: Who): boolean {
  switch (who.kind) {
    case 'anybody':
    case 'allBut':
    case 'federated':
    case 'namesNobody':
    case 'notUnderstood':
      return true;
    case 'pattern':
      return !/^\d{12}$/.test(partsOfArn(who.arn)?.[4] ?? '');
    case 'account':
    case 'root':
    case 'identity':
    case 'service':
    case 'unnamed':
    case 'attached':
    case 'holder':
      return false;
  }
}
