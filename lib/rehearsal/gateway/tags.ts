/** Tags of objects: those that an object has at the endpoint, and those that a request would give it. */
import type { AskedOfBucket } from './asked';
import { forward, NothingLearntError, type Received } from './local-port';

type Tags = Readonly<Record<string, string>>;

/** The condition keys that speak of tags. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/tagging-and-policies.html */
export async function tagContext(
  endpoint: string,
  asked: AskedOfBucket,
  received: Received,
  { account, name }: { readonly account: string; readonly name: string },
): Promise<Record<string, string | readonly string[]>> {
  if (asked.object === undefined) return {};
  const existing = await existingTags(endpoint, account, name, asked);
  const requested = requestedTags(asked, received);
  return {
    ...named('s3:ExistingObjectTag/', existing),
    ...named('s3:RequestObjectTag/', requested),
    ...(Object.keys(requested).length > 0 && { 's3:RequestObjectTagKeys': Object.keys(requested) }),
  };
}

/** None where there is no such object. */
async function existingTags(
  endpoint: string,
  account: string,
  bucket: string,
  { object = '', query }: AskedOfBucket,
): Promise<Tags> {
  const version = query.get('versionId');
  const url = `/${bucket}/${object.split('/').map(encodeURIComponent).join('/')}?tagging${version === null ? '' : `&versionId=${version}`}`;
  const reply = await forward(endpoint, { method: 'GET', url, headers: {}, body: Buffer.of() }, account);
  if (reply.status === 200) return tagsIn(reply.body.toString('utf8'));
  if (reply.status === 404) return {};
  throw new NothingLearntError(reply);
}

function requestedTags({ operation }: AskedOfBucket, { headers, body }: Received): Tags {
  if (operation === 'PutObjectTagging') return tagsIn(body.toString('utf8'));
  const header = headers['x-amz-tagging'];
  return typeof header === 'string' ? Object.fromEntries(new URLSearchParams(header)) : {};
}

/** The tags in S3’s XML. */
export function tagsIn(xml: string): Tags {
  return Object.fromEntries(
    [...xml.matchAll(/<Tag>(.*?)<\/Tag>/gs)].map(([, tag = '']) => [
      /<Key>(.*?)<\/Key>/s.exec(tag)?.[1] ?? '',
      /<Value>(.*?)<\/Value>/s.exec(tag)?.[1] ?? '',
    ]),
  );
}

function named(prefix: string, tags: Tags): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`${prefix}${key}`, value]));
}
