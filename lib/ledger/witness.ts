/**
 * A witness: it cosigns a checkpoint only if that continues the last one that it saw. Two heads of a forked log can then
 * not both carry its name. @see https://c2sp.org/tlog-witness
 */
import { createPublicKey, type KeyObject, sign } from 'node:crypto';
import type { SignedCheckpoint } from './core/checkpoint';
import { ed25519Message, timestamped } from './core/cosignature';
import { verifyConsistency } from './core/merkle';
import { checkSignatures } from './core/signature';
import { formatNote } from './core/signed-note';
import { rawPublicKey, type VerifierKey, verifierKey } from './core/verifier-key';

/** What a witness is asked. */
export interface CosignRequest {
  readonly checkpoint: SignedCheckpoint;
  /** The last checkpoint that this witness cosigned, as it kept it; undefined at its first. */
  readonly seen: SignedCheckpoint | undefined;
  /** That the checkpoint continues the one seen; empty at the first. */
  readonly proof: readonly Uint8Array[];
  /** The key of the log, which the witness has its own reasons to trust. */
  readonly logKey: VerifierKey;
  readonly witness: { readonly name: string; readonly privateKey: KeyObject };
  /** Seconds since 1970. */
  readonly time: number;
}

/** The witness refuses. The message says why. */
export class WitnessRefusal extends Error {
  override readonly name = 'WitnessRefusal';
}

/** The checkpoint with the witness’s line added. The caller must keep it as what was seen last. @throws WitnessRefusal */
export async function cosign(request: CosignRequest): Promise<string> {
  const { checkpoint, seen, proof, logKey, witness, time } = request;
  await mustBeTheLogs(checkpoint, logKey, 'the checkpoint');
  if (seen) {
    await mustBeTheLogs(seen, logKey, 'the checkpoint that was seen last');
    if (seen.origin !== checkpoint.origin)
      throw new WitnessRefusal(
        `the checkpoint is of ${checkpoint.origin}, and the one seen last of ${seen.origin}`,
      );
    if (checkpoint.size < seen.size)
      throw new WitnessRefusal(
        `the checkpoint is of the size ${checkpoint.size}, and the one seen last of ${seen.size}`,
      );
    if (!verifyConsistency(proof, seen, checkpoint))
      throw new WitnessRefusal(
        `the checkpoint of the size ${checkpoint.size} does not continue the one of ${seen.size} that was seen last: ` +
          'keep both, they may prove that the log has forked',
      );
  }
  const key = witnessKey(witness);
  const signature = timestamped(time, sign(null, ed25519Message(checkpoint, time), witness.privateKey));
  const others = checkpoint.note.signatures.filter(
    (line) => line.name !== key.name || line.keyId !== key.keyId,
  );
  return formatNote({
    text: checkpoint.note.text,
    signatures: [...others, { name: key.name, keyId: key.keyId, signature }],
  });
}

/** The public side of a witness’s key. */
export function witnessKey({ name, privateKey }: CosignRequest['witness']): VerifierKey {
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return verifierKey(name, 'cosignature', rawPublicKey(spki).bytes);
}

async function mustBeTheLogs(checkpoint: SignedCheckpoint, logKey: VerifierKey, what: string): Promise<void> {
  const lines = await checkSignatures(checkpoint, [logKey]);
  if (
    checkpoint.origin !== logKey.name ||
    !lines.some(({ outcome }) => outcome === 'good') ||
    lines.some(({ outcome }) => outcome === 'bad')
  )
    throw new WitnessRefusal(`${what} is not signed by the log’s key ${logKey.keyId} (${logKey.name})`);
}
