/** The statements of a policy, each as a permission in plain words. */
import { type AssemblyStack, isUnresolved, resolved, UNRESOLVED } from '../assembly';
import { type Condition, conditionsOf } from './conditions';
import { type Powers, powersOf } from './kms-actions';
import { type AccountNames, accountOf, identityWords, listOf, principalsOf } from './principals';

/** What one statement of a policy says. */
export interface Permission {
  /** The statement’s Sid, or its number where it has none. */
  readonly sid: string;
  /** `unknown` where the policy says neither Allow nor Deny. */
  readonly effect: 'Allow' | 'Deny' | 'unknown';
  /** Whom it speaks of, in words; the holder of the policy itself in a policy that is attached to a role. */
  readonly who: readonly string[];
  /** The principals as the policy writes them. */
  readonly principals: readonly string[];
  /** As the policy writes them; with `except`, everything but these. */
  readonly actions: readonly string[];
  readonly except?: true;
  readonly powers: Powers;
  /** As the policy writes them; in a key’s policy, `*` means that key. */
  readonly resources: readonly string[];
  /** All must hold. */
  readonly conditions: readonly StatedCondition[];
  /** Why a reader should look twice. */
  readonly attention: readonly string[];
}

/** A condition; `inWho` where `who` says it already. */
export type StatedCondition = Condition & { readonly inWho?: true };

/** What a policy is attached to, which settles what its parts mean. */
export type PolicyKind = 'key' | 'trust' | 'identity';

/** How to read a policy. */
export interface PolicyContext {
  readonly kind: PolicyKind;
  readonly stack: AssemblyStack;
  readonly names: AccountNames;
  /** The account in which it stands; anybody of another account is pointed out. */
  readonly account: string;
  /** The holder of a policy that is attached to a role. */
  readonly holder?: string;
}

const ELEMENTS = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]);

/** Reads every statement of a policy document. One that cannot be read is a permission of its own, which says so. */
export function permissionsOf(document: unknown, context: PolicyContext): readonly Permission[] {
  const policy = resolved(document, context.stack);
  if (policy === null || typeof policy !== 'object' || !('Statement' in policy))
    return [unreadable(`the policy is not understood: ${JSON.stringify(document)}`)];
  const { Version, Statement, Id: _, ...others } = policy as Record<string, unknown>;
  const odd = [
    ...(Version === '2012-10-17'
      ? []
      : [`the policy’s version is ${JSON.stringify(Version)}, not 2012-10-17`]),
    ...Object.keys(others).map((name) => `the policy has a part that is not understood: ${name}`),
  ];
  return [
    ...listOf(Statement).map((each, index) =>
      each !== null && typeof each === 'object' && !Array.isArray(each)
        ? permissionOf(each as Record<string, unknown>, index, context)
        : unreadable(`statement ${index + 1} is not understood: ${JSON.stringify(each)}`),
    ),
    ...odd.map(unreadable),
  ];
}

