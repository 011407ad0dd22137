/**
 * Sends one file, so that it may be interrupted anywhere. What S3 has is asked of S3; what is remembered says only which upload
 * it was, and is written before the call that it makes good. An interruption then costs at most the parts that were under way.
 *
 * Two calls may have been heard by S3 though no answer came: the one that puts a whole object, and the one that makes an object
 * of its parts. To ask again would deposit twice, which is two transfers. So it is looked first whether the object is there.
 */
import { inParallel } from '../../runtime';
import { UNFINISHED_DEPOSIT_FORM, type UnfinishedDeposit, unfinishedDepositIn } from '../../wire';
import { joinedCrc64 } from '../crc64';
import { type PartPlan, rangeOfPart } from '../parts';
import { type Body, type SentPart, type Store, type Stored, StoreFailure } from '../store';
import { type DepositItem, type Memory, SHA256_METADATA, type Survey } from './item';

/** What sending needs. */
export interface SendPorts {
  readonly store: Store;
  readonly memory: Memory;
  /** The time at S3, in milliseconds since 1970. */
  readonly now: () => number;
  /** How many parts are sent at once. */
  readonly lanes: number;
  /** Told of bytes that S3 has: those from before, and each part as it arrives. */
  readonly sent?: (bytes: number, kind: 'before' | 'now') => void;
}

/** A file is deposited. */
export interface Deposited extends Stored {
  /** Whether an earlier run, which came not to its end, did all of it. */
  readonly before: boolean;
}

/** Tries, where an upload that was begun is gone: it was given up from elsewhere, or the bucket’s rule took it away. */
const ROUNDS = 3;

/** Deposits one file. Calling it again after an interruption goes on; after it is done, it says so again until it is forgotten. */
export async function send(item: DepositItem, survey: Survey, ports: SendPorts): Promise<Deposited> {
  const { store, memory, sent } = ports;
  const earlier = rememberedOf(item, memory);
  const fits = earlier !== undefined && isOf(earlier, item, survey);
  if (earlier !== undefined && !fits) await giveUp(earlier, store, memory);
  let known = fits ? earlier : undefined;
  if (known?.stage.at === 'deposited') {
    sent?.(survey.bytes, 'before');
    return { version: known.stage.version, before: true };
  }
  for (let round = 1; round <= ROUNDS; round++) {
    const done = isInParts(survey)
      ? await sendParts(item, survey, known, ports)
      : await sendWhole(item, survey, known, ports);
    if (done !== undefined) {
      // Of thousands of small files each word to the disk counts, and a look at S3 finds them as well.
      if (isInParts(survey))
        memory.write(item.key, remembered(item, survey, { at: 'deposited', version: done.version }));
      return done;
    }
    known = undefined;
  }
  throw new StoreFailure('unexpected', 'NoSuchUpload');
}

/** Gives up a deposit that is under way: its parts are taken away at S3, and it is forgotten. What is deposited stays. */
export async function giveUp(earlier: UnfinishedDeposit, store: Store, memory: Memory): Promise<void> {
  const { stage, key } = earlier;
  if ('upload' in stage && stage.upload !== undefined) await store.abort(key, stage.upload);
  memory.remove(key);
}

/** What is remembered of an item. */
export function rememberedOf({ key, bucket }: Pick<DepositItem, 'key' | 'bucket'>, memory: Memory) {
  const found = unfinishedDepositIn(memory.read(key));
  return found?.bucket === bucket && found.key === key ? found : undefined;
}

/** The plan by which a survey was made. */
function planOf({ bytes, partBytes, crc64nvme }: Survey): PartPlan {
  return { bytes, partBytes, count: crc64nvme.length };
}

function isInParts({ crc64nvme }: Survey): boolean {
  return crc64nvme.length > 1;
}

/** Whether what is remembered is of these very bytes, and of the same kind. */
function isOf(earlier: UnfinishedDeposit, item: DepositItem, survey: Survey): boolean {
  const { survey: old, mediaType } = earlier;
  return (
    old.sha256 === survey.sha256 &&
    old.bytes === survey.bytes &&
    old.partBytes === survey.partBytes &&
    mediaType === item.mediaType
  );
}

async function sendWhole(
  item: DepositItem,
  survey: Survey,
  known: UnfinishedDeposit | undefined,
  ports: SendPorts,
): Promise<Deposited | undefined> {
  const { store, memory, now, sent } = ports;
  if (known !== undefined) {
    const there = await landed(item, survey, known.stage, store);
    if (there !== undefined) {
      sent?.(survey.bytes, 'before');
      return { ...there, before: true };
    }
  }
  memory.write(item.key, remembered(item, survey, { at: 'sending', since: second(now()) }));
  const stored = await store.put(item.key, about(item, survey), {
    ...bodyOf(item, planOf(survey), 1, survey),
    sha256: survey.sha256,
  });
  sent?.(survey.bytes, 'now');
  return { ...stored, before: false };
}

