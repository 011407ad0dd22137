/** That the gateway judges by the templates, refuses what it can’t judge, and passes on nothing that was refused. */
import { createHash } from 'node:crypto';
import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { CreateGrantCommand, type KMSClient, ListGrantsCommand } from '@aws-sdk/client-kms';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import {
  CopyObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { openAssembly, worldOf } from '../../lib/assembly';
import { accessPointClient, clientsOf } from '../../lib/rehearsal/clients';
import { type Actor, roleActor, unboundedActor } from '../../lib/rehearsal/gateway/caller';
import { Gateway } from '../../lib/rehearsal/gateway/gateway';
import { LocalPort, type Received, signedFor } from '../../lib/rehearsal/gateway/local-port';
import { aliasOf } from '../../lib/rehearsal/gateway/played-points';
import { afterLateRights } from '../../lib/rehearsal/scenario/first-minute';
import { insist } from '../../lib/runtime';
import { synthesised } from '../stacks/sample-assembly';

const DWP = '100000000011';
const LEEDS = '100000000022';
const CAMDEN = '100000000021';
const REGION = 'eu-west-2';
const BUCKET = `concordat-exchange-${DWP}-${REGION}-an`;
const POINT = `arn:aws:s3:${REGION}:${DWP}:accesspoint/33aa658693c0--leeds`;
const KEY = `arn:aws:kms:${REGION}:${DWP}:key/11111111-1111-1111-1111-111111111111`;
const OBJECT = 'agreements/housing-benefit-awards/awards.csv';
const { folder, stacks, stackOf } = synthesised();
const world = worldOf(openAssembly(folder));

const SLOW_DOWN = { status: 503, headers: {}, body: Buffer.from('<Error><Code>SlowDown</Code></Error>') };

/** An endpoint that answers everything, and remembers what came. */
class Endpoint {
  readonly came: (Received & { readonly account: string })[] = [];
  verdict = 'NO_THREATS_FOUND';
  decision = 'released';
  /** How many looks at tags are answered with SlowDown first. */
  throttles = 0;
  /** How many reads of an object’s bytes are. */
  throttledReads = 0;
  readonly port = new LocalPort(async (received) => {
    const { accessKey, service } = signedFor(received);
    this.came.push({ ...received, account: accessKey });
    const json = { 'content-type': 'application/json' };
    if (service === 'kms') {
      const KeyMetadata = {
        Arn: KEY,
        KeyId: KEY.split('/')[1],
        Description: 'Concordat: encrypts everything that dwp deposits',
      };
      return { status: 200, headers: json, body: Buffer.from(JSON.stringify({ KeyMetadata })) };
    }
    if (service === 'dynamodb' || service === 'lambda')
      return { status: 200, headers: json, body: Buffer.from('{}') };
    if (service === 'iam') return { status: 200, headers: {}, body: Buffer.from('<Path>/concordat/</Path>') };
    if (received.url.includes('tagging') && this.throttles > 0) {
      this.throttles -= 1;
      return SLOW_DOWN;
    }
    if (received.method === 'GET' && received.url.endsWith(OBJECT) && this.throttledReads > 0) {
      this.throttledReads -= 1;
      return SLOW_DOWN;
    }
    const tag = (key: string, value: string) => `<Tag><Key>${key}</Key><Value>${value}</Value></Tag>`;
    const tags = `<Tagging><TagSet>${tag('GuardDutyMalwareScanStatus', this.verdict)}${tag('concordat-gate', this.decision)}</TagSet></Tagging>`;
    return { status: 200, headers: {}, body: Buffer.from(received.url.includes('tagging') ? tags : 'bytes') };
  });
  /** What was asked of objects, without what the gateway itself asks to learn of tags. */
  asked() {
    return this.came.filter(
      ({ url, headers }) =>
        !url.endsWith('?tagging') &&
        headers['x-amz-target'] === undefined &&
        !url.startsWith('/?') &&
        url !== '/',
    );
  }
}

let endpoint: Endpoint;
let gateway: Gateway;
let now = Date.parse('2027-04-01T12:00:00Z');

beforeEach(async () => {
  now = Date.parse('2027-04-01T12:00:00Z');
  endpoint = new Endpoint();
  gateway = new Gateway({ endpoint: await endpoint.port.open(), world, stacks, now: () => now });
  for (const { Type, Properties } of Object.values(stackOf('dwp').resources))
    if (Type === 'AWS::S3::AccessPoint')
      gateway.points.make({
        account: DWP,
        name: String(Properties?.Name),
        bucket: BUCKET,
        policy: Properties?.Policy,
      });
});
afterEach(async () => {
  await gateway.close();
  await endpoint.port.close();
});

const role = (account: string, purpose: string) =>
  roleActor(world, `arn:aws:iam::${account}:role/concordat/concordat-${purpose}`);
const broker = (account: string) =>
  roleActor(
    world,
    `arn:aws:iam::${account}:role/concordat/concordat-grant-broker`,
    `arn:aws:lambda:${REGION}:${account}:function:concordat-grant-broker`,
  );
const asking = async (actor: Actor) => ({
  url: await gateway.urlFor(actor),
  account: actor.account ?? '',
  region: REGION,
});

async function throughPoint(actor: Actor, point = POINT): Promise<string> {
  const s3 = accessPointClient(await asking(actor));
  return await outcome(s3, new GetObjectCommand({ Bucket: point, Key: OBJECT }));
}

async function outcome(s3: S3Client, command: GetObjectCommand | PutObjectCommand): Promise<string> {
  try {
    await s3.send(command as GetObjectCommand);
    return 'allowed';
  } catch (error) {
    return (error as Error).name;
  }
}

async function grant(
  actor: Actor,
  change: Partial<ConstructorParameters<typeof CreateGrantCommand>[0]> = {},
) {
  const kms = clientsOf(await asking(actor)).kms();
  return await kms.send(
    new CreateGrantCommand({
      KeyId: KEY,
      Name: '33aa658693c0--leeds',
      GranteePrincipal: `arn:aws:iam::${LEEDS}:role/concordat/concordat-collect`,
      RetiringPrincipal: actor.name,
      Operations: ['Decrypt', 'DescribeKey'],
      Constraints: { EncryptionContextEquals: { 'aws:s3:arn': `arn:aws:s3:::${BUCKET}` } },
      ...change,
    }),
  );
}

it('lets the recipient collect once the broker has granted, from the owner’s account', async () => {
  expect(await throughPoint(role(LEEDS, 'collect'))).toBe('AccessDenied');
  expect(endpoint.asked()).toEqual([]);
  await grant(broker(DWP));
  expect(await throughPoint(role(LEEDS, 'collect'))).toBe('allowed');
  expect(endpoint.asked()).toMatchObject([{ method: 'GET', account: DWP }]);
  expect(endpoint.asked()[0]?.url).toContain(`/${BUCKET}/${OBJECT}`);
});

it.each([
  [
    'after the last day',
    () => {
      now = Date.parse('2030-04-01T00:00:00Z');
    },
  ],
  [
    'what is not found clean',
    () => {
      endpoint.verdict = 'THREATS_FOUND';
    },
  ],
  [
    'what the release gate rejected',
    () => {
      endpoint.decision = 'rejected';
    },
  ],
])('refuses the recipient %s', async (_what, change) => {
  await grant(broker(DWP));
  change();
  expect(await throughPoint(role(LEEDS, 'collect'))).toBe('AccessDenied');
  expect(endpoint.asked()).toEqual([]);
});

describe('a copy by the alias of an access point', () => {
  const copy = async (actor: Actor, change: object = {}, point = '33aa658693c0--leeds') => {
    const s3 = clientsOf(await asking(actor)).s3();
    const CopySource = `${aliasOf({ account: DWP, name: point })}/${OBJECT}`;
    const command = new CopyObjectCommand({
      Bucket: 'my-own',
      Key: 'c.csv',
      CopySource,
      TaggingDirective: 'REPLACE',
      ...change,
    });
    return await s3.send(command).then(
      () => 'allowed',
      (error: Error) => error.name,
    );
  };

  it('is judged as a read of its source, and made from the owner’s account into the caller’s', async () => {
    expect(await copy(role(LEEDS, 'collect'))).toBe('AccessDenied');
    await grant(broker(DWP));
    expect(await copy(role(LEEDS, 'collect'))).toBe('allowed');
    expect(endpoint.asked()).toMatchObject([
      { method: 'GET', url: `/${BUCKET}/${OBJECT}`, account: DWP },
      { method: 'PUT', url: '/my-own/c.csv', account: LEEDS },
    ]);
    expect(gateway.heard.at(-1)).toMatchObject({ bucket: BUCKET, asked: { operation: 'CopyObject' } });
  });

  it('is refused where it takes the tags along, by another’s alias, and by one that is of nothing', async () => {
    await grant(broker(DWP));
    expect(await copy(role(LEEDS, 'collect'), { TaggingDirective: 'COPY' })).toBe('AccessDenied');
    expect(await copy(role(LEEDS, 'collect'), { TaggingDirective: undefined })).toBe('AccessDenied');
    expect(await copy(role(LEEDS, 'collect'), {}, '8b2000fd150a--camden')).toBe('AccessDenied');
    expect(await copy(role(LEEDS, 'collect'), {}, 'ffffffffffff--leeds')).toBe('AccessDenied');
    expect(await copy(unboundedActor(role(CAMDEN, 'collect')))).toBe('AccessDenied');
    expect(endpoint.asked()).toEqual([]);
  });
});

it('refuses a third organisation at the access point, whatever its own account lets it do and any grant it holds', async () => {
  const camden = unboundedActor(role(CAMDEN, 'collect'));
  await grant(broker(DWP), {
    Name: 'camden',
    GranteePrincipal: camden.name,
  });
  expect(await throughPoint(camden)).toBe('AccessDenied');
  expect(gateway.heard.at(-1)?.ruling.why.join()).toContain('access point');
  const own = `arn:aws:s3:${REGION}:${DWP}:accesspoint/8b2000fd150a--camden`;
  expect(await throughPoint(camden, own)).toBe('AccessDenied');
  expect(endpoint.asked()).toEqual([]);
});

it('heeds a policy that the broker has put on an access point', async () => {
  await grant(broker(DWP));
  const denial = {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Closed',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:GetObject*',
        Resource: `${POINT}/object/*`,
      },
    ],
  };
  gateway.points.answer('PUT', DWP, '33aa658693c0--leeds', `<Policy>${JSON.stringify(denial)}</Policy>`);
  expect(await throughPoint(role(LEEDS, 'collect'))).toBe('AccessDenied');
});

