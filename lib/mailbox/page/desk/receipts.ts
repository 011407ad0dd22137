/** The receipt of a message, checked here before it is shown. */
import { checkedLedger } from '../../../delivery';
import { receiptScreen } from '../screens/receipt';
import type { Came } from './came';
import type { DeskPlace, IsWanted } from './place';
import type { Went } from './went';

const DAY = 86_400_000;

/** Where the messages are known from. */
export interface ReceiptSources {
  readonly came: Came;
  readonly went: Went;
}

/**
 * Shows it, of one’s own message or of another’s: keys do not tell them apart, since two bodies may each have an inbox of the same id.
 * @throws StoreFailure; DeliveryRefused with a ReceiptRefusal, where the ledger does not prove it; NotReadable
 */
export async function showReceipt(
  { frame, session }: DeskPlace,
  from: ReceiptSources,
  isWanted: IsWanted,
  key: string,
  part: 'inbox' | 'sent',
): Promise<void> {
  frame.waits('Receipt', part);
  const { profile, ledger, now } = session;
  const isOurs = part === 'sent';
  const { version, since } = await transferOf(from, key, part);
  const checked = await checkedLedger({ profile, store: ledger, since, pinned: [] });
  const receipt = checked.receipt({
    transfer: { key, version },
    needs: isOurs ? 'deposited' : 'collected',
  });
  const names = new Map([
    [profile.organisation.id, profile.organisation.name],
    ...session.correspondences.map(({ collects: { owner } }): [string, string] => [owner.id, owner.name]),
  ]);
  const back = [`${isOurs ? 'sent' : 'message'}=${encodeURIComponent(key)}`, 'Back to the message'] as const;
  if (isWanted()) frame.show(receiptScreen(receipt, back, names, part, now()));
}

/** Which version it is, and since when the record may tell of it. */
async function transferOf({ came, went }: ReceiptSources, key: string, part: 'inbox' | 'sent') {
  const { line } = await (part === 'sent' ? went.one(key) : came.one(key));
  return { version: line.version ?? '', since: line.deposited - DAY };
}
