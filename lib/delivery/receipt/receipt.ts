/**
 * The receipt of one transfer: what the ledger has of it for the organisation, each entry with its proof, checked before it is
 * handed on. What is kept of it is a bundle as everybody’s verifiers read it, with this transfer’s entries alone.
 */
import {
  bytesOf,
  CHECKPOINT,
  checkpointPath,
  formatReceipt,
  formatVkey,
  keyPath,
  parseReceipt,
  pemOf,
  proves,
  type ReceiptEntry,
  receiptPath,
  type SignedCheckpoint,
  type VerifierKey,
} from '../../ledger/core';
import { inParallel, Lanes } from '../../runtime';
import type { Profile } from '../../wire';
import { eventIn, type LedgerEvent, ofTransfer, type TransferName } from './events';
import { bytesAt, type LedgerStore, newestCheckpoint, reading, receiptsSince } from './ledger-files';
import { refuseReceipt } from './refusals';
import { type FoundCheckpoint, signedByTheLog, Tiles } from './trust';

/** What is asked of the ledger. */
export interface LedgerRequest {
  readonly profile: Profile;
  readonly store: LedgerStore;
  /** Nothing that was sealed before is looked at, in milliseconds since 1970. */
  readonly since: number;
  /** Public keys of the log that were had from elsewhere; without any, that in the ledger’s bucket is taken at its word. */
  readonly pinned: readonly Uint8Array[];
}

/** What a receipt is asked for. */
export interface ReceiptRequest extends LedgerRequest {
  /** Without its key it is known by its version alone. */
  readonly transfer: { readonly key: string | undefined; readonly version: string };
  /** The event without which it is no receipt: `collected` for a recipient, `deposited` for an owner. */
  readonly needs: string;
}

/** One entry of it. */
interface ReceiptLine {
  readonly event: LedgerEvent;
  /** Its place in the log. */
  readonly index: number;
  /** The size of the checkpoint to which its proof leads. */
  readonly size: number;
}

