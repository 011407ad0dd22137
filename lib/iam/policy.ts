/**
 * A policy, compiled once and then asked about many requests.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
import type { PolicyKind } from './kind';
import {
  anyName,
  EVERYBODY,
  MAYBE_NAMED,
  type Named,
  NOBODY,
  namedOf,
  namesOf,
  reachedByNotPrincipal,
} from './principal';
import type { Request } from './request';
import { type Statement, statementOf } from './statement';
import { VARIABLES_SINCE } from './template';
import { and, MAYBE, NO, or, type Truth, YES } from './truth';

/** A policy, ready to be asked. */
export interface Policy {
  readonly name: string;
  readonly kind: PolicyKind;
  /** As it was given. Changing it afterwards changes nothing of what the policy says. */
  readonly document: unknown;
  readonly statements: readonly Statement[];
  /** What is wrong with the document as a whole, or not known; with any of these, nothing that it says is judged. */
  readonly doubts: readonly string[];
  /** The statements that may speak of an action, with how far they do. Filled on demand. */
  readonly byAction: Map<string, readonly Candidate[]>;
  /** What it says where no statement speaks. */
  readonly silence: Voice;
}

/** A statement that may speak of an action, and how far it does. */
export interface Candidate {
  readonly statement: Statement;
  readonly action: Truth;
}

/** What a policy says to one request. */
export interface Voice {
  readonly policy: Policy;
  readonly deny: Truth;
  /** By any name. */
  readonly allow: Truth;
  /** The allow, by the name under which the caller has it. */
  readonly allowed: Named;
}

/** A statement that speaks of a request, or might. */
export interface Heard {
  readonly statement: Statement;
  readonly truth: Truth;
}

/** What a policy is, and what it is called. */
interface Known {
  readonly kind: PolicyKind;
  readonly name: string;
}

/** Compiles a policy. It throws nothing: what AWS would refuse, or what is not known here, is a doubt. */
export function compile(document: unknown, known: Known): Policy {
  const policy = new CompiledPolicy(document, known);
  policy.compileStatements();
  return policy;
}

/**
 * The same of a document that never changes: its statements are compiled once somebody asks for them, since of most policies of an
 * assembly nobody does.
 */
export function compileOnDemand(document: unknown, known: Known): Policy {
  return new CompiledPolicy(document, known);
}

/** Of one class, whenever its statements are compiled, so that V8 knows all policies alike. */
class CompiledPolicy implements Policy {
  readonly name: string;
  readonly kind: PolicyKind;
  readonly doubts: readonly string[];
  readonly byAction = new Map<string, readonly Candidate[]>();
  readonly silence: Voice;
  #statements: readonly Statement[] | undefined;

  constructor(
    readonly document: unknown,
    { kind, name }: Known,
  ) {
    this.name = name;
    this.kind = kind;
    const doubts = doubtsAbout(document);
    // An Allow of such a policy is never used, so one that AWS would refuse puts the whole policy in doubt.
    if (kind === 'resource control')
      for (const { effect, doubts: found } of this.statements) if (effect === 'Allow') doubts.push(...found);
    this.doubts = doubts;
    const unknown = doubts.length > 0 ? MAYBE : NO;
    const allowed = namedOf(unknown, unknown, unknown);
    this.silence = { deny: unknown, allow: unknown, allowed, policy: this };
  }

  get statements(): readonly Statement[] {
    return this.#statements ?? this.compileStatements();
  }

  compileStatements(): readonly Statement[] {
    const { Version, Statement } = elementsOf(this.document);
    const list: unknown[] = Array.isArray(Statement) ? Statement : Statement === undefined ? [] : [Statement];
    const variables = Version === VARIABLES_SINCE;
    const made = list.map((each, index) => statementOf(each, index, this.kind, variables));
    this.#statements = made;
    return made;
  }
}

