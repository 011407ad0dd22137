/** Whom policies name: accounts, roles and services, so that each of them is asked about by itself. */
import type { Policy, Statement } from '../iam';
import { textsFor } from './texts';

/** Whom some policies and grants name. */
export interface Named {
  readonly accounts: ReadonlySet<string>;
  /** ARNs of roles, users and sessions, and patterns of such. A user whom a condition names is there by an ARN of any account. */
  readonly arns: readonly string[];
  readonly services: readonly string[];
  /** Whether a pattern tells accounts apart by parts of their numbers, so that none can stand for another. */
  readonly byParts: boolean;
}

/** What one text names. */
interface Read {
  readonly accounts: readonly string[];
  readonly isArn: boolean;
  readonly isService: boolean;
  readonly byParts: boolean;
}

const WHO_KEYS = /^aws:(?:principal|userid)|^kms:calleraccount$/;
const USER = 'aws:username';
const OF_SERVICES = /^aws:principalservicename/;
/** Before what a condition says of a service’s name. */
const OF_A_SERVICE = 'service-name:';
const TYPE = /^(?:AWS|Service|Federated|CanonicalUser|account):/;

const TEXTS = new WeakMap<Policy, readonly string[]>();
const READ = new Map<string, Read>();

/** Reads whom they name. */
export function namedBy(policies: readonly Policy[], grantees: readonly string[]): Named {
  const all = new Set(grantees);
  for (const policy of policies) for (const text of textsIn(policy)) all.add(text);
  const accounts = new Set<string>();
  const arns: string[] = [];
  const services: string[] = [];
  const servicePatterns: string[] = [];
  let byParts = false;
  for (const text of all) {
    if (text.startsWith(OF_A_SERVICE)) {
      servicePatterns.push(text.slice(OF_A_SERVICE.length));
      continue;
    }
    const read = readOf(text);
    for (const account of read.accounts) accounts.add(account);
    if (read.isArn) arns.push(text);
    if (read.isService) services.push(text);
    byParts ||= read.byParts;
  }
  const ofAll = [...new Set([...services, ...servicesFor(servicePatterns)])].sort();
  return { accounts, arns: arns.sort(), services: ofAll, byParts };
}

/** Each policy is read once. */
function textsIn(policy: Policy): readonly string[] {
  let texts = TEXTS.get(policy);
  if (texts === undefined) {
    texts = [...new Set(policy.statements.flatMap(namesIn))];
    TEXTS.set(policy, texts);
  }
  return texts;
}

function namesIn({ principals, notPrincipals, conditions }: Statement): string[] {
  const listed = principals ?? notPrincipals;
  const who = listed?.everybody ? ['*'] : [...(listed?.names ?? [])];
  for (const { key, operator, values } of conditions) {
    if (key === USER) who.push(...values.map((each) => `arn:aws:iam::*:user/${each}`));
    else if (OF_SERVICES.test(key)) who.push(...values.map((each) => `${OF_A_SERVICE}${each}`));
    else if (WHO_KEYS.test(key))
      who.push(...(/IgnoreCase/i.test(operator) ? values.map(asIamWrites) : values));
  }
  return who.map((each) => each.replace(TYPE, ''));
}

const SERVICES = {
  whole: /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.amazonaws\.com$/,
  begun: /^(?:[a-z0-9-]+\.)*[a-z0-9-]*$/,
};
const isService = (text: string) => SERVICES.whole.test(text);

/** Services that patterns take and tell apart, if any does: all their names end alike. */
function servicesFor(patterns: readonly string[]): string[] {
  if (!patterns.some((each) => /[*?]/.test(each))) return patterns.filter(isService);
  const all = [...patterns, '*.amazonaws.com'].map((pattern) => ({ pattern, before: '' }));
  return textsFor(all, SERVICES).filter(isService);
}

/** An ARN in IAM’s own case, where a condition takes it in any. */
function asIamWrites(text: string): string {
  return text.replace(
    /^arn:aws:iam::([^:]*):(role|user)\//i,
    (_, account: string, kind: string) => `arn:aws:iam::${account}:${kind.toLowerCase()}/`,
  );
}

/** Each text is read once: most occur in many policies. */
function readOf(text: string): Read {
  let read = READ.get(text);
  if (read === undefined) {
    const part = accountPart(text);
    read = {
      accounts: text.match(/\b\d{12}\b/g) ?? [],
      // A pattern that begins otherwise could take an ARN all the same.
      isArn: text.startsWith('arn:') || (/[*?]/.test(text) && text !== '*'),
      isService: isService(text),
      byParts: /[*?]/.test(part) && part !== '*',
    };
    READ.set(text, read);
  }
  return read;
}

function accountPart(text: string): string {
  if (!text.startsWith('arn:')) return text === '*' ? '*' : text;
  const parts = text.split(':');
  // A wildcard before the account could stand for the account too.
  return parts.length < 6 || /[*?]/.test(parts.slice(0, 4).join('')) ? text : (parts[4] ?? '');
}
