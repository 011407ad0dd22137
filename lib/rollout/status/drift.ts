/**
 * Whose doing a drift is. CloudFormation compares texts: what AWS writes in another form of the same meaning it shows as drift, and
 * so it does what the grant broker writes when somebody has it stop shares or end sessions. What is left, somebody changed.
 */
import canonicalize from 'canonicalize';
import { DENIAL_SIDS, REVOKES_SESSIONS } from '../../names';
import type { DriftedProperty, DriftedResource } from './seen';

/** Who changed a resource. */
export type ChangedBy = 'AWS' | 'grant broker' | 'somebody';

/** The denials that the grant broker writes. */
const BROKERS: ReadonlySet<unknown> = new Set(Object.values(DENIAL_SIDS));

/** By whom a resource was changed: by somebody as soon as one of its properties was. */
export function changedBy({ type, deleted, properties }: DriftedResource): ChangedBy {
  if (deleted) return 'somebody';
  const by = properties.map((each) => ofProperty(type, each));
  if (by.length === 0 || by.includes('somebody')) return 'somebody';
  return by.includes('grant broker') ? 'grant broker' : 'AWS';
}

function ofProperty(type: string, { path, expected, actual }: DriftedProperty): ChangedBy {
  if (expected !== undefined && actual !== undefined && meaningOf(expected) === meaningOf(actual))
    return 'AWS';
  if (type === 'AWS::S3::AccessPoint' && /^\/Policy\b/.test(path) && isStop(expected, actual))
    return 'grant broker';
  const isRevocation =
    type === 'AWS::IAM::Role' && /^\/Policies\b/.test(path) && isOnlyRevoking(expected, actual);
  return isRevocation ? 'grant broker' : 'somebody';
}

/** A stop puts one denial in front of the policy, and keeps the rest; a stop by order of an owner is no change past anybody. */
function isStop(expected: string | undefined, actual: string | undefined): boolean {
  const rest = statementsOf(actual).filter((each) => !BROKERS.has(sidOf(each)));
  if (rest.length === statementsOf(actual).length) return false;
  return rest.length === 0 || meaning(rest) === meaning(statementsOf(expected));
}

/** Where sessions are ended, a policy of that name is added, and nothing else. */
function isOnlyRevoking(expected: string | undefined, actual: string | undefined): boolean {
  const policies = (text: string | undefined) => [parsed(text) ?? []].flat() as { PolicyName?: unknown }[];
  const added = policies(actual).filter((each) => each.PolicyName === REVOKES_SESSIONS);
  if (added.length === 0) return false;
  const rest = policies(actual).filter((each) => each.PolicyName !== REVOKES_SESSIONS);
  return rest.length === 0 || meaning(rest) === meaning(policies(expected));
}

function statementsOf(text: string | undefined): unknown[] {
  const value = parsed(text);
  if (typeof value !== 'object' || value === null) return [];
  return 'Statement' in value ? [value.Statement].flat() : [value].flat();
}

function sidOf(statement: unknown): unknown {
  return typeof statement === 'object' && statement !== null && 'Sid' in statement
    ? statement.Sid
    : undefined;
}

function parsed(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** What a text says, in whichever form AWS wrote it. */
function meaningOf(text: string): string {
  return meaning(parsed(text));
}

function meaning(value: unknown): string {
  return canonicalize(plain(value)) ?? '';
}

/**
 * Numbers and switches as text, an account as its root, a list of one as the one, and lists in one order, as policies and tags
 * take them.
 */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) {
    const all = value.map(plain).sort((one, other) => {
      const [a, b] = [canonicalize(one) ?? '', canonicalize(other) ?? ''];
      return a < b ? -1 : a > b ? 1 : 0;
    });
    return all.length === 1 ? all[0] : all;
  }
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
  const text = String(value);
  return /^\d{12}$/.test(text) ? `arn:aws:iam::${text}:root` : text;
}
