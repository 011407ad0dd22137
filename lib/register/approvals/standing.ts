/** Where an agreement stands with its approvals: on which days every party has approved it as it is, and who is waited for. */
import { termsDigest } from '../agreement-terms';
import { addDays, type IsoDate, type Period, within } from '../calendar';
import { directionsOf, partiesOf } from '../parties';
import type { RegisterContent } from '../register';
import type { Agreement } from '../schema/agreement';
import type { OrganisationId } from '../schema/organisation';
import type { Approval } from './read-approval';

/** What is needed of a register. */
export type Approved = Pick<RegisterContent, 'zone' | 'contracts'> & {
  /** Verified, all of them. */
  readonly verified: readonly Approval[];
};

/** One party’s approval of an agreement as it is now. */
export interface PartyStanding {
  readonly organisation: OrganisationId;
  /** The days on which it holds, earliest first, apart from one another. */
  readonly days: readonly Period[];
  /** What was signed of these terms, in the order of signing, and what withdrew that, whichever terms it names. */
  readonly by: readonly Approval[];
  /** Whether the last that it signed approves other terms, though it had approved these before: they went back to what they were. */
  readonly replaced: boolean;
  /** Whether the last that it signed is a withdrawal, of whichever terms. */
  readonly hasWithdrawn: boolean;
  /** Whether it has approved other terms of the agreement, which have changed since. */
  readonly ofOtherTerms: boolean;
}

/** Whether an agreement makes no share without approvals: its zone asks for those of all, or its own file does. */
export function approvalsAreAsked({ zone }: Pick<RegisterContent, 'zone'>, agreement: Agreement): boolean {
  return zone.approvals === 'required' || agreement.approvals === 'required';
}

const KNOWN = new WeakMap<readonly Approval[], Map<Agreement, readonly PartyStanding[]>>();

/** Each party of an agreement, in its order. Worked out whether or not approvals are asked for. */
export function standingOf(
  { contracts, verified }: Approved,
  agreement: Agreement,
): readonly PartyStanding[] {
  const known = KNOWN.get(verified) ?? new Map<Agreement, readonly PartyStanding[]>();
  KNOWN.set(verified, known);
  const before = known.get(agreement);
  if (before !== undefined) return before;
  const about = verified.filter((each) => each.agreement === agreement.id);
  const terms = about.length === 0 ? '' : termsDigest(agreement, contracts);
  const standing = partiesOf(agreement).map((organisation): PartyStanding => {
    const own = about.filter((each) => each.organisation === organisation);
    own.sort(inOrder(own, terms));
    const first = own.findIndex((each) => each.terms === terms);
    const by = own.filter(
      (each, index) =>
        each.terms === terms || (first !== -1 && index > first && each.decision.kind === 'withdraws'),
    );
    const last = own.at(-1);
    return {
      organisation,
      days: daysOf(own, terms),
      by,
      replaced: by.length > 0 && last?.decision.kind === 'approves' && last.terms !== terms,
      hasWithdrawn: last?.decision.kind === 'withdraws',
      ofOtherTerms: own.some((each) => each.terms !== terms),
    };
  });
  known.set(agreement, standing);
  return standing;
}

/** The days on which all parties have approved an agreement; undefined where none are asked for. */
export function approvedDays(register: Approved, agreement: Agreement): readonly Period[] | undefined {
  if (!approvalsAreAsked(register, agreement)) return undefined;
  const [first = [], ...others] = standingOf(register, agreement).map(({ days }) => days);
  return others.reduce(common, first);
}

/**
 * The days on which an agreement was approved by terms that it no longer has, as far as they concern a recipient. Who was a party
 * then is not known: those count who approved these terms, if the recipient and one that shares with it are among them.
 */
