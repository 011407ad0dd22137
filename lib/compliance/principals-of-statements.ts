/** Whom statements of policies speak of, as checks ask about it. */
import type { Statement } from '../iam';

/** Whom a statement of a resource’s policy speaks of. */
export interface Principals {
  readonly anybody: boolean;
  /** ARNs; an account is named by its root. */
  readonly aws: readonly string[];
  readonly services: readonly string[];
  /** Identity providers, and what is not understood. */
  readonly others: readonly string[];
}

const NAMES_NOBODY: Principals = { anybody: false, aws: [], services: [], others: [] };
const ALL_BUT_SOME: Principals = { ...NAMES_NOBODY, anybody: true };

const spokenOf = new WeakMap<object, Principals>();

/** Whom a statement speaks of: one answer for all that name the same. */
export function principalsOf({ principals, notPrincipals, effect }: Statement): Principals {
  // Allowing all callers but some allows nearly all of them; denying all but some does not deny all.
  if (principals === undefined)
    return notPrincipals !== undefined && effect !== 'Deny' ? ALL_BUT_SOME : NAMES_NOBODY;
  let found = spokenOf.get(principals);
  if (found === undefined) {
    found = byType(principals);
    spokenOf.set(principals, found);
  }
  return found;
}

function byType({ everybody, names: written, doubts }: NonNullable<Statement['principals']>): Principals {
  const names = [...written].map((each) => {
    const colon = each.indexOf(':');
    return [each.slice(0, colon), each.slice(colon + 1)] as const;
  });
  const ofType = (...types: readonly string[]) => names.filter(([type]) => types.includes(type));
  return {
    anybody: everybody,
    aws: ofType('account', 'AWS').map(([type, name]) =>
      type === 'account' ? `arn:aws:iam::${name}:root` : name,
    ),
    services: ofType('Service').map(([, name]) => name),
    others: [...ofType('Federated').map(([, name]) => name), ...doubts],
  };
}
