/**
 * What one policy by itself says to one request: a reading of the IAM rules that shares no code with what it judges.
 * It knows only what the policies of this project use, and fails on anything else.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
import { iamMatches } from './iam-glob';

/** A statement as a template or a policy function gives it, once references are texts. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*' | Readonly<Record<string, string | readonly string[]>>;
  readonly Action: readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** A policy document of such statements. */
export interface Policy {
  readonly Version: string;
  readonly Statement: readonly Statement[];
}

/** A request: who asks for what, and what AWS would put into the context. */
export interface Request {
  readonly action: string;
  readonly resource: string;
  /** The account of the caller. */
  readonly account: string;
  /** A key of several values has a list. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** `none` is the silence of a policy, which another policy may break; nothing breaks a deny. */
export type Decision = 'allow' | 'deny' | 'none';

/** What the policy says to the request. */
export function decide(policy: Policy, request: Request): Decision {
  const speaking = policy.Statement.filter((statement) => speaksTo(statement, request));
  if (speaking.some((statement) => statement.Effect === 'Deny')) return 'deny';
  return speaking.length > 0 ? 'allow' : 'none';
}

/** A value that IAM takes alone or in a list. */
export function listed(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).map(String);
}

function speaksTo(statement: Statement, request: Request): boolean {
  return (
    includesCaller(statement.Principal, request.account) &&
    statement.Action.some((action) => iamMatches(action.toLowerCase(), request.action.toLowerCase())) &&
    listed(statement.Resource ?? '*').some((resource) => iamMatches(resource, request.resource)) &&
    Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) => holds(operator, listed(values), request.context[key])),
    )
  );
}

function includesCaller(principal: Statement['Principal'], account: string): boolean {
  if (principal === undefined || principal === '*') return true;
  return listed(principal.AWS ?? []).some((each) => each === '*' || each === `arn:aws:iam::${account}:root`);
}

type Comparison = (actual: string, wanted: string) => boolean;

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  String: (actual, wanted) => actual === wanted,
  StringLike: (actual, wanted) => iamMatches(wanted, actual),
  Arn: (actual, wanted) => iamMatches(wanted, actual),
  Bool: (actual, wanted) => actual === wanted,
  NumericLessThan: (actual, wanted) => Number(actual) < Number(wanted),
  NumericGreaterThanEquals: (actual, wanted) => Number(actual) >= Number(wanted),
  DateLessThan: (actual, wanted) => Date.parse(actual) < Date.parse(wanted),
  DateGreaterThanEquals: (actual, wanted) => Date.parse(actual) >= Date.parse(wanted),
};

/** Whether one key passes one operator. A negated operator is passed by a key that is absent. */
function holds(
  operator: string,
  wanted: readonly string[],
  actual: string | readonly string[] | undefined,
): boolean {
  if (operator === 'ForAllValues:StringEquals')
    return listed(actual ?? []).every((value) => wanted.includes(value));
  if (operator === 'Null') return wanted.some((value) => (value === 'true') === (actual === undefined));
  const ifExists = operator.endsWith('IfExists');
  const plain = operator.replace(/IfExists$/, '');
  const negated = /^(?:String|Arn)Not/.test(plain);
  const name = plain
    .replace('Not', '')
    .replace(/^Arn.*$/, 'Arn')
    .replace(/^StringEquals$/, 'String');
  const comparison = COMPARISONS[name];
  if (comparison === undefined) throw new Error(`no test has needed the operator ${operator} so far`);
  if (actual === undefined) return ifExists || negated;
  if (typeof actual !== 'string') throw new Error(`${operator} is no operator for several values`);
  return wanted.some((value) => comparison(actual, value)) !== negated;
}
