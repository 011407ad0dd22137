/**
 * The life of a transfer, as a function of the set of what is known of an object. A set has no order and holds nothing
 * twice, so it does not matter in which order events arrive, how often, or how late: the same events give the same state.
 *
 * A transfer is one deposit. It lasts until an object is deposited under the same name again. For each recipient it has
 * at most one terminal state, the first of these that is true: collected, recalled, rejected, expired. Data that
 * was collected stays so, whatever is done with the object afterwards.
 */
import type { DepositMark, LaterMark, Mark } from '../wire';

/** How a transfer ends for a recipient. */
type Terminal = 'collected' | 'recalled' | 'rejected' | 'expired';

/** How a transfer stands. */
export interface TransferState {
  readonly deposit: DepositMark;
  /** Whether scanning let it through. `unknown` is a scan whose verdict the log does not show. */
  readonly release: 'awaiting' | 'unknown' | 'released' | 'rejected';
  readonly recipients: readonly RecipientState[];
}

/** How it stands for one recipient. */
export interface RecipientState {
  readonly recipient: string;
  readonly state: 'open' | Terminal;
  /** When it came about. */
  readonly at?: string | undefined;
  /** From when on the recipient can’t collect any more. */
  readonly end: string;
}

/** From when on a recipient can’t collect under an agreement any more. */
export type EndOf = (agreement: string, recipient: string) => string;

/** The verdict that lets an object be read. */
const CLEAN = 'NO_THREATS_FOUND';

/** All transfers of one object, earliest first, as they stand at a moment. */
export function transfersOf(marks: Iterable<Mark>, endOf: EndOf, now: string): TransferState[] {
  const all = [...new Map([...marks].map((each) => [markKeyOf(each), each])).values()].sort(inOrder);
  const deposits = all.filter((each) => each.kind === 'deposited');
  const later = all.filter((each) => each.kind !== 'deposited');
  return deposits.map((deposit, n) => {
    const next = deposits[n + 1];
    const own = later.filter((each) => isOf(each, deposit, n === 0, next));
    const release = releaseOf(own);
    const gone = goneAt(own, next);
    return {
      deposit,
      release,
      recipients: deposit.recipients.map((recipient) => {
        const end = endOf(deposit.agreement, recipient);
        return { recipient, end, ...standing(own, recipient, release, gone, end, now) };
      }),
    };
  });
}

/**
 * The key by which a mark is the same mark. Reads by one recipient in one second are one mark, because large objects are
 * read in many parts.
 */
export function markKeyOf(mark: Mark): string {
  const { time, kind, id } = mark;
  return `${time}#${kind}#${kind === 'collected' ? mark.recipient : id}`;
}

function standing(
  own: readonly LaterMark[],
  recipient: string,
  release: TransferState['release'],
  gone: string | undefined,
  end: string,
  now: string,
): Pick<RecipientState, 'state' | 'at'> {
  const read = own.find((each) => each.kind === 'collected' && each.recipient === recipient);
  if (read) return { state: 'collected', at: read.time };
  if (gone !== undefined) return { state: 'recalled', at: gone };
  if (release === 'rejected') return { state: 'rejected', at: lastScan(own)?.time };
  return end <= now ? { state: 'expired', at: end } : { state: 'open' };
}

/** An object that was overwritten by a deposit is gone as if it had been recalled. */
function goneAt(own: readonly LaterMark[], next: DepositMark | undefined): string | undefined {
  return own.find(({ kind }) => kind === 'recalled')?.time ?? next?.time;
}

/** Scans may be repeated; the last verdict counts. */
function releaseOf(own: readonly LaterMark[]): TransferState['release'] {
  const last = lastScan(own);
  if (own.some(({ kind }) => kind === 'collected')) return 'released';
  if (!last) return own.some(({ kind }) => kind === 'scanned') ? 'unknown' : 'awaiting';
  return last.scan === CLEAN ? 'released' : 'rejected';
}

function lastScan(own: readonly LaterMark[]): LaterMark | undefined {
  return own.findLast(({ kind, scan }) => kind === 'scanned' && scan !== undefined);
}

/** Whether a mark is of this deposit: by the version that it names, or else by time, until the next deposit. */
function isOf(mark: LaterMark, deposit: DepositMark, first: boolean, next: DepositMark | undefined): boolean {
  if (mark.version !== undefined && deposit.version !== undefined) return mark.version === deposit.version;
  if (next && mark.time >= next.time) return false;
  // In the very second of a deposit, a recall is rather of the one before.
  if (mark.kind === 'recalled' && mark.time === deposit.time) return first;
  return mark.time >= deposit.time;
}

function inOrder(a: Mark, b: Mark): number {
  if (a.time !== b.time) return a.time < b.time ? -1 : 1;
  const [one, other] = [markKeyOf(a), markKeyOf(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}
