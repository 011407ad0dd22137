/** Verifying the signature lines of a checkpoint with keys that one has. */
import { verifyEd25519 } from '#platform';
import { bytesOf } from './bytes';
import type { SignedCheckpoint } from './checkpoint';
import { ed25519Message, fromTimestamped, mlDsaMessage } from './cosignature';
import { ML_DSA_44_SIGNATURE_BYTES, mlDsaVerify } from './ml-dsa';
import type { NoteSignature } from './signed-note';
import type { VerifierKey } from './verifier-key';

/** What came of one signature line. */
export interface CheckedSignature {
  readonly name: string;
  readonly keyId: string;
  /** `unknown` where no key that was given has that name and id: others may have theirs. */
  readonly outcome: 'good' | 'bad' | 'unknown';
  readonly key: VerifierKey | undefined;
  /** When it was made, in seconds since 1970, if it says so and is good. */
  readonly time: number | undefined;
}

/** Checks every line of a checkpoint. Callers that rely on it must see that a key that they trust is among the good. */
export async function checkSignatures(
  checkpoint: SignedCheckpoint,
  keys: readonly VerifierKey[],
): Promise<CheckedSignature[]> {
  return Promise.all(
    checkpoint.note.signatures.map(async (line): Promise<CheckedSignature> => {
      const { name, keyId } = line;
      const key = keys.find((each) => each.name === name && each.keyId === keyId);
      if (!key) return { name, keyId, outcome: 'unknown', key, time: undefined };
      const time = await checkLine(checkpoint, line, key);
      if (time === undefined) return { name, keyId, outcome: 'bad', key, time };
      return { name, keyId, outcome: 'good', key, time: time === 'none' ? undefined : time };
    }),
  );
}

/** Whether an Ed25519 signature is right. */
export function ed25519Verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  return signature.length === 64 && publicKey.length === 32 && verifyEd25519(signature, message, publicKey);
}

/** The time of a good signature, or `none` if it has none; undefined if it is not good. */
async function checkLine(
  checkpoint: SignedCheckpoint,
  { name, signature }: NoteSignature,
  { type, publicKey }: VerifierKey,
): Promise<number | 'none' | undefined> {
  if (type === 'ed25519')
    return ed25519Verify(signature, bytesOf(checkpoint.note.text), publicKey) ? 'none' : undefined;
  const parts = fromTimestamped(signature, type === 'mlDsa44' ? ML_DSA_44_SIGNATURE_BYTES : 64);
  if (!parts) return undefined;
  const good =
    type === 'mlDsa44'
      ? await mlDsaVerify(parts.signature, mlDsaMessage(checkpoint, name, parts.time), publicKey)
      : ed25519Verify(parts.signature, ed25519Message(checkpoint, parts.time), publicKey);
  return good ? parts.time : undefined;
}
