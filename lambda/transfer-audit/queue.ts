/**
 * Messages of the queue: S3’s notices that files have landed. Each message stands alone: one that fails comes again by
 * itself, and after a few attempts goes to the dead-letter queue.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */

import { described } from '../../lib/runtime';
import { fieldsOf, isFields, kindOfFile, textOf, UnreadableFileError } from '../../lib/transfers';
import { checkDigest } from './digests';
import { type TakeInPorts, takeInLogFile } from './take-in';

/** With less than this time left, in milliseconds, no more is begun: the rest comes again. */
const RESERVE = 30_000;

/** What Lambda is answered: the messages that are to come again. */
export interface BatchAnswer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

interface Message {
  readonly id: string;
  readonly body: string;
  readonly redelivered: boolean;
}

/** The messages of an event, or undefined where it is not an event of a queue. */
export function messagesOf(event: unknown): Message[] | undefined {
  const { Records } = fieldsOf(event);
  if (!Array.isArray(Records) || Records.length === 0) return undefined;
  const messages = (Records as unknown[]).map((each) => {
    const { messageId, body, eventSource, attributes } = fieldsOf(each);
    const id = textOf(messageId);
    if (id === undefined || typeof body !== 'string' || eventSource !== 'aws:sqs') return undefined;
    return { id, body, redelivered: fieldsOf(attributes).ApproximateReceiveCount !== '1' };
  });
  const found = messages.filter((each) => each !== undefined);
  return found.length === messages.length ? found : undefined;
}

/** Takes in what the messages tell of. */
export async function takeInMessages(messages: readonly Message[], ports: TakeInPorts): Promise<BatchAnswer> {
  const failed: string[] = [];
  for (const message of messages) {
    if (ports.clock.remaining() <= RESERVE || !(await takeInMessage(message, ports))) failed.push(message.id);
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}

/** Whether all files of a message were taken in. */
async function takeInMessage({ id, body, redelivered }: Message, ports: TakeInPorts): Promise<boolean> {
  const files = filesIn(body);
  if (!files) {
    ports.report.unreadable('', '', `message ${id} is no notice of S3`);
    return false;
  }
  let whole = true;
  for (const { bucket, key } of files) {
    try {
      const kind = kindOfFile(key);
      if (kind === 'log') await takeInLogFile({ bucket, key, again: redelivered }, ports);
      else if (kind === 'digest') await checkDigest(bucket, key, ports);
      else ports.report.note('passed-over', { bucket, key });
    } catch (error) {
      whole = false;
      if (error instanceof UnreadableFileError) ports.report.unreadable(bucket, key, error.message);
      else ports.report.failure(`take in ${bucket}/${key}`.slice(0, 1_200), described(error));
    }
  }
  return whole;
}

/** The files that a notice tells of; none for the test that S3 sends once; undefined where it is no notice. */
function filesIn(body: string): { bucket: string; key: string }[] | undefined {
  const notice = parsed(body);
  if (!isFields(notice)) return undefined;
  if (notice.Event === 's3:TestEvent') return [];
  if (!Array.isArray(notice.Records)) return undefined;
  const files = (notice.Records as unknown[]).map((each) => {
    const s3 = fieldsOf(fieldsOf(each).s3);
    const bucket = textOf(fieldsOf(s3.bucket).name);
    const key = textOf(fieldsOf(s3.object).key);
    return bucket === undefined || key === undefined ? undefined : { bucket, key: decoded(key) };
  });
  const found = files.filter((each) => each !== undefined);
  return found.length === files.length ? found : undefined;
}

/** Names in notices are encoded as in a form: a space is a plus. */
function decoded(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return key;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
