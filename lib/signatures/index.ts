/** Signatures that people make on texts: DSSE envelopes and SSH signatures, and the keys that make and check them. */
export { preAuthentication, verifiedBy } from './envelope';
export { kmsPublicKey, type PublicKey, sshFingerprint, sshPublicKey } from './public-key';
export { type SecretKey, SecretKeyRefused, secretKeyIn } from './secret-key';
export { isSshSignature, sshSignature } from './ssh-signature';
