/** Reads files of the ledger’s bucket, as the receipts role: the organisation’s receipts, and what tells of no transfer. */
import {
  CHECKPOINT,
  LedgerFormatError,
  parseCheckpoint,
  receiptPath,
  type SignedCheckpoint,
  utf8,
} from '../../ledger/core';
import { type ListedObject, type Store, StoreFailure } from '../store';
import { refuseReceipt } from './refusals';

/** The ledger’s bucket. */
export type LedgerStore = Pick<Store, 'list' | 'open'>;

/** Fewer entries than this are looked through rather than searched in. */
const FEW = 512;

/** The bytes of a file; nothing where there is none, or the role may not see whether there is. */
export async function bytesAt(store: LedgerStore, path: string): Promise<Uint8Array | undefined> {
  const opened = await store.open(path).catch((error: unknown) => {
    // Who may not list a folder is not told that a file is not there.
    if (error instanceof StoreFailure && error.kind === 'denied') return undefined;
    throw error;
  });
  if (opened === undefined) return undefined;
  const pieces: Uint8Array[] = [];
  for await (const piece of opened.content) pieces.push(piece.slice());
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** The newest checkpoint, which nobody has checked yet; nothing while there is none. @throws DeliveryRefused `faulty-ledger` */
export async function newestCheckpoint(
  store: LedgerStore,
): Promise<{ readonly checkpoint: SignedCheckpoint; readonly note: string } | undefined> {
  const bytes = await bytesAt(store, CHECKPOINT);
  return (
    bytes &&
    reading(CHECKPOINT, () => ({ checkpoint: parseCheckpoint(bytes), note: utf8(bytes, CHECKPOINT) }))
  );
}

/**
 * The receipts that were written from a moment on, in their order. Their names sort as the ledger grew, and with that as time
 * went: so of many the first is searched for, and not listed from the beginning.
 * @param size of the ledger
 * @param since milliseconds since 1970
 */
export async function* receiptsSince(
  store: LedgerStore,
  account: string,
  size: number,
  since: number,
): AsyncIterable<ListedObject> {
  const prefix = `receipts/${account}/`;
  let from = 0;
  for (let to = size; to - from > FEW; ) {
    const middle = from + Math.floor((to - from) / 2);
    const first = await firstOf(store.list(prefix, receiptPath(account, middle)));
    if (first !== undefined && first.modified < since) from = Math.max(middle, sizeIn(first.key));
    else to = middle;
  }
  for await (const listed of store.list(prefix, from === 0 ? undefined : receiptPath(account, from - 1)))
    if (listed.modified >= since) yield listed;
}

/** Reads something in the form of the ledger. @throws DeliveryRefused `faulty-ledger` */
export function reading<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof LedgerFormatError)) throw error;
    return refuseReceipt({ refused: 'faulty-ledger', path, problem: error.message }, error);
  }
}

function sizeIn(key: string): number {
  return Number(/(\d+)\.json$/.exec(key)?.[1] ?? 0);
}

async function firstOf<T>(all: AsyncIterable<T>): Promise<T | undefined> {
  for await (const each of all) return each;
  return undefined;
}
