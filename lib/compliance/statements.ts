/** The statements of policies as checks ask about them: read by the engine that decides who may do what, and by no other. */
import { policyOf } from '../assembly';
import {
  type Statement as CompiledStatement,
  type ConditionTest,
  NO,
  type Policy,
  type PolicyKind,
  type Truth,
  YES,
} from '../iam';
import { listOf, type Path, type Seen, valueAt } from './judging';

/** One statement. What is not understood of it is taken for the worse: it may allow, and it does not deny. */
export interface CheckedStatement {
  readonly sid: string;
  readonly allows: boolean;
  readonly denies: boolean;
  /** Patterns as written, in lower case. */
  readonly actions: readonly string[];
  /** Patterns as written. */
  readonly resources: readonly string[];
  /** Whether it says what it does not cover, and so covers nearly everything. */
  readonly inverted: boolean;
  readonly principals: Principals;
  readonly conditions: readonly ConditionTest[];
  readonly compiled: CompiledStatement;
  /** From the resource. */
  readonly at: Path;
}

/** Whom a statement of a resource’s policy speaks of. */
interface Principals {
  readonly anybody: boolean;
  /** ARNs; an account is named by its root. */
  readonly aws: readonly string[];
  readonly services: readonly string[];
  /** Identity providers, and what is not understood. */
  readonly others: readonly string[];
}

const known = new WeakMap<object, readonly CheckedStatement[]>();

/** The statements of the document at a place below a resource. */
export function statementsAt({ stack, resource }: Seen, ...at: Path): readonly CheckedStatement[] {
  const document = valueAt(resource.properties, ...at);
  if (document === null || typeof document !== 'object') return [];
  const kind = kindOf(resource.type, at);
  return statementsIn(document, kind, `${stack.name}/${resource.logicalId}`, ['Properties', ...at]);
}

/** The statements of a policy document. */
export function statementsIn(
  document: object,
  kind: PolicyKind,
  name: string,
  at: Path,
): readonly CheckedStatement[] {
  const found = known.get(document);
  if (found) return found;
  const alone = !Array.isArray(valueAt(document, 'Statement'));
  const policy = policyOf(document, kind, name);
  const statements = policy.statements.map((each) =>
    statementOf(each, policy, [...at, 'Statement', ...(alone ? [] : [each.index])]),
  );
  known.set(document, statements);
  return statements;
}

/** The statements of every policy that a role, or a policy resource, carries. */
export function identityStatements(seen: Seen): readonly CheckedStatement[] {
  if (seen.resource.type !== 'AWS::IAM::Role') return statementsAt(seen, 'PolicyDocument');
  return listOf(seen.resource.properties.Policies).flatMap((_policy, index) =>
    statementsAt(seen, 'Policies', index, 'PolicyDocument'),
  );
}

const KINDS: Readonly<Record<string, PolicyKind>> = {
  'AWS::IAM::ManagedPolicy': 'identity',
  'AWS::IAM::Policy': 'identity',
  'AWS::KMS::Key': 'key',
  'AWS::S3::AccessPoint': 'access point',
  'AWS::S3::BucketPolicy': 'bucket',
  'AWS::SNS::TopicPolicy': 'topic',
  'AWS::SQS::QueuePolicy': 'queue',
};

function kindOf(type: string, [property]: Path): PolicyKind {
  if (type === 'AWS::IAM::Role') return property === 'AssumeRolePolicyDocument' ? 'trust' : 'identity';
  return KINDS[type] ?? 'resource';
}

function statementOf(compiled: CompiledStatement, policy: Policy, at: Path): CheckedStatement {
  const { sid, index, effect, actions, resources, conditions, notPrincipals, doubts } = compiled;
  return {
    sid: sid ?? `statement ${index}`,
    allows: effect !== 'Deny',
    denies: effect === 'Deny' && doubts.length + policy.doubts.length === 0,
    actions: actions.patterns.map((each) => each.toLowerCase()),
    resources: resources.patterns,
    inverted: actions.negated || resources.negated || notPrincipals !== undefined,
    principals: principalsOf(compiled),
    conditions,
    compiled,
    at,
  };
}