function permissionOf(
  statement: Readonly<Record<string, unknown>>,
  index: number,
  context: PolicyContext,
): Permission {
  const { Sid, Effect, Action, NotAction, Resource, NotResource, Condition: block } = statement;
  const all = conditionsOf(block, context.names);
  const { words: who, principals, told, attention: aboutWho } = whoOf(statement, all, context);
  const conditions = all.map((each): StatedCondition => (each === told ? { ...each, inWho: true } : each));
  const except = NotAction !== undefined;
  const actions = textsOf(except ? NotAction : Action);
  const powers = powersOf(actions, except);
  const resources = textsOf(NotResource === undefined ? Resource : undefined);
  const effect = Effect === 'Allow' || Effect === 'Deny' ? Effect : 'unknown';
  const attention = [
    ...(effect === 'unknown' ? [`it neither allows nor denies, but ${JSON.stringify(Effect)}`] : []),
    ...(effect === 'Deny' ? aboutWho.filter((each) => /not understood/.test(each)) : aboutWho),
    ...(except && effect === 'Allow' ? ['it allows everything but what it names (NotAction)'] : []),
    ...(actions.length === 0 ? ['it names no action'] : []),
    ...actionAttention(actions, effect),
    ...(powers.unknown ?? []).map((each) => `the action kms:${each} is not understood; do not rely on this`),
    ...(NotResource === undefined ? [] : ['it speaks of every resource but those it names (NotResource)']),
    ...(context.kind === 'key' && resources.join() !== '*'
      ? [`its resource is ${resources.join(', ') || 'missing'}, where a key’s policy has *`]
      : []),
    ...[...actions, ...resources].filter(isUnresolved).map((each) => `${each}; do not rely on this`),
    ...conditions.flatMap((each) => conditionAttention(each, all, effect)),
    ...Object.keys(statement).flatMap((each) =>
      ELEMENTS.has(each)
        ? []
        : [`it has a part that is not understood: ${each} ${JSON.stringify(statement[each])}`],
    ),
  ];
  return {
    sid: typeof Sid === 'string' && Sid !== '' ? Sid : `statement ${index + 1}, without a Sid`,
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

/**
 * Whom a statement speaks of: where it names the whole account, and a condition names the callers by their ARNs, those.
 * The condition is then told.
 */
function whoOf(
  statement: Readonly<Record<string, unknown>>,
  conditions: readonly Condition[],
  { kind, names, account, holder }: PolicyContext,
): {
  words: readonly string[];
  principals: readonly string[];
  told: Condition | undefined;
  attention: string[];
} {
  if (kind === 'identity')
    return {
      words: [holder ?? 'its holder'],
      principals: [],
      told: undefined,
      attention: ['Principal', 'NotPrincipal'].flatMap((each) =>
        each in statement ? [`it has a part that is not understood: ${each}`] : [],
      ),
    };
  const whole = principalsOf(statement, names);
  const principals = whole.map((each) => each.principal);
  const attention = whole.flatMap((each) => each.attention ?? []);
  for (const each of whole)
    if (each.account !== undefined && each.account !== account)
      attention.push(`it speaks of another account: ${each.words}`);
  const [only] = whole;
  const told =
    whole.length === 1 && only?.wholeAccount
      ? conditions.find((each) => /^(?:Arn|String)(?:Equals|Like)$/.test(each.operator) && isCaller(each))
      : undefined;
  if (told === undefined) return { words: whole.map((each) => each.words), principals, told, attention };
  for (const arn of told.values) {
    if (/[*?]/.test(arn)) attention.push(`it names callers by a pattern: ${arn}`);
    else if (accountOf(arn) !== only?.account)
      attention.push(`it names ${arn}, which is not in account ${only?.account}, so nobody is meant`);
  }
  return { words: told.values.map((arn) => identityWords(arn, names)), principals, told, attention };
}

function isCaller({ key, understood }: Condition): boolean {
  return understood && key.toLowerCase() === 'aws:principalarn';
}

function actionAttention(actions: readonly string[], effect: Permission['effect']): string[] {
  if (effect === 'Deny') return [];
  return actions.filter((each) => /[*?]/.test(each)).map((each) => `it names actions by a pattern: ${each}`);
}

/** An Allow that also holds where a key is absent, and a Deny that then does not, are wider than they look. */
function conditionAttention(
  condition: Condition,
  all: readonly Condition[],
  effect: Permission['effect'],
): string[] {
  if (!condition.understood) return [`it has ${condition.words}`];
  const { key, operator, holdsWhereAbsent } = condition;
  const demanded = all.some(
    (each) => each.operator === 'Null' && each.key === key && each.values.join() === 'false',
  );
  if (effect === 'Allow' && holdsWhereAbsent && !demanded && operator !== 'Null')
    return [`it also allows calls that do not carry ${key} at all (${operator})`];
  if (effect === 'Deny' && !holdsWhereAbsent && operator !== 'Null')
    return [`it denies only calls that carry ${key} (${operator})`];
  return [];
}

function textsOf(value: unknown): readonly string[] {
  return value === undefined
    ? []
    : listOf(value).map((each) => (typeof each === 'string' ? each : `${UNRESOLVED}${JSON.stringify(each)}`));
}

function unreadable(why: string): Permission {
  return {
    sid: 'unreadable',
    effect: 'unknown',
    who: ['a principal that is not understood'],
    principals: [],
    actions: [],
    powers: { unknown: ['everything'] },
    resources: [],
    conditions: [],
    attention: [`${why}; do not rely on this`],
  };
}
