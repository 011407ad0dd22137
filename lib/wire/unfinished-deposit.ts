/**
 * What is remembered of a deposit that is under way, on the computer that sends it, so that it can go on after an interruption.
 * Nothing in it is secret. What S3 has is asked of S3; this says only which upload it was, and of what.
 */
import * as z from 'zod/mini';
import { handle, sha256, words } from './forms';
import type { Read } from './read';

/** The form; another is not gone on with. */
export const UNFINISHED_DEPOSIT_FORM = 'concordat-unfinished-deposit/v1';

const whole = z.int().check(z.minimum(0));
const crc64 = z.string().check(z.regex(/^[A-Za-z0-9+/]{11}=$/, 'a CRC-64 in base64'));

/** What was found by reading a file once: what S3 is held to, and that it keeps to its contract. */
export const surveySchema = z.strictObject({
  bytes: whole,
  sha256,
  partBytes: whole,
  /** Of each part in its order; of one alone where it is sent in one go. */
  crc64nvme: z.array(crc64).check(z.minLength(1), z.maxLength(10_000)),
  /** The digest of the contract that it keeps to; nothing where its agreement has none. */
  contract: z.optional(sha256),
});

const unfinishedDepositSchema = z.strictObject({
  form: z.literal(UNFINISHED_DEPOSIT_FORM),
  bucket: words,
  agreement: handle,
  key: z.string().check(z.minLength(1), z.maxLength(1024)),
  mediaType: words,
  /** The file as it was looked at: by its path, and by what tells it from one that was changed since. */
  file: z.strictObject({ path: z.string(), stamp: z.string() }),
  /** What was found by reading it once. */
  survey: surveySchema,
  stage: z.discriminatedUnion('at', [
    /** It is being sent: in parts under an upload, or in one go. `since` is the time at S3, in milliseconds since 1970. */
    z.strictObject({
      at: z.literal('sending'),
      since: whole,
      upload: z.optional(z.string().check(z.minLength(1))),
    }),
    /** All parts are there, and S3 was asked to make the object of them. */
    z.strictObject({ at: z.literal('closing'), since: whole, upload: z.string().check(z.minLength(1)) }),
    /** S3 has it; the run that sent it was not at its end yet. */
    z.strictObject({ at: z.literal('deposited'), version: words }),
  ]),
});

/** What is remembered of a deposit. */
export type UnfinishedDeposit = Read<typeof unfinishedDepositSchema>;

/** What was remembered; nothing where it is of another form, or was damaged: then the deposit begins anew. */
export function unfinishedDepositIn(value: unknown): UnfinishedDeposit | undefined {
  const read = unfinishedDepositSchema.safeParse(value);
  return read.success ? (read.data as UnfinishedDeposit) : undefined;
}
