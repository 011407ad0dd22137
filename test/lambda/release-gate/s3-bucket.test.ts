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

it('goes on with a listing from where S3 says, with no empty version, which S3 refuses', async () => {
  const asked: object[] = [];
  const pages = [
    {
      Versions: [{ Key: 'agreements/a', VersionId: 'v1' }],
      IsTruncated: true,
      NextKeyMarker: 'agreements/a',
    },
    {
      Versions: [{ Key: 'agreements/b', VersionId: 'v2' }],
      IsTruncated: true,
      NextKeyMarker: 'agreements/b',
      NextVersionIdMarker: 'v2',
    },
    { Versions: [{ Key: 'agreements/b', VersionId: 'v3' }], IsTruncated: false },
  ];
  const send = async ({ input }: { readonly input: object }) => {
    asked.push(input);
    return pages.shift();
  };
  const listed: string[] = [];
  for await (const { version } of new S3Bucket({ send } as never, 'exchange', (call) => call()).list(
    undefined,
  ))
    listed.push(version);
  expect(listed).toEqual(['v1', 'v2', 'v3']);
  const about = { Bucket: 'exchange', Prefix: 'agreements/' };
  expect(asked).toEqual([
    about,
    { ...about, KeyMarker: 'agreements/a' },
    { ...about, KeyMarker: 'agreements/b', VersionIdMarker: 'v2' },
  ]);
});
