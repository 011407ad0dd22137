/**
 * The calls of S3 that are made for each part, range and small file: signed by the SDK’s signer, sent by Node. The SDK’s client
 * takes a millisecond of processor time for a call, in which it finds out again where the bucket is, and puts the same steps in
 * order; here that is asked of it once. All other calls are the SDK’s.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
import { type ClientRequest, type IncomingMessage, Agent as PlainAgent, request as plainly } from 'node:http';
import { Agent, request as securely } from 'node:https';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getEndpointFromInstructions } from '@smithy/core/endpoints';
import { SignatureV4 } from '@smithy/signature-v4';
import { type Body, StoreFailure } from '../delivery';
import { throughProxy } from './proxy';
import { readsInPlace } from './receiving';
import { sendBody } from './s3-upload';
import type { ServerClock } from './server-clock';

/** Seconds for a connection to come about. */
const CONNECTING = 2;
/** S3’s answers that refuse are short. */
const MOST_OF_REFUSAL = 1 << 16;
/** What says of an object that it is not there, or another one: no proxy says it, and some endpoints name no request. */
const ABOUT_AN_OBJECT: ReadonlySet<number> = new Set([400, 404, 405, 412]);
/** In each answer of S3, and in none of a proxy. @see https://docs.aws.amazon.com/AmazonS3/latest/API/RESTCommonResponseHeaders.html */
const REQUEST_ID = 'x-amz-request-id';
/** The SHA-256 of no bytes. */
const OF_NOTHING = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
/** Where the signature leaves the bytes out, their checksum, which is a header and signed, stands for them. */
const UNSIGNED = 'UNSIGNED-PAYLOAD';

/** One call. */
export interface WireCall {
  readonly method: 'GET' | 'HEAD' | 'PUT';
  readonly key: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Body;
}

/** What the wire is set up with. */
interface WireSetting {
  /** Whose settings hold: address, credentials, Region. */
  readonly client: S3Client;
  readonly bucket: string;
  readonly clock: ServerClock;
  readonly now: () => number;
  readonly signal: AbortSignal | undefined;
  /** How many connections there may be. */
  readonly connections: number;
  /** Seconds of silence after which a connection is taken for broken. */
  readonly silence: number;
}

/** S3 refused. Its name is S3’s code, so that it is told apart as the SDK’s errors are; where there is none, its status says it. */
class S3Refused extends Error {
  override readonly name: string;
  readonly $metadata: { readonly httpStatusCode: number };
  constructor(code: string | undefined, status: number) {
    super(`S3 answered ${status}`);
    this.name = code ?? 'Unknown';
    this.$metadata = { httpStatusCode: status };
  }
}

/** A connection did not come about in time, or nothing was heard on it for long. The SDK has the same name for it. */
class SilentError extends Error {
  override readonly name = 'TimeoutError';
}

interface Place {
  readonly signer: SignatureV4;
  readonly url: URL;
  /** Before the key, with a slash at its end. */
  readonly path: string;
  readonly agent: Agent | PlainAgent;
}

/** One bucket or access point. */
export class S3Wire {
  #place: Promise<Place> | undefined;

  constructor(private readonly setting: WireSetting) {}

