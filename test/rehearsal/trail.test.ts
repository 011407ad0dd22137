/** That the records which are played are records of CloudTrail, as the audit reads them. */
import { gunzipSync } from 'node:zlib';
import { callerOf } from '../../lib/iam/caller';
import type { Heard } from '../../lib/rehearsal/gateway/gateway';
import { logFilesOf } from '../../lib/rehearsal/trail/log-files';
import { recordsOf } from '../../lib/rehearsal/trail/records';
import { kindOfFile } from '../../lib/transfers/digest';
import type { Fields } from '../../lib/transfers/fields';
import { trailEventOf } from '../../lib/transfers/record';
import { s3TargetOf } from '../../lib/transfers/s3-target';

const OWNER = '100000000011';
const READER = '100000000022';
const BUCKET = `concordat-exchange-${OWNER}-eu-west-2-an`;
const ROLE = `arn:aws:iam::${READER}:role/concordat/concordat-collect`;
const SETTINGS = { region: 'eu-west-2', prefix: 'concordat-exchange-' };

function heard(change: Partial<Heard> = {}): Heard {
  return {
    id: 'one',
    at: Date.parse('2027-04-01T12:00:00Z'),
    actor: {
      name: ROLE,
      account: READER,
      identity: [],
      context: {},
      caller: callerOf({ type: 'role', arn: ROLE, session: 'rehearsal' }),
    },
    asked: {
      kind: 'bucket',
      action: 's3:GetObject',
      operation: 'GetObject',
      bucket: undefined,
      accessPoint: { name: '33aa658693c0--leeds', account: OWNER },
      object: 'agreements/a/b.csv',
      query: new URLSearchParams(),
    },
    bucket: BUCKET,
    ruling: { allowed: true, unjudged: false, why: [] },
    status: 200,
    received: { method: 'GET', url: '/', headers: {}, body: Buffer.of() },
    reply: { status: 200, headers: { 'x-amz-version-id': 'v1' }, body: Buffer.of() },
    ...change,
  };
}

const events = (each: Heard) =>
  recordsOf(each, SETTINGS).map(({ account, record }) => ({
    account,
    event: trailEventOf(record as Fields),
  }));

it('records a read across accounts in both, as one event, and names the role to its own account alone', () => {
  const [reader, owner] = events(heard());
  expect([reader?.account, owner?.account]).toEqual([READER, OWNER]);
  expect(new Set([reader?.event.uid, owner?.event.uid])).toEqual(new Set(['one']));
  expect(reader?.event.principal.role).toBe(ROLE);
  expect(owner?.event.principal).toMatchObject({ kind: 'account', account: READER, role: undefined });
  const target = reader && s3TargetOf(reader.event);
  expect(target).toMatchObject({
    bucket: BUCKET,
    object: { key: 'agreements/a/b.csv', version: 'v1' },
    accessPoint: { account: OWNER, name: '33aa658693c0--leeds' },
  });
});

const onObject = {
  bucket: BUCKET,
  accessPoint: undefined,
  object: 'agreements/a/b.csv',
  query: new URLSearchParams(),
};

it('records a recall as S3 answers it: with the version of the marker, and none of the object', () => {
  const [recall] = events(
    heard({
      asked: { kind: 'bucket', action: 's3:DeleteObject', operation: 'DeleteObject', ...onObject },
      reply: {
        status: 204,
        headers: { 'x-amz-delete-marker': 'true', 'x-amz-version-id': 'm1' },
        body: Buffer.of(),
      },
    }),
  );
  expect(recall?.event.response).toEqual({ 'x-amz-delete-marker': 'true', 'x-amz-version-id': 'm1' });
  expect(recall && s3TargetOf(recall.event).version).toBeUndefined();
});

it('records a copy in the caller’s account alone, with what is copied into, and the source as it was written', () => {
  const source = '33aa658693c0--leeds-0123456789abcdef0123456789abcdef01-s3alias/agreements/a/b.csv';
  const copy = { bucket: 'my-own', key: 'c.csv', source, alias: source.split('/')[0], takesTags: false };
  const records = recordsOf(
    heard({
      asked: {
        kind: 'bucket',
        action: 's3:GetObject',
        operation: 'CopyObject',
        ...onObject,
        bucket: undefined,
        copy,
      },
    }),
    SETTINGS,
  );
  expect(records.map(({ account }) => account)).toEqual([READER]);
  expect(records[0]?.record).toMatchObject({
    eventName: 'CopyObject',
    readOnly: false,
    requestParameters: { bucketName: 'my-own', key: 'c.csv', 'x-amz-copy-source': source },
    resources: [{ ARN: 'arn:aws:s3:::my-own/c.csv' }, { ARN: 'arn:aws:s3:::my-own', accountId: READER }],
  });
});

it('records what was refused in the caller’s account alone, with an error', () => {
  const refused = heard({ ruling: { allowed: false, unjudged: false, why: [] }, status: 403 });
  expect(events(refused).map(({ account, event }) => [account, event.errorCode])).toEqual([
    [READER, 'AccessDenied'],
  ]);
});

it('records nothing of what the endpoint failed in, which did not happen', () => {
  expect(events(heard({ status: 503 }))).toEqual([]);
});

it('records nothing of other buckets’ objects, which the trail does not select', () => {
  expect(recordsOf(heard({ bucket: `concordat-logs-${OWNER}-eu-west-2-an` }), SETTINGS)).toEqual([]);
});

it('packs one file for each account, under a name that the audit takes for a log file', () => {
  const records = recordsOf(heard(), SETTINGS);
  const files = logFilesOf(records, { organisation: 'o-example0000', region: 'eu-west-2', at: heard().at });
  expect(files.map(({ key }) => key.split('/')[2])).toEqual([READER, OWNER]);
  for (const { key, content } of files) {
    expect(kindOfFile(key)).toBe('log');
    expect(key).toMatch(
      /^AWSLogs\/o-example0000\/\d{12}\/CloudTrail\/eu-west-2\/2027\/04\/01\/\d{12}_CloudTrail_eu-west-2_20270401T1200Z_[A-Za-z0-9]{16}\.json\.gz$/,
    );
    expect((JSON.parse(gunzipSync(content).toString('utf8')) as { Records: unknown[] }).Records).toHaveLength(
      1,
    );
  }
});
