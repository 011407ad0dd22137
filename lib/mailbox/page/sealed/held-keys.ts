/**
 * The secret halves of keys that somebody gave in this tab. They are kept in memory and nowhere else: a reload, a sign-out or the end
 * of the tab takes them away, and nothing of them is ever shown but the public half.
 */
import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { identitiesIn, type KnownIdentity } from '../../../client/in-browsers';
import type { IdentityFault } from '../../../delivery';
import type { SealKind } from '../../../wire';
import { Told } from '../words/told';

let held: readonly KnownIdentity[] = [];

/** Whether one was given. */
export function hasKey(): boolean {
  return held.length > 0;
}

/** Those that were given. */
export function heldKeys(): readonly KnownIdentity[] {
  return held;
}

/** Takes them in place of those before. */
export function holdKeys(keys: readonly KnownIdentity[]): void {
  held = keys;
}

/** Forgets them. */
export function forgetKeys(): void {
  held = [];
}

/** The keys that a text names, one in a line, as the command line reads them. @throws Told */
export async function keysIn(text: string): Promise<readonly KnownIdentity[]> {
  const read = await identitiesIn(text, identityToRecipient);
  if ('identities' in read) return read.identities;
  const { fault, line } = read;
  throw new Told({ ...faultWords(fault), code: `key ${fault}${line === undefined ? '' : ` ${line}`}` });
}

/** A new key, which nobody has but who keeps it. */
export async function newKey(kind: SealKind): Promise<KnownIdentity> {
  const identity = await (kind === 'x25519' ? generateX25519Identity() : generateHybridIdentity());
  return { identity, publicKey: await identityToRecipient(identity) };
}

function faultWords(fault: IdentityFault) {
  switch (fault) {
    case 'public':
      return {
        happened: 'This is a public key, and a public key opens nothing.',
        mend: 'Give its secret half: it begins with AGE-SECRET-KEY-.',
      };
    case 'plugin':
      return {
        happened: 'This names a key on a security token, which this page cannot use.',
        mend: 'Use your passkey, or a key that begins with AGE-SECRET-KEY-.',
      };
    case 'locked':
      return {
        happened: 'The key is locked itself, with a passphrase or to another key.',
        mend: 'Have your IT help desk unlock it, and give what comes of it.',
      };
    case 'ssh':
      return {
        happened: 'This is a key of another kind (SSH).',
        mend: 'Give the file that holds your key for sealed messages: a line in it begins with AGE-SECRET-KEY-.',
      };
    default:
      return {
        happened: 'This is no key, or it was not copied whole. It is not shown.',
        mend: 'Give the file that holds your key: a line in it begins with AGE-SECRET-KEY-.',
      };
  }
}
