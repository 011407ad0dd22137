/**
 * A log archive, a ledger’s bucket and both tables in memory, with AWS’s rules: conditional writes, an index that lags
 * behind its table, and a function that may die before or after any of its writes.
 */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { Audit } from '../../../lambda/transfer-audit/audit';
import { FileMissingError } from '../../../lambda/transfer-audit/errors';
import type {
  Due,
  Files,
  IndexHistory,
  NotedChain,
  Notes,
  OpenGap,
  Staging,
  StoredFile,
  Transfers,
} from '../../../lambda/transfer-audit/ports';
import type { LambdaContext } from '../../../lib/runtime';
import { markKeyOf } from '../../../lib/transfers/life-cycle';
import {
  type AuditIndex,
  checkStagedEntry,
  type DepositMark,
  type Mark,
  type StagedEntry,
} from '../../../lib/wire';
import { DWP, INDEX } from '../../transfers/trail-records';

export const ARCHIVE = 'concordat-log-archive';
export const LEDGER = 'concordat-ledger';

/** The function died. */
class Died extends Error {}

interface KeptMark {
  readonly object: string;
  readonly mark: Mark;
  due: number | undefined;
  expires: number | undefined;
}

/** The key of a log file, as CloudTrail names it. */
export function logKey(n: number | string, account = '100000000011'): string {
  return `AWSLogs/o-example0000/${account}/CloudTrail/eu-west-2/2026/10/01/${account}_CloudTrail_eu-west-2_20261001T1200Z_${n}.json.gz`;
}

/** A log file of records. */
export function logFile(records: readonly unknown[]): Buffer {
  return gzipSync(JSON.stringify({ Records: records }));
}

/** SHA-256 in hex. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** All that the function works with. */
export class World implements Files, Staging, Transfers, Notes {
  readonly stored = new Map<
    string,
    { readonly content: Uint8Array; readonly signature: string | undefined }
  >();
  readonly staged = new Map<string, StagedEntry>();
  readonly marks = new Map<string, KeptMark>();
  readonly logFiles = new Map<string, string>();
  readonly chainEnds = new Map<string, Omit<NotedChain, 'chain'>>();
  readonly openGaps = new Map<string, OpenGap>();
  /** Whether the owner’s digests come as they should, where a test lands none. */
  steady = true;
  history: IndexHistory = { versions: [], told: 0, revision: 0 };
  readonly lines: string[] = [];
  /** Milliseconds since 1970. */
  time = Date.parse('2026-10-01T12:10:00Z');
  timeLeft = 300_000;
  index: AuditIndex = INDEX;
  /** What synth said of the index; what is right if not given. */
  indexSha256: string | undefined;
  /** The index `due` does not show what was made in the last so many writes. */
  lag = 0;
  writes = 0;
  /** The write at which the function dies, and whether it is done before. */
  dieAt: { readonly write: number; readonly done: boolean } | undefined;
  private dead = false;
  private audit: Audit | undefined;
  private readonly born = new Map<string, number>();

  /** Puts a file into the archive. */
  land(key: string, content: Uint8Array, signature?: string, bucket = ARCHIVE): void {
    this.stored.set(`${bucket}/${key}`, { content, signature });
  }

  /** Hands the function notices of files, all in one batch. Returns those that come again. */
  async deliver(keys: readonly string[], received = '1'): Promise<string[]> {
    const Records = keys.map((key, n) => notice(key, String(n), received));
    const answer = (await this.invoke({ Records })) as
      | { batchItemFailures: readonly { itemIdentifier: string }[] }
      | undefined;
    if (!answer) return [...keys];
    return answer.batchItemFailures.map(({ itemIdentifier }) => keys[Number(itemIdentifier)] ?? '');
  }

  /** Runs the function. Undefined where it died; then the next run is a new one. */
  async invoke(event: unknown): Promise<unknown> {
    const context: LambdaContext = { getRemainingTimeInMillis: () => this.timeLeft };
    this.audit ??= new Audit({
      wire: async () => ({
        functionName: 'concordat-transfer-audit',
        ledgerBucket: LEDGER,
        indexText: JSON.stringify(this.index),
        indexSha256: this.indexSha256 ?? sha256(JSON.stringify(this.index)),
        files: this,
        staging: this,
        transfers: this,
        notes: this,
        history: { read: () => this.readHistory(), write: (history) => this.writeHistory(history) },
      }),
      write: (line) => this.lines.push(line),
      now: () => this.time,
    });
    try {
      const answer = await this.audit.handle(event, context);
      if (!this.dead) return answer;
    } catch (error) {
      if (!this.dead) throw error;
    }
    this.restart();
    return undefined;
  }

  /** The next run is in a new process, as after a deployment. */
  restart(index = this.index): void {
    this.index = index;
    this.audit = undefined;
    this.dead = false;
  }

  /** The values of a metric, in order. */
  metric(name: string): number[] {
    const records = this.lines.filter((line) => line.startsWith('{"_aws"'));
    return records.flatMap((line) => (JSON.parse(line) as { [key: string]: number })[name] ?? []);
  }

  /** The lines of log about something. */
  told(event: string): { [key: string]: unknown }[] {
    return this.lines
      .map((line) => JSON.parse(line) as { [key: string]: unknown })
      .filter((each) => each.event === event);
  }

  /** The entries that are staged, as JSON. */
  entries(): { [key: string]: never }[] {
    return [...this.staged.values()].map(
      ({ entry }) => JSON.parse(Buffer.from(entry).toString('utf8')) as { [key: string]: never },
    );
  }

