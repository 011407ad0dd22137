/** Looks at a message as it streams past, by what a client looks at before it sends one. */
import { lookAtMessage } from '../../lib/messages';
import type { GatedAgreement, GateReason } from '../../lib/wire';
import type { Contents } from './contents';

/** Why a message is rejected; nothing where it is not. @throws what S3 answers, and ChecksumDiffersError at its end */
export async function messageFaults(
  contents: Pick<Contents, 'read'>,
  { mediaTypes }: Pick<GatedAgreement, 'mediaTypes'>,
): Promise<readonly GateReason[]> {
  return (await lookAtMessage(contents.read(0), mediaTypes)).reasons;
}
