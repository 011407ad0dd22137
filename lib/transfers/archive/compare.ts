/**
 * Holds a ledger against the log archive that it was made from: each entry against its event, and each event that matters
 * against the ledger. Judged by the audit’s own interpretation, with the register’s index of the day where the copy of the
 * ledger has it. Files come one after another, and of the ledger no more is kept than where the entry of an id is.
 */
import { kindOfFile } from '../digest';
import { eventEntry, logFileName } from '../entry';
import { fieldsOf, textOf } from '../fields';
import { interpret, isInterpreted } from '../interpret';
import { hashOfFile, readLogFile } from '../log-file';
import { identified } from '../meaning';
import { originOf } from '../ocsf';
import { mayConcern, RecordError, type TrailEvent, trailEventOf } from '../record';
import { Refusals, refusalEntry } from '../refusals';
import { UnreadableFileError } from '../unreadable-file';
import { differing, ofEventAlone, valueAt } from './differing';
import type { ArchiveFault, ArchiveVerdict } from './faults';
import { IdIndex } from './id-index';
import type { IndexText, LedgerEntries, LogArchive } from './ports';
import { RegisterVersions } from './register-versions';

/** How long an event may take to come into the ledger: from then on the audit’s alarm for lateness has gone off. */
const LATE = 3_600_000;
/** What an entry of the first form does not have. */
const OF_SECOND_FORM = new Set([
  'metadata.log_source',
  'metadata.original_event_uid',
  'unmapped.form',
  'unmapped.logFile',
]);

/** A log file as it is read. */
interface OpenFile {
  /** As entries name it. */
  readonly name: string;
  readonly sha256: string;
  readonly isDue: boolean;
}

/**
 * Compares all of both.
 * @throws what reading either throws, and AuditIndexError for an index that this release does not take
 */
export async function compareWithArchive(
  ledger: LedgerEntries,
  archive: LogArchive,
  indexText: IndexText,
): Promise<ArchiveVerdict> {
  const comparison = new Comparison(ledger, archive, new RegisterVersions(indexText));
  comparison.readLedger();
  for (const path of archive.paths()) await comparison.readFile(path);
  return comparison.finish();
}

