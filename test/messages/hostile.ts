/** What must hold of any bytes that are given as a message. */
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
import { shownMessage } from '../../lib/mailbox/read';
import { attachmentsOf, MessageFault, type MessageOutline, MessageScan, outlineOf } from '../../lib/messages';

/** The outline, or why there is none. */
export function looked(bytes: Uint8Array): MessageOutline | MessageFault {
  try {
    return outlineOf(bytes);
  } catch (error) {
    if (error instanceof MessageFault) return error;
    throw error;
  }
}

/** The same, with the bytes in pieces. */
export function lookedInPieces(bytes: Uint8Array, size: number): MessageOutline | MessageFault {
  try {
    const scan = new MessageScan();
    for (let at = 0; at < bytes.length; at += size) scan.push(bytes.subarray(at, at + size));
    return scan.end();
  } catch (error) {
    if (error instanceof MessageFault) return error;
    throw error;
  }
}

/** The files of a message that was taken, as its outline and as two parsers of others have them. */
export async function filesByAll(bytes: Uint8Array, outline: MessageOutline) {
  const own = attachmentsOf(outline)
    .filter(({ place }) => !place.includes('.m'))
    .map(({ mediaType }) => mediaType);
  const postal = await PostalMime.parse(bytes, {
    forceRfc822Attachments: true,
    attachmentEncoding: 'arraybuffer',
  });
  const nodemailers = await simpleParser(Buffer.from(bytes), {
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipImageLinks: true,
    skipTextLinks: true,
  });
  const senders = [postal.from?.address, ...(nodemailers.from?.value.map(({ address }) => address) ?? [])];
  return {
    own,
    postal: postal.attachments.map(({ mimeType }) => mimeType.toLowerCase()),
    nodemailers: nodemailers.attachments.map(({ contentType }) => contentType.toLowerCase()),
    /** Reports of delivery are text to mailparser where they stand in their place. */
    alike:
      beside(own) === beside(nodemailers.attachments.map(({ contentType }) => contentType.toLowerCase())) &&
      own.join() === postal.attachments.map(({ mimeType }) => mimeType.toLowerCase()).join(),
    senders: [...new Set(senders)],
  };
}

function beside(types: readonly string[]): string {
  return types.filter((type) => type !== 'message/delivery-status').join();
}

/** What reading it for somebody comes to: shown, or refused in a way that the page has words for. */
export async function shownAs(bytes: Uint8Array): Promise<string> {
  try {
    await shownMessage(bytes);
    return 'shown';
  } catch (error) {
    const { name } = error as Error;
    if (name === 'MessageFault' || name === 'ReadOtherwise') return name;
    throw error;
  }
}
