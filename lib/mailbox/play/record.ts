/** The record of a play: what was done, as entries of a ledger that anybody could have made, and whose name says so. */
import { sampleBundle } from '../../ledger/bundle';
import type { Buckets } from './buckets';
import { bucketOf, LEDGER_BUCKET, ORGANISATIONS, PLAY_AGREEMENT, PLAY_LOG } from './profiles';

/** Something that was done with a message. */
export interface Done {
  readonly kind: 'deposited' | 'scanned' | 'released' | 'rejected' | 'collected' | 'recalled';
  /** Whose message it is, and who opened it. */
  readonly owner: string;
  readonly recipient?: string;
  readonly key: string;
  readonly version: string;
  /** In milliseconds since 1970. */
  readonly time: number;
}

/** What is written of it. */
export class PlayRecord {
  readonly #done: Done[] = [];
  /** How many of them; nothing before there is a first head. */
  #sealed: number | undefined;

  constructor(private readonly buckets: Buckets) {}

  /** Writes it down, once for each version, kind and recipient. */
  note(done: Done): void {
    const isSame = (each: Done) =>
      each.kind === done.kind && each.version === done.version && each.recipient === done.recipient;
    if (!this.#done.some(isSame)) this.#done.push(done);
  }

  /** What was done of a kind. @internal Only tests ask. */
  of(kind: Done['kind']): readonly Done[] {
    return this.#done.filter((each) => each.kind === kind);
  }

  /**
   * Seals what is new, and puts the files where organisations read them: first a head of no entries, since the ledger of a zone
   * is there before anybody writes, and what is asked for in vain shows as an error in the console of a browser.
   */
  async seal(): Promise<void> {
    if (this.#done.length === this.#sealed) return;
    this.#sealed = this.#done.length;
    const files = await sampleBundle({
      log: { origin: PLAY_LOG, witness: 'play.concordat.example/witness', word: 'concordat play' },
      entries: this.#done.map((done) => ({
        entry: entryOf(done),
        organisations: ORGANISATIONS.map(({ account }) => account),
      })),
      sizes: [0, ...this.#done.map((_, index) => index + 1)],
      register: '{}',
      mlDsa: false,
    });
    for (const [path, bytes] of files)
      this.buckets.put(
        LEDGER_BUCKET,
        path,
        { mediaType: 'application/octet-stream', metadata: {} },
        Buffer.from(bytes),
      );
  }
}

/** As the audit writes it (OCSF). */
function entryOf({ kind, owner, recipient, key, version, time }: Done): Uint8Array {
  const by = {
    deposited: owner,
    recalled: owner,
    collected: recipient,
    scanned: undefined,
    released: owner,
    rejected: owner,
  };
  // In the order that canonical JSON asks for.
  const entry = {
    activity_id: 99,
    actor:
      by[kind] === undefined
        ? { app_name: 'concordat-transfer-audit' }
        : { user: { org: { uid: by[kind] } } },
    category_uid: 6,
    class_uid: 6006,
    file: { name: key, path: `${bucketOf(owner)}/${key}`, ...(kind !== 'collected' && { version }) },
    metadata: { event_code: kind, product: { name: 'Concordat transfer audit' }, version: '1.8.0' },
    severity_id: 1,
    time,
    type_uid: 600_699,
    unmapped: {
      agreement: PLAY_AGREEMENT,
      owner,
      ...(recipient !== undefined && { recipient }),
      verdict: 'in-order',
    },
  };
  return Buffer.from(JSON.stringify(entry));
}
