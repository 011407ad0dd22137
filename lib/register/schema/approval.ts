/** `approvals/<agreement>.<organisation>.<12 hex>.json`: what one approver signed, in a DSSE envelope. */
import { z } from 'zod';

/** A statement is some hundred bytes; KMS signs no more than 4,096. */
const MOST = 8_192;

const base64 = z
  .string()
  .max(MOST)
  .regex(
    /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$|^(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)$/,
  )
  .meta({
    description: 'Bytes in standard base64.',
    expects: 'standard base64, with = at its end where it is needed',
    fix: 'put the file back as `concordat approve` wrote it, or sign again',
  });

const signature = z.strictObject({
  keyid: z.string().min(1).max(512).meta({ description: 'Which key signed; it proves nothing.' }),
  sig: base64,
  sshsig: z.string().min(1).max(MOST).optional().meta({
    description: 'The same approver’s SSH signature on the payload, for `ssh-keygen -Y verify`.',
  }),
});

/** The shape of an approval. One signature: another approver makes another envelope. */
export const approvalSchema = z
  .strictObject({
    payload: base64,
    payloadType: z.string().min(1).max(256).meta({ description: 'What kind of text the payload is.' }),
    signatures: z.array(signature).min(1).max(1).meta({
      description: 'The signature of the approver.',
      expects: 'one signature',
      fix: 'have each approver sign by themselves: `concordat approve` makes an envelope for each',
    }),
  })
  .meta({ title: 'Approval', description: 'What one approver signed, in a DSSE envelope.' });

/** An envelope as its file has it. */
export type ApprovalEnvelope = z.infer<typeof approvalSchema>;