it.each([
  [
    'to a role that is no collect role',
    { GranteePrincipal: `arn:aws:iam::${LEEDS}:role/concordat/concordat-receipts` },
  ],
  ['that can be passed on', { Operations: ['Decrypt', 'CreateGrant'] as ('Decrypt' | 'CreateGrant')[] }],
  [
    'for another bucket',
    { Constraints: { EncryptionContextEquals: { 'aws:s3:arn': 'arn:aws:s3:::other' } } },
  ],
])('refuses the broker a grant %s', async (_what, change) => {
  await expect(grant(broker(DWP), change)).rejects.toThrow('Refused by simulation');
  expect(gateway.grants.all()).toEqual([]);
});

it('refuses the deposit role to read, and lets it deposit', async () => {
  const s3 = clientsOf(await asking(role(DWP, 'deposit'))).s3();
  const at = { Bucket: BUCKET, Key: OBJECT };
  expect(await outcome(s3, new GetObjectCommand(at))).toBe('AccessDenied');
  expect(await outcome(s3, new PutObjectCommand({ ...at, Body: 'x' }))).toBe('allowed');
  expect(await outcome(s3, new PutObjectCommand({ ...at, Body: 'x', ServerSideEncryption: 'AES256' }))).toBe(
    'AccessDenied',
  );
});