function isObject(document: unknown): document is Readonly<Record<string, unknown>> {
  return typeof document === 'object' && document !== null && !Array.isArray(document);
}

function elementsOf(document: unknown): Readonly<Record<string, unknown>> {
  return isObject(document) ? document : {};
}

/** What is wrong with a document as a whole. */
function doubtsAbout(document: unknown): string[] {
  const { Version, Statement, ...others } = elementsOf(document);
  const doubts = isObject(document) ? [] : ['the policy is not an object'];
  if (Version !== undefined && Version !== VARIABLES_SINCE && Version !== '2008-10-17')
    doubts.push(`there is no Version ${JSON.stringify(Version)}`);
  doubts.push(
    ...Object.keys(others)
      .filter((element) => element !== 'Id')
      .map((element) => `'${element}' is not an element of a policy`),
  );
  if (isObject(document) && (typeof Statement !== 'object' || Statement === null))
    doubts.push('there is no Statement');
  return doubts;
}

/** What the policy says of the request, asked about a resource by this name. */
export function hear(policy: Policy, request: Request, resource: string, hasBoundary: boolean): Voice {
  if (policy.doubts.length > 0) return policy.silence;
  let deny: Truth = NO;
  let direct: Truth = NO;
  let role: Truth = NO;
  let account: Truth = NO;
  for (const { statement, action } of candidates(policy, request.action)) {
    const names = namesIn(statement, request, hasBoundary);
    const truth = truthOf(statement, action, names, request, resource);
    if (truth === NO) continue;
    if (statement.effect !== 'Allow') deny = or(deny, truth);
    if (statement.effect !== 'Deny') {
      direct = or(direct, and(truth, names.direct));
      role = or(role, and(truth, names.role));
      account = or(account, and(truth, names.account));
    }
  }
  const allow = or(direct, or(role, account));
  if (allow === NO && deny === NO) return policy.silence;
  return { policy, deny, allow, allowed: namedOf(direct, role, account) };
}

/** The statements that speak of the request, or might: for reasons. */
export function heardIn(policy: Policy, request: Request, resource: string, hasBoundary: boolean): Heard[] {
  return candidates(policy, request.action)
    .map(({ statement, action }) => {
      const names = namesIn(statement, request, hasBoundary);
      return { statement, truth: truthOf(statement, action, names, request, resource) };
    })
    .filter(({ truth }) => truth !== NO);
}

/** The statements that may speak of an action, in lower case. */
export function candidates(policy: Policy, action: string): readonly Candidate[] {
  let found = policy.byAction.get(action);
  if (found === undefined) {
    const speaking: Candidate[] = [];
    for (const statement of policy.statements) {
      const truth = statement.actions.matches(action);
      if (truth !== NO) speaking.push({ statement, action: truth });
    }
    found = speaking;
    policy.byAction.set(action, found);
  }
  return found;
}

/** By which names the statement speaks of the caller. */
export function namesIn(statement: Statement, { caller }: Request, hasBoundary: boolean): Named {
  if (statement.principals !== undefined) return namesOf(statement.principals, caller);
  if (statement.notPrincipals === undefined) return EVERYBODY;
  const reached = reachedByNotPrincipal(statement.notPrincipals, caller, hasBoundary);
  return reached === YES ? EVERYBODY : reached === NO ? NOBODY : MAYBE_NAMED;
}

/** Whether the statement speaks of the request: every element must, and it must be one that can be judged. */
function truthOf(
  statement: Statement,
  action: Truth,
  names: Named,
  request: Request,
  resource: string,
): Truth {
  let truth = and(action, anyName(names));
  if (truth === NO) return NO;
  truth = and(truth, statement.resources.matches(resource, request.context));
  if (truth === NO) return NO;
  for (const condition of statement.conditions) {
    truth = and(truth, condition.holds(request.context));
    if (truth === NO) return NO;
  }
  return statement.doubts.length > 0 ? MAYBE : truth;
}