/**
 * AWS compares ARNs alike by either name.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html “ArnEquals and
 *   ArnLike behave identically”
 */
export function plainOperator(operator: string): string {
  return operator.replace(/(?<=Arn(?:Not)?)Like/, 'Equals');
}

function principalsOf({ principals, notPrincipals, effect }: CompiledStatement): Principals {
  // Allowing all callers but some allows nearly all of them; denying all but some does not deny all.
  if (principals === undefined)
    return {
      anybody: notPrincipals !== undefined && effect !== 'Deny',
      aws: [],
      services: [],
      others: [],
    };
  const names = [...principals.names].map((each) => {
    const colon = each.indexOf(':');
    return [each.slice(0, colon), each.slice(colon + 1)] as const;
  });
  const ofType = (...types: readonly string[]) => names.filter(([type]) => types.includes(type));
  return {
    anybody: principals.everybody,
    aws: ofType('account', 'AWS').map(([type, name]) =>
      type === 'account' ? `arn:aws:iam::${name}:root` : name,
    ),
    services: ofType('Service').map(([, name]) => name),
    others: [...ofType('Federated').map(([, name]) => name), ...principals.doubts],
  };
}

/** Whether a statement covers an action: an Allow if it might, a Deny only if it surely does. */
export function covers(statement: CheckedStatement, action: string): boolean {
  return counts(statement, statement.compiled.actions.matches(action.toLowerCase()));
}

/** Whether a statement reaches a resource: an Allow if it might, a Deny only if it surely does. */
export function reaches(statement: CheckedStatement, resource: string): boolean {
  // What stands for a name that AWS will choose is no ARN, and fits only itself.
  return (
    spellsOut(statement, resource) ||
    counts(statement, statement.compiled.resources.matches(resource, new Map()))
  );
}

/** Whether a statement names a resource, or a pattern of resources, to the letter. */
export function spellsOut({ resources, compiled }: CheckedStatement, resource: string): boolean {
  return !compiled.resources.negated && resources.includes(resource);
}

function counts({ allows }: CheckedStatement, truth: Truth): boolean {
  return allows ? truth !== NO : truth === YES;
}

/** The values that a condition with one of these operators asks a key to have; none if there is no such condition. */
export function asked(
  { conditions }: CheckedStatement,
  key: string,
  operators: readonly string[] = POSITIVE,
): readonly string[] {
  return conditions
    .filter(
      (each) =>
        each.doubt === undefined &&
        each.key === key.toLowerCase() &&
        operators.some((operator) => plainOperator(operator) === plainOperator(each.operator)),
    )
    .flatMap((each) => each.values);
}

/** Operators that hold only where the key is there and has one of the values. */
const POSITIVE = ['StringEquals', 'StringLike', 'ArnEquals', 'ArnLike', 'Bool'];

/** Whether two lists hold the same texts. */
export function sameSet(some: readonly string[], others: readonly string[]): boolean {
  const a = new Set(some);
  const b = new Set(others);
  return a.size === b.size && [...a].every((each) => b.has(each));
}

/** One condition, as a check wants it. */
export type Wanted = readonly [operator: string, key: string, values: readonly string[]];

/** Whether a statement has exactly these conditions, each with exactly these values in any order. */
export function hasExactly({ conditions }: CheckedStatement, wanted: readonly Wanted[]): boolean {
  return (
    conditions.length === wanted.length &&
    wanted.every(([operator, key, values]) =>
      conditions.some(
        (each) =>
          plainOperator(each.operator) === plainOperator(operator) &&
          each.key === key.toLowerCase() &&
          sameSet(each.values, values),
      ),
    )
  );
}

/** Whether a statement denies every caller these actions on these resources, under exactly one condition or none. */
export function deniesAll(
  statement: CheckedStatement,
  actions: readonly string[],
  resources: readonly string[],
  condition?: { readonly operator: string; readonly key: string; readonly value: string },
): boolean {
  return (
    statement.denies &&
    statement.principals.anybody &&
    actions.every((action) => covers(statement, action)) &&
    resources.every((resource) => reaches(statement, resource)) &&
    hasExactly(
      statement,
      condition === undefined ? [] : [[condition.operator, condition.key, [condition.value]]],
    )
  );
}
