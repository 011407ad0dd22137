/**
 * Requests to AWS, signed and sent. The SDK’s clients of Systems Manager, IAM, CloudFormation and S3 Control would each be as
 * large as the rest of this function, for one or two calls; so the SDK’s own signer signs, and Node sends.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import type { SignatureV4 } from '@smithy/signature-v4';
import { FunctionError } from '../../lib/runtime';

const TIMEOUT = 5_000;
/** What services call a signature that they refuse. */
const REFUSED_SIGNATURE = /^(?:InvalidSignatureException|SignatureDoesNotMatch)$/;
/** What they say where it is right, and too old or too new: asked again, it is signed again. */
const OUT_OF_TIME = /signature expired|signature not yet current/i;

/** How to reach a service. */
export interface Service {
  /** Its address, such as `https://ssm.eu-west-2.amazonaws.com`. */
  readonly endpoint: string;
  readonly signer: Pick<SignatureV4, 'sign'>;
  readonly fetch: typeof fetch;
}

/** What is asked. */
export interface Asked {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/** What is answered, whatever the status. */
export interface Answered {
  readonly status: number;
  readonly body: string;
}

/** A service refused a request. Its name is the service’s code, so that it is told apart as the SDK’s errors are. */
export class RefusedError extends FunctionError {
  override readonly name: string;
  readonly $metadata: { readonly httpStatusCode: number };
  constructor(code: string, message: string, status: number) {
    super(message);
    this.name = code;
    this.$metadata = { httpStatusCode: status };
  }
}

/** Signs and sends a request. */
export async function send({ endpoint, signer, fetch }: Service, asked: Asked): Promise<Answered> {
  const url = new URL(endpoint);
  const { method, path, headers, body } = asked;
  const signed = await signer.sign({
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    ...(url.port !== '' && { port: Number(url.port) }),
    path,
    headers: { host: url.host, ...headers },
    body,
  });
  const response = await fetch(new URL(signed.path, url), {
    method,
    headers: signed.headers,
    signal: AbortSignal.timeout(TIMEOUT),
    redirect: 'error',
    ...(body !== undefined && { body }),
  });
  return { status: response.status, body: await response.text() };
}

/** Calls an action of a service that speaks AWS’s JSON protocol. @throws RefusedError by the service’s code */
export async function callJson(service: Service, target: string, input: object): Promise<unknown> {
  const { status, body } = await send(service, {
    method: 'POST',
    path: '/',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target },
    body: JSON.stringify(input),
  });
  if (status === 200) return JSON.parse(body);
  const code = /"__type"\s*:\s*"(?:[^"#]*#)?(\w+)"/.exec(body)?.[1];
  throw new RefusedError(meant(code, body) ?? 'RefusedError', `${target} answered ${status}`, status);
}

/** Calls an action of a service that speaks AWS’s query protocol, and gives the XML. @throws RefusedError by the service’s code */
export async function callQuery(
  service: Service,
  parameters: Readonly<Record<string, string>>,
): Promise<string> {
  const { status, body } = await send(service, {
    method: 'POST',
    path: '/',
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: new URLSearchParams(parameters).toString(),
  });
  if (status === 200) return body;
  throw new RefusedError(codeIn(body) ?? 'RefusedError', `${parameters.Action} answered ${status}`, status);
}

/** The code in an error that came as XML. */
export function codeIn(body: string): string | undefined {
  return meant(/<Code>(\w+)<\/Code>/.exec(body)?.[1], body);
}

/** The code, or that of a request out of time, which has no code of its own in every service. */
function meant(code: string | undefined, body: string): string | undefined {
  return code !== undefined && REFUSED_SIGNATURE.test(code) && OUT_OF_TIME.test(body)
    ? 'RequestExpired'
    : code;
}
