/** Which shares the agreements of a register imply on the day of an assembly, worked out from the register alone. */
import { createHash } from 'node:crypto';
import type { AgreementFacts, OrganisationFacts, RegisterFacts } from '../assembly';
import { dateOf, endOfDay, startOfDay } from '../register/calendar';
import { type ApprovedDays, approvedDaysOf } from './approvals';

/** What one owner gives one recipient under an agreement. */
export interface ImpliedShare {
  readonly agreement: string;
  readonly owner: OrganisationFacts;
  readonly recipient: OrganisationFacts;
  /** The name of its access point, one of a kind in the account of the owner. */
  readonly name: string;
  /** UTC, to the second; `until` is the first moment after the share. */
  readonly from: string;
  readonly until: string;
  /** Whether the agreement lets it collect by links that it has signed. */
  readonly byLink: boolean;
}

/**
 * The shares that are in force on the day or come later: the run of days that holds the day, or else the next one. What is
 * paused or suspended on the day gives nothing until it is deployed again.
 */
export function impliedShares(register: RegisterFacts, asOf: string): ImpliedShare[] {
  const { organisations, agreements } = register;
  const byId = new Map(organisations.map((each) => [each.id, each]));
  const directed = agreements.flatMap((agreement) =>
    agreement.directions.map((direction) => ({ agreement, direction })),
  );
  const approvals = new Map(agreements.map((each) => [each, approvedDaysOf(register, each)]));
  return directed.flatMap(({ agreement, direction }) => {
    const owner = byId.get(direction.owner);
    if (owner === undefined) return [];
    return direction.recipients.flatMap((id) => {
      const recipient = byId.get(id);
      const days =
        recipient &&
        daysOf(agreement, { parties: [owner, recipient], approved: approvals.get(agreement) }, asOf);
      if (recipient === undefined || days === undefined) return [];
      return {
        agreement: agreement.id,
        owner,
        recipient,
        name: `${createHash('sha256').update(agreement.id).digest('hex').slice(0, 12)}--${id}`,
        from: startOfDay(dateOf(days.first)),
        until: endOfDay(dateOf(days.last)),
        byLink: agreement.delivery.presignedUrls === 'allowed',
      };
    });
  });
}

/** The first and the last day of the run. */
function daysOf(
  { starts, ends, suspended }: AgreementFacts,
  {
    parties,
    approved,
  }: { readonly parties: readonly OrganisationFacts[]; readonly approved: ApprovedDays | undefined },
  asOf: string,
): { first: string; last: string } | undefined {
  const breaks = [suspended, ...parties.map(({ paused }) => paused)].filter((each) => each !== undefined);
  const isBroken = (day: string) =>
    breaks.some(({ from, until }) => from <= day && (until === undefined || day <= until));
  if (asOf > ends || isBroken(asOf)) return undefined;
  // Runs can begin only at the start, after a break and with an approval, and end only at the end, before a break and with one.
  const firsts = [
    starts,
    ...(approved?.firsts ?? []),
    ...breaks.flatMap(({ until }) => (until === undefined ? [] : dayBeside(until, 1))),
  ];
  const lasts = [ends, ...(approved?.lasts ?? []), ...breaks.map(({ from }) => dayBeside(from, -1))];
  const isOpen = (day: string) =>
    starts <= day && day <= ends && !isBroken(day) && (approved?.isApproved(day) ?? true);
  // One approval may go on where another begins or ends: a run ends where the day beside it is not open.
  const isFirst = (day: string) => isOpen(day) && !isOpen(dayBeside(day, -1));
  const isLast = (day: string) => isOpen(day) && !isOpen(dayBeside(day, 1));
  const runs = firsts
    .filter(isFirst)
    .map((first) => ({ first, last: lasts.filter((day) => day >= first && isLast(day)).sort()[0] ?? ends }))
    .sort((a, b) => (a.first < b.first ? -1 : 1));
  return runs.find(({ last }) => last >= asOf);
}

function dayBeside(day: string, step: 1 | -1): string {
  return new Date(Date.parse(day) + step * 86_400_000).toISOString().slice(0, 10);
}

/** Whether an organisation may act on the day: it is not paused, and has not left. */
export function isActive(organisation: OrganisationFacts, day: string): boolean {
  const { paused } = organisation;
  const isPaused =
    paused !== undefined && paused.from <= day && (paused.until === undefined || day <= paused.until);
  return !isPaused && !hasLeft(organisation, day);
}

/** Whether its last day is over. */
export function hasLeft({ leaves }: OrganisationFacts, day: string): boolean {
  return leaves !== undefined && leaves < day;
}
