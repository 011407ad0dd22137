/** Looks at a message as it streams past, by what a client looks at before it sends one. */
import { lookAtMessage } from '../../lib/messages';
import type { GatedAgreement, GateReason, GateReport } from '../../lib/wire';
import type { Contents } from './contents';

/** What the report says of a message. */
interface MessageFound {
  /** Why it is rejected; nothing where it is not. */
  readonly reasons: readonly GateReason[];
  /** What comes with it; nothing where it is no message that programs read alike. */
  readonly attachments?: GateReport['attachments'];
}

/** Looks at it. @throws what S3 answers, and ChecksumDiffersError at its end */
export async function messageFound(
  contents: Pick<Contents, 'read'>,
  { mediaTypes }: Pick<GatedAgreement, 'mediaTypes'>,
): Promise<MessageFound> {
  const { reasons, attachments } = await lookAtMessage(contents.read(0), mediaTypes);
  return { reasons, ...(attachments.length > 0 && { attachments: [...attachments] }) };
}
