/**
 * Whether a request is signed by the secret of its session, worked out here from AWS’s description and shared with no signer.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { PlayRequest } from './answer';
import type { PlaySession } from './sessions';

/** How far a signature’s time may be from the server’s, in milliseconds. */
const MOST_OFF = 900_000;

/** The session that a request is of; S3’s code where it is of none that is good. */
export function sessionOf(
  request: PlayRequest,
  sessions: ReadonlyMap<string, PlaySession>,
  now: number,
): PlaySession | string {
  const { method, rawPath, query, headers, body } = request;
  const header = (name: string) => String(headers[name] ?? '');
  const [, key = '', day = '', region = '', signed = '', signature = ''] =
    /^AWS4-HMAC-SHA256 Credential=(\w+)\/(\d{8})\/([\w-]+)\/s3\/aws4_request, SignedHeaders=([\w;-]+), Signature=([0-9a-f]{64})$/.exec(
      header('authorization'),
    ) ?? [];
  const session = sessions.get(key);
  if (session === undefined || header('x-amz-security-token') !== session.token) return 'InvalidAccessKeyId';
  if (session.ends <= now) return 'ExpiredToken';
  const stamp = header('x-amz-date');
  const time = Date.parse(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (!(Math.abs(time - now) < MOST_OFF)) return 'RequestTimeTooSkewed';
  const names = signed.split(';');
  const mustSign = Object.keys(headers).filter((name) => name === 'host' || name.startsWith('x-amz-'));
  if (mustSign.some((name) => !names.includes(name))) return 'AccessDenied';
  const declared = header('x-amz-content-sha256');
  if (declared !== 'UNSIGNED-PAYLOAD' && declared !== createHash('sha256').update(body).digest('hex'))
    return 'XAmzContentSHA256Mismatch';
  const asked = [...query]
    .map(([name, value]) => `${escaped(name)}=${escaped(value)}`)
    .sort()
    .join('&');
  const canonical = [
    method,
    rawPath,
    asked,
    ...names.map((name) => `${name}:${header(name).trim().replaceAll(/ +/g, ' ')}`),
    '',
    signed,
    declared,
  ].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', stamp, scope, createHash('sha256').update(canonical).digest('hex')].join(
    '\n',
  );
  const mac = (by: string | Buffer, what: string) => createHmac('sha256', by).update(what).digest();
  const signingKey = mac(mac(mac(mac(`AWS4${session.secret}`, day), region), 's3'), 'aws4_request');
  const isGood = timingSafeEqual(mac(signingKey, text), Buffer.from(signature, 'hex'));
  return isGood ? session : 'SignatureDoesNotMatch';
}

function escaped(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
