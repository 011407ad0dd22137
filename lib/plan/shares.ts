/** Who may read what by agreement, and from when until when. */

import type { OrganisationFacts, RegisterFacts, World } from '../assembly';
import { approvedDaysOf, type ImpliedShare, impliedShares } from '../proof';
import { type IsoDate, today } from '../register/calendar';
import { byName, type Change, changesOf } from './change';
import { type NamedOrganisation, named } from './side';

/** What one agreement gives one recipient: read, list and decrypt under the agreement, on these days. */
export interface GivenShare {
  readonly agreement: string;
  readonly owner: NamedOrganisation;
  readonly recipient: NamedOrganisation;
  /** The first and the last day, in London. */
  readonly from: IsoDate;
  readonly until: IsoDate;
}

/** Why one of two assemblies does not give a share that the other gives. */
export type Absence =
  | 'no such agreement'
  | 'another owner'
  | 'not a recipient'
  | 'another account'
  | 'ended'
  | 'awaiting approval'
  | 'suspended'
  | 'paused'
  | 'no day left';

/** A share that comes, goes, or has other days. `absence` says why the side that lacks it does. */
export interface ShareChange extends Change<GivenShare> {
  readonly absence?: Absence;
}

/** How the shares of two worlds differ, by owner, agreement and recipient. */
export function shareChanges(before: World, after: World): ShareChange[] {
  return changesOf(givenBy(before), givenBy(after)).map((change) => {
    const { before: was, after: is } = change;
    if (was !== undefined && is !== undefined) return change;
    if (was !== undefined) return { ...change, absence: whyNot(was, after) };
    return is === undefined ? change : { ...change, absence: whyNot(is, before) };
  });
}

/** Whether a share gives days on which the recipient could not read before. One that moves to other days always does. */
export function widensShare({ before, after }: ShareChange): boolean {
  if (after === undefined) return false;
  return before === undefined || after.from < before.from || after.until > before.until;
}

/** Access by one number of an account is not access by another, so accounts belong to the name. */
function givenBy({ register, asOf }: World): Map<string, GivenShare> {
  return byName(impliedShares(register, asOf).map(given), ({ owner, agreement, recipient }) =>
    [owner.id, agreement, recipient.id, owner.account, recipient.account].join(' '),
  );
}

function given({ agreement, owner, recipient, from, until }: ImpliedShare): GivenShare {
  return {
    agreement,
    owner: named(owner),
    recipient: named(recipient),
    from: today(new Date(from)),
    // The instant is the first after the last day.
    until: today(new Date(Date.parse(until) - 1000)),
  };
}

function whyNot(share: GivenShare, { register, asOf }: World): Absence {
  const agreement = register.agreements.find(({ id }) => id === share.agreement);
  if (agreement === undefined) return 'no such agreement';
  const direction = agreement.directions.find(({ owner }) => owner === share.owner.id);
  if (direction === undefined) return 'another owner';
  if (!direction.recipients.includes(share.recipient.id)) return 'not a recipient';
  const parties = [share.owner, share.recipient].map((each) => ({ each, now: organisation(register, each) }));
  if (parties.some(({ each, now }) => now?.account !== each.account)) return 'another account';
  if (agreement.ends < asOf) return 'ended';
  if (covers(agreement.suspended, asOf)) return 'suspended';
  if (parties.some(({ now }) => covers(now?.paused, asOf))) return 'paused';
  return approvedDaysOf(register, agreement)?.isApproved(asOf) === false
    ? 'awaiting approval'
    : 'no day left';
}

function organisation(
  { organisations }: RegisterFacts,
  { id }: NamedOrganisation,
): OrganisationFacts | undefined {
  return organisations.find((each) => each.id === id);
}

function covers(days: OrganisationFacts['paused'], day: string): boolean {
  return days !== undefined && days.from <= day && (days.until === undefined || day <= days.until);
}
