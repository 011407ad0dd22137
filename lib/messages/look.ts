/** What the release gate has against a message, and a client before it sends one: one definition, so that they never disagree. */
import type { GateReason, GateReport } from '../wire';
import { attachmentsOf, MessageFault } from './outline';
import { MessageScan } from './scan';

/** So many attachments of a wrong type are told; whoever mends those sees the rest. */
const MOST_TOLD = 20;

/** Why a message is rejected. */
export type MessageReason = Extract<GateReason, { why: 'message' | 'attachment-type' }>;

/** One file that comes with a message, and whether its type is one of the agreement’s. */
export type AttachmentSeen = NonNullable<GateReport['attachments']>[number];

/** What was found of a message. */
export interface LookedAtMessage {
  /** The files that come with it, in their order; none where it is no message. */
  readonly attachments: readonly AttachmentSeen[];
  /** None where nothing is against it. */
  readonly reasons: readonly MessageReason[];
  /** Its Message-ID without angle brackets; undefined where it has none in that form, or is no message. */
  readonly id: string | undefined;
}

/**
 * Looks at a message as it streams past: whether it is one that all programs read alike, and what comes with it. It does not look
 * into attachments.
 * @param mediaTypes that the agreement allows
 * @throws what the stream throws
 */
export async function lookAtMessage(
  pieces: AsyncIterable<Uint8Array>,
  mediaTypes: readonly string[],
): Promise<LookedAtMessage> {
  const scan = new MessageScan();
  try {
    for await (const piece of pieces) scan.push(piece);
    const outline = scan.end();
    const attachments = attachmentsOf(outline).map(
      ({ mediaType }, index): AttachmentSeen => ({
        attachment: index + 1,
        mediaType,
        allowed: mediaTypes.includes(mediaType),
      }),
    );
    const reasons = attachments
      .filter(({ allowed }) => !allowed)
      .slice(0, MOST_TOLD)
      .map(
        ({ attachment, mediaType: found }): MessageReason => ({
          why: 'attachment-type',
          attachment,
          found,
          allowed: [...mediaTypes],
        }),
      );
    return { reasons, attachments, id: outline.id };
  } catch (error) {
    if (!(error instanceof MessageFault)) throw error;
    const { why: fault, line, field } = error;
    const reason = {
      why: 'message',
      fault,
      line,
      ...(field !== undefined && { field: field.slice(0, 100) }),
    } as const;
    return { reasons: [reason], attachments: [], id: undefined };
  }
}
