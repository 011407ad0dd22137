/** A ledger’s bucket in memory, with the receipts of a small day of one organisation. */

import type { LedgerStore } from '../../../lib/delivery/receipt/ledger-files';
import type { Opened } from '../../../lib/delivery/store';
import { sampleBundle } from '../../../lib/ledger/bundle';
import { SAMPLE_LOG } from '../../../lib/transfers';

export const ACCOUNT = '222222222222';
export const ORIGIN = SAMPLE_LOG.origin;
/** When the first was sealed; each next a minute later. */
export const FIRST = Date.parse('2026-12-01T18:00:00Z');

/** An event, as the audit writes it. */
export interface Told {
  readonly kind: string;
  /** That of DWP where none is given. */
  readonly bucket?: string;
  readonly key: string;
  readonly version?: string;
  readonly time: number;
  readonly by?: string;
  readonly recipient?: string;
}

const DWPS = 'uk-exchange-111111111111-eu-west-2-an';

function entryOf({ kind, bucket = DWPS, key, version, time, by, recipient }: Told): Uint8Array {
  return Buffer.from(
    JSON.stringify({
      activity_id: 99,
      actor: by === undefined ? { app_name: 'concordat-transfer-audit' } : { user: { org: { uid: by } } },
      category_uid: 6,
      class_uid: 6006,
      file: { name: key, path: `${bucket}/${key}`, ...(version && { version }) },
      metadata: { event_code: kind, product: { name: 'Concordat transfer audit' }, version: '1.8.0' },
      severity_id: 1,
      time,
      type_uid: 600_699,
      unmapped: { agreement: 'awards', owner: 'dwp', recipient, verdict: 'in-order' },
    }),
  );
}

/** The files of a ledger of these events, of which so many were sealed at once. */
export async function ledgerOf(events: readonly Told[], each = 2): Promise<Map<string, Uint8Array>> {
  const entries = events.map((event) => ({ entry: entryOf(event), organisations: [ACCOUNT] }));
  const sizes = Array.from({ length: Math.ceil(entries.length / each) }, (_, n) =>
    Math.min(entries.length, (n + 1) * each),
  );
  return sampleBundle({ log: SAMPLE_LOG, entries, sizes, register: '{}', mlDsa: false });
}

/** The bucket, as the receipts role sees it. */
export class MemoryLedger implements LedgerStore {
  readonly opened: string[] = [];
  listed = 0;
  constructor(private readonly files: ReadonlyMap<string, Uint8Array>) {}

  async *list(prefix: string, after = '') {
    for (const [n, key] of [...this.files.keys()]
      .filter((path) => path.startsWith(prefix))
      .sort()
      .entries()) {
      if (key <= after) continue;
      this.listed += 1;
      yield { key, bytes: 1, etag: '', modified: FIRST + n * 60_000 };
    }
  }

  async open(path: string): Promise<Opened | undefined> {
    this.opened.push(path);
    const bytes = this.files.get(path);
    if (bytes === undefined) return undefined;
    return {
      version: undefined,
      bytes: bytes.length,
      etag: '',
      mediaType: undefined,
      modified: FIRST,
      metadata: {},
      crc64nvme: undefined,
      content: (async function* content() {
        yield bytes.subarray(0, 10);
        yield bytes.subarray(10);
      })(),
    };
  }
}
