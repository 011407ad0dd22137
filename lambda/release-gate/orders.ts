/**
 * What wakes the gate: GuardDuty’s verdicts, which EventBridge puts into a queue, and orders, which the schedule and the state
 * machine give.
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/monitor-with-eventbridge-s3-malware-protection.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
import * as z from 'zod/mini';
import { EventError } from '../../lib/runtime';
import type { Version } from './ports';

/** A checkpoint that the state machine carries has at most so many characters: its state holds 256 KiB in all. */
const MOST_CHECKPOINT = 200_000;

const name = z.string().check(z.minLength(1), z.maxLength(1024));
const version = { key: name, version: name };

const sweepOrder = z.strictObject({
  action: z.literal('sweep'),
  /** The version after which to go on. */
  after: z.optional(z.strictObject(version)),
  done: z.optional(z.literal(false)),
});
const goOnOrder = z.strictObject({
  action: z.literal('go-on'),
  ...version,
  /** What the engine needs to go on from where it paused; from the beginning without it. */
  checkpoint: z.optional(z.string().check(z.maxLength(MOST_CHECKPOINT))),
  done: z.optional(z.literal(false)),
});
const order = z.discriminatedUnion('action', [sweepOrder, goOnOrder]);

const messages = z.object({
  Records: z
    .array(
      z.object({
        messageId: name,
        body: z.string(),
        eventSource: z.literal('aws:sqs'),
      }),
    )
    .check(z.minLength(1)),
});

/** As far as the gate reads it. GuardDuty’s event has more, and may come to have still more. */
const verdictEvent = z.object({
  source: z.literal('aws.guardduty'),
  'detail-type': z.literal('GuardDuty Malware Protection Object Scan Result'),
  detail: z.object({
    resourceType: z.literal('S3_OBJECT'),
    s3ObjectDetails: z.object({ bucketName: name, objectKey: name, versionId: name }),
    scanResultDetails: z.object({ scanResultStatus: name }),
  }),
});

/** Looks for versions that no event told of, or goes on with that. */
export type SweepOrder = z.output<typeof sweepOrder>;
/** Goes on with one version. */
export type GoOnOrder = z.output<typeof goOnOrder>;

/** A message of the queue, not yet read. */
export interface Message {
  readonly id: string;
  readonly body: string;
}

/** What woke the gate. */
export type Woken = { readonly messages: readonly Message[] } | { readonly order: SweepOrder | GoOnOrder };

/** What GuardDuty found in a version. */
export interface Verdict extends Version {
  readonly bucket: string;
  readonly status: string;
}

/** Reads an event. @throws EventError for one that is none of these, all of it */
export function wokenBy(event: unknown): Woken {
  const batch = messages.safeParse(event);
  if (batch.success)
    return { messages: batch.data.Records.map(({ messageId, body }) => ({ id: messageId, body })) };
  const read = order.safeParse(event);
  if (read.success) return { order: read.data };
  throw new EventError(
    `takes messages of SQS, { "action": "sweep" } or { "action": "go-on", "key", "version" }; it got ${shown(event)}`,
  );
}

/** Reads the verdict in a message. @throws EventError where it is none */
export function verdictIn({ id, body }: Message): Verdict {
  const read = verdictEvent.safeParse(parsed(body));
  if (!read.success) {
    const places = read.error.issues.map(({ path }) => path.join('.') || 'all of it').join(', ');
    throw new EventError(
      `message ${id} is no scan result of GuardDuty for a version of an object: ${places} is missing or of another form`,
    );
  }
  const { s3ObjectDetails, scanResultDetails } = read.data.detail;
  return {
    bucket: s3ObjectDetails.bucketName,
    key: s3ObjectDetails.objectKey,
    version: s3ObjectDetails.versionId,
    status: scanResultDetails.scanResultStatus,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What came, in few characters: its fields alone, since names of files may be about people. */
function shown(event: unknown): string {
  return typeof event === 'object' && event !== null
    ? `an object with ${Object.keys(event).slice(0, 10).join(', ').slice(0, 200) || 'nothing in it'}`
    : `a ${typeof event}`;
}
