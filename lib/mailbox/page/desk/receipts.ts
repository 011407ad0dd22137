/** The receipt of a message, checked here before it is shown. */
import { checkedLedger } from '../../../delivery';
import type { Mail } from '../letters/mail';
import { receiptScreen } from '../screens/receipt';
import { toWords } from '../screens/sent';
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
 * Shows it, of one’s own message or of another’s: keys do not tell them apart, since two organisations may each have an inbox of the
 * same id.
 * @throws StoreFailure; DeliveryRefused with a ReceiptRefusal, where the ledger does not prove it; NotReadable
 */
export async function showReceipt(
  { frame, session, mail }: DeskPlace,
  from: ReceiptSources,
  isWanted: IsWanted,
  key: string,
  part: 'inbox' | 'sent',
): Promise<void> {
  frame.waits('Receipt', part);
  const { profile, ledger, now } = session;
  const isOurs = part === 'sent';
  const { version, deposited, of } = isOurs
    ? await sent(from, key, profile.organisation.name)
    : await arrived(from, key, profile.organisation.name, mail);
  const checked = await ledger.read((store) =>
    checkedLedger({ profile, store, since: deposited - DAY, pinned: [] }),
  );
  const receipt = checked.receipt({
    transfer: { key, version },
    needs: isOurs ? 'deposited' : 'collected',
  });
  const names = new Map([
    [profile.organisation.id, profile.organisation.name],
    ...session.correspondences.map(({ collects: { owner } }): [string, string] => [owner.id, owner.name]),
  ]);
  const back = [`${isOurs ? 'sent' : 'message'}=${encodeURIComponent(key)}`, 'Back to the message'] as const;
  const about = { ...of, subject: mail.subjectOf(key), sent: deposited };
  if (isWanted()) frame.show(receiptScreen(receipt, about, back, names, part, now()));
}

/** A message that was sent: which version it is, and since when the record may tell of it. */
async function sent({ went }: ReceiptSources, key: string, own: string) {
  const gone = await went.one(key);
  const { version = '', deposited } = gone.line;
  return { version, deposited, of: { from: own, to: toWords(gone) } };
}

/** And one that came. */
async function arrived({ came }: ReceiptSources, key: string, own: string, mail: Mail) {
  const found = await came.one(key);
  const { line, inbox, correspondence } = found;
  return {
    version: (await mail.versionOf(found)) ?? '',
    deposited: line.deposited,
    of: { from: correspondence.collects.owner.name, to: `${inbox.team}, ${own}` },
  };
}