it('refuses a deposit with an encryption context of its own, which no recipient’s grant would open', async () => {
  const s3 = clientsOf(await asking(role(DWP, 'deposit'))).s3();
  const put = (context: string) =>
    outcome(
      s3,
      new PutObjectCommand({ Bucket: BUCKET, Key: OBJECT, Body: 'x', SSEKMSEncryptionContext: context }),
    );
  const encoded = (pairs: object) => Buffer.from(JSON.stringify(pairs)).toString('base64');
  expect(await put(encoded({ project: 'x' }))).toBe('AccessDenied');
  expect(await put(encoded({ 'aws:s3:arn': `arn:aws:s3:::${BUCKET}`, project: 'x' }))).toBe('AccessDenied');
  expect(await put('no JSON')).toBe('AccessDenied');
  expect(endpoint.asked()).toEqual([]);
  expect(await put(encoded({ 'aws:s3:arn': `arn:aws:s3:::${BUCKET}` }))).toBe('allowed');
});

it('judges what a function asks of tables by its role, and by the function whose code asks', async () => {
  const zone = world.register.zone.accounts.zone;
  const arn = `arn:aws:iam::${zone}:role/concordat/concordat-ledger-seal`;
  const code = `arn:aws:lambda:${REGION}:${zone}:function:concordat-ledger-seal`;
  const ask = async (actor: Actor, TableName: string) =>
    await clientsOf(await asking(actor))
      .dynamoDb()
      .send(new QueryCommand({ TableName, IndexName: 'unsealed', KeyConditionExpression: 'a = b' }))
      .then(
        () => 'allowed',
        (error: Error) => error.name,
      );
  expect(await ask(roleActor(world, arn, code), 'concordat-staging')).toBe('allowed');
  expect(await ask(roleActor(world, arn, code), 'concordat-transfers')).toBe('AccessDeniedException');
  expect(await ask(roleActor(world, arn), 'concordat-staging')).toBe('AccessDeniedException');
});