export function daysUnderOtherTerms(
  register: Approved,
  agreement: Agreement,
  recipient: OrganisationId,
): readonly Period[] {
  if (!standingOf(register, agreement).some(({ ofOtherTerms }) => ofOtherTerms)) return [];
  const about = register.verified.filter((each) => each.agreement === agreement.id);
  const owners = directionsOf(agreement).flatMap(({ owner, recipients }) =>
    recipients.includes(recipient) ? [owner] : [],
  );
  const present = termsDigest(agreement, register.contracts);
  const others = new Set(about.map(({ terms }) => terms).filter((terms) => terms !== present));
  return [...others].flatMap((terms) => {
    const signed = new Set(
      about.flatMap((each) =>
        each.terms === terms && each.decision.kind === 'approves' ? [each.organisation] : [],
      ),
    );
    if (!signed.has(recipient) || !owners.some((owner) => signed.has(owner))) return [];
    const [first = [], ...rest] = [...signed].map((party) =>
      daysOf(
        about.filter(({ organisation }) => organisation === party),
        terms,
      ),
    );
    return rest.reduce<readonly Period[]>(common, first);
  });
}

/** The parties whose approval is missing on a day, where it is asked for. */
export function awaitedOn(register: Approved, agreement: Agreement, day: IsoDate): readonly PartyStanding[] {
  if (!approvalsAreAsked(register, agreement)) return [];
  return standingOf(register, agreement).filter(({ days }) => !days.some((each) => within(each, day)));
}

/**
 * By the day of signing. Of one day, what was signed after another comes after it. Where two of a day do not say so, what withdraws
 * comes last: it is the safer of the two. What approves other terms comes first: terms that were mended on the day of their first
 * signing can be signed on it again.
 */
function inOrder(own: readonly Approval[], terms: string) {
  const rank = (each: Approval) => (each.decision.kind === 'withdraws' ? 2 : Number(each.terms === terms));
  const depth = (each: Approval) => earlierThan(each, own).size;
  return (a: Approval, b: Approval): number =>
    a.on === b.on ? depth(a) - depth(b) || rank(a) - rank(b) : a.on < b.on ? -1 : 1;
}

/** What is said to have been signed before, by the digests of what was signed: that which a statement names, and what that names. */
function earlierThan({ after }: Pick<Approval, 'after'>, own: readonly Approval[]): Set<string> {
  const found = new Set<string>();
  const left = [...after];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    left.push(...(own.find(({ sha256 }) => sha256 === next)?.after ?? []));
  }
  return found;
}

/**
 * A withdrawal ends what was approved up to its day of signing, of whichever terms, and nothing that is approved later: on a later
 * day, or on that day by a statement that names it. Nor does an earlier approval outlive one of other terms, or terms that go back
 * would be shared by without anybody asked.
 */
function daysOf(own: readonly Approval[], terms: string): readonly Period[] {
  return joined(
    own.flatMap((each) => {
      if (each.decision.kind !== 'approves' || each.terms !== terms) return [];
      const before = earlierThan(each, own);
      let days: Period[] = [{ from: each.on, until: each.decision.until }];
      for (const other of own)
        if (other.decision.kind === 'withdraws') {
          if (other.on > each.on || (other.on === each.on && !before.has(other.sha256)))
            days = days.flatMap((period) => cutBefore(period, withdrawnFrom(other)));
        } else if (other.terms !== terms) {
          if (other.on > each.on || (other.on === each.on && earlierThan(other, own).has(each.sha256)))
            days = days.flatMap((period) => cutBefore(period, other.on));
        }
      return days;
    }),
  );
}

function withdrawnFrom({ on, decision }: Approval): IsoDate {
  return decision.kind === 'withdraws' ? decision.from : on;
}

function cutBefore({ from, until }: Period, day: IsoDate): Period[] {
  if (day <= from) return [];
  const last = addDays(day, -1);
  return [{ from, until: until !== undefined && until < last ? until : last }];
}

/** Periods in order, those that overlap or touch as one. */
function joined(periods: readonly Period[]): Period[] {
  const all: Period[] = [];
  for (const next of [...periods].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = all.at(-1);
    if (last === undefined || (last.until !== undefined && addDays(last.until, 1) < next.from))
      all.push(next);
    else if (last.until !== undefined && (next.until === undefined || next.until > last.until))
      all[all.length - 1] = { from: last.from, until: next.until };
  }
  return all;
}

/** The days that both have. */
export function common(some: readonly Period[], others: readonly Period[]): Period[] {
  return some.flatMap((one) =>
    others.flatMap((other) => {
      const from = one.from > other.from ? one.from : other.from;
      const until =
        one.until === undefined || (other.until !== undefined && other.until < one.until)
          ? other.until
          : one.until;
      return until !== undefined && until < from ? [] : [{ from, until }];
    }),
  );
}
