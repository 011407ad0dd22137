/**
 * Classes of questions that no policy tells apart by who asks or by the action: the same statements speak of them, their
 * conditions on the caller come out alike, and they are entitled to the same. One question of each class is asked.
 */
import { NO, namesIn, namesOf, type Policy, requestOf } from '../iam';
import { ON_BUCKETS, ON_KEYS, ON_OBJECTS, ON_ROLES, ON_TABLES } from './actions';
import { FOLLOWING } from './live';
import type { Asker, Entitlement, Question, Target } from './question';

/** One question for a class, and how many questions it stands for. */
export interface QuestionClass {
  readonly question: Question;
  readonly entitlement: Entitlement | undefined;
  readonly covers: number;
}

const ACTIONS: Readonly<Record<Target['kind'], readonly string[]>> = {
  bucket: [...Object.keys(ON_OBJECTS), ...Object.keys(ON_BUCKETS)],
  key: Object.keys(ON_KEYS),
  role: Object.keys(ON_ROLES),
  table: Object.keys(ON_TABLES),
};

/** Those of one way to one resource. They are entitled to the same, or to nothing. */
export function* classesOf(
  target: Target,
  askers: readonly { readonly asker: Asker; readonly covers: number }[],
  toQuestion: (asker: Asker, action: string) => Question,
  entitlementOf: (question: Question) => Entitlement | undefined,
  couldBeEntitled: (asker: Asker) => boolean,
): Generator<QuestionClass> {
  const [first] = askers;
  if (first === undefined) return;
  const { environment } = toQuestion(first.asker, ACTIONS[target.kind][0] ?? '');
  const shared = [environment.resource, environment.accessPoint].filter((each) => each !== undefined);
  const anyAction = ACTIONS[target.kind][0] ?? '';
  const classes = new Map<string, QuestionClass & { covers: number }>();
  for (const { asker, covers } of askers) {
    const asked = toQuestion(asker, anyAction);
    const signature = signatureOfAsker(asked, shared);
    const isEntitled = couldBeEntitled(asker);
    actionsOf(target.kind, [
      ...shared,
      ...asker.identity,
      ...(asker.boundary ? [asker.boundary] : []),
    ]).forEach(({ all, action: one }, n) => {
      if (!isEntitled) {
        const name = `${signature}|${n}|`;
        const same = classes.get(name);
        const many = covers * all.length;
        if (same === undefined)
          classes.set(name, { question: { ...asked, action: one }, entitlement: undefined, covers: many });
        else same.covers += many;
        return;
      }
      for (const action of all) {
        const question = { ...asked, action };
        const entitlement = entitlementOf(question);
        const name = `${signature}|${n}|${entitlement?.alike ?? ''}`;
        const same = classes.get(name);
        if (same === undefined) classes.set(name, { question, entitlement, covers });
        else same.covers += covers;
      }
    });
  }
  yield* classes.values();
}

/** Actions that statements take alike. */
interface ActionClass {
  readonly action: string;
  readonly all: readonly string[];
}

const NUMBERS = new WeakMap<Policy, number>();
let policies = 0;

function numberOf(policy: Policy): number {
  const number = NUMBERS.get(policy) ?? policies++;
  NUMBERS.set(policy, number);
  return number;
}

const CLASSES = new WeakMap<Policy, Map<string, readonly ActionClass[]>>();

/** The classes for some policies; worked out once, since everybody who asks by a way meets the same. */
function actionsOf(kind: Target['kind'], met: readonly Policy[]): readonly ActionClass[] {
  const [first] = met;
  if (first === undefined) return classesIn(kind, met);
  const known = CLASSES.get(first) ?? new Map<string, readonly ActionClass[]>();
  CLASSES.set(first, known);
  const name = `${kind} ${met.map(numberOf).join()}`;
  const found = known.get(name) ?? classesIn(kind, met);
  known.set(name, found);
  return found;
}

/**
 * Actions by which statements speak of them. Those that statements name one by one are among them, and of each pattern one that
 * nobody knows, where it is spoken of as no other is: AWS may have such an action, or come to have it.
 */