  /**
   * Makes a call.
   * @returns the answer, whose bytes are to be read by whoever asked
   * @throws what S3 refuses with, by its code, or what Node says of the connection; StoreFailure `in-between` where it was not S3
   */
  async call(call: WireCall): Promise<IncomingMessage> {
    const { client, clock, now } = this.setting;
    this.#place ??= this.#find();
    const { signer, url, path, agent } = await this.#place.catch((error: unknown) => {
      this.#place = undefined;
      throw error;
    });
    const { method, key, query = {}, headers, body } = call;
    const signed = await signer.sign(
      {
        method,
        protocol: url.protocol,
        hostname: url.hostname,
        path: `${path}${escaped(key).replaceAll('%2F', '/')}`,
        query: { ...query },
        headers: {
          host: url.host,
          'x-amz-content-sha256': body === undefined ? OF_NOTHING : (body.sha256 ?? UNSIGNED),
          ...(body && {
            'content-length': String(body.bytes),
            'x-amz-checksum-crc64nvme': body.crc64nvme,
          }),
          ...headers,
        },
      },
      // The SDK has learnt by now how far this computer’s clock is off.
      { signingDate: new Date(now() + client.config.systemClockOffset) },
    );
    const asked = Object.entries(query).map(([name, value]) => `${name}=${escaped(value)}`);
    const answer = await this.#send(url, {
      method,
      agent,
      path: asked.length === 0 ? signed.path : `${signed.path}?${asked.join('&')}`,
      headers: signed.headers,
      body,
    });
    clock.heard(answer.headers.date, now());
    const status = answer.statusCode ?? 0;
    if (status >= 200 && status < 300) return answer;
    const code = codeIn(await textOf(answer));
    // Of a look at headers 403 means that one may not read, so what a proxy says by it must not pass for that.
    const isS3s = code !== undefined || answer.headers[REQUEST_ID] !== undefined;
    if (!isS3s && status < 500 && !ABOUT_AN_OBJECT.has(status))
      throw new StoreFailure('in-between', String(status));
    throw new S3Refused(code, status);
  }

  async #find(): Promise<Place> {
    const { client, bucket, connections } = this.setting;
    const { config } = client;
    const { url, properties } = await getEndpointFromInstructions(
      { Bucket: bucket, Key: 'key' },
      PutObjectCommand as Parameters<typeof getEndpointFromInstructions>[1],
      config as Parameters<typeof getEndpointFromInstructions>[2],
    );
    const scheme = (
      properties?.authSchemes as readonly { readonly signingRegion?: string }[] | undefined
    )?.[0];
    const through = throughProxy();
    const options = { keepAlive: true, maxSockets: connections, ...through };
    const agent = url.protocol === 'https:' ? new Agent(options) : new PlainAgent(options);
    return {
      url,
      path: url.pathname.endsWith('/') ? url.pathname : `${url.pathname}/`,
      // The answer of a proxy, by which a connection begins, is read another way.
      agent: through.proxyEnv === undefined ? readsInPlace(agent) : agent,
      signer: new SignatureV4({
        service: 's3',
        region: scheme?.signingRegion ?? (await config.region()),
        credentials: config.credentials,
        sha256: config.sha256,
        // S3 takes paths as they are.
        uriEscapePath: false,
      }),
    };
  }

  #send(
    url: URL,
    {
      body,
      ...asked
    }: {
      readonly method: string;
      readonly path: string;
      readonly agent: Agent | PlainAgent;
      readonly headers: Record<string, string>;
      readonly body: Body | undefined;
    },
  ): Promise<IncomingMessage> {
    const { signal, silence } = this.setting;
    return new Promise((answered, failed) => {
      const begin = url.protocol === 'https:' ? securely : plainly;
      const { hostname, port } = url;
      const sending: ClientRequest = begin({ ...asked, hostname, port, ...(signal && { signal }) });
      sending.on('error', failed);
      sending.once('response', (answer: IncomingMessage) => {
        // What comes before all was sent is a refusal: the rest is not sent.
        if (!sending.writableEnded) answer.once('end', () => sending.destroy());
        answered(answer);
      });
      sending.once('socket', (socket) => {
        if (!socket.connecting) return;
        const timer = setTimeout(() => sending.destroy(new SilentError()), CONNECTING * 1000);
        socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => clearTimeout(timer));
        socket.once('close', () => clearTimeout(timer));
      });
      sending.setTimeout(silence * 1000, () => sending.destroy(new SilentError()));
      if (body === undefined) sending.end();
      else sendBody(sending, body).catch((error: unknown) => sending.destroy(error as Error));
    });
  }
}

/** The code in a refusal; of HEAD there is none. */
function codeIn(refusal: string): string | undefined {
  return /<Code>([\w.-]+)<\/Code>/.exec(refusal)?.[1];
}

async function textOf(answer: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of answer.setEncoding('utf8')) {
    text += piece;
    if (text.length > MOST_OF_REFUSAL) break;
  }
  return text;
}

/** As signatures have it: everything but letters, digits and `-._~`. */
function escaped(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
