/**
 * The e-mails that the notifier sends by SNS, in the words of the templates for GOV.UK Notify (docs/notices.md). They name no person and no
 * file, and nothing of what is in a message.
 */
import type { Notice } from './ports';

const OPEN = 'Open the mailbox as you always do';
// AWS adds one below, by which whoever has the e-mail ends them: https://docs.aws.amazon.com/sns/latest/dg/sns-email-notifications.html
const NO_LINK =
  'We write no link, on purpose: do not follow one in an e-mail that looks like this. Below, AWS adds one that stops these e-mails for your whole team: leave it alone.';
const NO_ANSWER = 'Do not answer this e-mail: nobody reads that.';

/** Subject and text: the subject of at most 100 characters of ASCII, as SNS wants it. */
interface Words {
  readonly subject: string;
  readonly text: string;
}

/** The e-mail of a notice. */
export function wordsOf({ kind, personalisation: fields }: Pick<Notice, 'kind' | 'personalisation'>): Words {
  switch (kind) {
    case 'waits':
      return toReaders(
        'Concordat: a message waits for your team',
        `A message from ${fields.organisation} waits in your inbox ${fields.inbox}. Read it by ${fields.deadline}.`,
      );
    case 'reminder':
      return toReaders(
        'Concordat: a message still waits for your team',
        `A message from ${fields.organisation} still waits in your inbox ${fields.inbox}. After ${fields.deadline} nobody can be sure to open it.`,
      );
    case 'notDelivered':
      return {
        subject: 'Concordat: something that you sent was not delivered',
        text: inParagraphs(
          `Something that your organisation sent under the agreement ${fields.agreement} was ${fields.state}. The transfer is ${fields.transfer}.`,
          `${OPEN}, and look at it under “Sent”. ${NO_LINK}`,
          `This e-mail does not say who sent it, or what is in it. ${NO_ANSWER}`,
        ),
      };
  }
}

function toReaders(subject: string, what: string): Words {
  return {
    subject,
    text: inParagraphs(
      what,
      `${OPEN}. ${NO_LINK}`,
      `This e-mail does not say who wrote the message, or what is in it. ${NO_ANSWER}`,
    ),
  };
}

function inParagraphs(...paragraphs: readonly string[]): string {
  return `${paragraphs.join('\n\n')}\n`;
}
