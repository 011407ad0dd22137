/** Whom policies name: accounts, roles and services, so that each of them is asked about by itself. */
import type { Policy } from '../../iam/policy';
import { testedBy } from '../../iam/tested';
import type { AskedGrant } from '../world';

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

/** Reads whom they name. */
export function namedBy(policies: readonly Policy[], grants: readonly AskedGrant[]): Named {
  const texts = new Set(grants.map(({ grantee }) => grantee));
  const services = new Set<string>();
  for (const { element, key, values } of testedBy(policies)) {
    if (!WHO.test(element) && !(key !== undefined && WHO_KEYS.test(key))) continue;
    for (const value of values) {
      const plain = value.replace(/^(?:AWS|Service|Federated|CanonicalUser|account):/, '');
      texts.add(plain);
      if (/^[a-z0-9.-]+\.amazonaws\.com$/.test(plain)) services.add(plain);
    }
  }
  const all = [...texts];
  return {
    accounts: new Set(all.flatMap((text) => text.match(/\b\d{12}\b/g) ?? [])),
    arns: all.filter((text) => text.startsWith('arn:')).sort(),
    services: [...services].sort(),
    byParts: all.some((text) => /[*?]/.test(accountPart(text)) && accountPart(text) !== '*'),
  };
}

function accountPart(text: string): string {
  if (!text.startsWith('arn:')) return text === '*' ? '*' : text;
  const parts = text.split(':');
  // A wildcard before the account could stand for the account too.
  return parts.length < 6 || /[*?]/.test(parts.slice(0, 4).join('')) ? text : (parts[4] ?? '');
}
