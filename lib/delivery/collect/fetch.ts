/**
 * Fetches one version of an object into its part file: in ranges side by side, going on where an earlier run was interrupted,
 * and held against the checksum that S3 has. The collect role may read the current version alone, so each range is asked for on
 * condition that it is still the same one, and the version that S3 names with the answer is compared.
 */

import type { Lanes } from '../../runtime';
import { DeliveryRefused } from '../refusals';
import { StoreFailure } from '../store';
import { computedOf, WhileArriving } from './check';
import { JournalKeeper } from './journal';
import type { Checksums, Desk, ObjectChecksum, PartFile, Readable, Shelf } from './ports';
import { indexesOf, type RangePlan, rangeAt, rangePlan } from './ranges';
import { refuse } from './refusals';

/** An answer may break off so often without a byte in between. */
const BREAKS = 5;

/** What fetching needs. */
export interface FetchTools {
  readonly shelf: Shelf;
  readonly desk: Desk;
  readonly checksums: Checksums;
  /** The usual bytes of a range; 8 MiB where nothing is given. */
  readonly rangeBytes?: number;
  /** How many requests are under way at once. */
  readonly lanes: Lanes;
  /** Waits before it asks again, the longer the more often. */
  readonly pause: (times: number) => Promise<void>;
  /** Told of bytes as they arrive, and of those that were there already. */
  readonly arrived: (bytes: number) => void;
  readonly signal: AbortSignal;
}

/** One version, with a checksum. */
export interface FetchedVersion extends Omit<Readable, 'answer' | 'checksum'> {
  readonly key: string;
  readonly checksum: ObjectChecksum;
}

/**
 * Fetches it. Afterwards its part file is whole, right and on the disk.
 * @param id of the version, under which the desk keeps it
 * @throws DeliveryRefused, StoreFailure; what has arrived by then is kept, unless it is wrong
 */
export async function fetchVersion(tools: FetchTools, id: string, wanted: FetchedVersion): Promise<void> {
  // What was left of an earlier run may be at fault, such as after a power cut: then it is fetched once more from its beginning.
  const resumed = await fetchAndCheck(tools, id, wanted);
  if (resumed === 'good') return;
  await tools.desk.drop(id);
  if (!resumed.resumed) throw wrongBytes(wanted, resumed.computed);
  const again = await fetchAndCheck(tools, id, wanted);
  if (again === 'good') return;
  await tools.desk.drop(id);
  throw wrongBytes(wanted, again.computed);
}

type Outcome = 'good' | { readonly computed: string; readonly resumed: boolean };

async function fetchAndCheck(tools: FetchTools, id: string, wanted: FetchedVersion): Promise<Outcome> {
  const { desk, checksums } = tools;
  const plan = rangePlan(wanted.bytes, tools.rangeBytes);
  const journal = plan.count > 1 ? await desk.journal(id) : undefined;
  const part = await desk.openPart(id);
  try {
    const done =
      journal === undefined || part.fresh || !isOf(journal, wanted, plan)
        ? new Set<number>()
        : (indexesOf(journal.done, plan.count) ?? new Set<number>());
    const resumed = done.size > 0;
    const arriving = WhileArriving.for(checksums, wanted.checksum, plan);
    if (arriving) await readAgain(part, plan, done, arriving);
    for (const index of done) tools.arrived(bytesOf(plan, index));
    const keeper = new JournalKeeper(desk, id, wanted, plan, done);
    await fetchRanges(tools, { wanted, plan, part, arriving, done, keeper });
    const computed = arriving?.computed ?? (await readThrough(tools, part, wanted));
    if (computed !== wanted.checksum.value) return { computed, resumed };
    await part.settle();
    return 'good';
  } finally {
    await part.close();
  }
}

/** Of what an earlier run fetched nothing is taken on trust: it is read, and counts as it is on the disk. */
async function readAgain(
  part: PartFile,
  plan: RangePlan,
  done: ReadonlySet<number>,
  arriving: WhileArriving,
) {
  for (const index of done) {
    const { from, to } = rangeAt(plan, index);
    const sum = await arriving.begin(index);
    for await (const chunk of part.read(from, to)) sum.update(chunk);
    sum.end();
  }
}

interface Work {
  readonly wanted: FetchedVersion;
  readonly plan: RangePlan;
  readonly part: PartFile;
  readonly arriving: WhileArriving | undefined;
  readonly done: ReadonlySet<number>;
  readonly keeper: JournalKeeper;
}

