/** That access points are closed and opened through S3 Control, with requests that S3 would take. */
import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { kindOf } from '../../../lambda/key-grants/errors';
import { S3AccessPoints } from '../../../lambda/key-grants/s3-access-points';
import { Sha256 } from '../../../lambda/key-grants/sha256';
import { DENIAL_SIDS } from '../../../lib/names';
import type { Again } from '../../../lib/runtime';
import { MemoryS3Control, openPolicy } from './memory-s3-control';
import { KEY } from './world';

const ID = '0123456789ab--north-council';
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' };

const once: Again = (call) => call();

interface Sent {
  readonly method: string;
  readonly url: URL;
  readonly headers: Record<string, string>;
  readonly body: string;
}

function accessPointsOver(answer: (sent: Sent) => { status: number; body: string }) {
  const sent: Sent[] = [];
  const accessPoints = new S3AccessPoints({
    ...KEY,
    signer: new SignatureV4({
      service: 's3',
      region: KEY.region,
      credentials,
      sha256: Sha256,
      uriEscapePath: false,
    }),
    fetch: (async (url: URL, init: { method: string; headers: Record<string, string>; body?: string }) => {
      const request = { method: init.method, url, headers: init.headers, body: init.body ?? '' };
      sent.push(request);
      const { status, body } = answer(request);
      return new Response(body, { status });
    }) as unknown as typeof fetch,
  });
  return { accessPoints, sent };
}

function accessPointsIn(s3: MemoryS3Control) {
  return accessPointsOver(({ method, url, body }) => s3.answer(method, url.pathname, body));
}

const refused = (status: number, code: string) => ({ status, body: `<Error><Code>${code}</Code></Error>` });

describe('closing', () => {
  it('puts a denial of all data before the policy, and opening takes it away', async () => {
    const s3 = new MemoryS3Control();
    s3.policies.set(ID, openPolicy(ID));
    const { accessPoints } = accessPointsIn(s3);
    expect(await accessPoints.open(ID, once)).toBe('was-open');
    expect(await accessPoints.close(ID, once, 'ended')).toBe('closed');
    expect(s3.isClosed(ID)).toBe(true);
    expect(s3.statements(ID)).toHaveLength(2);
    expect(s3.statements(ID)[0]).toMatchObject({
      Sid: DENIAL_SIDS.ended,
      Effect: 'Deny',
      Principal: '*',
      Resource: [
        `arn:aws:s3:eu-west-2:111111111111:accesspoint/${ID}`,
        `arn:aws:s3:eu-west-2:111111111111:accesspoint/${ID}/object/*`,
      ],
    });
    expect(await accessPoints.close(ID, once, 'ended')).toBe('was-closed');
    expect(await accessPoints.open(ID, once)).toBe('opened');
    expect(s3.policies.get(ID)).toBe(openPolicy(ID));
  });

  it('takes an access point that is not there as closed', async () => {
    const { accessPoints } = accessPointsIn(new MemoryS3Control());
    expect(await accessPoints.close(ID, once, 'ended')).toBe('missing');
    expect(await accessPoints.open(ID, once)).toBe('missing');
  });

  it.each([
    ['has none', (s3: MemoryS3Control) => s3.policies.set(ID, '')],
    [
      'is too long for both',
      (s3: MemoryS3Control) =>
        s3.policies.set(ID, JSON.stringify({ Statement: [{ Sid: 'x'.repeat(20_300) }] })),
    ],
    ['can’t be understood', (s3: MemoryS3Control) => s3.policies.set(ID, 'not JSON')],
  ])('puts the denial alone where the policy %s', async (_, prepare) => {
    const s3 = new MemoryS3Control();
    prepare(s3);
    const { accessPoints } = accessPointsIn(s3);
    expect(await accessPoints.close(ID, once, 'ended')).toBe('closed');
    expect(s3.statements(ID).map(({ Sid }) => Sid)).toEqual([DENIAL_SIDS.ended]);
    await expect(accessPoints.open(ID, once)).rejects.toThrow(
      'its policy is lost. Delete the access point and deploy again',
    );
  });

  it('puts the denial alone where the policy may not be read; then it can’t be opened', async () => {
    const { accessPoints, sent } = accessPointsOver(({ method }) =>
      method === 'GET' ? refused(403, 'AccessDenied') : { status: 200, body: '' },
    );
    expect(await accessPoints.close(ID, once, 'ended')).toBe('closed');
    expect(sent.map(({ method }) => method)).toEqual(['GET', 'PUT']);
    await expect(accessPoints.open(ID, once)).rejects.toThrow('Allow the broker s3:GetAccessPointPolicy');
  });

  it.each([
    [403, 'AccessDenied', 'other'],
    [503, 'SlowDown', 'transient'],
    [500, 'InternalError', 'transient'],
    [429, 'TooManyRequests', 'throttled'],
  ] as const)('fails where S3 answers %s %s, an error that is %s', async (status, code, kind) => {
    const { accessPoints } = accessPointsOver(({ method }) =>
      method === 'GET' ? refused(404, 'NoSuchAccessPointPolicy') : refused(status, code),
    );
    const error = await accessPoints.close(ID, once, 'ended').catch((each) => each);
    expect(String(error)).toBe(`AccessPointError: PutAccessPointPolicy of ${ID} answered ${status} ${code}`);
    expect(kindOf(error)).toBe(kind);
  });
});

describe('a request', () => {
  it('is signed as Signature Version 4 has it for S3', async () => {
    const s3 = new MemoryS3Control();
    s3.policies.set(ID, openPolicy(ID));
    const { accessPoints, sent } = accessPointsIn(s3);
    await accessPoints.close(ID, once, 'ended');
    expect(sent).toHaveLength(2);
    for (const request of sent) {
      expect(request.url.href).toBe(
        `https://111111111111.s3-control.eu-west-2.amazonaws.com/v20180820/accesspoint/${ID}/policy`,
      );
      expect(request.headers['x-amz-account-id']).toBe('111111111111');
      expect(request.headers.authorization).toBe(authorization(request));
      expect(request.headers.authorization).toMatch(
        /SignedHeaders=[^,]*host;[^,]*x-amz-account-id;x-amz-content-sha256;/,
      );
    }
    expect(sent[1]?.body).toMatch(
      /^<PutAccessPointPolicyRequest xmlns="http:\/\/awss3control\.amazonaws\.com\/doc\/2018-08-20\/"><Policy>[^<]*<\/Policy><\/PutAccessPointPolicyRequest>$/,
    );
  });
});

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html */
function authorization({ method, url, headers, body }: Sent): string {
  const sha = (text: string) => createHash('sha256').update(text).digest('hex');
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const names = Object.keys(headers)
    .filter((name) => name !== 'authorization')
    .sort();
  const canonical = names.map((name) => `${name}:${headers[name]?.trim()}\n`).join('');
  const request = [method, url.pathname, '', canonical, names.join(';'), sha(body)].join('\n');
  const time = headers['x-amz-date'] ?? '';
  const scope = `${time.slice(0, 8)}/${KEY.region}/s3/aws4_request`;
  const key = [KEY.region, 's3', 'aws4_request'].reduce(
    hmac,
    hmac(`AWS4${credentials.secretAccessKey}`, time.slice(0, 8)),
  );
  const signature = hmac(key, `AWS4-HMAC-SHA256\n${time}\n${scope}\n${sha(request)}`).toString('hex');
  return `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
}
