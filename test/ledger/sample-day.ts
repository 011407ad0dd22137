/** A made-up day of transfers, always the same for the same organisations and agreements. */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** What a day is made of. */
export interface SampleSeed {
  readonly agreements: readonly {
    readonly id: string;
    readonly owner: string;
    readonly recipients: readonly string[];
  }[];
  /** The SHA-256 of the register, in hex, which the first entry names. */
  readonly registerDigest: string;
}

/** An entry, and whom it concerns. */
export interface SampleEntry {
  readonly entry: Uint8Array;
  readonly organisations: readonly string[];
}

const DAY = Date.parse('2026-12-01T06:00:00Z');
const STEP = 97_000;

interface Happening {
  readonly kind: string;
  readonly activity: readonly [id: number, name: string];
  readonly by: string;
}

/** So many entries: the register’s, then transfers in turn under each agreement, some of them denied. */
export function sampleDay(seed: SampleSeed, count: number): SampleEntry[] {
  const { agreements } = seed;
  if (agreements.length === 0) throw new RangeError('a sample day needs an agreement');
  const entries = [registerChanged(seed.registerDigest)];
  for (let transfer = 0; entries.length < count; transfer++) {
    const agreement = agreements[transfer % agreements.length] ?? { id: '', owner: '', recipients: [] };
    const { id, owner, recipients } = agreement;
    const deposited: Happening = { kind: 'deposited', activity: [1, 'Upload'], by: owner };
    const collected = recipients.map(
      (by): Happening =>
        transfer % 11 === 5
          ? { kind: 'denied', activity: [17, 'Access Check'], by }
          : { kind: 'collected', activity: [2, 'Download'], by },
    );
    for (const { kind, activity, by } of [deposited, ...collected]) {
      const organisations = [...new Set([owner, by])].sort();
      const number = entries.length;
      const object = `agreements/${id}/${String(transfer).padStart(4, '0')}.csv`;
      entries.push({
        entry: transferEvent({ kind, activity, by, owner, id, object, number, organisations }),
        organisations,
      });
    }
  }
  return entries.slice(0, count);
}

function registerChanged(digest: string): SampleEntry {
  const entry = event(6003, [3, 'Update'], 0, {
    actor: { user: { type_id: 3, uid: 'operator' } },
    api: { operation: 'register-changed' },
    src_endpoint: { svc_name: 'concordat' },
    unmapped: { kind: 'register-changed', organisations: [], registerDigest: digest, sample: true },
  });
  return { entry, organisations: [] };
}

function transferEvent(
  about: Happening & {
    readonly owner: string;
    readonly id: string;
    readonly object: string;
    readonly number: number;
    readonly organisations: readonly string[];
  },
): Uint8Array {
  const { kind, activity, by, owner, id, object, number, organisations } = about;
  const digest = createHash('sha256').update(object).digest('hex');
  return event(6006, activity, number, {
    actor: { user: { org: { uid: by }, type_id: 3, uid: `concordat/exchange-${by}` } },
    file: {
      hashes: [{ algorithm: 'SHA-256', algorithm_id: 3, value: digest }],
      name: object.slice(object.lastIndexOf('/') + 1),
      path: object,
      type_id: 1,
    },
    src_endpoint: { svc_name: 's3.amazonaws.com' },
    status: kind === 'denied' ? 'Failure' : 'Success',
    status_id: kind === 'denied' ? 2 : 1,
    unmapped: { agreement: id, kind, organisations, owner, sample: true },
  });
}

function event(
  class_uid: number,
  [activity_id, activity_name]: readonly [number, string],
  number: number,
  rest: Readonly<Record<string, unknown>>,
): Uint8Array {
  const text = canonicalize({
    activity_id,
    activity_name,
    category_uid: 6,
    class_uid,
    cloud: { provider: 'AWS', region: 'eu-west-2' },
    metadata: {
      product: { name: 'Concordat', vendor_name: 'Concordat' },
      uid: `sample-${String(number).padStart(6, '0')}`,
      version: '1.8.0',
    },
    severity_id: 1,
    time: DAY + number * STEP,
    type_uid: class_uid * 100 + activity_id,
    ...rest,
  });
  return Buffer.from(text ?? '');
}
