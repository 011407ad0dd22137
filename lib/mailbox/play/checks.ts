/** The checks of a play: a malware scan that knows the test string of scanners, and the gate by the real look at messages. */
import { sealFault } from '../../contracts';
import { type AttachmentSeen, lookAtMessage } from '../../messages';
import { GATE_TAG, MALWARE_CLEAN, MALWARE_TAG, MALWARE_TEST, reportKeys } from '../../names';
import {
  GATE_REPORT_FORM,
  type GateReason,
  gateReportText,
  type Profile,
  SEALED_MEDIA_TYPE,
} from '../../wire';
import { shownMessage } from '../read';
import type { Buckets, Version } from './buckets';
import type { PlayRecord } from './record';

/** How long after its deposit each comes to its end, in milliseconds. */
export interface CheckTimes {
  readonly scan: number;
  readonly gate: number;
}

/** The checks of one organisation’s bucket. */
export class Checks {
  readonly #scanned = new Set<string>();

  constructor(
    private readonly buckets: Buckets,
    private readonly record: PlayRecord,
    private readonly profile: Profile,
    private readonly now: () => number,
    private readonly times: CheckTimes,
  ) {}

  /** Does what is due by now. */
  async turn(): Promise<void> {
    const { bucket = '', organisation, sends } = this.profile;
    for (const terms of sends)
      for (const found of this.buckets.below(bucket, terms.prefix)) {
        const { key, id, tags, modified } = found;
        const about = { owner: organisation.id, key, version: id };
        this.record.note({ ...about, kind: 'deposited', time: modified });
        if (!this.#scanned.has(id) && this.now() >= modified + this.times.scan) {
          this.#scanned.add(id);
          tags.set(MALWARE_TAG, (await isInfected(found)) ? 'THREATS_FOUND' : MALWARE_CLEAN);
          this.record.note({ ...about, kind: 'scanned', time: modified + this.times.scan + 1 });
        }
        if (tags.get(MALWARE_TAG) !== MALWARE_CLEAN || tags.has(GATE_TAG)) continue;
        if (this.now() < modified + this.times.gate) continue;
        const { reasons, attachments = [] } = await looked(found, terms);
        const outcome = reasons.length === 0 ? 'released' : 'rejected';
        this.#report(found, terms, { reasons, attachments });
        tags.set(GATE_TAG, outcome);
        this.record.note({ ...about, kind: outcome, time: modified + this.times.gate + 2 });
      }
    await this.record.seal();
  }

  #report(
    { key, id, bytes, mediaType, modified }: Version & { readonly key: string },
    { agreement, sealed }: Profile['sends'][number],
    { reasons, attachments = [] }: Looked,
  ): void {
    const { bucket = '', organisation, register } = this.profile;
    const instant = (time: number) => `${new Date(time).toISOString().slice(0, 19)}Z`;
    const text = gateReportText({
      form: GATE_REPORT_FORM,
      outcome: reasons.length === 0 ? 'released' : 'rejected',
      decided: instant(this.now()),
      list: register.digest,
      owner: organisation.id,
      agreement,
      object: {
        bucket,
        key,
        version: id,
        bytes: bytes?.length ?? 0,
        mediaType,
        deposited: instant(modified),
      },
      checked: ['agreement', 'name', 'size', 'media-type', sealed ? 'sealed' : 'message'],
      reasons,
      ...(sealed && { sealed: { kind: sealed.kind, keys: sealed.keys.length } }),
      ...(attachments.length > 0 && { attachments: [...attachments] }),
      withoutContract: 'Each message is a letter about one person.',
    });
    const at = reportKeys({ key, version: id }).decision;
    this.buckets.put(bucket, at, { mediaType: 'application/json', metadata: {} }, Buffer.from(text));
  }
}

async function isInfected({ bytes = Buffer.alloc(0) }: Version): Promise<boolean> {
  if (bytes.includes(MALWARE_TEST)) return true;
  const shown = await shownMessage(bytes).catch(() => undefined);
  return shown?.files.some((file) => Buffer.from(file.bytes).includes(MALWARE_TEST)) ?? false;
}

/** What the gate of a play found. */
interface Looked {
  readonly reasons: readonly GateReason[];
  readonly attachments?: readonly AttachmentSeen[];
}

async function looked(
  { bytes = Buffer.alloc(0), mediaType }: Version,
  { mediaTypes, largestObject, sealed }: Profile['sends'][number],
): Promise<Looked> {
  if (bytes.length > largestObject)
    return { reasons: [{ why: 'too-large', bytes: bytes.length, most: largestObject }] };
  if (sealed !== undefined) {
    if (mediaType !== SEALED_MEDIA_TYPE)
      return { reasons: [{ why: 'media-type', found: mediaType, allowed: [SEALED_MEDIA_TYPE] }] };
    const file = { bytes: bytes.length, slice: async (from: number, to: number) => bytes.subarray(from, to) };
    const fault = await sealFault(file, { kind: sealed.kind, keys: sealed.keys.length });
    return { reasons: fault === undefined ? [] : [fault] };
  }
  if (!mediaTypes.includes(mediaType))
    return { reasons: [{ why: 'media-type', found: mediaType, allowed: mediaTypes }] };
  const pieces = (async function* () {
    yield bytes;
  })();
  return lookAtMessage(pieces, mediaTypes);
}
