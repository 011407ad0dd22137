/** That a refusal is told by the service’s own code, in both protocols, so that the list of what passes knows it. */
import { SignatureV4 } from '@smithy/signature-v4';
import { Sha256 } from '../../../lambda/key-grants/sha256';
import {
  callJson,
  callQuery,
  codeIn,
  RefusedError,
  type Service,
  send,
} from '../../../lambda/key-grants/signed-requests';
import { isDenied, isPassing } from '../../../lib/runtime';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' };

/** A service that gives one answer, and what it was asked. */
function answering(status: number, body: string) {
  const asked: { url: string; init: RequestInit }[] = [];
  const service: Service = {
    endpoint: 'https://ssm.eu-west-2.amazonaws.com',
    signer: new SignatureV4({ service: 'ssm', region: 'eu-west-2', credentials, sha256: Sha256 }),
    fetch: async (url, init) => {
      asked.push({ url: String(url), init: init ?? {} });
      return new Response(body, { status });
    },
  };
  return { service, asked };
}

const refusal = async (call: Promise<unknown>) => {
  const error = await call.catch((each: unknown) => each);
  if (!(error instanceof RefusedError)) throw new Error(`no refusal: ${String(error)}`);
  return error;
};

it('is sent as it was signed, and to nobody else', async () => {
  const { service, asked } = answering(200, '{"Parameters":[]}');
  await expect(callJson(service, 'AmazonSSM.GetParametersByPath', { Path: '/x' })).resolves.toEqual({
    Parameters: [],
  });
  const [{ url, init } = { url: '', init: {} }] = asked;
  expect(url).toBe('https://ssm.eu-west-2.amazonaws.com/');
  // A redirection would take the signature elsewhere.
  expect(init).toMatchObject({ method: 'POST', body: '{"Path":"/x"}', redirect: 'error' });
  expect(init.headers).toMatchObject({
    authorization: expect.stringContaining('AWS4-HMAC-SHA256 '),
    'x-amz-target': 'AmazonSSM.GetParametersByPath',
  });
  expect(init.signal).toBeInstanceOf(AbortSignal);
});

it('in JSON is told by its type, with or without the name of its space', async () => {
  for (const type of ['ThrottlingException', 'com.amazonaws.ssm#ThrottlingException']) {
    const { service } = answering(400, JSON.stringify({ __type: type, message: 'Rate exceeded' }));
    const error = await refusal(callJson(service, 'AmazonSSM.PutParameter', {}));
    expect([error.name, isPassing(error)]).toEqual(['ThrottlingException', true]);
  }
});

it('in XML is told by its code', async () => {
  const { service } = answering(
    403,
    '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code></Error></ErrorResponse>',
  );
  const error = await refusal(callQuery(service, { Action: 'PutRolePolicy' }));
  expect([error.name, isDenied(error), isPassing(error)]).toEqual(['AccessDenied', true, false]);
  expect(error.message).toBe('PutRolePolicy answered 403');
});

it('without a code is no success: its status decides whether it passes', async () => {
  for (const [status, passes] of [
    [502, true],
    [400, false],
  ] as const) {
    const { service } = answering(status, '<html>');
    for (const call of [
      callJson(service, 'AmazonSSM.PutParameter', {}),
      callQuery(service, { Action: 'A' }),
    ]) {
      const error = await refusal(call);
      expect([error.name, isPassing(error)]).toEqual(['RefusedError', passes]);
    }
  }
});

it('of a signature that is out of time passes, and that of a wrong one does not', async () => {
  const said = {
    'Signature expired: 20261129T010000Z is now earlier than 20261129T011000Z': true,
    'Signature not yet current: 20261129T020000Z is still later than 20261129T011500Z': true,
    'The request signature we calculated does not match the signature you provided.': false,
  };
  for (const [message, passes] of Object.entries(said)) {
    const json = answering(400, JSON.stringify({ __type: 'InvalidSignatureException', message }));
    expect(isPassing(await refusal(callJson(json.service, 'AmazonSSM.PutParameter', {})))).toBe(passes);
    const xml = answering(
      403,
      `<Error><Code>SignatureDoesNotMatch</Code><Message>${message}</Message></Error>`,
    );
    expect(isPassing(await refusal(callQuery(xml.service, { Action: 'PutRolePolicy' })))).toBe(passes);
  }
  expect(codeIn('<Error><Code>NoSuchAccessPoint</Code><Message>Signature expired</Message></Error>')).toBe(
    'NoSuchAccessPoint',
  );
});

it('leaves the answer to whoever asked for it whole', async () => {
  const { service } = answering(409, '<Error><Code>OperationAborted</Code></Error>');
  await expect(send(service, { method: 'GET', path: '/' })).resolves.toEqual({
    status: 409,
    body: '<Error><Code>OperationAborted</Code></Error>',
  });
});