function classesIn(kind: Target['kind'], met: readonly Policy[]): readonly ActionClass[] {
  const found = new Map<string, ActionClass & { all: string[] }>();
  const service = { bucket: 's3:', key: 'kms:', role: 'sts:', table: 'dynamodb:' }[kind];
  const inService = (each: string) => each.toLowerCase().startsWith(service);
  const signatureOf = (about: string | boolean, action: string) =>
    `${about} ${met.map((policy) => matchesIn(policy, action)).join(' ')}`;
  const add = (signature: string, action: string) => {
    const before = found.get(signature);
    if (before === undefined) found.set(signature, { action, all: [action] });
    else before.all.push(action);
  };
  for (const action of ACTIONS[kind]) add(signatureOf(action in ON_OBJECTS, action), action);
  for (const action of new Set(met.flatMap((policy) => namedIn(policy).filter(inService))))
    add(signatureOf('either', action), action);
  // Whoever is entitled to another action that is spoken of alike is entitled to none that nobody knows.
  const abouts = kind === 'bucket' ? [true, false] : [false];
  for (const action of new Set(met.flatMap((policy) => meantIn(policy).filter(inService)))) {
    const alike = abouts.map((about) => signatureOf(about, action));
    for (const signature of alike.every((each) => found.has(each)) ? alike : [signatureOf('either', action)])
      add(signature, action);
  }
  return [...found.values()];
}

const KNOWN = new Set(Object.values(ACTIONS).flatMap((each) => each.map((action) => action.toLowerCase())));
const NAMED = new WeakMap<Policy, readonly string[]>();
const MATCHES = new WeakMap<Policy, Map<string, string>>();

function namedIn(policy: Policy): readonly string[] {
  let found = NAMED.get(policy);
  if (found === undefined) {
    found = policy.statements.flatMap(({ actions }) =>
      actions.patterns.filter((each) => !/[*?]/.test(each) && !KNOWN.has(each.toLowerCase())),
    );
    NAMED.set(policy, found);
  }
  return found;
}

const MEANT = new WeakMap<Policy, readonly string[]>();

/** Of each pattern, an action that it takes and that AWS does not have. */
function meantIn(policy: Policy): readonly string[] {
  let found = MEANT.get(policy);
  if (found === undefined) {
    found = policy.statements.flatMap(({ actions }) =>
      actions.patterns
        .filter((each) => /[*?]/.test(each) && each !== '*')
        .map((each) => each.replaceAll('*', 'Fresh').replaceAll('?', 'x')),
    );
    MEANT.set(policy, found);
  }
  return found;
}

function matchesIn(policy: Policy, action: string): string {
  const known = MATCHES.get(policy) ?? new Map<string, string>();
  MATCHES.set(policy, known);
  let found = known.get(action);
  if (found === undefined) {
    const lower = action.toLowerCase();
    found = policy.statements.map(({ actions }) => actions.matches(lower)).join('');
    known.set(action, found);
  }
  return found;
}

/** How policies and grants take the asker, whatever it asks. */
function signatureOfAsker(question: Question, shared: readonly Policy[]): string {
  const { asker, target, accessPoint, grants } = question;
  const { caller } = asker;
  const request = requestOf({
    caller,
    action: question.action,
    resource: target.arn,
    resourceAccount: target.account,
    ...(accessPoint !== undefined && { accessPoint }),
    context: question.context,
  });
  let takes = '';
  for (const policy of shared)
    for (const statement of policy.statements) {
      const { direct, role, account } = namesIn(statement, request, false);
      let taken = direct + role + account === 0 ? '-' : `${direct}${role}${account}`;
      if (taken !== '-')
        for (const { key, holds } of statement.conditions) {
          if (!FOLLOWING.has(key)) continue;
          const truth = holds(request.context);
          if (truth === NO) {
            taken = '-';
            break;
          }
          taken += truth;
        }
      takes += `${taken};`;
    }
  const held = grants.flatMap(({ grant }, n) => {
    const { direct, role, account } = namesOf(grant.grantee, caller);
    return direct + role + account === 0 ? [] : `${n}:${direct}${role}${account}`;
  });
  const identity = asker.permissions === 'as made' ? caller.name : 'at most';
  const isOwn = caller.account === target.account;
  return [caller.type, isOwn, identity, asker.awsOrganization, asker.left, takes, ...held].join(';');
}
