/** Writes down which ranges are there, never two writes at once, and never fewer than is true. */
import type { Desk, FetchedIdentity } from './ports';
import { type RangePlan, runsOf } from './ranges';

/** The journal of one version that is being fetched. One with a single range has none: it is there or it is not. */
export class JournalKeeper {
  private writing: Promise<void> | undefined;
  private unwritten = false;
  private readonly there: Set<number>;

  constructor(
    private readonly desk: Desk,
    private readonly id: string,
    private readonly of: FetchedIdentity,
    private readonly plan: RangePlan,
    done: ReadonlySet<number>,
  ) {
    this.there = new Set(done);
  }

  /** A range is whole. While one journal is being written the next waits, and says all that came meanwhile. */
  async has(index: number): Promise<void> {
    this.there.add(index);
    this.unwritten = true;
    if (this.writing === undefined) await this.write();
  }

  /** Writes what is not written yet. */
  async finish(): Promise<void> {
    await this.writing;
    if (this.unwritten) await this.write();
  }

  private async write(): Promise<void> {
    if (this.plan.count === 1) return;
    this.unwritten = false;
    const { key, version, etag, bytes } = this.of;
    this.writing = this.desk.keepJournal(this.id, {
      form: 'concordat-collecting/v1',
      key,
      version,
      etag,
      bytes,
      rangeBytes: this.plan.rangeBytes,
      done: runsOf(this.there),
    });
    try {
      await this.writing;
    } finally {
      this.writing = undefined;
    }
  }
}
