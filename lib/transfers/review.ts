/**
 * What the clock alone says of a transfer: that it was not collected in time, or can’t be collected any more.
 * And when to look again, so that none is forgotten.
 */
import type { DepositMark, LaterMark } from '../wire';
import type { RecipientState, TransferState } from './life-cycle';

/**
 * How long after a moment its log files count as complete. They come after about five minutes; a report of non-delivery
 * that the next file belies is worse than one that is some hours late. For what is told of since nothing was seen, these hours
 * count by CloudTrail’s own digests: where it stands still for a day, so do they.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-files.html
 */
export const LATENESS = 6 * 3_600_000;
/**
 * A transfer that is not over is looked at again after so long at the latest, because the register may change.
 * @internal Only tests import it.
 */
export const LOOK_AGAIN = 7 * 86_400_000;
/** A transfer that waits for the log is looked at again after so long: digests come each hour. */
const LOG_AGAIN = 3_600_000;

/** Something to tell of a transfer, for one recipient. */
export interface Outcome {
  /** `unreleased-read`: it was read, and the gate had not released it. */
  readonly kind: 'not-collected' | 'expired' | 'unreleased-read';
  readonly deposit: DepositMark;
  readonly recipient: string;
  /** When it came about: the deadline, the end, or the read. */
  readonly time: string;
  readonly release: TransferState['release'];
}

/** The outcome of a review. */
export interface Review {
  readonly outcomes: readonly Outcome[];
  /** When to look again, in milliseconds since 1970; absent where the transfer is over. */
  readonly next: number | undefined;
  /** Since when something waits that the clock alone would tell, in milliseconds since 1970: the log is not known to be whole. */
  readonly waitsSince: number | undefined;
}

/** The id of an outcome’s entry: the same however often it is found, so it is recorded once. */
export function outcomeId({ kind, deposit, recipient }: Outcome): string {
  return `${deposit.id}#${recipient}#${kind}`;
}

/** When a transfer is first to be looked at, in milliseconds since 1970. */
export function firstReview({ collectBy }: Pick<DepositMark, 'collectBy'>, deposited: number): number {
  return Math.min(Date.parse(collectBy) + LATENESS, deposited + LOOK_AGAIN);
}

/**
 * Whether a read is of a transfer that may be over already, in milliseconds since 1970: its log file came late, or it names a
 * version, which may be an old one. Whether it was allowed to be read then has to be looked at once more.
 */
export function mayComeAfterTheEnd({ kind, time, version }: LaterMark, now: number): boolean {
  return kind === 'collected' && (version !== undefined || Date.parse(time) + LATENESS <= now);
}

/**
 * Reviews a transfer at a moment.
 * @param now in milliseconds since 1970
 * @param logUntil up to when the owner’s log is known to be whole, likewise: that nobody collected is told only of what lies
 *   before. A read without a release is told by the clock: whoever guards the data must not wait for a log that may not come.
 */
export function reviewOf(state: TransferState, now: number, logUntil: number): Review {
  const known = Math.min(now, logUntil);
  const outcomes: Outcome[] = [];
  const waits: number[] = [];
  const late: number[] = [];
  const waitFor = (moment: number) => {
    if (moment > now) return waits.push(moment);
    late.push(moment);
    return waits.push(now + (now - moment < LOOK_AGAIN ? LOG_AGAIN : LOOK_AGAIN));
  };
  for (const each of state.recipients) {
    const end = Date.parse(each.end) + LATENESS;
    const deadline = Math.min(Date.parse(state.deposit.collectBy) + LATENESS, end);
    if (each.unreleased && each.at !== undefined) {
      // The log file that tells of the release may be late.
      const known = Date.parse(each.at) + LATENESS;
      if (known <= now) outcomes.push(outcome(state, each, 'unreleased-read', known));
      else waits.push(known);
      continue;
    }
    if (isOver(each, known)) {
      if (each.state === 'expired')
        outcomes.push(outcome(state, each, 'not-collected', deadline), outcome(state, each, 'expired', end));
      continue;
    }
    // What was rejected or recalled may come back, by another scan or without its marker: it is not forgotten before the end.
    if (each.state !== 'rejected' && each.state !== 'recalled' && deadline <= known)
      outcomes.push(outcome(state, each, 'not-collected', deadline));
    if (deadline > known) waitFor(deadline);
    else if (end > known) waitFor(end);
    else waits.push(now + LOOK_AGAIN);
  }
  const next = waits.length === 0 ? undefined : Math.min(...waits, now + LOOK_AGAIN);
  return { outcomes, next, waitsSince: late.length === 0 ? undefined : Math.min(...late) };
}

function outcome(
  { deposit, release }: TransferState,
  { recipient }: RecipientState,
  kind: Outcome['kind'],
  due: number,
): Outcome {
  const time = `${new Date(due - LATENESS).toISOString().slice(0, 19)}Z`;
  return { kind, deposit, recipient, time: time < deposit.time ? deposit.time : time, release };
}

/** Whether nothing more is to come for a recipient. */
function isOver({ state, end, final }: RecipientState, now: number): boolean {
  return final || (state !== 'open' && Date.parse(end) + LATENESS <= now);
}
