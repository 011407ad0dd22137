/**
 * The life of a transfer, as a function of the set of what is known of an object. A set has no order and holds nothing
 * twice, so it does not matter in which order events arrive, how often, or how late: the same events give the same state.
 *
 * A transfer is one deposit. It lasts until an object is deposited under the same name again. For each recipient it has
 * at most one terminal state, the first of these that is true: collected, recalled, rejected, expired. Data that
 * was collected stays so, whatever is done with the object afterwards. An infected object is rejected, and one that cannot be
 * scanned; where the scan failed, there is no verdict, and the transfer goes on waiting until its deadline.
 */
import type { DepositMark, LaterMark, Mark } from '../wire';
import { type Verdict, verdictOf } from './verdict';

/** How a transfer ends for a recipient. */
type Terminal = 'collected' | 'recalled' | 'rejected' | 'expired';

/** Whether scanning let it through. `unknown` is a scan whose verdict the log does not show. */
type Release = 'awaiting' | 'unknown' | 'released' | 'infected' | 'unscannable' | 'scan-failed';

/** How a transfer stands. */
export interface TransferState {
  readonly deposit: DepositMark;
  readonly release: Release;
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
  /** Whether nothing can change that any more. A delete marker can be taken away, and another scan may find it clean. */
  readonly final: boolean;
}

/** From when on a recipient can’t collect under an agreement any more. */
export type EndOf = (agreement: string, recipient: string) => string;

const RELEASE: Readonly<Record<Verdict, Release>> = {
  clean: 'released',
  infected: 'infected',
  unscannable: 'unscannable',
  failed: 'scan-failed',
};
/** What ends a transfer. */
const REJECTED: ReadonlySet<Release> = new Set(['infected', 'unscannable']);

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
  release: Release,
  gone: Gone | undefined,
  end: string,
  now: string,
): Pick<RecipientState, 'state' | 'at' | 'final'> {
  const read = own.find((each) => each.kind === 'collected' && each.recipient === recipient);
  if (read) return { state: 'collected', at: read.time, final: true };
  if (gone) return { state: 'recalled', ...gone };
  if (REJECTED.has(release)) return { state: 'rejected', at: lastScan(own)?.time, final: false };
  return end <= now ? { state: 'expired', at: end, final: false } : { state: 'open', final: false };
}

/** When an object went, and whether it can’t come back. */
interface Gone {
  readonly at: string;
  readonly final: boolean;
}

/**
 * An object that was overwritten by a deposit is gone as if it had been recalled. One that was deleted by its version is gone
 * for good; a delete marker only hides it, for as long as the marker is there.
 */
function goneAt(own: readonly LaterMark[], next: DepositMark | undefined): Gone | undefined {
  const taken = new Set(own.flatMap(({ kind, marker }) => (kind === 'restored' ? [marker] : [])));
  const recalls = own.filter(({ kind, marker }) => kind === 'recalled' && (!marker || !taken.has(marker)));
  const [first] = recalls;
  if (first) return { at: first.time, final: next !== undefined || recalls.some(({ marker }) => !marker) };
  return next && { at: next.time, final: true };
}

/** Scans may be repeated, and the last one counts. What was collected since must have been released. */
function releaseOf(own: readonly LaterMark[]): Release {
  const last = lastScan(own);
  if (own.some(({ kind, time }) => kind === 'collected' && (!last || time > last.time))) return 'released';
  if (last?.scan === undefined) return own.some(({ kind }) => kind === 'scanned') ? 'unknown' : 'awaiting';
  return RELEASE[verdictOf(last.scan)];
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
