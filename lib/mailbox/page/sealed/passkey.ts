/**
 * A key that a passkey gives: the same each time, so that nothing of it is stored anywhere. The passkey evaluates a pseudo-random
 * function of its own, whose output leaves it for this page’s host alone; HKDF makes of it the secret half of a key of age, one for
 * each organisation and kind. A recipient of age that is a passkey itself would be symmetric, so that nobody else could seal to it.
 * @see https://www.w3.org/TR/webauthn-3/#prf-extension
 * @see https://www.rfc-editor.org/rfc/rfc5869
 */
import { bech32 } from '@scure/base';
import { identityToRecipient } from 'age-encryption';
import type { KnownIdentity } from '../../../client/in-browsers';
import type { SealKind } from '../../../wire';
import { Told } from '../words/told';

/**
 * What sets these keys apart from all else that a passkey is asked: changed, every key is another one. age’s own plugin asks with
 * another beginning.
 * @see https://github.com/FiloSottile/typage/tree/main/fido2prf
 */
const LABEL = 'concordat.mailbox/age-identity/v1';
/** How the secret half of each kind begins. @see https://c2sp.org/age */
const BEGINNINGS: Readonly<Record<SealKind, string>> = {
  x25519: 'AGE-SECRET-KEY-',
  'post-quantum': 'AGE-SECRET-KEY-PQ-',
};
const PRF_BYTES = 32;
/** EdDSA, ECDSA with P-256, RSA: what it signs by is never looked at. @see https://www.iana.org/assignments/cose/cose.xhtml */
const ALGORITHMS = [-8, -7, -257];

/** The keys of one passkey, by their kinds. */
export type PasskeyKeys = Readonly<Record<SealKind, KnownIdentity>>;

/** Makes a passkey for this page’s host, and asks it for its keys. @param name as people see it in lists @throws Told */
export async function newPasskey(organisation: string, name: string): Promise<PasskeyKeys> {
  const made = await asked(() =>
    navigator.credentials.create({
      publicKey: {
        rp: { name: 'Concordat secure messages', id: location.hostname },
        user: { id: random(16), name, displayName: name },
        pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
        authenticatorSelection: {
          residentKey: 'required',
          requireResidentKey: true,
          // It has another function for whoever did not verify themselves: here it is always the one of who did.
          userVerification: 'required',
        },
        // Nobody checks an answer: what is wanted is the function.
        challenge: random(16),
        extensions: { prf: {} },
      },
    }),
  );
  if (made.getClientExtensionResults().prf?.enabled !== true) throw new Told(WITHOUT_PRF);
  // Asked at once, it is seen that it will give the key when it is needed.
  return keysBy(organisation, made.rawId);
}

/** Asks a passkey that there is for its keys: the one that the person chooses. @throws Told */
export function passkeyKeys(organisation: string): Promise<PasskeyKeys> {
  return keysBy(organisation);
}

async function keysBy(organisation: string, id?: ArrayBuffer): Promise<PasskeyKeys> {
  const found = await asked(() =>
    navigator.credentials.get({
      publicKey: {
        rpId: location.hostname,
        allowCredentials: id === undefined ? [] : [{ type: 'public-key', id }],
        userVerification: 'required',
        challenge: random(16),
        extensions: { prf: { eval: { first: utf8(LABEL) } } },
      },
    }),
  );
  const output = found.getClientExtensionResults().prf?.results?.first;
  if (output === undefined) throw new Told(WITHOUT_PRF);
  const bytes = ArrayBuffer.isView(output)
    ? new Uint8Array(output.buffer as ArrayBuffer, output.byteOffset, output.byteLength)
    : new Uint8Array(output);
  if (bytes.length !== PRF_BYTES) throw new Told(WITHOUT_PRF);
  return {
    x25519: await keyOf(bytes, organisation, 'x25519'),
    'post-quantum': await keyOf(bytes, organisation, 'post-quantum'),
  };
}

async function keyOf(
  output: Uint8Array<ArrayBuffer>,
  organisation: string,
  kind: SealKind,
): Promise<KnownIdentity> {
  const secret = await crypto.subtle.importKey('raw', output, 'HKDF', false, ['deriveBits']);
  const how = { name: 'HKDF', hash: 'SHA-256', salt: utf8(LABEL), info: utf8(`${organisation} ${kind}`) };
  const seed = new Uint8Array(await crypto.subtle.deriveBits(how, secret, 256));
  const identity = bech32.encodeFromBytes(BEGINNINGS[kind], seed).toUpperCase();
  return { identity, publicKey: await identityToRecipient(identity) };
}

async function asked(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  if (!('PublicKeyCredential' in window) || !('credentials' in navigator)) throw new Told(WITHOUT_PASSKEYS);
  try {
    const found = await ask();
    if (found === null) throw new Told(NOT_USED);
    return found as PublicKeyCredential;
  } catch (error) {
    if (error instanceof Told) throw error;
    const name = error instanceof Error ? error.name : 'unknown';
    const words =
      name === 'NotAllowedError' || name === 'AbortError'
        ? NOT_USED
        : name === 'SecurityError'
          ? WRONG_PLACE
          : name === 'NotSupportedError' || name === 'ConstraintError'
            ? WITHOUT_PRF
            : { ...FAILED, code: `passkey ${name}` };
    throw new Told(words, { cause: error });
  }
}

const FILE_INSTEAD = 'or give your recovery key, which is a file';
const WITHOUT_PASSKEYS = {
  happened: 'This browser cannot use passkeys.',
  mend: `Use a current version of Chrome, Edge, Firefox or Safari, ${FILE_INSTEAD}.`,
  code: 'passkey none',
};
const WITHOUT_PRF = {
  happened: 'This browser, or what holds the passkey, cannot make a key for sealed messages.',
  mend: `Use a current version of Chrome, Edge, Firefox or Safari and another place for the passkey, such as your phone or a security key, ${FILE_INSTEAD}. A passkey that was just made for nothing can be deleted.`,
  code: 'passkey prf',
};
const NOT_USED = {
  happened: 'No passkey was used: there is none for this mailbox on this device, or it was not confirmed.',
  mend: `Try again and choose the passkey that you made for this mailbox, ${FILE_INSTEAD}.`,
  code: 'passkey not-used',
};
const WRONG_PLACE = {
  happened: 'Passkeys cannot be used at this address.',
  mend: `Open the mailbox at its usual address: a passkey belongs to the one at which it was made. If the mailbox has moved, ${FILE_INSTEAD.slice(3)}.`,
  code: 'passkey address',
};
const FAILED = {
  happened: 'The passkey did not work.',
  mend: `Try again, ${FILE_INSTEAD}.`,
};

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function random(bytes: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(bytes));
}
