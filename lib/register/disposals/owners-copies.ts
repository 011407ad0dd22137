/**
 * What an owner deposited under an agreement that has ended, and the last day on which it may lie in the owner’s bucket: the
 * day by which recipients are to have disposed of their copies. Wherever the register leaves a doubt, nothing goes.
 */
import { approvalsAreAsked } from '../approvals/standing';
import { addDays, type IsoDate } from '../calendar';
import { owns } from '../parties';
import type { Agreement, AgreementId } from '../schema/agreement';
import type { OrganisationId } from '../schema/organisation';
import type { Ended } from './duties';
import { keptUntil, laterOf } from './sharing';

/** What one owner deposited under one agreement. */
export interface OwnersCopies {
  readonly agreement: AgreementId;
  /** The last day on which it may be there. */
  readonly until: IsoDate;
}

/** How long after its day an agreement’s copies are still looked for: S3 takes some days, and a deployment may come late. */
const LOOKED_FOR_DAYS = 366;
/** S3 takes 1,000 rules for a bucket. The soonest days come first; the others wait until these have passed. */
const MOST_AT_ONCE = 900;

/**
 * The last day on which what was deposited under an agreement lies in the owner’s bucket, if it ends as it is written and nothing
 * follows it; undefined under a legal hold that has no last day.
 */
export function depositsUntil(agreement: Agreement): IsoDate | undefined {
  return keptUntil(agreement, agreement.ends, agreement.hold === undefined ? [] : [agreement.hold]);
}

/**
 * Whose copies may go, the soonest first, of agreements that have ended by a day with all that followed them. One that is renewed
 * or novated waits for what came of it, and one under a legal hold that is in force or to come has no day.
 */
export function ownersCopies(register: Ended, owner: OrganisationId, asOf: IsoDate): readonly OwnersCopies[] {
  return register.agreements
    .filter((each) => owns(each, owner))
    .flatMap((agreement): OwnersCopies[] => {
      // Most are in force, and need no more than this.
      if (endOf(register, agreement) >= asOf) return [];
      const { chain, holds, until } = endOfCopies(register, agreement);
      const goesOn = chain.some((each) => endOf(register, each) >= asOf);
      const isHeld = holds.some((hold) => hold.until === undefined || hold.until >= asOf);
      return until === undefined || goesOn || isHeld || addDays(until, LOOKED_FOR_DAYS) < asOf
        ? []
        : [{ agreement: agreement.id, until }];
    })
    .sort((a, b) => (a.until === b.until ? (a.agreement < b.agreement ? -1 : 1) : a.until < b.until ? -1 : 1))
    .slice(0, MOST_AT_ONCE);
}

/**
 * The last day on which what was deposited under an agreement may lie in owners’ buckets, as far as the register tells today;
 * undefined where a legal hold on it, or on what it came from or what came of it, has no last day.
 */
export function copiesUntil(register: Ended, agreement: Agreement): IsoDate | undefined {
  return endOfCopies(register, agreement).until;
}

/** Whether an agreement is over before a day, be it by its last day or by a withdrawal for good. */
export function hasEnded(register: Ended, agreement: Agreement, day: IsoDate): boolean {
  return endOf(register, agreement) < day;
}

/** When S3 has to be told of copies, so that they go on their day. */
interface Deploying {
  /** The first day of which a deployment gives the bucket the rule: all is over by then, and no longer on hold. */
  readonly from: IsoDate;
  /** The last day on which one is in time. */
  readonly by: IsoDate;
}

/**
 * The days between which owners’ stacks have to be deployed, so that what was deposited goes on its day, as far as the register
 * tells today. Rules come with the first deployment after all is over, and nothing else brings them. Undefined as `copiesUntil` is.
 */
export function copiesDeploying(register: Ended, agreement: Agreement): Deploying | undefined {
  const { chain, holds, until } = endOfCopies(register, agreement);
  if (until === undefined) return undefined;
  const last = [...chain.map((each) => endOf(register, each)), ...holds.flatMap((hold) => hold.until ?? [])];
  const from = addDays(
    last.reduce((a, b) => (a > b ? a : b)),
    1,
  );
  // Where copies may be kept for no day at all, only the day itself is left.
  return { from, by: until > from ? until : from };
}

/**
 * A hold counts for all that came of the agreement it is on, as it does for recipients: whoever has taken over keeps both. And
 * nothing is due before a hold is over that begins later: it was asked for while all was still there.
 */
function endOfCopies(register: Ended, agreement: Agreement) {
  const chain = withFollowers(register, agreement);
  const holds = [...chain, ...forerunnersOf(register, agreement)].flatMap(({ hold }) => hold ?? []);
  const until = [
    ...chain.map((each) => keptUntil(each, endOf(register, each), holds)),
    ...holds.map((hold) => hold.until),
  ].reduce(laterOf);
  return { chain, holds, until };
}

/** Whatever an agreement came from, in turn. */
function forerunnersOf(register: Ended, agreement: Agreement): readonly Agreement[] {
  const found = new Set([agreement]);
  // A set is walked to what is added on the way.
  for (const { supersedes, novatedFrom } of found)
    if (supersedes !== undefined || novatedFrom !== undefined)
      for (const each of register.agreements)
        if (each.id === supersedes || each.id === novatedFrom) found.add(each);
  return [...found].slice(1);
}

/** An agreement and all that renews or novates it, in turn. What begins after the copies were due renews nothing. */
function withFollowers(register: Ended, agreement: Agreement): readonly Agreement[] {
  const chain = new Set([agreement]);
  // A set is walked to what is added on the way.
  for (const each of chain) {
    const due = keptUntil(each, endOf(register, each), each.hold === undefined ? [] : [each.hold]);
    for (const next of register.agreements) {
      const renews = next.supersedes === each.id && (due === undefined || next.starts <= due);
      if (renews || next.novatedFrom === each.id) chain.add(next);
    }
  }
  return [...chain];
}

/**
 * The last day of an agreement as it is written, or that before it was withdrawn for good. A party that has approved anything on
 * the day of its withdrawal or later leaves a doubt, which the written day decides.
 */
function endOf(register: Ended, agreement: Agreement): IsoDate {
  const { id, ends } = agreement;
  if (!approvalsAreAsked(register, agreement)) return ends;
  const about = register.verified.filter((each) => each.agreement === id);
  const withdrawn = about.flatMap(({ organisation, on, decision }) =>
    decision.kind === 'withdraws' &&
    !about.some(
      (other) => other.organisation === organisation && other.decision.kind === 'approves' && other.on >= on,
    )
      ? [addDays(decision.from, -1)]
      : [],
  );
  const last = withdrawn.sort().at(-1);
  return last === undefined || last > ends ? ends : last;
}
