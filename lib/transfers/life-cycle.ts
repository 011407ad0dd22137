/**
 * The life of a transfer, as a function of the set of what is known of an object. A set has no order and holds nothing
 * twice, so it does not matter in which order events arrive, how often, or how late: the same events give the same state.
 *
 * A transfer is one deposit. It lasts until an object is deposited under the same name again. For each recipient it has
 * at most one terminal state, the first of these that is true: collected, recalled, rejected, expired. Data that
 * was collected stays so, whatever is done with the object afterwards. An infected object is rejected, and one that cannot be
 * scanned; where the scan failed, there is no verdict, and the transfer goes on waiting until its deadline. So it does where the
 * release gate has not decided. What the gate rejected is rejected for good.
 */
import type { DepositMark, LaterMark, Mark } from '../wire';
import { type Verdict, verdictOf } from './verdict';

/** How a transfer ends for a recipient. */
type Terminal = 'collected' | 'recalled' | 'rejected' | 'expired';

/**
 * Whether scan and gate let it through. `unknown` is a scan whose verdict the log does not show, `ungated` what is clean and was
 * not decided on.
 */
type Release =
  | 'awaiting'
  | 'unknown'
  | 'ungated'
  | 'released'
  | 'rejected'
  | 'infected'
  | 'unscannable'
  | 'scan-failed';

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
  /** Whether it was collected, and nothing shows that the gate had released it. */
  readonly unreleased?: boolean;
  /** Whether nothing can change that any more. A delete marker can be taken away, and another scan may find it clean. */
  readonly final: boolean;
}

/** From when on a recipient can’t collect what was deposited under an agreement any more. */
export type EndOf = (deposit: Pick<DepositMark, 'agreement' | 'owner'>, recipient: string) => string;

const RELEASE: Readonly<Record<Verdict, Release>> = {
  clean: 'released',
  infected: 'infected',
  unscannable: 'unscannable',
  failed: 'scan-failed',
};
/** What ends a transfer. */
const REJECTED: ReadonlySet<Release> = new Set(['infected', 'unscannable', 'rejected']);

/** All transfers of one object, earliest first, as they stand at a moment. */
export function transfersOf(marks: Iterable<Mark>, endOf: EndOf, now: string): TransferState[] {
  const all = [...new Map([...marks].map((each) => [markKeyOf(each), each])).values()].sort(inOrder);
  const deposits = all.filter((each) => each.kind === 'deposited');
  const later = all.filter((each) => each.kind !== 'deposited');
  return deposits.map((deposit, n) => {
    const next = deposits[n + 1];
    const own = later.filter((each) => isOf(each, deposit, n === 0, next));
    const gone = goneAt(own, next);
    const whole: Whole = { deposit, own, release: releaseOf(deposit, own), gone, before: deposits[n - 1] };
    return {
      deposit,
      release: whole.release,
      recipients: deposit.recipients.map((recipient) => {
        const end = endOf(deposit, recipient);
        return { recipient, end, ...standing(whole, recipient, end, now) };
      }),
    };
  });
}

/** The deposit, of all marks of one object, that a read belongs to; undefined where none is known. */
export function depositOfRead(read: LaterMark, marks: readonly Mark[]): DepositMark | undefined {
  const deposits = marks.filter((each) => each.kind === 'deposited').sort(inOrder);
  return deposits.find((deposit, n) => isOf(read, deposit, n === 0, deposits[n + 1]));
}

/**
 * The key by which a mark is the same mark. Reads by one recipient in one second are one mark, because large objects are
 * read in many parts.
 */
export function markKeyOf(mark: Mark): string {
  const { time, kind, id } = mark;
  return `${time}#${kind}#${kind === 'collected' ? mark.recipient : id}`;
}

/** What is known of a transfer, for all of its recipients. */
interface Whole {
  readonly deposit: DepositMark;
  readonly own: readonly LaterMark[];
  readonly release: Release;
  readonly gone: Gone | undefined;
  /** The deposit before it, under the same name. */
  readonly before: DepositMark | undefined;
}

function standing(
  whole: Whole,
  recipient: string,
  end: string,
  now: string,
): Pick<RecipientState, 'state' | 'at' | 'final' | 'unreleased'> {
  const { own, release, gone } = whole;
  const read = own.find((each) => each.kind === 'collected' && each.recipient === recipient);
  if (read)
    return {
      state: 'collected',
      at: read.time,
      final: true,
      ...(isUnreleased(read, whole) && { unreleased: true }),
    };
  if (gone) return { state: 'recalled', ...gone };
  const decided = decisionOf(own);
  if (release === 'rejected') return { state: 'rejected', at: decided?.time, final: true };
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

/**
 * The gate decides on what is clean, and once. What it rejected stays so; what it released, another scan may still close. Where
 * the log does not show the verdict, the decision shows it.
 */
function releaseOf({ gated }: DepositMark, own: readonly LaterMark[]): Release {
  const scanned = scannedAs(own);
  if (!gated) return scanned;
  const decision = decisionOf(own)?.decision;
  if (decision === 'rejected') return decision;
  if (decision === 'released') return scanned === 'awaiting' || scanned === 'unknown' ? decision : scanned;
  return scanned === 'released' ? 'ungated' : scanned;
}

function decisionOf(own: readonly LaterMark[]): LaterMark | undefined {
  return own.find(({ kind, decision }) => kind === 'gated' && decision !== undefined);
}

/** So long after a deposit, in milliseconds, a read that had begun before may seem to be of it and not of the one before. */
const STILL_READING = 60_000;

function isUnreleased(read: LaterMark, { deposit, own, before }: Whole): boolean {
  if (!deposit.gated) return false;
  if (before && Date.parse(read.time) - Date.parse(deposit.time) <= STILL_READING) return false;
  return !own.some(
    ({ kind, decision, time }) => kind === 'gated' && decision === 'released' && time <= read.time,
  );
}

/** Scans may be repeated, and the last one counts. What was collected since must have been released. */
function scannedAs(own: readonly LaterMark[]): Release {
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
