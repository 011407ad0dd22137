/**
 * Whom the notifier tells of letters: for each party of each correspondence, the inboxes with their mailboxes, and when the other
 * party can open what is written. It is made at synthesis and deployed as a file beside the notifier, where the zone has one. It
 * holds addresses of teams, and no name of a person.
 */
import * as z from 'zod/mini';
import { spanSchema } from './audit-index';
import { handle, text, words } from './forms';
import { type Kind, type Read, readText, WireError } from './read';

/** The form of the list; a notifier refuses any other. */
const NOTICE_LIST_FORM = 'concordat-notices/v1';
/** The name of the file. */
export const NOTICE_LIST_FILE = 'notices.json';
/** More than this in one file is no list of ours. */
const MOST_BYTES = 8_000_000;

const inboxes = z.array(
  z.strictObject({
    id: handle,
    /** What the team is called. */
    team: words,
    /** The address of the team’s mailbox. */
    mailbox: text(/^[^\s@]+@[^\s@]+$/, 'an e-mail address'),
    /** The zone’s topic that the mailbox reads; absent where it is told by GOV.UK Notify. */
    topic: z.optional(
      text(/^arn:aws:sns:[a-z0-9-]+:\d{12}:concordat-notices-[0-9a-f]{12}$/, 'the ARN of a mailbox’s topic'),
    ),
  }),
);

const noticeListSchema = z.strictObject({
  form: z.literal(NOTICE_LIST_FORM),
  letters: z.array(
    z.strictObject({
      agreement: handle,
      /** What the agreement is called, and whom it is with, as people know it. */
      title: words,
      recipientName: words,
      /** Who writes, and the bucket that it writes in. */
      owner: handle,
      /** Its name, as people know it. */
      ownerName: words,
      bucket: text(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'the name of a bucket'),
      recipient: handle,
      /** The recipient’s. */
      inboxes,
      /** The owner’s own. */
      own: inboxes,
      /** When the recipient can collect. */
      inForce: z.array(spanSchema),
    }),
  ),
});

/** Whom the notifier tells. */
export type NoticeList = Read<typeof noticeListSchema>;
/** What one party writes to the other under an agreement. */
export type ListedLetters = NoticeList['letters'][number];

/** The list is refused; nobody was told anything by it. */
class NoticeListError extends WireError {
  override readonly name = 'NoticeListError';
}

const KIND: Kind<typeof noticeListSchema> = {
  schema: noticeListSchema,
  name: 'the list of the notifier',
  error: NoticeListError,
  most: { bytes: MOST_BYTES, fix: 'Split the zone' },
  fix: () => 'Synthesise and deploy again; the file is not to be edited by hand',
};

/** Reads a list. @throws WireError with every problem, each naming its place and the fix */
export function parseNoticeList(text: string): NoticeList {
  return readText(KIND, text);
}

/** The list as the text of its file. */
export function noticeListText(letters: NoticeList['letters']): string {
  const list: NoticeList = { form: NOTICE_LIST_FORM, letters };
  return `${JSON.stringify(list, null, 1)}\n`;
}
