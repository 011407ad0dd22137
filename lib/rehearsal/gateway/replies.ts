/** Answers that the gateway writes itself, and what it puts right in those of the endpoint. */
import { escapedHtml } from '../../words';
import type { Judged } from './asked';
import type { Ruling } from './authoriser';
import type { Reply } from './local-port';

const MINUTE = 60_000;

/** What AWS answers where it refuses. The reasons stand in the message. */
export function refused(kind: Judged['kind'], ruling: Ruling): Reply {
  const message = `${ruling.unjudged ? 'Not judged' : 'Refused'} by simulation: ${ruling.why.join('; ')}`;
  if (kind === 'key' || kind === 'table') return denied('json', 400, 'AccessDeniedException', message);
  if (kind === 'function') return denied('json', 403, 'AccessDeniedException', message);
  return denied('xml', 403, 'AccessDenied', message);
}

/** A refusal as AWS writes it. */
export function denied(form: 'xml' | 'json', status: number, code: string, message: string): Reply {
  const [type, text] =
    form === 'json'
      ? ['application/x-amz-json-1.1', JSON.stringify({ __type: code, message })]
      : ['application/xml', `<Error><Code>${code}</Code><Message>${escapedHtml(message)}</Message></Error>`];
  return {
    status,
    headers: { 'content-type': type, 'x-amz-request-id': 'REHEARSAL' },
    body: Buffer.from(text),
  };
}

/** The endpoint leaves the account out of what it says of a key; the key’s ARN has it. */
export function withAccount(reply: Reply, operation: string, account: string): Reply {
  if (operation !== 'DescribeKey' || reply.status !== 200) return reply;
  const { KeyMetadata } = JSON.parse(reply.body.toString('utf8')) as { KeyMetadata?: object };
  const body = Buffer.from(JSON.stringify({ KeyMetadata: { AWSAccountId: account, ...KeyMetadata } }));
  return { ...reply, headers: { ...reply.headers, 'content-length': String(body.length) }, body };
}

/**
 * A listing with times by the rehearsal’s clock: the endpoint’s are those of this machine, by which nothing that lies there would have
 * been deposited since the client began. In whole minutes, so that one object has one time whenever it is listed.
 * @param ahead by how many milliseconds the rehearsal’s clock is ahead
 */
export function listedAt(reply: Reply, ahead: number): Reply {
  if (reply.status !== 200 || !reply.body.subarray(0, 200).includes('<ListBucketResult')) return reply;
  const by = Math.ceil(ahead / MINUTE) * MINUTE;
  const text = reply.body
    .toString('utf8')
    .replace(
      /(<LastModified>)([^<]+)/g,
      (_, name: string, at: string) => `${name}${new Date(Date.parse(at) + by).toISOString()}`,
    );
  const body = Buffer.from(text);
  return { ...reply, headers: { ...reply.headers, 'content-length': String(body.length) }, body };
}
