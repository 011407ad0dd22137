/**
 * What an organisation has sent, and how each transfer stands. The bucket shows current versions and their verdicts; the
 * ledger tells what was collected, and of transfers that are not there any more.
 */

import type { Lanes } from '../runtime';
import type { Sends } from './agreement';
import { isFolder } from './collect/arrivals';
import { type DepositVerdict, verdictOn } from './deposit/verdict';
import { mayBeSince } from './listed-since';
import { type LedgerEvent, ofTransfer } from './receipt/events';
import type { ListedObject, Store } from './store';

const DAY = 86_400_000;

/** One transfer, as its owner sees it. Times are in milliseconds since 1970. */
export interface OutboxLine {
  readonly agreement: string;
  readonly key: string;
  /** The key without the agreement’s prefix. */
  readonly rest: string;
  readonly version: string;
  /** Nothing where the ledger alone knows of it. */
  readonly bytes: number | undefined;
  readonly deposited: number;
  readonly collectBy: number;
  readonly verdict: DepositVerdict;
  readonly recipients: readonly {
    readonly id: string;
    readonly name: string;
    /** When it collected: nothing where the ledger tells of none. */
    readonly collected: number | undefined;
  }[];
}

/** The bucket in which an organisation’s own transfers lie. */
export interface OutboxPlace {
  readonly bucket: string;
  readonly store: Pick<Store, 'list' | 'tags' | 'open'>;
}

/** The transfers, what was sent first first, by the bucket and what the ledger tells: nothing before it has, or where it cannot. */
export type OutboxLines = (events: readonly LedgerEvent[]) => OutboxLine[];

/**
 * The transfers under one agreement as they stand in the bucket, ready for what the ledger tells: nobody has to wait for that. Where
 * the others send under the same agreement too, it tells of theirs as well: these lie in other buckets.
 * @param since only what was deposited from then on
 * @throws StoreFailure
 */
export async function outboxIn(
  { bucket, store }: OutboxPlace,
  terms: Sends,
  lanes: Lanes,
  since: number,
): Promise<OutboxLines> {
  const listed: ListedObject[] = [];
  for await (const each of store.list(terms.prefix))
    if (!isFolder(each) && mayBeSince(each, since)) listed.push(each);
  const judged = await Promise.all(listed.map((each) => lanes.run(() => judgedIn(store, each))));
  return (events) =>
    linesOf(
      terms,
      judged,
      events.flatMap((event) => (event.bucket === bucket ? [{ event }] : [])),
      since,
    );
}

function linesOf(
  terms: Sends,
  judged: readonly (Judged | undefined)[],
  told: Told,
  since: number,
): OutboxLine[] {
  const lines = judged.flatMap((found) => {
    if (found === undefined) return [];
    const { bytes, verdict, ...named } = found;
    return { ...lineAt(terms, named, told), bytes, verdict };
  });
  const known = new Set(lines.map(({ version }) => version));
  const gone = told.flatMap(({ event }) => {
    const { kind, key, version, time } = event;
    const isGone = kind === 'deposited' && version !== undefined && !known.has(version) && time >= since;
    return isGone && key.startsWith(terms.prefix) ? goneLine(terms, { ...event, version }, told) : [];
  });
  return [...lines, ...gone].sort((a, b) => a.deposited - b.deposited);
}

type Told = readonly { readonly event: LedgerEvent }[];

/** A transfer, and when it was deposited. */
interface TransferAt {
  readonly key: string;
  readonly version: string;
  readonly time: number;
}

/** One that lies in the bucket. */
type Judged = TransferAt & Pick<OutboxLine, 'bytes' | 'verdict'>;

/** What lies in the bucket, and what has become of it; nothing where it was taken back since it was listed. */
async function judgedIn(
  store: Pick<Store, 'tags' | 'open'>,
  { key, bytes, modified }: ListedObject,
): Promise<Judged | undefined> {
  const current = await store.tags(key);
  if (current === undefined) return undefined;
  const { version } = current;
  const verdict = await verdictOn(
    { key, version },
    { tags: async () => current, open: store.open.bind(store) },
  );
  return { key, version, time: modified, bytes, verdict };
}

/** What is not there any more: taken back, or another deposit has its name. */
function goneLine(terms: Sends, deposited: TransferAt, told: Told): OutboxLine {
  const own = ofTransfer(told, deposited);
  const state = own.some(({ event }) => event.kind === 'recalled') ? 'recalled' : 'replaced';
  return { ...lineAt(terms, deposited, told), bytes: undefined, verdict: { state } };
}

function lineAt(
  { agreement, prefix, collectWithinDays, recipients }: Sends,
  { key, version, time }: TransferAt,
  told: Told,
) {
  const reads = ofTransfer(told, { key, version }).filter(({ event }) => event.kind === 'collected');
  return {
    agreement,
    key,
    rest: key.slice(prefix.length),
    version,
    deposited: time,
    collectBy: time + collectWithinDays * DAY,
    recipients: recipients.map(({ id, name }) => ({
      id,
      name,
      collected: reads.find(({ event }) => (event.recipient ?? event.by) === id)?.event.time,
    })),
  };
}
