/** When a recipient may collect from an owner under an agreement, by moments in UTC, as functions are told of it. */
import type { Span } from '../wire';
import type { Approved } from './approvals/standing';
import { endOfDay, startOfDay } from './calendar';
import type { Register } from './register';
import type { Agreement } from './schema/agreement';
import type { OrganisationId } from './schema/organisation';
import { runsOfDays } from './share';

/** The times in force, earliest first: none where a party has not approved what is to be approved. */
export function spansOf(
  register: Pick<Register, 'organisation'> & Approved,
  agreement: Agreement,
  owner: OrganisationId,
  recipient: OrganisationId,
): Span[] {
  const parties = [register.organisation(owner), register.organisation(recipient)] as const;
  return runsOfDays(agreement, parties, register).map(({ from, until }) => ({
    from: startOfDay(from),
    until: endOfDay(until),
  }));
}
