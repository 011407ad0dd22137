/**
 * What is remembered of a file that was sealed to be deposited, on the computer that sends it. Sealed once more it would come to
 * other bytes, since age draws a key for each file: so the sealed bytes are kept beside this until S3 has them. Nothing here is
 * secret.
 */
import * as z from 'zod/mini';
import { sha256, words } from './forms';
import type { Read } from './read';
import { surveySchema } from './unfinished-deposit';

/** The form; another is not gone on with. */
export const SEALED_DEPOSIT_FORM = 'concordat-sealed-deposit/v1';

const sealedDepositSchema = z.strictObject({
  form: z.literal(SEALED_DEPOSIT_FORM),
  bucket: words,
  /** Of the sealed object. */
  key: z.string().check(z.minLength(1), z.maxLength(1024)),
  /** The file as it was looked at, and what was found by reading it. */
  file: z.strictObject({ path: z.string(), stamp: z.string() }),
  found: surveySchema,
  /** SHA-256 of the keys that it is sealed to. */
  to: sha256,
  /** The sealed bytes: what tells their file from one that was changed since, and what S3 is held to. */
  sealed: z.strictObject({ stamp: z.string(), survey: surveySchema }),
  /** The version, once S3 has it: then the sealed bytes are no longer kept. */
  version: z.optional(words),
});

/** What is remembered of a file that was sealed. */
export type SealedDeposit = Read<typeof sealedDepositSchema>;

/** What was remembered; nothing where it is of another form, or was damaged: then the file is sealed anew. */
export function sealedDepositIn(value: unknown): SealedDeposit | undefined {
  const read = sealedDepositSchema.safeParse(value);
  return read.success ? (read.data as SealedDeposit) : undefined;
}
