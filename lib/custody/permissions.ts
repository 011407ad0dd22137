/** The statements of a policy, each as what it permits, read by the engine’s own parser. */

import { type AssemblyStack, isUnresolved, resolved, statementsOf, UNRESOLVED } from '../assembly';
import { STATEMENT_ELEMENTS, type Statement } from '../iam';
import { UNSOURCED_SERVICES } from '../names';
import type { Sid, StatementAttention } from './attention';
import { type Condition, conditionOf } from './conditions';
import { type Powers, powersOf } from './kms-actions';
import { accountOf, callerOf, isUnclear, type Principal, principalsOf, type Who } from './who';

/** What one statement of a policy says. */
export interface Permission {
  readonly sid: Sid;
  /** `unknown` where the policy says neither Allow nor Deny. */
  readonly effect: 'Allow' | 'Deny' | 'unknown';
  /** Whom it speaks of; the holder of the policy itself in a policy that is attached to a role. */
  readonly who: readonly Who[];
  /** The principals, of which `who` may be a part that a condition names. */
  readonly principals: readonly Principal[];
  /** As the policy writes them; with `except`, everything but these. */
  readonly actions: readonly string[];
  readonly except?: true;
  readonly powers: Powers;
  /** As the policy writes them; in a key’s policy, `*` means that key. */
  readonly resources: readonly string[];
  /** All must hold. */
  readonly conditions: readonly StatedCondition[];
  /** Why a reader should look twice. */
  readonly attention: readonly StatementAttention[];
}

/** A condition; `inWho` where `who` says it already. */
type StatedCondition = Condition & { readonly inWho?: true };

/** How to read a policy. */
export interface PolicyContext {
  /** What the policy is attached to, which settles what its parts mean. */
  readonly kind: 'key' | 'trust' | 'identity';
  readonly stack: AssemblyStack;
  /** The account in which it stands; anybody of another account is pointed out. */
  readonly account: string;
  /** The holder of a policy that is attached to a role. */
  readonly holder?: Who;
}

type Raw = Readonly<Record<string, unknown>>;

const known = new WeakMap<object, Map<string, readonly Permission[]>>();

/**
 * Reads every statement of a policy document. One that cannot be read is a permission of its own, which says so. Where the
 * document holds no function, it is read once for each that has it.
 */
export function permissionsOf(document: unknown, context: PolicyContext): readonly Permission[] {
  const policy = resolved(document, context.stack);
  if (policy === null || typeof policy !== 'object' || !('Statement' in policy))
    return [unreadable({ kind: 'policyUnclear', found: jsonOf(document) })];
  const { kind, account, holder, stack } = context;
  const key = JSON.stringify([kind, account, holder, stack.name]);
  const all = known.get(policy) ?? new Map<string, readonly Permission[]>();
  known.set(policy, all);
  const found = all.get(key) ?? read(policy, context);
  all.set(key, found);
  return found;
}

function read(policy: object, context: PolicyContext): readonly Permission[] {
  const { Version, Statement, Id: _, ...others } = policy as Raw;
  const raw: readonly unknown[] = Array.isArray(Statement) ? Statement : [Statement];
  const statements = statementsOf(policy, context.kind);
  return [
    ...raw.map((each, index) => {
      const statement = statements[index];
      return statement !== undefined && each !== null && typeof each === 'object' && !Array.isArray(each)
        ? permissionOf(statement, each as Raw, context)
        : unreadable({ kind: 'statementUnclear', number: index + 1, found: jsonOf(each) });
    }),
    ...(Version === '2012-10-17' ? [] : [unreadable({ kind: 'policyVersion', found: jsonOf(Version) })]),
    ...Object.keys(others).map((found) => unreadable({ kind: 'policyPart', found })),
  ];
}

function permissionOf(statement: Statement, raw: Raw, context: PolicyContext): Permission {
  const { sid, index, actions: element } = statement;
  const all = statement.conditions.map(conditionOf);
  const { who, principals, told, attention: aboutWho } = whoOf(statement, raw, all, context);
  const conditions = all.map((each): StatedCondition => (each === told ? { ...each, inWho: true } : each));
  const except = element.negated;
  const actions = textsOf(except ? raw.NotAction : raw.Action);
  const powers = powersOf(actions, except);
  const resources = textsOf(raw.NotResource === undefined ? raw.Resource : undefined);
  const effect = statement.effect ?? 'unknown';
  const attention: StatementAttention[] = [
    ...(effect === 'unknown' ? [{ kind: 'noEffect', found: jsonOf(raw.Effect) } as const] : []),
    ...(effect === 'Deny'
      ? aboutWho.filter((each) => each.kind === 'whoever' && isUnclear(each.who))
      : aboutWho.filter((each) => !(each.kind === 'whoever' && isNamedByToken(each.who, all)))),
    ...(except && effect === 'Allow' ? [{ kind: 'allowsAllBut' } as const] : []),
    ...(actions.length === 0 ? [{ kind: 'noAction' } as const] : []),
    ...(effect === 'Deny' ? [] : actions.filter(isPattern)).map(
      (pattern) => ({ kind: 'actionsByPattern', pattern }) as const,
    ),
    ...(powers.unknown ?? []).map((action) => ({ kind: 'unknownAction', action }) as const),
    ...(raw.NotResource === undefined ? [] : [{ kind: 'everyResourceBut' } as const]),
    ...(context.kind === 'key' && resources.join() !== '*'
      ? [{ kind: 'keyResource', resources } as const]
      : []),
    ...[...actions, ...resources].filter(isUnresolved).map((text) => ({ kind: 'unresolved', text }) as const),
    ...conditions.flatMap((each) => (isOfUnsourced(each, who) ? [] : conditionAttention(each, all, effect))),
    ...Object.keys(raw).flatMap((each): StatementAttention[] =>
      STATEMENT_ELEMENTS.has(each)
        ? []
        : [{ kind: 'unknownElement', element: each, found: jsonOf(raw[each]) }],
    ),
  ];
  return {
    sid: sid === undefined || sid === '' ? index + 1 : sid,
    effect,
    who,
    principals,
    actions,
    ...(except && { except: true }),
    powers,
    resources,
    conditions,
    attention,
  };
}

