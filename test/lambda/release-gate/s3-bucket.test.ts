/** That what S3 answers of a version that is gone, or is a delete marker, is taken for that and nothing else is. */
import { S3Bucket } from '../../../lambda/release-gate/s3-bucket';

const VERSION = { key: 'agreements/awards/a.csv', version: 'v1' };

/** A bucket of which S3 answers this, as the SDK makes an error of it. */
function answering(name: string, httpStatusCode: number): S3Bucket {
  const error = Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });
  return new S3Bucket({ send: () => Promise.reject(error) } as never, 'exchange', (call) => call());
}

it.each([
  ['NoSuchKey', 404],
  ['NoSuchVersion', 404],
  ['MethodNotAllowed', 405],
  // Without a body, as HEAD has it.
  ['NotFound', 404],
  ['Unknown', 405],
])('%s with %i: there is no such version', async (name, status) => {
  const bucket = answering(name, status);
  expect(await bucket.headOf(VERSION)).toBeUndefined();
  expect(await bucket.tagsOf(VERSION)).toBeUndefined();
  expect(await bucket.tag(VERSION, new Map([['a', 'b']]))).toBe('gone');
});

it.each([
  ['NoSuchBucket', 404],
  ['AccessDenied', 403],
  ['Unknown', 403],
  ['SlowDown', 503],
])('%s with %i: nothing is known of the version', async (name, status) => {
  const bucket = answering(name, status);
  await expect(bucket.headOf(VERSION)).rejects.toThrow(name);
  await expect(bucket.tagsOf(VERSION)).rejects.toThrow(name);
});
