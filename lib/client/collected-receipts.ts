/** Receipts of what was collected: fetched and checked together, and written once the ledger has sealed them. */
import { join } from 'node:path';
import {
  checkedLedger,
  DeliveryRefused,
  localName,
  type Noted,
  type ReceiptRefusal,
  type TransferReceipt,
} from '../delivery';
import type { Client } from './client';
import { writeReceipt } from './receipt-files';
import { type CollectedAs, receiptPage } from './words/receipt-page';

/** Which receipts are wanted, and where. */
export interface ReceiptsRequest {
  /** The folder for receipts. */
  readonly folder: string;
  /** What people call the folder into which it was collected. */
  readonly collectedInto: string;
  /** Public keys of the log that were had from elsewhere; without any, that in the ledger’s bucket is taken at its word. */
  readonly pinned: readonly Uint8Array[];
}

/** A receipt that was checked and written. */
interface WrittenReceipt {
  readonly key: string;
  readonly version: string;
  /** The names of its folder, and of its page without `.html`. */
  readonly name: string;
  /** The size of the checkpoint to which it leads. */
  readonly checkpoint: number;
}

/** What came of it. */
export interface ReceiptsResult {
  readonly written: readonly WrittenReceipt[];
  /** Of so many files the ledger has not sealed yet that they were collected. */
  readonly awaiting: number;
}

/**
 * Fetches the receipts of collected files.
 * @param done is told of each once it is written
 * @throws DeliveryRefused ReceiptRefusal where the ledger does not hold; StoreFailure
 */
export async function receiptsOf(
  client: Client,
  files: readonly Noted[],
  { folder, collectedInto, pinned }: ReceiptsRequest,
  done: (noted: Noted) => Promise<void>,
): Promise<ReceiptsResult> {
  const written: WrittenReceipt[] = [];
  if (files.length === 0) return { written, awaiting: 0 };
  const { profile } = client;
  const store = await client.store('receipts', profile.ledger.bucket);
  client.demandClock();
  const since = files.reduce((first, { deposited }) => Math.min(first, deposited), Number.POSITIVE_INFINITY);
  const ledger = await checkedLedger({ profile, store, since, pinned });
  let awaiting = 0;
  for (const noted of files) {
    const { key, version } = noted;
    const receipt = unlessNotSealed(() => ledger.receipt({ transfer: { key, version }, needs: 'collected' }));
    if (receipt === undefined) {
      awaiting++;
      continue;
    }
    const name = receiptName(receipt);
    const page = receiptPage(receipt, profile, name, collectedAs(receipt, [noted], collectedInto));
    writeReceipt(folder, name, receipt.files, page);
    written.push({ key, version, name, checkpoint: receipt.newest.size });
    await done(noted);
  }
  return { written, awaiting };
}

/** The collected file that a receipt is of, as the page tells it. @param folder into which it was collected, as people call it */
export function collectedAs(
  { transfer }: TransferReceipt,
  noted: readonly Noted[],
  folder: string,
): CollectedAs | undefined {
  const found = noted.findLast(({ version, key }) => version === transfer.version && key === transfer.key);
  if (found === undefined) return undefined;
  const { names, bytes, checksum, opened } = found;
  return {
    path: join(folder, ...names),
    bytes,
    algorithm: checksum.algorithm,
    value: checksum.value,
    opened: opened && { bytes: opened.bytes, sha256: opened.checksum.value },
  };
}

/** A later receipt of the same transfer has another name: what was filed stays as it is. */
export function receiptName({ transfer, newest }: TransferReceipt): string {
  const file = localName(transfer.key).at(-1) ?? '';
  const version = localName(transfer.version.slice(0, 8)).join('');
  return `${file}-${version}-${newest.size}`;
}

/** Whether a receipt is not there only because the ledger has not sealed all of it yet. */
export function isNotSealed(error: unknown): boolean {
  return error instanceof DeliveryRefused && (error.refusal as ReceiptRefusal).refused === 'not-sealed';
}

function unlessNotSealed<T>(find: () => T): T | undefined {
  try {
    return find();
  } catch (error) {
    if (!isNotSealed(error)) throw error;
    return undefined;
  }
}
