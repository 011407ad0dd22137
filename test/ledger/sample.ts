/** Bundles in memory, small enough to verify many hundreds of them. */
import { createHash } from 'node:crypto';
import {
  type BundleFiles,
  sampleBundle,
  type Verdict,
  type VerifyOptions,
  verifyBundle,
} from '../../lib/ledger/bundle';
import { entryFormat } from '../../lib/transfers/ocsf';
import { SAMPLE_LOG } from '../../lib/transfers/sample-trail';
import { type SampleEntry, sampleDay } from './sample-day';

export type Files = ReadonlyMap<string, Uint8Array>;

const REGISTER = '{"agreements":[],"note":"a register"}';
export const SIZES = [4, 9, 258];

/** So many of the entries concern organisations: receipts take most of the time. */
const CONCERNING = 30;

/** The entries of a small ledger: some that concern two organisations, then others that concern none. */
export function smallDay(count = 258): SampleEntry[] {
  const registerDigest = createHash('sha256').update(REGISTER).digest('hex');
  const agreements = [{ id: 'housing-benefit', owner: 'dwp', recipients: ['leeds'] }];
  const day = sampleDay({ agreements, registerDigest }, Math.min(count, CONCERNING));
  for (let n = CONCERNING; n < count; n++) {
    const text = String(Buffer.from(day[0]?.entry ?? Buffer.of()));
    const uid = `sample-${String(n).padStart(6, '0')}`;
    day.push({ entry: Buffer.from(text.replace('sample-000000', uid)), organisations: [] });
  }
  return day;
}

export async function bundleOf(
  entries: readonly SampleEntry[],
  sizes: readonly number[] = SIZES,
  mlDsa = false,
): Promise<Map<string, Uint8Array>> {
  const files = await sampleBundle({ log: SAMPLE_LOG, entries, sizes, register: REGISTER, mlDsa });
  // As files are read: then String() gives their text.
  return new Map([...files].map(([path, bytes]) => [path, Buffer.from(bytes)]));
}

export function verdictOf(files: Files, options: Partial<VerifyOptions> = {}): Promise<Verdict> {
  const inMemory: BundleFiles = {
    paths: () => [...files.keys()].sort(),
    read: (path) => files.get(path) ?? Buffer.of(),
  };
  return verifyBundle(inMemory, {
    pinned: [],
    known: undefined,
    receiptsOnly: false,
    entries: entryFormat,
    ...options,
  });
}
