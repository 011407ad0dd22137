/**
 * Reads a message for whoever it is to: what it says, and the files that come with it. Its form is looked at first, and what a
 * library makes of it is held against that: the raw bytes are the evidence, and what a parser gives is only shown.
 */
import PostalMime from 'postal-mime';
import { attachmentsOf, MessageFault, type Oddity, odditiesOf, outlineOf } from '../messages';
import { plural } from '../words';
import { MOST_SHOWN_BYTES } from './most-shown';

/** Who a message says it is from or to. Nobody vouches for it: who deposited it, the receipt says. */
export interface ShownMailbox {
  readonly name: string;
  readonly address: string;
  readonly odd: readonly Oddity[];
}

/** A file that comes with a message. */
export interface ShownFile {
  /** As the message names it, without its folder; `file 2` where it names none. */
  readonly name: string;
  readonly odd: readonly Oddity[];
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** A message as it is shown. */
export interface ShownMessage {
  readonly from: ShownMailbox;
  readonly to: readonly ShownMailbox[];
  readonly subject: string;
  /** As the message says it; undefined where that is no date. */
  readonly date: Date | undefined;
  /** Shown first; empty where there is nothing but HTML. */
  readonly text: string;
  /** As it was written: to be shown only when asked for, and only once it is sanitised. */
  readonly html: string | undefined;
  readonly files: readonly ShownFile[];
  readonly id: string | undefined;
  readonly answers: readonly string[];
}

/** A library found other files in a message than its form has: it is not shown, and can be saved as it is. */
export class ReadOtherwise extends Error {
  override readonly name = 'ReadOtherwise';
}

/**
 * Reads a message.
 * @param known names that others may imitate, such as the agreement’s teams
 * @throws MessageFault where programs would read it differently; ReadOtherwise where they do; RangeError for one that is too large
 */
export async function shownMessage(raw: Uint8Array, known: readonly string[] = []): Promise<ShownMessage> {
  if (raw.length > MOST_SHOWN_BYTES) throw new RangeError(`a message of ${raw.length} bytes is not shown`);
  const expected = attachmentsOf(outlineOf(raw)).filter(({ place }) => !place.includes('.m'));
  const email = await PostalMime.parse(raw, {
    attachmentEncoding: 'arraybuffer',
    forceRfc822Attachments: true,
  });
  const types = email.attachments.map(({ mimeType }) => mimeType.toLowerCase());
  if (types.join() !== expected.map(({ mediaType }) => mediaType).join())
    throw new ReadOtherwise(
      `its form has ${plural(expected.length, 'file')}, and ${types.length} were found`,
    );
  const mailbox = ({ name, address }: { readonly name: string; readonly address?: string | undefined }) => ({
    name,
    address: address ?? '',
    odd: odditiesOf(name, known),
  });
  if (email.from === undefined) throw new MessageFault('field-missing', 1, 'from');
  const date = new Date(email.date ?? '');
  return {
    from: mailbox(email.from),
    to: (email.to ?? []).flatMap((each) => (each.group ?? [each]).map(mailbox)),
    subject: email.subject ?? '',
    date: Number.isNaN(date.getTime()) ? undefined : date,
    text: email.text ?? '',
    html: email.html,
    files: email.attachments.map(({ filename, mimeType, content }, index) => {
      const name = fileNameOf(filename, index);
      return {
        name,
        odd: odditiesOf(name, known),
        mediaType: mimeType.toLowerCase(),
        bytes: typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content),
      };
    }),
    id: idsIn(email.messageId)[0],
    answers: idsIn(email.references ?? email.inReplyTo),
  };
}

/** A name for saving: never a path. */
function fileNameOf(given: string | null, index: number): string {
  const last = (given ?? '').split(/[/\\]/).at(-1)?.trim() ?? '';
  return /^\.*$/.test(last) ? `file ${index + 1}` : last;
}

/** Ids without their angle brackets, oldest first. */
function idsIn(field: string | undefined): string[] {
  return [...(field ?? '').matchAll(/<([^<>\s]{1,320})>/g)].map(([, id]) => String(id));
}
