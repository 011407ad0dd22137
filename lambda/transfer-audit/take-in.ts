/**
 * Takes in the events of a log file. Each write may be repeated and may be the last before a crash: an entry is staged
 * once by its id, then the mark is kept once by its key, and the file is done only when all are.
 */
import { type Clock, inParallel } from '../../lib/runtime';
import {
  type Exchange,
  endOf,
  entryIdOf,
  eventEntry,
  firstReview,
  interpret,
  isInterpreted,
  isViolation,
  type Meaning,
  markOf,
  mayConcern,
  objectIdOf,
  RecordError,
  type TrailEvent,
  trailEventOf,
} from '../../lib/transfers';
import { UnreadableFileError } from './errors';
import { readLogFile } from './log-file';
import type { Files, Notes, Staging, Transfers } from './ports';
import type { RegisterHistory } from './register-history';
import type { Report } from './report';

const WRITES_AT_ONCE = 32;
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

/** One meaning, ready to be written. */
interface Writing {
  readonly event: TrailEvent;
  readonly meaning: Meaning;
  readonly exchange: Exchange;
  readonly id: string;
}

/**
 * Takes in one log file. Returns the SHA-256 of its content.
 * @throws UnreadableFileError where it, or a record of it, can’t be read; the other records are taken in all the same
 */
export async function takeInLogFile({ bucket, key, again }: LogFile, ports: TakeInPorts): Promise<string> {
  const { body } = await ports.files.open(bucket, key);
  const faults: string[] = [];
  const { sha256 } = await readLogFile(body, async (records) => {
    const writings: Writing[] = [];
    for (const record of records) {
      const event = eventOf(record, faults);
      if (event) writings.push(...(await writingsOf(event, ports.history)));
    }
    await inParallel(writings, WRITES_AT_ONCE, (each) => write(each, again, ports));
  });
  const [fault] = faults;
  if (fault !== undefined)
    throw new UnreadableFileError(`${faults.length} of its records can’t be read: ${fault}`);
  await ports.notes.noteLogFile(bucket, key, sha256, ports.clock.now() + NOTE_KEPT);
  return sha256;
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

async function writingsOf(event: TrailEvent, history: RegisterHistory): Promise<Writing[]> {
  const found = history.at(event.time);
  const exchange = found instanceof Promise ? await found : found;
  const seen = new Map<string, number>();
  return interpret(event, exchange).map((meaning) => {
    const nth = seen.get(meaning.kind) ?? 0;
    seen.set(meaning.kind, nth + 1);
    return { event, meaning, exchange, id: entryIdOf(event, meaning, nth) };
  });
}

async function write(
  { event, meaning, exchange, id }: Writing,
  again: boolean,
  ports: TakeInPorts,
): Promise<void> {
  const { staging, transfers, clock, report } = ports;
  const now = clock.now();
  const entry = eventEntry(event, meaning, exchange, id);
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
    else await transfers.keep(object, mark, expiryOf(meaning, exchange));
  }
  if (isNew) report.staged(now - Date.parse(event.time));
  // The run before may have ended between the entry and the alarm: better twice than never.
  if (isViolation(meaning) && (isNew || again)) report.violation(event.name, meaning, id);
}

/** When a mark is of no more use, in milliseconds since 1970. */
function expiryOf({ agreement }: Meaning, exchange: Exchange): number {
  const ends = exchange
    .agreement(agreement ?? '')
    ?.shares.map((share) => Date.parse(endOf(share) ?? exchange.since));
  return Math.max(...(ends ?? []), Date.parse(exchange.since)) + KEPT_AFTER_END;
}