it('passes nothing on that it does not understand', async () => {
  const url = await gateway.urlFor(role(DWP, 'deposit'));
  const authorization = `AWS4-HMAC-SHA256 Credential=${DWP}/20270401/${REGION}/s3/aws4_request, SignedHeaders=host, Signature=00`;
  for (const path of [`/${BUCKET}?acl`, `/${BUCKET}/${OBJECT}?acl`, `/${BUCKET}/${OBJECT}?uploads`]) {
    const response = await fetch(`${url}${path}`, { method: 'PUT', headers: { authorization } });
    expect([response.status, await response.text()]).toEqual([
      400,
      expect.stringContaining('NotUnderstoodByTheRehearsal'),
    ]);
  }
  expect(endpoint.came).toEqual([]);
});

it('judges nothing by what it could not learn: a throttled look at tags is asked again', async () => {
  await grant(broker(DWP));
  endpoint.throttles = 1;
  expect(await throughPoint(role(LEEDS, 'collect'))).toBe('allowed');
  expect(endpoint.throttles).toBe(0);
  expect(gateway.heard.filter(({ asked }) => asked.kind === 'bucket')).toHaveLength(1);
});

it('answers a failure of the endpoint as one, and not as a yes', async () => {
  await endpoint.port.close();
  const { url } = await asking(role(DWP, 'deposit'));
  const authorization = `AWS4-HMAC-SHA256 Credential=${DWP}/20270401/${REGION}/s3/aws4_request, SignedHeaders=host, Signature=00`;
  const response = await fetch(`${url}/${BUCKET}/${OBJECT}`, { method: 'PUT', headers: { authorization } });
  expect(response.status).toBe(502);
});

it('says the checksum of the object’s bytes, and never of an endpoint’s failure', async () => {
  await grant(broker(DWP));
  endpoint.throttledReads = 1;
  const { url } = await asking(role(LEEDS, 'collect'));
  const s3 = accessPointClient({ url, account: LEEDS, region: REGION });
  const { ChecksumSHA256 } = await s3.send(new HeadObjectCommand({ Bucket: POINT, Key: OBJECT }));
  expect(endpoint.throttledReads).toBe(0);
  expect(ChecksumSHA256).toBe(createHash('sha256').update('bytes').digest('base64'));
});

it('says that a HeadObject was judged as a read', async () => {
  const s3 = clientsOf(await asking(role(LEEDS, 'collect'))).s3();
  await expect(s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: OBJECT }))).rejects.toThrow();
  expect(gateway.heard.at(-1)).toMatchObject({
    asked: { action: 's3:GetObject' },
    ruling: { allowed: false },
  });
});