  async open(bucket: string, key: string): Promise<StoredFile> {
    this.alive();
    const file = this.stored.get(`${bucket}/${key}`);
    if (!file) throw new FileMissingError(`there is no ${key} in ${bucket}`);
    const { content, signature } = file;
    async function* body() {
      for (let at = 0; at < content.length; at += 10_000) yield content.subarray(at, at + 10_000);
    }
    return { body: body(), signature };
  }

  async writeOnce(bucket: string, key: string, content: Uint8Array): Promise<void> {
    await this.write(() => {
      if (!this.stored.has(`${bucket}/${key}`)) this.land(key, content, undefined, bucket);
    });
  }

  async stage(entry: StagedEntry): Promise<boolean> {
    checkStagedEntry(entry);
    return this.write(() => {
      if (this.staged.has(entry.eventId)) return false;
      this.staged.set(entry.eventId, entry);
      return true;
    });
  }

  async keep(object: string, mark: Mark, moment: number): Promise<void> {
    const key = `${object}\n${markKeyOf(mark)}`;
    await this.write(() => {
      if (this.marks.has(key)) return;
      const deposit = mark.kind === 'deposited';
      this.marks.set(key, {
        object,
        mark,
        due: deposit ? moment : undefined,
        expires: deposit ? undefined : moment,
      });
      this.born.set(key, this.writes);
    });
  }

  async marksOf(object: string): Promise<Mark[]> {
    this.alive();
    return [...this.marks.values()].filter((each) => each.object === object).map(({ mark }) => mark);
  }

  async *dueBy(now: number): AsyncIterable<Due> {
    this.alive();
    const seen = [...this.marks].filter(([key]) => (this.born.get(key) ?? 0) <= this.writes - this.lag);
    const due = seen.flatMap(([, { object, mark, due: at }]) =>
      at !== undefined && at <= now ? [{ object, mark: markKeyOf(mark), due: at }] : [],
    );
    yield* due.sort((a, b) => a.due - b.due);
  }

  async lookAgain({ object, mark, due }: Due, next: number | undefined, expires: number): Promise<void> {
    await this.write(() => {
      const kept = this.marks.get(`${object}\n${mark}`);
      if (kept?.due !== due) return;
      kept.due = next;
      if (next === undefined) kept.expires = expires;
    });
  }

  async reopen(object: string, deposit: DepositMark, due: number): Promise<void> {
    await this.write(() => {
      const kept = this.marks.get(`${object}\n${markKeyOf(deposit)}`);
      if (kept === undefined || kept.due !== undefined) return;
      kept.due = due;
      kept.expires = undefined;
    });
  }

  private async readHistory(): Promise<IndexHistory> {
    this.alive();
    return this.history;
  }

  private async writeHistory(history: IndexHistory): Promise<boolean> {
    return this.write(() => {
      if (history.revision !== this.history.revision + 1) return false;
      this.history = history;
      return true;
    });
  }

  async readLogFile(bucket: string, key: string): Promise<string | undefined> {
    this.alive();
    return this.logFiles.get(`${bucket}/${key}`);
  }

  async noteLogFile(bucket: string, key: string, hash: string): Promise<void> {
    await this.write(() => void this.logFiles.set(`${bucket}/${key}`, hash));
  }

  async noteChain(chain: string, region: string, end: string, stood?: number): Promise<void> {
    await this.write(() => {
      const known = this.chainEnds.get(chain);
      if (end > (known?.end ?? '')) this.chainEnds.set(chain, { region, end, stood: stood ?? known?.stood });
    });
  }

  async chainEnd(chain: string): Promise<string | undefined> {
    this.alive();
    return this.chainEnds.get(chain)?.end;
  }

  async chains() {
    this.alive();
    if (this.steady && this.chainEnds.size === 0) {
      const end = `${new Date(this.time).toISOString().slice(0, 19)}Z`;
      return [{ chain: `${DWP}_CloudTrail-Digest_eu-west-2_zone_eu-west-2`, region: 'eu-west-2', end }];
    }
    return [...this.chainEnds].map(([chain, each]) => ({ chain, ...each }));
  }

  async noteGap(digest: string, gap: OpenGap): Promise<void> {
    await this.write(() => void this.openGaps.set(digest, gap));
  }

  async closeGap(digest: string): Promise<void> {
    await this.write(() => void this.openGaps.delete(digest));
  }

  async gapOf(digest: string): Promise<OpenGap | undefined> {
    this.alive();
    return this.openGaps.get(digest);
  }

  async gaps(): Promise<OpenGap[]> {
    this.alive();
    return [...this.openGaps.values()];
  }

  private alive(): void {
    if (this.dead) throw new Died();
  }

  private async write<T>(act: () => T): Promise<T> {
    this.alive();
    this.writes += 1;
    const dies = this.dieAt?.write === this.writes;
    if (dies) this.dead = true;
    if (dies && !this.dieAt?.done) throw new Died();
    const result = act();
    if (dies) throw new Died();
    return result;
  }
}

/** A message of the queue: S3’s notice of a file. */
export function notice(key: string, messageId: string, received = '1', bucket = ARCHIVE) {
  const Records = [
    {
      eventVersion: '2.1',
      eventSource: 'aws:s3',
      eventName: 'ObjectCreated:Put',
      s3: {
        bucket: { name: bucket },
        object: { key: encodeURIComponent(key).replaceAll('%20', '+'), size: 1 },
      },
    },
  ];
  return {
    messageId,
    receiptHandle: 'r',
    body: JSON.stringify({ Records }),
    attributes: { ApproximateReceiveCount: received },
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-west-2:100000000002:concordat-log-files',
    awsRegion: 'eu-west-2',
  };
}