interface Whom {
  readonly who: readonly Who[];
  readonly principals: readonly Principal[];
  readonly told: Condition | undefined;
  readonly attention: readonly StatementAttention[];
}

/**
 * Whom a statement speaks of: where it names the whole account, and a condition names the callers by their ARNs, those.
 * The condition is then told.
 */
function whoOf(
  statement: Statement,
  raw: Raw,
  conditions: readonly Condition[],
  { kind, account, holder = { kind: 'holder' } }: PolicyContext,
): Whom {
  if (kind === 'identity')
    return {
      who: [holder],
      principals: [],
      told: undefined,
      attention: ['Principal', 'NotPrincipal'].flatMap((element): StatementAttention[] =>
        element in raw ? [{ kind: 'unknownElement', element }] : [],
      ),
    };
  const principals = principalsOf(statement.principals, raw.NotPrincipal);
  const whole = principals.map(({ who }) => who);
  const attention: StatementAttention[] = [
    ...whole.filter(isNotable).map((who) => ({ kind: 'whoever', who }) as const),
    ...whole
      .filter((who) => (accountOf(who) ?? account) !== account)
      .map((who) => ({ kind: 'ofAnotherAccount', who }) as const),
  ];
  const [only] = whole;
  const told =
    whole.length === 1 && only?.kind === 'account'
      ? conditions.find((each) => each.values.length > 0 && namesCallers(each))
      : undefined;
  if (told === undefined || only?.kind !== 'account')
    return { who: whole, principals, told: undefined, attention };
  for (const arn of told.values) {
    if (isPattern(arn)) attention.push({ kind: 'callersByPattern', arn });
    else if (accountOf(callerOf(arn)) !== only.account)
      attention.push({ kind: 'callerElsewhere', arn, account: only.account });
  }
  return { who: told.values.map(callerOf), principals, told, attention };
}

/** Callers that a reader should look at twice wherever they are allowed anything. */
function isNotable(who: Who): boolean {
  return who.kind === 'anybody' || who.kind === 'allBut' || who.kind === 'federated' || isUnclear(who);
}

/** Whether conditions hold whom a provider vouches for to one program, and to subjects or app roles that they name. */
function isNamedByToken({ kind }: Who, conditions: readonly Condition[]): boolean {
  const holdsTo = (...keys: readonly string[]) =>
    conditions.some(
      ({ operator, meaning, values }) =>
        operator === 'StringEquals' && values.length > 0 && keys.includes(meaning?.key ?? ''),
    );
  return (
    kind === 'federated' && holdsTo('claim:aud') && holdsTo('claim:sub', 'aws:requesttag/concordat-role')
  );
}

function namesCallers({ operator, meaning }: Condition): boolean {
  return meaning?.key === 'aws:principalarn' && /^(?:Arn|String)(?:Equals|Like)$/.test(operator);
}

/** An Allow that also holds where a key is absent, and a Deny that then does not, are wider than they look. */
function conditionAttention(
  condition: Condition,
  all: readonly Condition[],
  effect: Permission['effect'],
): StatementAttention[] {
  const { key, operator, holdsWhereAbsent, meaning } = condition;
  if (meaning === undefined) return [{ kind: 'conditionUnclear', condition }];
  const demanded = all.some(
    (each) =>
      each.operator === 'Null' &&
      each.key.toLowerCase() === key.toLowerCase() &&
      each.values.join() === 'false',
  );
  if (effect === 'Allow' && holdsWhereAbsent && !demanded && operator !== 'Null')
    return [{ kind: 'allowsWithoutKey', key, operator }];
  if (effect === 'Deny' && !holdsWhereAbsent && operator !== 'Null')
    return [{ kind: 'deniesWithKeyOnly', key, operator }];
  return [];
}

/** A service of which no page says whether it tells its source is held to it where it does, and can’t be held to more. */
function isOfUnsourced({ key, operator }: Condition, callers: readonly Who[]): boolean {
  return (
    callers.length > 0 &&
    callers.every((each) => each.kind === 'service' && UNSOURCED_SERVICES.has(each.service)) &&
    /^aws:source(?:account|arn)$/.test(key.toLowerCase()) &&
    /^(?:StringEquals|ArnLike)IfExists$/.test(operator)
  );
}

function isPattern(text: string): boolean {
  return /[*?]/.test(text);
}

/** The texts of an element; what is no text is shown, and marked as not told from the template. */
function textsOf(value: unknown): readonly string[] {
  if (value === undefined) return [];
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (all.every((each) => typeof each === 'string')) return all;
  return all.map((each) => (typeof each === 'string' ? each : `${UNRESOLVED}${jsonOf(each)}`));
}

function jsonOf(value: unknown): string {
  return JSON.stringify(value) ?? 'undefined';
}

function unreadable(why: StatementAttention): Permission {
  return {
    sid: undefined,
    effect: 'unknown',
    who: [{ kind: 'notUnderstood' }],
    principals: [],
    actions: [],
    powers: { unknown: ['everything'] },
    resources: [],
    conditions: [],
    attention: [why],
  };
}
