/**
 * The function as it is deployed: its bundle, in a process of its own, under Lambda’s Runtime API, against S3, DynamoDB and
 * KMS on this machine; what it leaves in the bucket is verified as a stranger would. It runs under a harness of ours, and,
 * where it is installed (install-ric.sh), under AWS’s own runtime interface client.
 */
import { smallDay, verdictOf } from '../../ledger/sample';
import { BundledFunction } from '../function-process';
import { FakeAws, KEY_ARN, ML_DSA_ARN } from './fake-aws';
import { NOW, ORIGIN } from './world';

jest.setTimeout(20_000);

const MOST_BUNDLE_BYTES = 650_000;
const bundled = new BundledFunction('ledger-seal');

it('has a bundle that is small, and holds no path of the machine that built it', () => {
  const { text } = bundled;
  expect(Buffer.byteLength(text)).toBeLessThan(MOST_BUNDLE_BYTES);
  expect(text).not.toContain('node_modules/@');
  expect(text).not.toContain(process.cwd());
});

bundled.underEachRunner((running) => {
  const aws = new FakeAws();
  let host = '';
  const day = smallDay(140);

  const start = (extra: Record<string, string> = {}) =>
    running.start(host, {
      AWS_ENDPOINT_URL_KMS: `http://${host}`,
      AWS_ENDPOINT_URL_S3: `http://${host}`,
      AWS_ENDPOINT_URL_DYNAMODB: `http://${host}`,
      LEDGER_BUCKET: 'ledger-bucket',
      STAGING_TABLE: 'concordat-staging',
      LEDGER_ORIGIN: ORIGIN,
      KEY_ARN,
      ML_DSA_KEY_ARN: ML_DSA_ARN,
      TIMESTAMP_URL: `http://${host}/timestamp`,
      ...extra,
    });
  const stage = (from: number, to: number) => {
    for (const [n, { entry, organisations }] of day.slice(from, to).entries()) {
      const at = new Date(NOW + (from + n) * 10).toISOString();
      aws.stage({ eventId: `event-${from + n}`, entry, organisations, stagedAt: at });
    }
  };
  const metrics = () =>
    running.output
      .split('\n')
      .flatMap((line) => (line.startsWith('{"_aws"') ? [JSON.parse(line) as object] : []));

  beforeAll(async () => {
    host = await aws.start();
    start();
  });
  afterAll(async () => {
    await running.stop();
    await aws.stop();
  });

  it('seals what is staged: one Sign by each key, every write on a condition and with its checksum', async () => {
    stage(0, 130);
    aws.conflicts = 2;
    const { outcome, body } = await aws.invoke();
    expect([outcome, body]).toEqual(['response', expect.stringContaining('"sealed":130')]);
    expect(aws.signed.map(({ SigningAlgorithm, MessageType }) => [SigningAlgorithm, MessageType])).toEqual([
      ['ED25519_SHA_512', 'RAW'],
      ['ML_DSA_SHAKE_256', 'RAW'],
    ]);
    expect(aws.unguarded).toEqual([]);
    expect([...aws.rows.values()].filter((row) => row.unsealed || row.leaf === undefined)).toEqual([]);
    await running.wrote('"Sealed"');
    expect(metrics()).toMatchObject([{ Sealed: 130, Failures: 0, TimestampFailures: 1 }]);
  });

  it('leaves in the bucket what a stranger verifies: entries, checkpoints, both signatures, receipts', async () => {
    stage(130, 140);
    await aws.invoke();
    const { findings, head, checked } = await verdictOf(aws.objects);
    expect(findings).toEqual([]);
    expect(head).toMatchObject({ origin: ORIGIN, size: 140 });
    expect(checked).toContain('that receipts of dwp, leeds leave out nothing that names them');
    expect([...aws.objects.keys()].filter((path) => path.startsWith('keys/'))).toHaveLength(4);
  });

  it('does nothing where nothing is staged, and does not wait for a timestamp authority that is down', async () => {
    const before = [...aws.objects.keys()];
    const { outcome, body } = await aws.invoke();
    expect([outcome, body]).toEqual(['response', expect.stringContaining('"sealed":0')]);
    expect([...aws.objects.keys()]).toEqual(before);
    expect(aws.signed).toHaveLength(4);
    expect(aws.timestampRequests).toBe(3);
  });

  it('signs nothing on top of a bucket that was changed, says where, and fails', async () => {
    const path = 'tile/0/000.p/140';
    const right = aws.objects.get(path) ?? Buffer.of();
    aws.objects.set(path, Buffer.from(right).fill(0, 0, 32));
    aws.stage({
      eventId: 'late',
      entry: Buffer.from('{}'),
      organisations: [],
      stagedAt: new Date(NOW + 9e6).toISOString(),
    });
    const { outcome, body } = await aws.invoke();
    expect([outcome, JSON.parse(body)]).toEqual([
      'error',
      expect.objectContaining({ errorType: 'RunFailedError' }),
    ]);
    await running.wrote(
      'LedgerDamagedError: the tiles of 140 entries do not have the root of their checkpoint',
    );
    expect(aws.signed).toHaveLength(4);
    aws.objects.set(path, right);
    expect((await aws.invoke()).body).toContain('"sealed":1');
    expect(aws.signed).toHaveLength(6);
  });
});
