/**
 * The function as it is deployed: its bundle, in a process of its own, under Lambda’s Runtime API, against S3 and DynamoDB on
 * this machine, with log files of the shapes that CloudTrail writes. It runs under a harness of ours, and, where it is
 * installed (install-ric.sh), under AWS’s own runtime interface client.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
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
import { FakeAws } from './fake-aws';
import { ARCHIVE, LEDGER, logFile, logKey, notice } from './world';

jest.setTimeout(30_000);

const MOST_BUNDLE_BYTES = 700_000;
const folder = mkdtempSync(join(tmpdir(), 'transfer-audit-'));
const bundle = join(folder, 'index.mjs');
const indexFile = join(folder, 'index.json');
const ric = join(
  process.env.AWS_LAMBDA_RIC_DIR ?? join(__dirname, '../../.ric'),
  'node_modules/aws-lambda-ric/bin/index.mjs',
);

beforeAll(() => {
  writeFileSync(indexFile, JSON.stringify(INDEX));
  buildSync({
    entryPoints: [join(__dirname, '../../../lambda/transfer-audit/index.ts')],
    absWorkingDir: join(__dirname, '../../../lambda'),
    outfile: bundle,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    legalComments: 'none',
  });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the bundle', () => {
  it('is small, and holds no path of the machine that built it', () => {
    const text = readFileSync(bundle, 'utf8');
    expect(Buffer.byteLength(text)).toBeLessThan(MOST_BUNDLE_BYTES);
    expect(text).not.toContain('node_modules');
    expect(text).not.toContain(process.cwd());
  });
});

const runners: readonly (readonly [string, readonly string[] | undefined])[] = [
  ['the harness', [join(__dirname, '../key-grants/harness.mjs'), bundle]],
  ['the runtime interface client', existsSync(ric) ? [ric, 'index.handler'] : undefined],
];

for (const [name, command] of runners) {
  if (command) describe(`the handler under ${name}`, () => holds(command));
  else
    console.log(
      `not run: the handler under ${name}, which is not installed; test/lambda/install-ric.sh installs it`,
    );
}

function holds(command: readonly string[]): void {
  const aws = new FakeAws();
  let child: ChildProcess | undefined;
  let output = '';

  beforeAll(async () => {
    const host = await aws.start();
    child = spawn(process.execPath, command, {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        AWS_LAMBDA_RUNTIME_API: host,
        LAMBDA_TASK_ROOT: folder,
        AWS_LAMBDA_FUNCTION_NAME: 'concordat-transfer-audit',
        AWS_LAMBDA_FUNCTION_VERSION: '1',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1024',
        AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/audit',
        AWS_LAMBDA_LOG_STREAM_NAME: 'stream',
        AWS_REGION: 'eu-west-2',
        AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'secret',
        AWS_ENDPOINT_URL_S3: `http://${host}`,
        AWS_ENDPOINT_URL_DYNAMODB: `http://${host}`,
        INDEX_FILE: indexFile,
        STAGING_TABLE: 'concordat-staging',
        TRANSFERS_TABLE: 'concordat-transfers',
        LEDGER_BUCKET: LEDGER,
      },
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk) => {
        output += String(chunk);
      });
  });
  afterAll(async () => {
    const gone = new Promise((resolve) => child?.once('exit', resolve));
    if (child?.kill('SIGKILL')) await gone;
    await aws.stop();
  });

  const staged = () => [...aws.dynamo.table('concordat-staging').keys()];
  /** Hands over notices of files, and says which of them come again and what is newly staged. */
  const deliver = async (files: Readonly<Record<string, Uint8Array>>) => {
    const before = new Set(staged());
    const keys = Object.keys(files);
    for (const key of keys) aws.objects.set(`${ARCHIVE}/${key}`, { content: files[key] ?? new Uint8Array() });
    const { outcome, body } = await aws.invoke({ Records: keys.map((key) => notice(key, key)) });
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
      unsealed: { S: 'unsealed' },
    });
    expect(JSON.parse(Buffer.from(item?.entry?.B ?? '', 'base64').toString('utf8'))).toMatchObject({
      class_uid: 6006,
    });
    expect(output).toContain('"event":"violation"');
    expect(output).not.toMatch(/jane|doe/);
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
    output = '';
    expect(await deliver(files)).toEqual({ again: badKeys, ids: ['g1#deposited', 'g3#deposited'] });
    for (const reason of [
      'gzip can’t be unpacked',
      'it is not JSON',
      'it has no list of Records',
      'has no eventID',
    ])
      expect(output).toContain(reason);
    expect(output).toMatch(/"Unreadable":4\b/);
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
}
