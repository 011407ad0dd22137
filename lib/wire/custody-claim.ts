/**
 * What the register claims of a key’s custody, in the words of KMS, so that the claim can be held against what
 * `DescribeKey` answers. It travels in the list of grants.
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html
 */
import * as z from 'zod/mini';
import { day, text } from './forms';
import type { Read } from './read';

const id = text(/^[\s\S]{1,128}$/, 'text of 1 to 128 characters');

/** What a key must be for the register to be true: where its material comes from, and what goes with that. */
export const custodyClaimSchema = z.discriminatedUnion('origin', [
  z.strictObject({ origin: z.literal('AWS_KMS') }),
  /** With the day on which the imported material expires, and whether it is still to be imported for the first time. */
  z.strictObject({
    origin: z.literal('EXTERNAL'),
    materialExpires: day,
    material: z.optional(z.literal('awaited')),
  }),
  /** With the CloudHSM cluster that holds the material. */
  z.strictObject({ origin: z.literal('AWS_CLOUDHSM'), clusterId: id }),
  /** With the id of the key in the external key manager. */
  z.strictObject({ origin: z.literal('EXTERNAL_KEY_STORE'), externalKeyId: id }),
]);

/** What a key must be for the register to be true. */
export type CustodyClaim = Read<typeof custodyClaimSchema>;
/** Where KMS says that a key’s material comes from. */
export type Origin = CustodyClaim['origin'];
