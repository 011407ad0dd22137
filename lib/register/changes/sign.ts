/** Who signs for an organisation, and the file that comes of it. */
import canonicalize from 'canonicalize';
import { type PublicKey, preAuthentication, type SecretKey, sshSignature } from '../../signatures';
import { APPROVAL_NAMESPACE, type SignedStatement, STATEMENT_PAYLOAD } from '../../wire/approval';
import { keyOfApprover } from '../approvals/approver-key';
import { approvalName } from '../approvals/read-approval';
import { type IsoDate, inWords } from '../calendar';
import type { RegisterFile } from '../folder';
import type { ApprovalEnvelope } from '../schema/approval';
import type { Approver, Organisation } from '../schema/organisation';

/** Who signs: a key in a file, or one that AWS KMS has, which is asked to. */
export type Signer =
  | { readonly kind: 'file'; readonly secret: SecretKey }
  | {
      readonly kind: 'kms';
      readonly arn: string;
      readonly sign: (message: Uint8Array, key: PublicKey['kind']) => Promise<Uint8Array>;
    };

/** The file of a statement that the approver signs. */
export async function signedFile(
  statement: SignedStatement,
  approver: Approver,
  signer: Signer,
): Promise<RegisterFile> {
  const payload = Buffer.from(canonicalize(statement) ?? '');
  const envelope = await signed(payload, approver, signer);
  const path = `approvals/${approvalName(statement, payload)}.json`;
  return { path, bytes: Buffer.from(`${JSON.stringify(envelope, null, 2)}\n`) };
}

/** The approver with the key, on the day. */
export function approverOf(
  { approvers = [] }: Organisation,
  signer: Signer,
  on: IsoDate,
): Approver | undefined {
  return approvers
    .filter(({ from, until }) => from <= on && (until === undefined || on <= until))
    .find((each) =>
      signer.kind === 'kms'
        ? each.kmsKey === signer.arn
        : keyOfApprover(each)?.publicKey.der.equals(signer.secret.publicKey.der),
    );
}

/** What to do where there is none. */
export function nobody({ id }: Organisation, signer: Signer, on: IsoDate): string {
  return `organisations/${id}.yaml names no approver with ${signer.kind === 'kms' ? signer.arn : 'the key of this file'} for ${inWords(on)}: write the post under \`approvers\`, with its public key and its days, and have that reviewed first`;
}

async function signed(payload: Buffer, approver: Approver, signer: Signer): Promise<ApprovalEnvelope> {
  const key = keyOfApprover(approver);
  if (key === undefined) throw new TypeError(`the key of ${approver.post} cannot be read`);
  const message = preAuthentication(STATEMENT_PAYLOAD, payload);
  const sig =
    signer.kind === 'file' ? signer.secret.sign(message) : await signer.sign(message, key.publicKey.kind);
  const isSsh = signer.kind === 'file' && approver.sshKey !== undefined;
  return {
    payload: payload.toString('base64'),
    payloadType: STATEMENT_PAYLOAD,
    signatures: [
      {
        keyid: key.keyid,
        sig: Buffer.from(sig).toString('base64'),
        ...(isSsh && { sshsig: sshSignature(signer.secret, APPROVAL_NAMESPACE, payload) }),
      },
    ],
  };
}
