/**
 * Takes in the events of a log file. Each write may be repeated and may be the last before a crash: an entry is staged
 * once by its id, then the mark is kept once by its key, and the file is done only when all are.
 */
import { type Clock, inParallel } from '../../lib/runtime';
import {
  depositOfRead,
  type Exchange,
  endOf,
  eventEntry,
  firstReview,
  hashOfFile,
  type Identified,
  identified,
  interpret,
  isAlarming,
  isInterpreted,
  isThreat,
  isViolation,
  type LogOrigin,
  logFileName,
  type Meaning,
  markOf,
  mayComeAfterTheEnd,
  mayConcern,
  objectIdOf,
  RecordError,
  Refusals,
  readLogFile,
  refusalEntry,
  type TrailEvent,
  trailEventOf,
  UnreadableFileError,
  unknownCategoryOf,
} from '../../lib/transfers';
import type { LaterMark } from '../../lib/wire';
import type { Files, Notes, Staging, Transfers } from './ports';
import type { RegisterHistory } from './register-history';
import type { Report } from './report';

const WRITES_AT_ONCE = 32;
/** How many entries wait for the hash of a file that is read as it comes: some megabytes. */
const MOST_HELD = 2_000;
/** How long we note that a log file was taken in: its digest comes within hours. Without the note it is read again. */
const NOTE_KEPT = 30 * 86_400_000;
/** How long marks are kept after the agreement’s end. */
export const KEPT_AFTER_END = 400 * 86_400_000;

/** What taking in works with. */
export interface TakeInPorts {
  readonly files: Files;
  readonly staging: Staging;
  readonly transfers: Transfers;
  readonly notes: Notes;
  readonly history: RegisterHistory;
  readonly clock: Clock;
  readonly report: Report;
}

/** A log file, and whether it may have been begun before. */
export interface LogFile {
  readonly bucket: string;
  readonly key: string;
  readonly again: boolean;
}

/** One meaning, ready to be written once it is known what file it comes from. */
interface Writing extends Identified {
  readonly event: TrailEvent;
  readonly exchange: Exchange;
}

/**
 * Takes in one log file. Returns the SHA-256 of its content. Each entry says which file it comes from, with that hash: of a
 * file that is read as it comes, a few are held back until the hash is known, and then it is read twice.
 * @throws UnreadableFileError where it, or a record of it, can’t be read; the other records are taken in all the same
 */
export async function takeInLogFile(file: LogFile, ports: TakeInPorts): Promise<string> {
  const { bucket, key } = file;
  const { body } = await ports.files.open(bucket, key);
  const faults: string[] = [];
  const unknown = new Map<string, number>();
  const held: Writing[] = [];
  const refusals = new Refusals();
  /** Once it is settled what the file’s hash is, or that it has none. */
  let known: Pick<LogOrigin, 'sha256'> | undefined;
  const flush = ({ sha256 }: Pick<LogOrigin, 'sha256'>) => {
    const from = { file: logFileName(key), sha256 };
    return inParallel(held.splice(0), WRITES_AT_ONCE, (each) => write(each, from, file.again, ports));
  };
  let sha256: string;
  try {
    ({ sha256 } = await readLogFile(body, async (records, hash) => {
      if (hash !== undefined) known = { sha256: hash };
      for (const record of records) {
        const category = unknownCategoryOf(record);
        if (category !== undefined) unknown.set(category, (unknown.get(category) ?? 0) + 1);
        const event = eventOf(record, faults);
        if (event) held.push(...(await writingsOf(event, ports.history, refusals)));
      }
      if (held.length > MOST_HELD) known ??= await hashedAlone(bucket, key, ports.files);
      if (known) await flush(known);
    }));
  } catch (error) {
    if (error instanceof UnreadableFileError) await flush({ sha256: undefined });
    throw error;
  }
  await flush({ sha256 });
  await stageRefusals(refusals, { file: logFileName(key), sha256 }, ports);
  if (known && known.sha256 !== sha256) throw new UnreadableFileError('it changed while it was read');
  for (const [category, records] of unknown)
    ports.report.note('unknown-category', { bucket, key, category, records });
  const [fault] = faults;
  if (fault !== undefined)
    throw new UnreadableFileError(`${faults.length} of its records can’t be read: ${fault}`);
  await ports.notes.noteLogFile(bucket, key, sha256, ports.clock.now() + NOTE_KEPT);
  return sha256;
}

