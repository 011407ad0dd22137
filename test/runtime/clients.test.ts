/** That the clients of AWS ask again after what is on the one list, and after nothing else: with S3’s own client. */
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { HttpResponse } from '@smithy/core/protocols';
import { callingFunctions, clientSettings, isPassing } from '../../lib/runtime';

/** A client to which S3 gives answers, in order, and the last for ever. */
function clientOf(asksAgain: 'client' | 'function', answers: readonly (readonly [number, string])[]) {
  let asked = 0;
  const client = new S3Client({
    ...clientSettings('eu-west-2', { asksAgain, seconds: 1 }),
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    requestHandler: {
      handle: async () => {
        const [statusCode, code] = answers[Math.min(asked, answers.length - 1)] ?? [200, ''];
        asked += 1;
        const body = Readable.from([
          Buffer.from(statusCode === 200 ? 'text' : `<Error><Code>${code}</Code></Error>`),
        ]);
        return { response: new HttpResponse({ statusCode, headers: {}, body }) };
      },
    },
  });
  const get = () => client.send(new GetObjectCommand({ Bucket: 'bucket', Key: 'key' }));
  return { get, times: () => asked };
}

it.each([
  [409, 'OperationAborted'],
  [409, 'ConditionalRequestConflict'],
  [400, 'RequestTimeout'],
  [400, 'ExpiredToken'],
  [400, 'ThrottlingException'],
  [503, 'SlowDown'],
])('a client asks again after %s %s', async (status, code) => {
  const { get, times } = clientOf('client', [
    [status, code],
    [200, ''],
  ]);
  await expect(get()).resolves.toMatchObject({ $metadata: { attempts: 2 } });
  expect(times()).toBe(2);
});

it.each([
  [403, 'AccessDenied'],
  [501, 'NotImplemented'],
  [400, 'LimitExceededException'],
])('a client takes %s %s at its word', async (status, code) => {
  const { get, times } = clientOf('client', [[status, code]]);
  await expect(get()).rejects.toThrow();
  expect(times()).toBe(1);
});

it('a client gives up in the end', async () => {
  const { get, times } = clientOf('client', [[409, 'OperationAborted']]);
  await expect(get()).rejects.toMatchObject({ name: 'OperationAborted' });
  expect(times()).toBe(6);
});

it('a client of a function that asks again by itself asks once', async () => {
  const { get, times } = clientOf('function', [[503, 'SlowDown']]);
  await expect(get()).rejects.toThrow();
  expect(times()).toBe(1);
});

/** A server that answers nothing, and in the end cuts off who goes on waiting. */
async function silent<T>(ask: (endpoint: string) => Promise<T>): Promise<T> {
  const server = createServer(() => {}).setTimeout(1_000);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  try {
    return await ask(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };

it('a client gives up on a request that is not answered in its time, and its error passes', () =>
  silent(async (endpoint) => {
    const client = new S3Client({
      ...clientSettings('eu-west-2', { asksAgain: 'function', seconds: 0.05 }),
      credentials,
      endpoint,
      forcePathStyle: true,
    });
    const error = await client
      .send(new GetObjectCommand({ Bucket: 'bucket', Key: 'key' }))
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'TimeoutError' });
    expect(isPassing(error)).toBe(true);
  }));

const call = (settings: object): Promise<unknown> =>
  new LambdaClient({ region: 'eu-west-2', credentials, ...settings })
    .send(new InvokeCommand({ FunctionName: 'concordat-grant-broker' }))
    .catch((thrown: unknown) => thrown);

it('who calls a function is told once its time has passed, and it is not asked for all that time again', () =>
  silent(async (endpoint) => {
    expect(await call({ endpoint, ...callingFunctions(4, 0.05) })).toMatchObject({
      name: 'TimeoutError',
      $metadata: { attempts: 1 },
    });
  }));

it('who calls a function asks again where the line was cut', async () => {
  const handle = () =>
    Promise.reject(Object.assign(new Error('cut'), { name: 'ECONNRESET', code: 'ECONNRESET' }));
  const error = await call({ ...callingFunctions(3), requestHandler: { handle, destroy: () => {} } });
  expect(error).toMatchObject({ name: 'ECONNRESET', $metadata: { attempts: 3 } });
});

it('who calls a function asks again where the account runs no more at once, since the function was not begun', async () => {
  let asked = 0;
  const handle = async () => {
    asked += 1;
    const headers = { 'x-amzn-errortype': 'TooManyRequestsException', 'content-type': 'application/json' };
    const body = Buffer.from('{"Reason":"ConcurrentInvocationLimitExceeded","message":"Rate Exceeded."}');
    return { response: new HttpResponse({ statusCode: 429, headers, body }) };
  };
  const error = await call({ ...callingFunctions(2), requestHandler: { handle, destroy: () => {} } });
  expect(error).toMatchObject({ name: 'TooManyRequestsException' });
  expect(asked).toBe(2);
});

it('no other client says for itself how long it waits for an answer: by the SDK’s setting alone it would not give up', () => {
  const files = ['lib', 'lambda', 'bin'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  const theirs = files.filter(
    (file) => file.endsWith('.ts') && /\brequestTimeout\b/.test(readFileSync(file, 'utf8')),
  );
  expect(theirs).toEqual([join('lib', 'runtime', 'clients.ts')]);
});
