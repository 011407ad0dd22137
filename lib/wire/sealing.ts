/**
 * Sealed agreements: what is shared under one is encrypted to keys of its recipients, by age, before it leaves the sender. Here is
 * what every place has to know of the form. @see https://c2sp.org/age
 */
import * as z from 'zod/mini';
import { handle, words } from './forms';

/**
 * The two kinds of keys that an agreement may be sealed to. One agreement has keys of one kind: a file to both is no stronger
 * than the weaker.
 */
export const SEAL_KINDS = ['x25519', 'post-quantum'] as const;
export type SealKind = (typeof SEAL_KINDS)[number];

/** How age names what it writes for a key of each kind. */
export const STANZA_TYPES: Readonly<Record<SealKind, string>> = {
  x25519: 'X25519',
  'post-quantum': 'mlkem768x25519',
};

/** The most keys of one agreement: age itself reads no file with more. */
export const MOST_SEAL_KEYS = 1_024;
/** What a sealed object is deposited as. @see https://www.iana.org/assignments/media-types/application/vnd.age */
export const SEALED_MEDIA_TYPE = 'application/vnd.age';
/** How the name of a sealed object ends, after the name of what is in it. */
export const SEALED_ENDING = '.age';

/** A public key in the form in which age writes it, in bech32: 59 characters after `age1`, or 1,957 after `age1pq1`. */
export const ageKey = z
  .string('an age public key')
  .check(z.regex(/^age1(?:pq1)?[02-9ac-hj-np-z]{58,1960}$/, 'an age public key, age1… or age1pq1…'));

/** A key that an agreement is sealed to. */
const sealKeySchema = z.strictObject({
  key: ageKey,
  /** The recipient whose key it is. */
  holder: handle,
  /** Who there has the secret half, and where. */
  keptBy: words,
});

/** To which keys what is sent is sealed. */
export const sealedToSchema = z.strictObject({
  kind: z.enum(SEAL_KINDS),
  why: words,
  keys: z.array(sealKeySchema).check(z.minLength(1), z.maxLength(MOST_SEAL_KEYS)),
});
