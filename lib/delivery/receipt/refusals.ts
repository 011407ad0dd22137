/** What can be wrong with a receipt. */
import { DeliveryRefused } from '../refusals';

/** Why there is no receipt. */
export type ReceiptRefusal =
  /** Nothing is known under that name: not in the folder, not at S3. */
  | { readonly refused: 'no-transfer'; readonly named: string }
  /** The ledger has not sealed all of it yet. `sealed` is what it has, `missing` what the receipt waits for. */
  | {
      readonly refused: 'not-sealed';
      readonly key: string;
      readonly sealed: readonly string[];
      readonly missing: string;
    }
  /** What lies in the ledger’s bucket cannot be read as what it must be. */
  | { readonly refused: 'faulty-ledger'; readonly path: string; readonly problem: string }
  /** The receipts are of another log than the profile names. */
  | { readonly refused: 'other-log'; readonly wanted: string; readonly found: string }
  /** No signature of a checkpoint is by the key that was given, or by one of the log’s. */
  | { readonly refused: 'not-signed'; readonly path: string; readonly pinned: boolean }
  /** An entry’s proof does not lead to its checkpoint. */
  | { readonly refused: 'not-proved'; readonly path: string; readonly index: number }
  /** The newest checkpoint does not continue the one that the receipt has: the log has been rewritten, or shown differently. */
  | { readonly refused: 'not-continued'; readonly size: number; readonly newest: number };

/** @throws DeliveryRefused always */
export function refuseReceipt(refusal: ReceiptRefusal, cause?: unknown): never {
  throw new DeliveryRefused<ReceiptRefusal>(refusal, cause === undefined ? undefined : { cause });
}
