/** The statements of a policy document in a template, in one form, whichever way they were written. */
import { listOf, type Path, type Seen, textsOf, valueAt } from './judging';

/** One statement. */
export interface Statement {
  readonly sid: string;
  readonly allows: boolean;
  /** In lower case. */
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Whether it says what it does not cover, and so covers nearly everything. */
  readonly inverted: boolean;
  readonly principals: Principals;
  readonly conditions: readonly Condition[];
  /** From the resource. */
  readonly at: Path;
}

/** Whom a statement of a resource’s policy speaks of. */
export interface Principals {
  readonly anybody: boolean;
  /** Account numbers and ARNs. */
  readonly aws: readonly string[];
  readonly services: readonly string[];
}

/** One condition. */
export interface Condition {
  /** As written: `ForAllValues:StringEquals`. */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

const known = new WeakMap<object, readonly Statement[]>();

/** The statements of the document at a place below a resource. */
export function statementsAt({ resource }: Seen, ...at: Path): readonly Statement[] {
  const document = valueAt(resource.properties, ...at);
  if (document === null || typeof document !== 'object') return [];
  const found = known.get(document);
  if (found) return found;
  const written = valueAt(document, 'Statement');
  const alone = !Array.isArray(written);
  const statements = (alone ? listOf([written]) : listOf(written)).map((each, index) =>
    statementOf(each, ['Properties', ...at, 'Statement', ...(alone ? [] : [index])]),
  );
  known.set(document, statements);
  return statements;
}

/** The statements of every policy that a role, or a policy resource, carries. */
export function identityStatements(seen: Seen): readonly Statement[] {
  if (seen.resource.type !== 'AWS::IAM::Role') return statementsAt(seen, 'PolicyDocument');
  return listOf(seen.resource.properties.Policies).flatMap((_policy, index) =>
    statementsAt(seen, 'Policies', index, 'PolicyDocument'),
  );
}

/** A statement in one form. */
export function statementOf(written: unknown, at: Path): Statement {
  const part = (name: string) => valueAt(written, name);
  return {
    sid: String(part('Sid') ?? `statement ${at.at(-1)}`),
    allows: part('Effect') === 'Allow',
    actions: textsOf(part('Action') ?? part('NotAction')).map((action) => action.toLowerCase()),
    resources: textsOf(part('Resource') ?? part('NotResource')),
    inverted: ['NotAction', 'NotResource', 'NotPrincipal'].some((name) => part(name) !== undefined),
    principals: principalsOf(part('Principal')),
    conditions: Object.entries((part('Condition') ?? {}) as object).flatMap(([operator, keys]) =>
      Object.entries(keys as object).map(([key, values]) => ({ operator, key, values: textsOf(values) })),
    ),
    at,
  };
}

function principalsOf(written: unknown): Principals {
  const aws = typeof written === 'string' ? [written] : textsOf(valueAt(written, 'AWS'));
  return {
    anybody: aws.includes('*'),
    aws: aws.filter((each) => each !== '*'),
    services: textsOf(valueAt(written, 'Service')),
  };
}

/** Whether one of the actions, in lower case and perhaps a pattern, covers another that is given in full. */
export function covers({ actions, inverted }: Statement, action: string): boolean {
  const wanted = action.toLowerCase();
  return inverted || actions.some((each) => matches(each, wanted));
}

/** Whether a pattern with `*` and `?` fits a text. */
export function matches(pattern: string, text: string): boolean {
  if (pattern === text || pattern === '*') return true;
  const first = pattern.search(/[*?]/);
  if (first < 0 || !text.startsWith(pattern.slice(0, first))) return false;
  if (first === pattern.length - 1 && pattern.endsWith('*')) return true;
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`).test(text);
}

/** The values that a condition with one of these operators asks a key to have; none if there is no such condition. */
export function asked(
  { conditions }: Statement,
  key: string,
  operators: readonly string[] = POSITIVE,
): readonly string[] {
  return conditions
    .filter((each) => each.key.toLowerCase() === key.toLowerCase() && operators.includes(each.operator))
    .flatMap((each) => each.values);
}

/** Operators that hold only where the key is there and has one of the values. */
const POSITIVE = ['StringEquals', 'StringLike', 'ArnEquals', 'ArnLike', 'Bool'];

/** Whether a statement denies everybody these actions on these resources under exactly one condition. */
export function deniesAll(
  statement: Statement,
  actions: readonly string[],
  resources: readonly string[],
  condition?: { readonly operator: string; readonly key: string; readonly value: string },
): boolean {
  const { allows, principals, conditions } = statement;
  const [only, ...more] = conditions;
  return (
    !allows &&
    principals.anybody &&
    actions.every((action) => covers(statement, action)) &&
    resources.every((resource) => statement.resources.some((each) => matches(each, resource))) &&
    (condition === undefined
      ? only === undefined
      : only !== undefined &&
        more.length === 0 &&
        only.operator === condition.operator &&
        only.key === condition.key &&
        only.values.length === 1 &&
        only.values[0] === condition.value)
  );
}
