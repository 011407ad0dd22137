/**
 * One run of the sealer.
 *
 *   sealed ──> claim ──> tiles ──> checkpoints/<size> ──> checkpoint ──> receipts ──> staging ──> sealed
 *
 * It first finishes every claim after the index in `sealed`, up to which all is done. Then it makes new claims. Each step
 * can be repeated and does nothing the second time. So the next run finishes a run that broke off anywhere, and two runs at
 * once do the same work twice. Only one claim can be written at one index: that alone orders the ledger.
 */
import {
  claimPath,
  decimal,
  ReceiptParts,
  receiptOf,
  receiptPath,
  SEALED,
  sameBytes,
  utf8,
} from '../../lib/ledger';
import { type Clock, inParallel } from '../../lib/runtime';
import { type BatchLimits, nextBatch } from './batch';
import { type Claim, endOf, formatClaim, parseClaim } from './claim';
import { LedgerDamagedError } from './errors';
import { type Integration, integrate } from './integrate';
import type { Staging, Store, StoredObject } from './ports';
import type { Checkpoints } from './publish';
import type { Report, RunResult } from './report';

/** What a run needs. */
export interface Sealing {
  readonly store: Store;
  readonly staging: Staging;
  readonly checkpoints: Checkpoints;
  readonly clock: Clock;
  readonly report: Report;
  readonly limits: BatchLimits;
}

/** No new claim is begun with less time than this, in milliseconds. */
const RESERVE = 30_000;
const WRITES_AT_ONCE = 8;
const MARKS_AT_ONCE = 32;

/**
 * Seals until nothing is left or the time is up.
 * @param again whether to finish every claim again, from the first: after the staging table was put back to an earlier moment,
 * or lost: it learns of each entry
 * @throws LedgerDamagedError and what the ports throw
 */
export async function seal(sealing: Sealing, result: RunResult, again = false): Promise<void> {
  const { store, staging, clock, report, limits } = sealing;
  const unusable = new Set<string>();
  let position = again ? 0 : await finishedBelow(store);
  let own: Claim | undefined;
  for (;;) {
    const claim = own ?? (await claimAt(store, position));
    own = undefined;
    if (claim) {
      await finish(sealing, claim, result, again);
      position = endOf(claim);
      result.size = position;
    }
    if (clock.remaining() < RESERVE) return;
    if (claim) continue;
    const entries = await nextBatch(staging, limits, (eventId, error) => {
      if (!unusable.has(eventId)) report.failed(result, 'entry can’t be sealed', { eventId, error });
      unusable.add(eventId);
    });
    if (entries.length === 0) return;
    // If another sealer was first, its claim stands: it is finished next, and then we choose again.
    const proposed = { start: position, entries };
    if ((await store.create(claimPath(position), formatClaim(proposed))) === 'created') own = proposed;
  }
}

async function claimAt(store: Store, position: number): Promise<Claim | undefined> {
  const found = await store.get(claimPath(position));
  return found && parseClaim(found.bytes, position);
}

/** Everything that follows from a claim. */
async function finish(sealing: Sealing, claim: Claim, result: RunResult, again: boolean): Promise<void> {
  const { store, checkpoints, clock, report } = sealing;
  const integration = await integrate(store, await checkpoints.at(claim.start), claim);
  const { head, files } = integration;
  await inParallel([...files], WRITES_AT_ONCE, ([path, bytes]) => writeOnce(store, path, bytes));
  const note = await checkpoints.sign(head);
  await checkpoints.publish(note, head.size);
  const oldest = claim.entries.reduce(
    (least, { stagedAt }) => Math.min(least, Date.parse(stagedAt)),
    Infinity,
  );
  const lag = Math.max(0, (clock.now() - oldest) / 1000);
  await giveReceipts(store, claim, integration, note);
  await tellStaging(sealing, claim, result, again);
  await noteFinished(store, head.size);
  result.sealed += claim.entries.length;
  result.lagSeconds = Math.max(result.lagSeconds, lag);
  report.sealed({ start: claim.start, size: head.size, root: Buffer.from(head.root).toString('hex'), lag });
}

/** One object for each organisation that the claim concerns. */
async function giveReceipts(
  store: Store,
  claim: Claim,
  integration: Integration,
  note: string,
): Promise<void> {
  const { size } = integration.head;
  const parts = new ReceiptParts(note);
  const byOrganisation = new Map<string, Uint8Array[]>();
  for (const [at, { entry, organisations }] of claim.entries.entries()) {
    if (organisations.length === 0) continue;
    const index = claim.start + at;
    const part = parts.of(index, entry, integration.proof(index));
    for (const organisation of organisations) {
      const own = byOrganisation.get(organisation);
      if (own) own.push(part);
      else byOrganisation.set(organisation, [part]);
    }
  }
  const concerned = [...byOrganisation].sort(([a], [b]) => (a < b ? -1 : 1));
  await inParallel(concerned, WRITES_AT_ONCE, async ([organisation, own]) => {
    await writeOnce(store, receiptPath(organisation, size), receiptOf(organisation, size, own));
  });
}

/** Takes the entries out of the index of what is to be sealed. */
async function tellStaging(
  { staging, report }: Sealing,
  claim: Claim,
  result: RunResult,
  again: boolean,
): Promise<void> {
  const leaves = claim.entries.map(({ eventId }, at) => ({ eventId, leaf: claim.start + at }));
  await inParallel(leaves, MARKS_AT_ONCE, async ({ eventId, leaf }) => {
    const marked = await staging.mark(eventId, leaf, again);
    // Nothing done here can cause either; the entry is in the ledger all the same.
    if (marked === 'other-leaf' || marked === 'missing')
      report.failed(result, `staging has the entry ${marked === 'missing' ? 'no more' : 'at another leaf'}`, {
        eventId,
        leaf,
      });
  });
}

/** Writes what can have one content only. @throws LedgerDamagedError if something else is there */
async function writeOnce(store: Store, path: string, bytes: Uint8Array): Promise<void> {
  if ((await store.create(path, bytes)) === 'created') return;
  const found = await store.get(path);
  if (!found || !sameBytes(found.bytes, bytes))
    throw new LedgerDamagedError(`${path} is there with other bytes than the claim gives it`);
}

async function finishedBelow(store: Store): Promise<number> {
  return sizeIn(await store.get(SEALED));
}

/** Never moves back; if another sealer is further, that stands. */
async function noteFinished(store: Store, size: number): Promise<void> {
  const found = await store.get(SEALED);
  if (sizeIn(found) < size) await store.replace(SEALED, Buffer.from(`${size}\n`), found?.etag);
}

function sizeIn(found: StoredObject | undefined): number {
  if (!found) return 0;
  try {
    return decimal(utf8(found.bytes, SEALED).trimEnd(), SEALED);
  } catch (error) {
    throw new LedgerDamagedError(`${SEALED} can’t be read`, { cause: error });
  }
}
