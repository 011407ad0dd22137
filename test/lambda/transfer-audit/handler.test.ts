/**
 * The function as it is deployed: its bundle, in a process of its own, under Lambda’s Runtime API, against S3 and DynamoDB on
 * this machine, with log files of the shapes that CloudTrail writes. It runs under a harness of ours, and, where it is
 * installed (install-ric.sh), under AWS’s own runtime interface client.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  assumed,
  collect,
  deposit,
  INDEX,
  LEEDS,
  newId,
  noise,
  onKey,
  otherAccount,
  STRANGER,
  verdict,
} from '../../transfers/trail-records';
import { BundledFunction } from '../function-process';
import { ChainOfDigests } from './chain-of-digests';
import { FakeAws } from './fake-aws';
import { ARCHIVE, LEDGER, logFile, logKey, notice, sha256 } from './world';

jest.setTimeout(30_000);

const MOST_BUNDLE_BYTES = 700_000;
const bundled = new BundledFunction('transfer-audit');
const indexFile = join(bundled.folder, 'index.json');
writeFileSync(indexFile, JSON.stringify(INDEX));

describe('the bundle', () => {
  it('is small, and holds no path of the machine that built it', () => {
    const { text } = bundled;
    expect(Buffer.byteLength(text)).toBeLessThan(MOST_BUNDLE_BYTES);
    expect(text).not.toContain('node_modules');
    expect(text).not.toContain(process.cwd());
  });
});

bundled.underEachRunner((running) => {
  const aws = new FakeAws();

  beforeAll(async () => {
    const host = await aws.start();
    running.start(host, {
      AWS_ENDPOINT_URL_S3: `http://${host}`,
      AWS_ENDPOINT_URL_DYNAMODB: `http://${host}`,
      INDEX_FILE: indexFile,
      INDEX_SHA256: sha256(JSON.stringify(INDEX)),
      STAGING_TABLE: 'concordat-staging',
      TRANSFERS_TABLE: 'concordat-transfers',
      LEDGER_BUCKET: LEDGER,
    });
  });
  afterAll(async () => {
    await running.stop();
    await aws.stop();
  });

  const staged = () => [...aws.dynamo.table('concordat-staging').keys()];
  /** Hands over notices of files, and says which of them come again and what is newly staged. */
  const deliver = async (files: Readonly<Record<string, Uint8Array>>) => {
    const before = new Set(staged());
    const keys = Object.keys(files);
    for (const key of keys) aws.objects.set(`${ARCHIVE}/${key}`, { content: files[key] ?? new Uint8Array() });
    const { outcome, body } = await aws.invoke({ Records: keys.map((key) => notice(key, key)) }, 300);
    expect(outcome).toBe('response');
    const { batchItemFailures } = JSON.parse(body) as { batchItemFailures: { itemIdentifier: string }[] };
    return {
      again: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier),
      ids: staged()
        .filter((id) => !before.has(id))
        .sort(),
    };
  };

  it('keeps the register’s index, and stages its beginning as the first entry', async () => {
    expect(await deliver({ [logKey('empty')]: logFile([]) })).toMatchObject({ again: [] });
    expect(staged().map((id) => id.split('#').slice(0, 2).join('#'))).toEqual(['register#1']);
    expect([...aws.objects.keys()].filter((key) => key.startsWith(`${LEDGER}/index/`))).toHaveLength(1);
  });

  it('stages what files of every shape tell, once, and passes over the rest', async () => {
    const files = {
      [logKey('management')]: logFile([
        noise(),
        onKey('PutKeyPolicy', {}, { eventID: 'm1' }),
        noise('ec2.amazonaws.com', 'RunInstances'),
      ]),
      [logKey('data')]: logFile([deposit({ id: 'd1' }), verdict('NO_THREATS_FOUND', { id: 'd2' })]),
      [logKey('caller', LEEDS)]: logFile([collect({ shared: 's1' })]),
      [logKey('owner')]: logFile([collect({ shared: 's1', by: otherAccount(LEEDS) })]),
      [logKey('service')]: logFile([
        onKey(
          'RotateKey',
          {},
          { eventID: 'v1', eventType: 'AwsServiceEvent', userIdentity: { invokedBy: 'kms.amazonaws.com' } },
        ),
      ]),
      [logKey('denied')]: logFile([
        collect({ id: 'x1', error: 'AccessDenied', by: assumed(LEEDS, 'analyst') }),
      ]),
      [logKey('violation')]: logFile([collect({ id: 'x2', by: assumed(STRANGER, 'thief') })]),
      [logKey('insight').replace('/CloudTrail/', '/CloudTrail-Insight/')]: Buffer.from('not looked at'),
      [logKey('insights')]: logFile([{ eventCategory: 'Insight', eventID: newId(), insightDetails: {} }]),
    };
    const ids = [
      'd1#deposited',
      'd2#scanned',
      'm1#policy-changed',
      's1#collected',
      'v1#key-state-changed',
      'x1#denied',
      'x2#collected#violation',
    ];
    expect(await deliver(files)).toEqual({ again: [], ids });
    expect(await deliver(files)).toEqual({ again: [], ids: [] });
    const item = aws.dynamo.table('concordat-staging').get('s1#collected');
    expect(item).toMatchObject({
      organisations: { SS: ['100000000011', '100000000022'] },
      unsealed: { S: expect.stringMatching(/^unsealed-[0-9a-f]$/) },
    });
    expect(JSON.parse(Buffer.from(item?.entry?.B ?? '', 'base64').toString('utf8'))).toMatchObject({
      class_uid: 6006,
    });
    await running.wrote('"event":"violation"');
    expect(running.output).not.toMatch(/jane|doe/);
  });

  it('fails files that can’t be read each by itself, with the reason, and takes them in once they are mended', async () => {
    const good = logFile([deposit({ id: 'g1' })]);
    const bad = logFile([deposit({ id: 'g2' })]);
    const badKeys = [logKey('truncated'), logKey('no-json'), logKey('no-shape'), logKey('one-bad-record')];
    const [truncated = '', noJson = '', noShape = '', oneBad = ''] = badKeys;
    const files = {
      [truncated]: bad.subarray(0, bad.length - 12),
      [logKey('good')]: good,
      [noJson]: gzipSync('{"Records":[{"eventVersion":'),
      [noShape]: gzipSync('{"records":[]}'),
      [oneBad]: logFile([deposit({ id: 'g3' }), { ...deposit(), eventID: undefined }]),
    };
    running.output = '';
    expect(await deliver(files)).toEqual({ again: badKeys, ids: ['g1#deposited', 'g3#deposited'] });
    for (const reason of [
      'gzip can’t be unpacked',
      'it is not JSON',
      'it has no list of Records',
      'has no eventID',
    ])
      await running.wrote(reason);
    expect(await running.wrote('"Unreadable"')).toMatch(/"Unreadable":4\b/);
    expect(await deliver({ [truncated]: bad })).toEqual({ again: [], ids: ['g2#deposited'] });
  });

  it('fails a file that is not there, and a message that is none', async () => {
    const { body } = await aws.invoke({
      Records: [
        notice(logKey('nowhere'), 'a'),
        { ...notice('x', 'b'), body: 'hello' },
        { ...notice('x', 'c'), body: '{"Event":"s3:TestEvent"}' },
      ],
    });
    expect(JSON.parse(body)).toEqual({
      batchItemFailures: [{ itemIdentifier: 'a' }, { itemIdentifier: 'b' }],
    });
  });

  it('takes in a file of 50 MB', async () => {
    const line = JSON.stringify(noise());
    const some = [deposit({ id: 'l1' }), collect({ id: 'l2' })].map((each) => JSON.stringify(each));
    const many = Array.from({ length: Math.ceil(50_000_000 / line.length) }, () => line);
    const text = `{"Records":[${[some[0], ...many, some[1]].join(',')}]}`;
    expect(text.length).toBeGreaterThan(50_000_000);
    expect(await deliver({ [logKey('large')]: gzipSync(text, { level: 1 }) })).toEqual({
      again: [],
      ids: ['l1#deposited', 'l2#collected'],
    });
  });

  it('asks again where DynamoDB refuses for a moment', async () => {
    aws.dynamo.throttle = 2;
    expect(await deliver({ [logKey('busy')]: logFile([deposit({ id: 'b1' })]) })).toEqual({
      again: [],
      ids: ['b1#deposited'],
    });
  });

  it('tells on the hour of what was not collected in time', async () => {
    const before = new Set(staged());
    const old = { time: '2026-10-01T12:00:00Z', key: 'agreements/benefit-awards/old.csv' };
    await deliver({
      [logKey('old')]: logFile([
        deposit({ ...old, id: 'o1' }),
        collect({ ...old, id: 'o2', time: '2026-10-01T13:00:00Z' }),
      ]),
    });
    // CloudTrail’s digests of the owner’s account have come up to now.
    const digests: Record<string, Uint8Array> = {};
    const chain = new ChainOfDigests((key, content) => {
      digests[key] = content;
    }, Date.now() - 3_600_000);
    chain.until(Date.now(), {});
    await deliver(digests);
    const { outcome, body } = await aws.invoke({ action: 'sweep' });
    expect([outcome, JSON.parse(body)]).toMatchObject(['response', { left: false }]);
    const found = staged().filter((id) => !before.has(id) && id.startsWith('o1'));
    // Whether more is due depends on today: the clock is the machine’s own here.
    expect(found).toContain('o1#camden#not-collected');
    expect(found).not.toContain('o1#leeds#not-collected');
    const item = aws.dynamo.table('concordat-staging').get('o1#camden#not-collected');
    expect(item?.organisations).toEqual({ SS: ['100000000011', '100000000033'] });
    const again = staged().length;
    await aws.invoke({ action: 'sweep' });
    expect(staged()).toHaveLength(again);
  });

  it('refuses an event that is none of its own', async () => {
    const { outcome, body } = await aws.invoke({ detail: {} });
    expect(outcome).toBe('error');
    expect(JSON.parse(body)).toMatchObject({ errorType: 'EventError' });
  });
});