async function sendParts(
  item: DepositItem,
  survey: Survey,
  known: UnfinishedDeposit | undefined,
  ports: SendPorts,
): Promise<Deposited | undefined> {
  const { store, memory, sent } = ports;
  const { key } = item;
  const under = known === undefined ? await begin(item, survey, ports) : uploadIn(known);
  if (under === undefined) return undefined;
  const { upload, since, isNew } = under;
  const found = isNew ? [] : await store.parts(key, upload);
  if (found === undefined) return closed(item, survey, known, store);
  const parts = new Map(found.filter((each) => isPartOf(each, survey)).map((each) => [each.number, each]));
  const plan = planOf(survey);
  for (const { bytes } of parts.values()) sent?.(bytes, 'before');
  const missing = Array.from({ length: plan.count }, (_, n) => n + 1).filter((n) => !parts.has(n));
  await inParallel(missing, ports.lanes, async (number) => {
    const part = await store.sendPart(key, upload, number, bodyOf(item, plan, number, survey));
    parts.set(number, part);
    sent?.(part.bytes, 'now');
  });
  const closing = remembered(item, survey, { at: 'closing', since, upload });
  memory.write(key, closing);
  const inOrder = [...parts.values()].sort((a, b) => a.number - b.number);
  const stored = await store.complete(key, upload, inOrder, {
    crc64nvme: wholeOf(survey),
    bytes: survey.bytes,
  });
  return stored === undefined ? closed(item, survey, closing, store) : { ...stored, before: false };
}

interface Upload {
  readonly upload: string;
  readonly since: number;
  readonly isNew: boolean;
}

async function begin(item: DepositItem, survey: Survey, { store, memory, now }: SendPorts): Promise<Upload> {
  const since = second(now());
  const upload = await store.begin(item.key, about(item, survey));
  memory.write(item.key, remembered(item, survey, { at: 'sending', since, upload }));
  return { upload, since, isNew: true };
}

function uploadIn({ stage }: UnfinishedDeposit): Upload | undefined {
  if (stage.at === 'deposited' || stage.upload === undefined) return undefined;
  return { upload: stage.upload, since: stage.since, isNew: false };
}

/** The upload is not there any more. Where S3 had been asked to make the object of it, that is why, if the object is there. */
async function closed(
  item: DepositItem,
  survey: Survey,
  known: UnfinishedDeposit | undefined,
  store: Store,
): Promise<Deposited | undefined> {
  if (known?.stage.at !== 'closing') return undefined;
  const there = await landed(item, survey, known.stage, store);
  return there && { ...there, before: true };
}

/**
 * Whether the object is there that an earlier call may have made. Who deposits may not read, so it is known by its size, by how it
 * was sent, and by its time: S3 gives an object the time at which its upload began, in whole seconds.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html#SysMetadata
 */
async function landed(
  { key }: DepositItem,
  survey: Survey,
  stage: UnfinishedDeposit['stage'],
  store: Store,
): Promise<Stored | undefined> {
  if (stage.at === 'deposited') return { version: stage.version };
  const count = /-(\d+)$/;
  // The first in a listing by its own name is the object itself, if there is one.
  for await (const found of store.list(key)) {
    const parts = Number(count.exec(found.etag)?.[1] ?? 1);
    const isOurs =
      found.key === key &&
      found.bytes === survey.bytes &&
      parts === survey.crc64nvme.length &&
      found.modified >= stage.since;
    if (!isOurs) return undefined;
    const current = await store.tags(key);
    return current && { version: current.version };
  }
  return undefined;
}

function isPartOf({ number, bytes, crc64nvme }: SentPart, survey: Survey): boolean {
  const plan = planOf(survey);
  if (number < 1 || number > plan.count) return false;
  const { from, to } = rangeOfPart(plan, number);
  return bytes === to - from && crc64nvme === survey.crc64nvme[number - 1];
}

function bodyOf({ file }: DepositItem, plan: PartPlan, number: number, survey: Survey): Body {
  const { from, to } = rangeOfPart(plan, number);
  return {
    bytes: to - from,
    crc64nvme: survey.crc64nvme[number - 1] ?? '',
    open: () => file.read(from, to),
  };
}

/** The checksum of the whole. */
export function wholeOf(survey: Survey): string {
  const plan = planOf(survey);
  return joinedCrc64(
    survey.crc64nvme.map((crc64nvme, n) => {
      const { from, to } = rangeOfPart(plan, n + 1);
      return { crc64nvme, bytes: to - from };
    }),
  );
}

function about({ mediaType }: DepositItem, { sha256 }: Survey) {
  return { mediaType, metadata: { [SHA256_METADATA]: sha256 } };
}

function remembered(
  { bucket, agreement, key, mediaType, file }: DepositItem,
  survey: Survey,
  stage: UnfinishedDeposit['stage'],
): UnfinishedDeposit {
  return {
    form: UNFINISHED_DEPOSIT_FORM,
    bucket,
    agreement,
    key,
    mediaType,
    file: { path: file.path, stamp: file.stamp },
    survey,
    stage,
  };
}

/** S3 gives times in whole seconds. */
function second(milliseconds: number): number {
  return Math.max(0, Math.floor(milliseconds / 1000) * 1000);
}