describe('the port of the client', () => {
  const staff = world.register.organisations.find(({ account }) => account === LEEDS)?.mayCollect[0] ?? '';
  const takeOn = async (url: string, purpose: string) =>
    await new STSClient({
      region: REGION,
      endpoint: url,
      credentials: { accessKeyId: LEEDS, secretAccessKey: 'x' },
    }).send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${LEEDS}:role/concordat/concordat-${purpose}`,
        RoleSessionName: 'test',
      }),
    );
  const collectAt = async (url: string, account: string) =>
    await outcome(
      accessPointClient({ url, account, region: REGION }),
      new GetObjectCommand({ Bucket: POINT, Key: OBJECT }),
    );

  it('judges each request as the role whose session signs it', async () => {
    await grant(broker(DWP));
    const url = await gateway.urlForClient(staff);
    const { Credentials: collects } = await takeOn(url, 'collect');
    const { Credentials: reads } = await takeOn(url, 'receipts');
    expect(await collectAt(url, collects?.AccessKeyId ?? '')).toBe('allowed');
    expect(await collectAt(url, reads?.AccessKeyId ?? '')).toBe('AccessDenied');
    const asked = gateway.heard.filter(({ asked: { kind } }) => kind === 'bucket');
    expect(asked.map(({ actor, ruling }) => [actor.name.split('/').at(-1), ruling.allowed])).toEqual(
      expect.arrayContaining([
        ['concordat-collect', true],
        ['concordat-receipts', false],
      ]),
    );
    expect(asked.filter(({ actor, ruling }) => ruling.allowed && actor.name.endsWith('receipts'))).toEqual(
      [],
    );
  });

  it('gives a role to nobody whom its trust does not name, and passes nothing on without a session', async () => {
    await grant(broker(DWP));
    const url = await gateway.urlForClient(`arn:aws:iam::${LEEDS}:role/somebody-else`);
    await expect(takeOn(url, 'collect')).rejects.toMatchObject({ name: 'AccessDenied' });
    expect(await collectAt(url, LEEDS)).toBe('InvalidAccessKeyId');
    expect(endpoint.asked()).toEqual([]);
  });
});

it('plays the sessions of the CDK’s roles alone, and gives them the account of the role', async () => {
  const url = await gateway.operatorUrl();
  const ask = async (arn: string) => {
    const headers = {
      authorization: `AWS4-HMAC-SHA256 Credential=${LEEDS}/20270401/${REGION}/sts/aws4_request, SignedHeaders=host, Signature=00`,
    };
    const body = new URLSearchParams({ Action: 'AssumeRole', RoleArn: arn });
    return await (await fetch(url, { method: 'POST', headers, body })).text();
  };
  const deploys = `arn:aws:iam::${DWP}:role/cdk-concordat-deploy-role-${DWP}-${REGION}`;
  expect(await ask(deploys)).toContain(`<AccessKeyId>${DWP}</AccessKeyId>`);
  expect(await ask(`arn:aws:iam::${DWP}:role/concordat/concordat-deposit`)).toBe('bytes');
});

it('lists the grants of a key to its broker, and to nobody else’s', async () => {
  await grant(broker(DWP));
  const list = async (actor: Actor) => {
    const kms: KMSClient = clientsOf(await asking(actor)).kms();
    return (await kms.send(new ListGrantsCommand({ KeyId: KEY }))).Grants?.map(({ Name }) => Name);
  };
  expect(await list(broker(DWP))).toEqual(['33aa658693c0--leeds']);
  await expect(list(broker(LEEDS))).rejects.toThrow('Refused by simulation');
});

describe('a role whose rights are on their way', () => {
  const list = async (actor: Actor) => {
    const kms = clientsOf(await asking(actor)).kms();
    return await kms.send(new ListGrantsCommand({ KeyId: KEY }));
  };
  /** Asks as the broker’s code does, with patience in a run for CloudFormation. */
  const ask = (settled: { rightsSettleBy?: number }) =>
    insist({ now: Date.now, remaining: () => 60_000, sleep: async () => undefined, ...settled }, () =>
      list(broker(DWP)),
    );

  it('is refused the first time, and is let in as soon as it asks again', async () => {
    gateway.lateRights.delay(broker(DWP).name);
    await expect(list(broker(DWP))).rejects.toThrow('Refused by simulation');
    expect(afterLateRights(gateway.heard, true)).toMatchObject({ passed: false });
    await list(broker(DWP));
    expect(afterLateRights(gateway.heard, true)).toMatchObject({
      passed: true,
      seen: 'refused 1 times, then allowed',
    });
  });

  it('is let in by a broker with patience, and not by one without', async () => {
    gateway.lateRights.delay(broker(DWP).name);
    await expect(ask({})).rejects.toThrow('Refused by simulation');
    expect(afterLateRights(gateway.heard, true).passed).toBe(false);
    gateway.lateRights.delay(broker(DWP).name);
    await ask({ rightsSettleBy: Date.now() + 60_000 });
    expect(afterLateRights(gateway.heard, true).passed).toBe(true);
  });

  it('counts as not let in where the deployment failed, whatever was asked to take it back', async () => {
    gateway.lateRights.delay(broker(DWP).name);
    await expect(list(broker(DWP))).rejects.toThrow('Refused by simulation');
    await list(broker(DWP));
    expect(afterLateRights(gateway.heard, false).passed).toBe(false);
  });

  it('alone waits, and no longer than that', async () => {
    gateway.lateRights.delay(broker(LEEDS).name);
    await list(broker(DWP));
    gateway.lateRights.delay(broker(DWP).name);
    gateway.lateRights.arrive(broker(DWP).name);
    await list(broker(DWP));
    expect(afterLateRights(gateway.heard, true)).toMatchObject({ passed: false, seen: 'nothing was asked' });
  });

  it('is refused for ever what it has no right to', async () => {
    gateway.lateRights.delay(broker(LEEDS).name);
    for (const _time of [1, 2]) await expect(list(broker(LEEDS))).rejects.toThrow('Refused by simulation');
    expect(afterLateRights(gateway.heard, true).passed).toBe(false);
  });
});

it('answers a function at the rehearsal’s time, so that its client does not take its clock for wrong', async () => {
  const url = await gateway.urlForFunction(broker(DWP));
  const authorization = `AWS4-HMAC-SHA256 Credential=${DWP}/20270401/${REGION}/kms/aws4_request, SignedHeaders=host, Signature=00`;
  for (const target of [
    'TrentService.ListGrants',
    'TrentService.DescribeKey',
    'TrentService.ScheduleKeyDeletion',
  ]) {
    const headers = { authorization, 'x-amz-target': target };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ KeyId: KEY }) });
    expect(response.headers.get('date')).toBe(new Date(now).toUTCString());
  }
});

describe('a function that is called', () => {
  const arn = `arn:aws:lambda:${REGION}:${DWP}:function:concordat-grant-broker`;
  const calls = async (actor: Actor, called: string, Qualifier?: string) => {
    const lambda = clientsOf(await asking(actor)).lambda();
    await lambda.send(
      new InvokeCommand({ FunctionName: called, Qualifier, Payload: Buffer.from('{"stop":["a"]}') }),
    );
  };

  it.each([
    ['the alias of its ARN', `${arn}:stop`, undefined],
    ['its name and the alias', 'concordat-grant-broker:stop', undefined],
    ['the alias beside its name', 'concordat-grant-broker', 'stop'],
  ])('by %s is told so, and the order comes as it was given', async (_what, called, alias) => {
    await calls(role(DWP, 'stop'), called, alias);
    const event = JSON.parse(endpoint.came.at(-1)?.body.toString() ?? '') as object;
    expect(event).toEqual({ stop: ['a'], _arn: `${arn}:stop` });
  });

  it.each([
    ['the alias of another right', `${arn}:lift`],
    ['its own name', arn],
    ['its latest version', `${arn}:$LATEST`],
  ])('by %s is out of reach of the stop role', async (_what, called) => {
    await expect(calls(role(DWP, 'stop'), called)).rejects.toThrow('Refused by simulation');
    expect(endpoint.came).toEqual([]);
  });
});