/** After a failure the others end as soon as they can, and what is whole by then is written down. */
async function fetchRanges(tools: FetchTools, work: Work): Promise<void> {
  const { plan, done, keeper } = work;
  const failures: unknown[] = [];
  const ended = () => failures.length > 0;
  const missing = Array.from({ length: plan.count }, (_, index) => index).filter((index) => !done.has(index));
  const rest = missing[Symbol.iterator]();
  const lane = async () => {
    for (let next = rest.next(); !next.done && !ended(); next = rest.next()) {
      const index = next.value;
      try {
        if (await tools.lanes.run(() => fetchRange(tools, work, index, ended))) await keeper.has(index);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(LANES, missing.length) }, lane));
  await keeper.finish().catch((error: unknown) => failures.push(error));
  if (ended()) throw failures[0];
}

/** Ranges of one object side by side, at most; the lanes say how many of all. */
const LANES = 16;

/** @returns whether the range is whole */
async function fetchRange(
  tools: FetchTools,
  work: Work,
  index: number,
  ended: () => boolean,
): Promise<boolean> {
  const { from, to } = rangeAt(work.plan, index);
  const sum = await work.arriving?.begin(index);
  let at = from;
  for (let breaks = 0; ; ) {
    // This call is asked again by itself, as often as makes sense.
    const content = await opened(tools, work.wanted, at, to);
    const before = at;
    try {
      for await (const bytes of content) {
        if (tools.signal.aborted) throw new DeliveryRefused({ refused: 'stopped' });
        if (ended()) return false;
        if (at + bytes.length > to) throw new StoreFailure('damaged', 'MoreThanAskedFor');
        await work.part.write(at, bytes);
        sum?.update(bytes);
        at += bytes.length;
        tools.arrived(bytes.length);
      }
      if (at < to) throw new StoreFailure('unreachable', 'IncompleteBody');
    } catch (error) {
      if (!(error instanceof StoreFailure) || !PASSING.has(error.kind)) throw error;
      breaks = at > before ? 0 : breaks + 1;
      if (breaks === BREAKS) throw error;
      if (at < to) {
        await tools.pause(breaks);
        continue;
      }
    }
    sum?.end();
    return true;
  }
}

const PASSING: ReadonlySet<StoreFailure['kind']> = new Set(['unreachable', 'busy']);

async function opened({ shelf, signal }: FetchTools, wanted: FetchedVersion, from: number, to: number) {
  if (signal.aborted) throw new DeliveryRefused({ refused: 'stopped' });
  const { key, etag, version, bytes, held } = wanted;
  if (held?.length === bytes) return [held.subarray(from, to)];
  try {
    // Of an empty object there is no range.
    const found = await shelf.open(key, { ifEtag: etag, ...(bytes > 0 && { from, to }) });
    if (found === undefined) refuse({ refused: 'gone', key });
    if ((found.version ?? NO_VERSION) !== version || found.bytes !== bytes)
      refuse({ refused: 'changed', key });
    return found.content;
  } catch (error) {
    if (error instanceof StoreFailure && error.kind === 'changed') refuse({ refused: 'changed', key }, error);
    if (error instanceof StoreFailure && error.kind === 'denied')
      refuse({ refused: 'withdrawn', key }, error);
    throw error;
  }
}

/** What S3 calls the version of an object in a bucket that keeps none. */
export const NO_VERSION = 'null';

/** What no sum could be made of while it arrived. */
async function readThrough(tools: FetchTools, part: PartFile, wanted: FetchedVersion) {
  const read = (from: number, to: number) => part.read(from, to);
  const parts = await partSizes(tools, wanted);
  return computedOf(read, tools.checksums, wanted.checksum, wanted.bytes, parts);
}

/** The bytes of each part, where the checksum is one of parts. @throws DeliveryRefused `changed` where they are of another object */
export async function partSizes({ shelf, lanes }: FetchTools, wanted: FetchedVersion) {
  const { key, etag, bytes, checksum } = wanted;
  if (checksum.parts === undefined) return undefined;
  const numbers = Array.from({ length: checksum.parts }, (_, n) => n + 1);
  const parts = await Promise.all(numbers.map((n) => lanes.run(() => shelf.partBytes(key, etag, n))));
  if (parts.reduce((sum, each) => sum + each, 0) !== bytes) refuse({ refused: 'changed', key });
  return parts;
}

function isOf(
  journal: { key: string; version: string; etag: string; bytes: number; rangeBytes: number },
  { key, version, etag, bytes }: FetchedVersion,
  { rangeBytes }: RangePlan,
): boolean {
  return (
    journal.key === key &&
    journal.version === version &&
    journal.etag === etag &&
    journal.bytes === bytes &&
    journal.rangeBytes === rangeBytes
  );
}

function bytesOf(plan: RangePlan, index: number): number {
  const { from, to } = rangeAt(plan, index);
  return to - from;
}

function wrongBytes({ key, checksum }: FetchedVersion, read: string) {
  const { algorithm, value } = checksum;
  return new DeliveryRefused({ refused: 'wrong-bytes', key, algorithm, stored: value, read } as const);
}
