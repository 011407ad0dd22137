/** Looks at a message as it streams past: whether it is one, and what comes with it. It does not look into attachments. */
import { attachmentsOf, MessageFault, MessageScan } from '../../lib/messages';
import type { GatedAgreement, GateReason } from '../../lib/wire';
import type { Contents } from './contents';

/** So many attachments of a wrong type are told; whoever mends those sees the rest. */
const MOST_TOLD = 20;

/** Why a message is rejected; nothing where it is not. @throws what S3 answers, and ChecksumDiffersError at its end */
export async function messageFaults(
  contents: Pick<Contents, 'read'>,
  { mediaTypes }: Pick<GatedAgreement, 'mediaTypes'>,
): Promise<readonly GateReason[]> {
  const scan = new MessageScan();
  try {
    for await (const piece of contents.read(0)) scan.push(piece);
    return attachmentsOf(scan.end())
      .flatMap(({ mediaType }, index): GateReason[] =>
        mediaTypes.includes(mediaType)
          ? []
          : [{ why: 'attachment-type', attachment: index + 1, found: mediaType, allowed: [...mediaTypes] }],
      )
      .slice(0, MOST_TOLD);
  } catch (error) {
    if (!(error instanceof MessageFault)) throw error;
    const { why: fault, line, field } = error;
    return [{ why: 'message', fault, line, ...(field !== undefined && { field: field.slice(0, 100) }) }];
  }
}