/** A receipt that was checked. */
export interface TransferReceipt {
  readonly transfer: TransferName;
  readonly origin: string;
  readonly account: string;
  /** In the order of time. */
  readonly lines: readonly ReceiptLine[];
  /** The newest checkpoint, which continues those of all lines. */
  readonly newest: { readonly size: number; readonly root: Uint8Array };
  /** The keys that signed, and whether they were had from elsewhere. */
  readonly keys: readonly VerifierKey[];
  readonly pinned: boolean;
  /** What is kept: files by their paths, which verifiers of the ledger read. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/**
 * Fetches and checks it.
 * @throws DeliveryRefused `not-sealed` and the others of ReceiptRefusal; StoreFailure
 */
export async function receiptOfTransfer(request: ReceiptRequest): Promise<TransferReceipt> {
  return (await checkedLedger(request)).receipt(request);
}

/** What the ledger tells the organisation, checked: receipts of as many transfers as are asked for, from one reading. */
export interface CheckedLedger {
  /** @throws DeliveryRefused `not-sealed` */
  receipt(asked: Pick<ReceiptRequest, 'transfer' | 'needs'>): TransferReceipt;
}

/** Fetches and checks it. @throws DeliveryRefused ReceiptRefusal, but not `not-sealed`; StoreFailure */
export async function checkedLedger(request: LedgerRequest): Promise<CheckedLedger> {
  const checked = await checkedEntries(request);
  const told = (checked?.entries ?? []).filter((each): each is Telling => each.event !== undefined);
  const byKey = new Map<string, Telling[]>();
  for (const each of told) {
    const of = byKey.get(each.event.key) ?? [];
    of.push(each);
    byKey.set(each.event.key, of);
  }
  return { receipt: (asked) => receiptFrom(checked, { told, byKey }, { ...request, ...asked }) };
}

function receiptFrom(
  checked: Awaited<ReturnType<typeof checkedEntries>>,
  {
    told,
    byKey,
  }: { readonly told: readonly Telling[]; readonly byKey: ReadonlyMap<string, readonly Telling[]> },
  { profile, needs, transfer: named, pinned }: ReceiptRequest,
): TransferReceipt {
  const { account } = profile.organisation;
  const { version } = named;
  const key = named.key ?? told.find(({ event }) => event.version === version)?.event.key;
  const own = key === undefined ? [] : ofTransfer(byKey.get(key) ?? [], { key, version });
  const complete = own.some(({ event }) => event.kind === needs && isBy(event, profile));
  if (checked === undefined || key === undefined || !complete)
    return refuseReceipt({
      refused: 'not-sealed',
      key: key ?? version,
      sealed: own.map(({ event }) => event.kind),
      missing: needs,
    });
  const { newest, keys } = checked;
  return {
    transfer: { key, version },
    origin: newest.checkpoint.origin,
    account,
    lines: own.map(({ event, entry: { proof } }) => ({
      event,
      index: proof.index,
      size: proof.checkpoint.size,
    })),
    newest: newest.checkpoint,
    keys,
    pinned: pinned.length > 0,
    files: bundleOf(account, own, newest, keys),
  };
}

/**
 * What the ledger tells the organisation, checked, in no order; nothing where there is none yet, or its head is not shown to who
 * asks: S3 refuses both alike, so that nobody may take it for a ledger that tells of nothing.
 * @throws DeliveryRefused ReceiptRefusal; StoreFailure
 */
export async function ledgerEvents(request: LedgerRequest): Promise<LedgerEvent[] | undefined> {
  return (await checkedEntries(request))?.entries.flatMap(({ event }) => event ?? []);
}

/** Requests for receipts, or for tiles, under way at once. */
const REQUESTS = 16;

/**
 * Every entry of the organisation’s receipts since then. All are held against the log, whatever they tell: which entry is of
 * which transfer is known by others too.
 */
async function checkedEntries({ profile, store, since, pinned }: LedgerRequest) {
  const { account } = profile.organisation;
  const newest = await newestCheckpoint(store);
  if (newest === undefined) return undefined;
  const paths: string[] = [];
  for await (const { key } of receiptsSince(store, account, newest.checkpoint.size, since)) paths.push(key);
  const entries: Found[] = [];
  await inParallel(paths, REQUESTS, async (path) => {
    const bytes = await bytesAt(store, path);
    if (bytes === undefined) return;
    for (const entry of reading(path, () => parseReceipt(bytes, path)).entries)
      entries.push({ path, event: eventIn(entry.entry), entry });
  });
  const heads = new Map<string, FoundCheckpoint>();
  for (const { path, entry } of entries)
    heads.set(entry.proof.note, { path, checkpoint: entry.proof.checkpoint });
  const trust = { store, origin: profile.ledger.origin, pinned };
  const keys = await signedByTheLog(trust, [
    ...heads.values(),
    { path: CHECKPOINT, checkpoint: newest.checkpoint },
  ]);
  const tiles = new Tiles(store, newest.checkpoint, new Lanes(REQUESTS));
  await Promise.all([...heads.values()].map(({ checkpoint }) => tiles.demandContinued(checkpoint)));
  for (const { path, entry } of entries)
    if (!proves(entry.proof, entry.entry))
      refuseReceipt({ refused: 'not-proved', path, index: entry.proof.index });
  return { entries, newest, keys };
}

/** An entry of a receipt in the ledger’s bucket. */
interface Found {
  readonly path: string;
  /** What it tells of an object; nothing where it tells of none. */
  readonly event: LedgerEvent | undefined;
  readonly entry: ReceiptEntry;
}

/** One that tells of an object. */
type Telling = Found & { readonly event: LedgerEvent };

/** Reads of others are not ours. */
function isBy(event: LedgerEvent, { organisation }: Profile): boolean {
  return event.kind !== 'collected' || (event.recipient ?? event.by) === organisation.id;
}

function bundleOf(
  account: string,
  own: readonly Found[],
  newest: { readonly checkpoint: SignedCheckpoint; readonly note: string },
  keys: readonly VerifierKey[],
): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const sizes = new Set(own.map(({ entry }) => entry.proof.checkpoint.size));
  for (const size of sizes) {
    const entries = own
      .map(({ entry }) => entry)
      .filter(({ proof }) => proof.checkpoint.size === size)
      .sort((a, b) => a.proof.index - b.proof.index);
    const note = entries[0]?.proof.note ?? '';
    const parts = entries.map(({ entry, proof }) => ({ index: proof.index, entry, hashes: proof.hashes }));
    files.set(receiptPath(account, size), bytesOf(formatReceipt(account, size, parts, note)));
    files.set(checkpointPath(size), bytesOf(note));
  }
  files.set(checkpointPath(newest.checkpoint.size), bytesOf(newest.note));
  files.set(CHECKPOINT, bytesOf(newest.note));
  for (const key of keys) {
    files.set(keyPath(key.type, key.keyId, 'pem'), bytesOf(pemOf(key)));
    files.set(keyPath(key.type, key.keyId, 'vkey'), bytesOf(`${formatVkey(key)}\n`));
  }
  return files;
}
