/**
 * The function as it is deployed: its bundle, in a process of its own, under Lambda’s Runtime API, against KMS, S3 Control
 * and CloudFormation on this machine. It runs under a harness of ours, and, where it is installed (install-ric.sh), under
 * AWS’s own runtime interface client.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOfList } from '../../../lambda/key-grants/deployed-list';
import type { GrantList } from '../../../lib/wire';
import { BundledFunction } from '../function-process';
import { FakeAws } from './fake-aws';
import { openPolicy } from './memory-s3-control';
import { BROKER, HOUR, KEY_ARN, listOf, RIGHT, share } from './world';

jest.setTimeout(20_000);

const MOST_BUNDLE_BYTES = 400_000;
const STACK = 'arn:aws:cloudformation:eu-west-2:111111111111:stack/Organisation-owner';
const bundled = new BundledFunction('key-grants');
const grantsFile = join(bundled.folder, 'grants.json');

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
  let host = '';

  const startFunction = (extra: Record<string, string> = {}) =>
    running.start(host, {
      AWS_ENDPOINT_URL_KMS: `http://${host}`,
      AWS_ENDPOINT_URL_S3_CONTROL: `http://${host}`,
      AWS_LAMBDA_FUNCTION_NAME: 'concordat-grant-broker',
      KEY_ARN,
      BROKER_ROLE_ARN: BROKER,
      GRANTS_FILE: grantsFile,
      GRANTS_DIGEST: digestOfList(readFileSync(grantsFile, 'utf8')),
      STACK_ARN: STACK,
      AWS_ENDPOINT_URL_SSM: `http://${host}`,
      AWS_ENDPOINT_URL_IAM: `http://${host}`,
      AWS_ENDPOINT_URL_CLOUDFORMATION: `http://${host}`,
      ...extra,
    });
  const stopFunction = async () => {
    await running.stop();
    aws.disconnect();
  };
  /** A deployment gives the function its list and the digest of it together. */
  const deploy = async (list: GrantList) => {
    writeFileSync(grantsFile, JSON.stringify(list));
    await stopFunction();
    startFunction();
  };
  const current = (n: number) => share(n, { from: Date.now() - HOUR, until: Date.now() + HOUR });
  const ask = async (RequestType: string, PhysicalResourceId?: string, seconds?: number) => {
    const event = {
      RequestType,
      ResponseURL: `http://${host}/answer?X-Amz-Signature=secret`,
      StackId: `${STACK}/1`,
      RequestId: 'r1',
      LogicalResourceId: 'Grants',
      ResourceType: 'AWS::CloudFormation::CustomResource',
      ResourceProperties: { ServiceToken: 'arn:aws:lambda:eu-west-2:111111111111:function:broker' },
      ...(PhysicalResourceId !== undefined && { PhysicalResourceId }),
    };
    const invocation = await aws.invoke(event, seconds);
    return { invocation, answer: aws.answers.at(-1) };
  };
  const names = () => aws.kms.truth().map(({ Name }) => Name);

  beforeAll(async () => {
    host = await aws.start();
    aws.kms.makeRole(BROKER);
    for (const n of [1, 2]) {
      aws.kms.makeRole(share(n).grantee);
      aws.s3.policies.set(share(n).share, openPolicy(share(n).share));
    }
  });
  afterAll(async () => {
    await stopFunction();
    await aws.stop();
  });

  const id = `concordat-key-grants/${KEY_ARN}`;

  it('creates: makes the grants and answers with the resource’s id', async () => {
    await deploy(listOf(current(1), current(2)));
    const { answer } = await ask('Create');
    expect(answer).toEqual({
      Status: 'SUCCESS',
      PhysicalResourceId: id,
      StackId: `${STACK}/1`,
      RequestId: 'r1',
      LogicalResourceId: 'Grants',
      Data: {
        GrantsInForce: '2',
        GrantsCreated: '2',
        GrantsRevoked: '0',
        GrantsPending: '0',
        StoppedShares: '0',
      },
    });
    expect(aws.kms.truth()).toMatchObject([
      { ...RIGHT, Name: share(1).share },
      { ...RIGHT, Name: share(2).share },
    ]);
    expect(aws.unsigned).toEqual([]);
  });

  it('changes nothing on the hour, and writes its metrics as a line of their own', async () => {
    const before = aws.kms.grants;
    running.output = '';
    const { outcome, body } = await aws.invoke({});
    expect(outcome).toBe('response');
    expect(JSON.parse(body)).toMatchObject({ inForce: 2, created: 0, revoked: 0 });
    expect(aws.kms.grants).toBe(before);
    const records = (await running.wrote('"GrantsInForce"'))
      .split('\n')
      .filter((line) => line.startsWith('{"_aws"'));
    expect(records.map((line) => JSON.parse(line))).toMatchObject([{ GrantsInForce: 2, Failures: 0 }]);
  });

  it('updates: closes the access point of a share that is gone, and revokes', async () => {
    await deploy(listOf(current(2)));
    expect((await ask('Update', id)).answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: id });
    expect(names()).toEqual([share(2).share]);
    expect(aws.s3.isClosed(share(1).share)).toBe(true);
  });

  it('rolls back: makes the grant and opens the access point again, though its first answers are refused', async () => {
    await deploy(listOf(current(1), current(2)));
    aws.refuseAnswers = 2;
    expect((await ask('Update', id)).answer).toMatchObject({ Status: 'SUCCESS' });
    expect(names().sort()).toEqual([share(1).share, share(2).share]);
    expect(aws.s3.policies.get(share(1).share)).toBe(openPolicy(share(1).share));
    expect(running.output).not.toContain('X-Amz-Signature');
  });

  it('fails with the reason, cut to what CloudFormation takes', async () => {
    await deploy({
      ...listOf(),
      shares: Array.from({ length: 100 }, (_, n) => ({ ...share(n), until: 'never' })),
    });
    const { answer } = await ask('Update', id);
    expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: id });
    expect(answer?.Reason).toContain('until of share 000000000000--recipient-0 is "never"');
    expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThan(4096);
    expect(aws.kms.grants).toHaveLength(2);
  });

  it('stops and lifts by the alias for it alone, ends sessions, and keeps the record where deployments do not write', async () => {
    const { account } = aws;
    await deploy(listOf(current(1), current(2)));
    account.policies.set('concordat-collect', new Map());
    const { share: one } = share(1);
    expect((await aws.invoke({ stop: [one] })).outcome).toBe('error');
    expect((await aws.invoke({ stop: [one] }, 60, 'lift')).outcome).toBe('error');
    expect(names()).toContain(one);
    const stopped = await aws.invoke({ stop: [one], why: 'a laptop was lost' }, 60, 'stop');
    expect(JSON.parse(stopped.body)).toMatchObject({ complete: true });
    expect(names()).not.toContain(one);
    const [[name, text] = ['', '']] = account.parameters;
    expect(name).toMatch(/^\/concordat\/stops\/[\w.-]+$/);
    expect(JSON.parse(text)).toMatchObject({ order: 'stop', shares: [one], why: 'a laptop was lost' });
    expect((await aws.invoke({ lift: [one] }, 60, 'stop')).outcome).toBe('error');
    expect(JSON.parse((await aws.invoke({ lift: [one] }, 60, 'lift')).body)).toMatchObject({
      complete: true,
    });
    expect(names()).toContain(one);
    const ended = await aws.invoke({ endSessions: true }, 60, 'stop');
    expect(JSON.parse(ended.body)).toMatchObject({ complete: true });
    expect([...(account.policies.get('concordat-collect') ?? [])].map(([policy]) => policy)).toEqual([
      'AWSRevokeOlderSessions',
    ]);
    expect(aws.unsigned).toEqual([]);
  });

  it('refuses an event that is none of its own', async () => {
    const { outcome, body } = await aws.invoke({ suspend: { agreement: 'x' } });
    expect(outcome).toBe('error');
    expect(JSON.parse(body)).toMatchObject({ errorType: 'EventError' });
  });

  it('deletes: revokes all that it made, and nothing for another key', async () => {
    const other = `concordat-key-grants/${KEY_ARN}x`;
    expect((await ask('Delete', other)).answer).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: other,
    });
    expect(aws.kms.grants).toHaveLength(2);
    expect((await ask('Delete', id)).answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: id });
    expect(aws.kms.grants).toEqual([]);
    aws.kms.state = undefined;
    expect((await ask('Delete', id)).answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: id });
    aws.kms.state = 'Enabled';
  });

  it('fails where its environment is wrong, and sends no answer to an address that is not CloudFormation’s', async () => {
    await stopFunction();
    startFunction({ KEY_ARN: 'key/1234' });
    const before = aws.answers.length;
    const { invocation } = await ask('Create');
    expect([invocation.outcome, aws.answers.length]).toEqual(['error', before]);
  });
});
