/** To whom a duty goes over: where an agreement was renewed or novated. */
import type { Approved } from '../approvals/standing';
import { directionsOf } from '../parties';
import type { Register } from '../register';
import type { Agreement } from '../schema/agreement';
import type { Organisation, OrganisationId } from '../schema/organisation';
import { keptUntil, sharedDays } from './sharing';

type Passing = Approved & Pick<Register, 'agreements' | 'organisations'>;

/** Who has to dispose, and under which agreement. */
export interface Holder {
  readonly agreement: Agreement;
  readonly organisation: OrganisationId;
}

/** Who has to dispose in the end of what a recipient collected: itself, or those to whom the agreement passed. */
export function holdersOf(
  register: Passing,
  agreement: Agreement,
  organisation: OrganisationId,
  seen: ReadonlySet<string> = new Set(),
): readonly Holder[] {
  const own = [{ agreement, organisation }];
  if (seen.has(agreement.id)) return own;
  const past = new Set([...seen, agreement.id]);
  const heirs = heirsOf(register, organisation);
  const passed = followersOf(register, 'novatedFrom', agreement).flatMap((next) =>
    recipientsOf(next)
      .filter((id) => id === organisation || heirs.has(id))
      .filter((id) => sharedDays(register, next, id) !== undefined)
      .map((id) => ({ next, id })),
  );
  if (passed.length > 0) return passed.flatMap(({ next, id }) => holdersOf(register, next, id, past));
  const later = renewedBy(register, agreement, organisation).flatMap((renewal) =>
    holdersOf(register, renewal, organisation, past),
  );
  const staysThere = later.some(
    (each) => each.organisation === organisation && isRenewal(register, agreement, each),
  );
  return later.length === 0 || staysThere ? own : later;
}

/** Whether the holder’s agreement is one that renews the other, with no novation between. */
function isRenewal(
  register: Passing,
  agreement: Agreement,
  { agreement: later, organisation }: Holder,
): boolean {
  return renewalsOf(register, agreement, organisation).some(({ id }) => id === later.id);
}

/** Who collects under an agreement, each once. */
export function recipientsOf(agreement: Agreement): readonly OrganisationId[] {
  return [...new Set(directionsOf(agreement).flatMap(({ recipients }) => recipients))];
}

/**
 * The agreements by which a recipient goes on directly after another: those under which something was shared with it before the
 * copies of the other were due. What was due by then is due.
 */
function renewedBy(
  register: Passing,
  agreement: Agreement,
  organisation: OrganisationId,
): readonly Agreement[] {
  const followers = followersOf(register, 'supersedes', agreement);
  const earlier = followers.length === 0 ? undefined : sharedDays(register, agreement, organisation);
  if (earlier === undefined) return [];
  const due = keptUntil(agreement, earlier.until, agreement.hold === undefined ? [] : [agreement.hold]);
  return followers.filter((next) => {
    if (!recipientsOf(next).includes(organisation)) return false;
    const shared = sharedDays(register, next, organisation);
    return shared !== undefined && (due === undefined || shared.from <= due);
  });
}

type Followers = ReadonlyMap<string, readonly Agreement[]>;
const FOLLOWERS = new WeakMap<
  readonly Agreement[],
  Readonly<Record<'supersedes' | 'novatedFrom', Followers>>
>();

/** The agreements that say they follow another in that way. Looked up once for a register: there are many agreements. */
function followersOf(
  { agreements }: Passing,
  way: 'supersedes' | 'novatedFrom',
  { id }: Agreement,
): readonly Agreement[] {
  const known = FOLLOWERS.get(agreements) ?? {
    supersedes: byEarlier(agreements, 'supersedes'),
    novatedFrom: byEarlier(agreements, 'novatedFrom'),
  };
  FOLLOWERS.set(agreements, known);
  return known[way].get(id) ?? [];
}

function byEarlier(agreements: readonly Agreement[], way: 'supersedes' | 'novatedFrom'): Followers {
  const found = new Map<string, Agreement[]>();
  for (const each of agreements) {
    const earlier = each[way];
    if (earlier !== undefined) found.set(earlier, [...(found.get(earlier) ?? []), each]);
  }
  return found;
}

/** All agreements by which a recipient goes on after another, each after that which it renews. More than one may renew the same. */
export function renewalsOf(
  register: Passing,
  agreement: Agreement,
  organisation: OrganisationId,
): readonly Agreement[] {
  const found = new Set([agreement]);
  // A set is walked to what is added on the way.
  for (const each of found) for (const next of renewedBy(register, each, organisation)) found.add(next);
  return [...found].slice(1);
}

/** Who takes over from an organisation, directly. */
function heirsOf({ organisations }: Passing, id: OrganisationId): ReadonlySet<OrganisationId> {
  const { successors = [], handsOver = [] }: Partial<Organisation> =
    organisations.find((each) => each.id === id) ?? {};
  return new Set([...successors, ...handsOver.map(({ to }) => to)]);
}