class Comparison {
  readonly #faults: ArchiveFault[] = [];
  readonly #byId: IdIndex;
  /** By the id of the event: only where an index of the register is missing. */
  #byEvent: IdIndex | undefined;
  /** Entries that were held against their event. */
  readonly #seen: Uint8Array;
  readonly #files = new Set<string>();
  readonly #unreadable = new Set<string>();
  readonly #counts = {
    compared: 0,
    comparedInPart: 0,
    foundById: 0,
    withoutFile: 0,
    ofTheAudit: 0,
    notYetDue: 0,
  };
  /** The newest file of which the ledger has an entry. */
  #newest = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly ledger: LedgerEntries,
    private readonly archive: LogArchive,
    private readonly versions: RegisterVersions,
  ) {
    this.#byId = new IdIndex(ledger.size);
    this.#seen = new Uint8Array(ledger.size);
  }

  readLedger(): void {
    for (let place = 0; place < this.ledger.size; place++) {
      const entry = this.#entry(place);
      const id = idOf(entry);
      const earlier = this.#placeOf(id);
      if (earlier === undefined) this.#byId.add(id, place);
      else this.#faults.push({ kind: 'entry-twice', entry: place, earlier, id });
      if (fieldsOf(entry.metadata).event_code === 'register-changed') this.versions.add(entry);
      const file = originOf(entry)?.file;
      if (file !== undefined) this.#newest = Math.max(this.#newest, timeOf(file) ?? this.#newest);
    }
    if (!this.versions.isWhole) this.#indexEvents();
  }

  async readFile(path: string): Promise<void> {
    if (kindOfFile(`/${path}`) !== 'log') return;
    const name = logFileName(path);
    this.#files.add(name);
    let file: OpenFile | undefined;
    const refusals = new Refusals();
    try {
      await readLogFile(this.archive.open(path), async (records, hash) => {
        const time = timeOf(name);
        file ??= {
          name,
          sha256: hash ?? (await hashOfFile(this.archive.open(path))),
          isDue: time === undefined || time + LATE <= this.#newest,
        };
        for (const record of records) this.#record(record, file, refusals);
      });
      if (file) this.#sums(refusals, file);
    } catch (error) {
      if (!(error instanceof UnreadableFileError)) throw error;
      this.#cannotBeRead(name, error.message);
    }
  }

  finish(): ArchiveVerdict {
    for (let place = 0; place < this.ledger.size; place++) if (this.#seen[place] === 0) this.#unseen(place);
    return {
      faults: this.#faults,
      files: this.#files.size,
      ...this.#counts,
      missingIndexes: this.versions.missing,
    };
  }

  /** What the refusals of a file that was read to its end came to. */
  #sums(refusals: Refusals, file: OpenFile): void {
    for (const sum of refusals.sums()) {
      const place = this.#placeOf(sum.id);
      if (place === undefined) this.#lost(sum.event, sum.id, file);
      else this.#compare(place, sum.event, file, (sha256) => refusalEntry(sum, { file: file.name, sha256 }));
    }
  }

  #record(record: unknown, file: OpenFile, refusals: Refusals): void {
    let event: TrailEvent;
    try {
      if (!mayConcern(record) || !isInterpreted(String(record.eventSource), String(record.eventName))) return;
      event = trailEventOf(record);
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      this.#cannotBeRead(file.name, error.message);
      return;
    }
    const exchange = this.versions.at(event.time);
    if (exchange === undefined) {
      this.#inPart(event, file);
      return;
    }
    for (const each of identified(event, interpret(event, exchange))) {
      if (refusals.take(event, each, exchange)) continue;
      const { meaning, id } = each;
      const place = this.#placeOf(id);
      if (place === undefined) this.#lost(event, id, file);
      else
        this.#compare(place, event, file, (sha256) =>
          eventEntry(event, meaning, exchange, id, { file: file.name, sha256 }),
        );
    }
  }

  #compare(
    place: number,
    event: TrailEvent,
    file: OpenFile,
    made: (sha256: string | undefined) => Uint8Array,
  ): void {
    const bytes = this.ledger.at(place);
    if (Buffer.compare(bytes, made(file.sha256)) === 0) {
      this.#compared(place);
      return;
    }
    const entry = this.#entry(place);
    const origin = originOf(entry);
    // Another copy of the event, which another account’s log has; or, without a file, any.
    if (origin !== undefined && (origin.file !== file.name || origin.eventId !== event.eventId)) return;
    if (origin === undefined) {
      if (this.#seen[place] === 0) this.#counts.foundById += 1;
      this.#seen[place] = 1;
    } else this.#compared(place);
    this.#holdFile(place, origin?.sha256, file);
    const expected: unknown = JSON.parse(Buffer.from(made(origin?.sha256)).toString('utf8'));
    const fields = differing(expected, entry).filter(
      (each) => origin !== undefined || !OF_SECOND_FORM.has(each),
    );
    // Of the first form, and of another copy: what the two copies tell apart is who asked.
    if (
      fields.length > 0 &&
      (origin !== undefined || !fields.every((each) => /^(?:actor|src_endpoint)\b/.test(each)))
    )
      this.#faults.push({
        kind: 'facts-differ',
        entry: place,
        file: file.name,
        eventId: event.eventId,
        fields,
      });
  }

  /** Whether the file is the one that an entry was made from, where the entry says which that was. */
  #holdFile(entry: number, stated: string | undefined, { name, sha256 }: OpenFile): void {
    if (stated === undefined || stated === sha256) return;
    this.#faults.push({ kind: 'file-changed', entry, file: name, stated, found: sha256 });
  }

  /** Without the register: the entries that say that they were made from this event. */
  #inPart(event: TrailEvent, file: OpenFile): void {
    for (const place of this.#byEvent?.find(event.eventId) ?? []) {
      const entry = this.#entry(place);
      const origin = originOf(entry);
      if (origin?.eventId !== event.eventId || origin.file !== file.name) continue;
      this.#compared(place);
      this.#counts.comparedInPart += 1;
      this.#holdFile(place, origin.sha256, file);
      const isIts = idOf(entry).startsWith(`${event.uid}#${String(valueAt(entry, 'metadata.event_code'))}`);
      const fields = [
        ...(isIts ? [] : ['metadata.uid']),
        ...Object.entries(ofEventAlone(event))
          .filter(([path, value]) => valueAt(entry, path) !== value)
          .map(([path]) => path),
      ];
      if (fields.length > 0)
        this.#faults.push({
          kind: 'facts-differ',
          entry: place,
          file: file.name,
          eventId: event.eventId,
          fields,
        });
    }
  }

  #lost({ eventId, time }: TrailEvent, id: string, { name, isDue }: OpenFile): void {
    if (isDue) this.#faults.push({ kind: 'entry-lost', file: name, eventId, id, time });
    else this.#counts.notYetDue += 1;
  }

  #unseen(place: number): void {
    const entry = this.#entry(place);
    const origin = originOf(entry);
    if (origin === undefined) {
      if (fieldsOf(entry.metadata).log_name === 'CloudTrail') this.#counts.withoutFile += 1;
      else this.#counts.ofTheAudit += 1;
    } else if (!this.#files.has(origin.file))
      this.#faults.push({ kind: 'file-missing', entry: place, file: origin.file });
    else if (!this.#unreadable.has(origin.file))
      this.#faults.push({ kind: 'not-in-file', entry: place, file: origin.file, eventId: origin.eventId });
  }

  #cannotBeRead(file: string, why: string): void {
    if (!this.#unreadable.has(file)) this.#faults.push({ kind: 'file-unreadable', file, why });
    this.#unreadable.add(file);
  }

  #compared(place: number): void {
    if (this.#seen[place] === 0) this.#counts.compared += 1;
    this.#seen[place] = 1;
  }

  #indexEvents(): void {
    this.#byEvent = new IdIndex(this.ledger.size);
    for (let place = 0; place < this.ledger.size; place++) {
      const origin = originOf(this.#entry(place));
      if (origin !== undefined) this.#byEvent.add(origin.eventId, place);
    }
  }

  #placeOf(id: string): number | undefined {
    for (const place of this.#byId.find(id)) if (idOf(this.#entry(place)) === id) return place;
    return undefined;
  }

  #entry(place: number) {
    return fieldsOf(JSON.parse(Buffer.from(this.ledger.at(place)).toString('utf8')));
  }
}

function idOf(entry: Readonly<Record<string, unknown>>): string {
  return textOf(fieldsOf(entry.metadata).uid) ?? '';
}

/** When a log file was delivered, by its name, in milliseconds since 1970. */
function timeOf(file: string): number | undefined {
  const [, year, month, day, hour, minute] = /_(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)Z_[^/]*$/.exec(file) ?? [];
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:00Z`);
  return Number.isNaN(time) ? undefined : time;
}
