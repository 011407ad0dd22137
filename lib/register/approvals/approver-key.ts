/** The key of an approver, as the organisation’s file gives it. */
import { kmsPublicKey, type PublicKey, sshFingerprint, sshPublicKey } from '../../signatures';
import type { Approver } from '../schema/organisation';

/** A key, and what envelopes call it: the fingerprint that `ssh-keygen -l` prints, or the key’s ARN. */
export interface ApproverKey {
  readonly publicKey: PublicKey;
  readonly keyid: string;
}

/** Rules ask for a key again and again, and for all that was signed with it. */
const read = new WeakMap<Approver, ApproverKey | undefined>();

/** The key; undefined where the file gives none that can be read, which a rule tells. It is read once for each approver. */
export function keyOfApprover(approver: Approver): ApproverKey | undefined {
  if (!read.has(approver)) read.set(approver, keyIn(approver));
  return read.get(approver);
}

function keyIn({ sshKey, kmsKey, publicKey }: Approver): ApproverKey | undefined {
  if (sshKey !== undefined) {
    const key = sshPublicKey(sshKey);
    return key && { publicKey: key, keyid: sshFingerprint(key) };
  }
  const key = publicKey === undefined ? undefined : kmsPublicKey(publicKey);
  return key && kmsKey !== undefined ? { publicKey: key, keyid: kmsKey } : undefined;
}