/** The hash of a file by a reading of its own; none where the file has no end that can be read. */
async function hashedAlone(bucket: string, key: string, files: Files): Promise<Pick<LogOrigin, 'sha256'>> {
  try {
    return { sha256: await hashOfFile((await files.open(bucket, key)).body) };
  } catch (error) {
    if (error instanceof UnreadableFileError) return { sha256: undefined };
    throw error;
  }
}

function eventOf(record: unknown, faults: string[]): TrailEvent | undefined {
  try {
    if (!mayConcern(record) || !isInterpreted(String(record.eventSource), String(record.eventName)))
      return undefined;
    return trailEventOf(record);
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    faults.push(error.message);
    return undefined;
  }
}

/** What is to be written of an event by itself: all but the refusals that are summed up. */
async function writingsOf(
  event: TrailEvent,
  history: RegisterHistory,
  refusals: Refusals,
): Promise<Writing[]> {
  const found = history.at(event.time);
  const exchange = found instanceof Promise ? await found : found;
  return identified(event, interpret(event, exchange))
    .filter((each) => !refusals.take(event, each, exchange))
    .map((each) => ({ event, exchange, ...each }));
}

/** What was summed up is known at the end of the file; of one that can’t be read to its end, it waits until it can. */
async function stageRefusals(refusals: Refusals, from: LogOrigin, ports: TakeInPorts): Promise<void> {
  const { staging, clock, report } = ports;
  const now = clock.now();
  await inParallel(refusals.sums(), WRITES_AT_ONCE, async (sum) => {
    const isNew = await staging.stage({
      eventId: sum.id,
      entry: refusalEntry(sum, from),
      organisations: sum.exchange.accountsOf(sum.meaning.organisations),
      stagedAt: new Date(now).toISOString(),
    });
    if (isNew) report.staged(now - sum.to);
  });
  for (const [account, count] of refusals.accounts) report.refused(account, count);
}

async function write(
  { event, meaning, exchange, id }: Writing,
  from: LogOrigin,
  again: boolean,
  ports: TakeInPorts,
): Promise<void> {
  const { staging, transfers, clock, report } = ports;
  const now = clock.now();
  const entry = eventEntry(event, meaning, exchange, id, from);
  const organisations = exchange.accountsOf(meaning.organisations);
  const isNew = await staging.stage({
    eventId: id,
    entry,
    organisations,
    stagedAt: new Date(now).toISOString(),
  });
  const mark = markOf(event, meaning, exchange);
  if (mark && meaning.object) {
    const object = objectIdOf(meaning.object);
    if (mark.kind === 'deposited')
      await transfers.keep(object, mark, firstReview(mark, Date.parse(mark.time)));
    else {
      await transfers.keep(object, mark, expiryOf(meaning, exchange));
      if (mayComeAfterTheEnd(mark, now)) await lookOnceMore(object, mark, ports);
    }
  }
  if (isNew) report.staged(now - Date.parse(event.time));
  // The run before may have ended between the entry and the alarm: better twice than never.
  if (isViolation(meaning) && (isNew || again)) report.violation(event.name, meaning, id);
  if (isAlarming(event, meaning) && (isNew || again)) report.silencing(event.name, meaning, id);
  if (isThreat(meaning) && (isNew || again)) report.threat(meaning, id);
}

/** Has the transfer that a read belongs to reviewed by the next sweep, if it is over. */
async function lookOnceMore(
  object: string,
  read: LaterMark,
  { transfers, clock }: TakeInPorts,
): Promise<void> {
  const deposit = depositOfRead(read, await transfers.marksOf(object));
  if (deposit) await transfers.reopen(object, deposit, clock.now());
}

/** When a mark is of no more use, in milliseconds since 1970. */
function expiryOf({ agreement, owner }: Meaning, exchange: Exchange): number {
  const ends = exchange
    .agreement(agreement ?? '', owner)
    ?.shares.map((share) => Date.parse(endOf(share) ?? exchange.since));
  return Math.max(...(ends ?? []), Date.parse(exchange.since)) + KEPT_AFTER_END;
}
