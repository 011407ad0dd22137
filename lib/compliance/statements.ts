/** The statements of policies as checks ask about them: read by the engine that decides who may do what, and by no other. */
import { policyOf } from '../assembly';
import {
  type Statement as CompiledStatement,
  type ConditionTest,
  NO,
  type PolicyKind,
  type Truth,
  YES,
} from '../iam';
import { listOf, type Path, type Seen, valueAt } from './judging';
import { type Principals, principalsOf } from './principals-of-statements';

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

const known = new WeakMap<object, readonly CheckedStatement[]>();

/** The statements of the document at a place below a resource. */
export function statementsAt({ stack, resource }: Seen, ...at: Path): readonly CheckedStatement[] {
  const document = valueAt(resource.properties, ...at);
  if (document === null || typeof document !== 'object') return [];
  const found = known.get(document);
  if (found) return found;
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
  const policy = policyOf(document, kind, name);
  const place = [...at, 'Statement'];
  const isAlone = !Array.isArray(valueAt(document, 'Statement'));
  const isDoubted = policy.doubts.length > 0;
  const statements = policy.statements.map((each) => new OfPolicy(each, isDoubted, place, isAlone));
  known.set(document, statements);
  return statements;
}

/** The statements of every policy that a role, or a policy resource, carries. */
export function identityStatements(seen: Seen): readonly CheckedStatement[] {
  if (seen.resource.type !== 'AWS::IAM::Role') return statementsAt(seen, 'PolicyDocument');
  const policies = listOf(seen.resource.properties.Policies);
  if (policies.length === 1) return statementsAt(seen, 'Policies', 0, 'PolicyDocument');
  return policies.flatMap((_policy, index) => statementsAt(seen, 'Policies', index, 'PolicyDocument'));
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

/**
 * A statement of one policy. It holds no more than what is its own: at 400 organisations there are 50,000, and what they say of
 * actions and callers is said by many of them alike.
 */
class OfPolicy implements CheckedStatement {
  readonly #isDoubted: boolean;
  readonly #place: Path;
  readonly #isAlone: boolean;

  constructor(
    readonly compiled: CompiledStatement,
    isDoubted: boolean,
    place: Path,
    isAlone: boolean,
  ) {
    this.#isDoubted = isDoubted;
    this.#place = place;
    this.#isAlone = isAlone;
  }

  get sid(): string {
    return this.compiled.sid ?? `statement ${this.compiled.index}`;
  }

  get allows(): boolean {
    return this.compiled.effect !== 'Deny';
  }

  get denies(): boolean {
    return !this.allows && !this.#isDoubted && this.compiled.doubts.length === 0;
  }

  get actions(): readonly string[] {
    return lowerCased(this.compiled.actions);
  }

  get resources(): readonly string[] {
    return this.compiled.resources.patterns;
  }

  get inverted(): boolean {
    const { actions, resources, notPrincipals } = this.compiled;
    return actions.negated || resources.negated || notPrincipals !== undefined;
  }

  get principals(): Principals {
    return principalsOf(this.compiled);
  }

  get conditions(): readonly ConditionTest[] {
    return this.compiled.conditions;
  }

  get at(): Path {
    return this.#isAlone ? this.#place : [...this.#place, this.compiled.index];
  }
}

const lowered = new WeakMap<object, readonly string[]>();

function lowerCased(actions: CompiledStatement['actions']): readonly string[] {
  let found = lowered.get(actions);
  if (found === undefined) {
    found = actions.patterns.map((each) => each.toLowerCase());
    lowered.set(actions, found);
  }
  return found;
}

/**
 * AWS compares ARNs alike by either name.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html “ArnEquals and
 *   ArnLike behave identically”
 */
export function plainOperator(operator: string): string {
  return operator.replace(/(?<=Arn(?:Not)?)Like/, 'Equals');
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
  const wanted = key.toLowerCase();
  const found = conditions.filter(
    (each) =>
      each.key === wanted &&
      each.doubt === undefined &&
      operators.some((operator) => plainOperator(operator) === plainOperator(each.operator)),
  );
  const [only] = found;
  return found.length === 1 && only ? only.values : found.flatMap((each) => each.values);
}

/** Whether the encryption context may be the one pair that S3 gives, and must be there: `ForAllValues` holds where it is not. */
export function isOfOnePair(statement: CheckedStatement): boolean {
  const values = (operator: string) => asked(statement, 'kms:EncryptionContextKeys', [operator]).join();
  return values('ForAllValues:StringEquals') === 'aws:s3:arn' && values('Null') === 'false';
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
