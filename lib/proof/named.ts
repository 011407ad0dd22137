/** Whom policies name: accounts, roles and services, so that each of them is asked about by itself. */
import { type Policy, testedBy } from '../iam';

/** Whom some policies and grants name. */
export interface Named {
  readonly accounts: ReadonlySet<string>;
  /** ARNs of roles, users and sessions, patterns among them. */
  readonly arns: readonly string[];
  readonly services: readonly string[];
  /** Whether a pattern tells accounts apart by parts of their numbers, so that none can stand for another. */
  readonly byParts: boolean;
}

const WHO = /^(?:principal|notprincipal)$/i;
const WHO_KEYS = /^aws:(?:principal|username|userid)|^kms:calleraccount$/;

const READ = new WeakMap<Policy, readonly string[]>();

/** Reads whom they name. */
export function namedBy(policies: readonly Policy[], grantees: readonly string[]): Named {
  const all = [...new Set([...grantees, ...policies.flatMap(textsIn)])];
  const services = all.filter((text) => /^[a-z0-9.-]+\.amazonaws\.com$/.test(text));
  return {
    accounts: new Set(all.flatMap((text) => text.match(/\b\d{12}\b/g) ?? [])),
    arns: all.filter((text) => text.startsWith('arn:')).sort(),
    services: services.sort(),
    byParts: all.some((text) => /[*?]/.test(accountPart(text)) && accountPart(text) !== '*'),
  };
}

/** Each policy is read once. */
function textsIn(policy: Policy): readonly string[] {
  let texts = READ.get(policy);
  if (texts === undefined) {
    texts = testedBy([policy])
      .filter(({ element, key }) => WHO.test(element) || (key !== undefined && WHO_KEYS.test(key)))
      .flatMap(({ values }) => values)
      .map((value) => value.replace(/^(?:AWS|Service|Federated|CanonicalUser|account):/, ''));
    READ.set(policy, texts);
  }
  return texts;
}

function accountPart(text: string): string {
  if (!text.startsWith('arn:')) return text === '*' ? '*' : text;
  const parts = text.split(':');
  // A wildcard before the account could stand for the account too.
  return parts.length < 6 || /[*?]/.test(parts.slice(0, 4).join('')) ? text : (parts[4] ?? '');
}
