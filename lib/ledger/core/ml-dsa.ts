/**
 * ML-DSA-44, which Node 20 does not have. The package comes as an ES module only, so it is loaded when first needed.
 * @see https://csrc.nist.gov/pubs/fips/204/final
 */

/** Bytes of a signature. */
export const ML_DSA_44_SIGNATURE_BYTES = 2420;

const load = async () => (await import('@noble/post-quantum/ml-dsa.js')).ml_dsa44;

/** A key pair from a seed of 32 bytes. */
export async function mlDsaKeys(seed: Uint8Array): Promise<{ publicKey: Uint8Array; secretKey: Uint8Array }> {
  return (await load()).keygen(seed);
}

/** Signs, always alike for one message and key. */
export async function mlDsaSign(message: Uint8Array, secretKey: Uint8Array): Promise<Uint8Array> {
  return (await load()).sign(message, secretKey, { extraEntropy: false });
}

/** Whether a signature is right. */
export async function mlDsaVerify(
  signature: Uint8Array,
  message: Uint8Array,
  publicKey: Uint8Array,
): Promise<boolean> {
  return (await load()).verify(signature, message, publicKey);
}
