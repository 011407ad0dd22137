/**
 * Calls of S3 from a browser, signed here: one bucket or access point, as one role. What a browser sets itself (`host`,
 * `content-length`) is not handed to it.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { SignatureV4 } from '@smithy/signature-v4';
import { type Body, StoreFailure } from '../../../delivery';
import { textIn } from './xml';

/** The SHA-256 of no bytes. */
const OF_NOTHING = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** What S3 says of credentials that were good and are not any more: their time is up, or they were revoked. */
const STALE = new Set([
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidToken',
  'InvalidAccessKeyId',
  'TokenRefreshRequired',
]);

/** One call. */
export interface SignedCall {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  /** Nothing for the bucket itself. */
  readonly key?: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Body;
  /** In place of `body`: XML. */
  readonly text?: string;
}

/** What calls are signed with. */
export interface RoleCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

/** What it is set up with. */
export interface SignedSetting {
  /** Without a slash at its end. */
  readonly address: string;
  readonly region: string;
  readonly credentials: () => Promise<RoleCredentials>;
  /** Told that these credentials are not taken any more; other ones are asked for then, once. */
  readonly stale: () => void;
  /** By the clock of the servers, in milliseconds since 1970. */
  readonly now: () => number;
}

/** S3 refused: its name is S3’s code; where there is none, its status says it, as `failureOf` reads both. */
export class Refused extends Error {
  override readonly name: string;
  readonly $metadata: { readonly httpStatusCode: number };
  constructor(code: string | undefined, status: number) {
    super(`answered ${status}`);
    this.name = code ?? 'Unknown';
    this.$metadata = { httpStatusCode: status };
  }
}

/** The hash that the signer asks for. */
class Hash {
  readonly #running: { update(bytes: Uint8Array): unknown; digest(): Uint8Array };
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#running = secret === undefined ? sha256.create() : hmac.create(sha256, bytesIn(secret));
  }
  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#running.update(bytesIn(data));
  }
  async digest(): Promise<Uint8Array> {
    return this.#running.digest();
  }
  reset(): void {
    throw new Error('a hash is used once');
  }
}

/** One bucket or access point. */
export class SignedFetch {
  readonly #url: URL;
  readonly #signer: SignatureV4;

  constructor(private readonly setting: SignedSetting) {
    this.#url = new URL(setting.address);
    this.#signer = new SignatureV4({
      service: 's3',
      region: setting.region,
      credentials: setting.credentials,
      sha256: Hash,
      // S3 takes paths as they are.
      uriEscapePath: false,
    });
  }

  /**
   * Makes a call.
   * @throws StoreFailure `unreachable` where no answer came, or one that the browser may not show; Refused; what getting credentials throws
   */
  async call(call: SignedCall): Promise<Response> {
    try {
      return await this.#once(call);
    } catch (error) {
      if (!(error instanceof Refused) || !STALE.has(error.name)) throw error;
      this.setting.stale();
      return await this.#once(call);
    }
  }

  async #once({ method, key = '', query = {}, headers, body, text }: SignedCall): Promise<Response> {
    const { protocol, host, hostname, pathname } = this.#url;
    const bytes = text === undefined ? undefined : new TextEncoder().encode(text);
    const path = `${pathname.replace(/\/$/, '')}/${escaped(key).replaceAll('%2F', '/')}`;
    const content = bytes ? { 'x-amz-content-sha256': hexOf(sha256(bytes)) } : ofBody(body);
    const signed = await this.#signer.sign(
      { method, protocol, hostname, path, query: { ...query }, headers: { host, ...content, ...headers } },
      { signingDate: new Date(this.setting.now()) },
    );
    const { host: _, ...sent } = signed.headers;
    const asked = Object.entries(query).map(([name, value]) => `${name}=${escaped(value)}`);
    const answer = await fetched(
      `${protocol}//${host}${path}${asked.length > 0 ? `?${asked.join('&')}` : ''}`,
      {
        method,
        headers: sent,
        body: bytes ?? (body && (await blobOf(body))) ?? null,
        // Nothing of it is for the disk of whoever reads. Chromium then goes by no preflight that it kept, and makes one for each
        // call. In any other mode it would store S3’s refusals: they forbid it nothing, whatever the call asks them to say.
        cache: 'no-store',
        credentials: 'omit',
        redirect: 'error',
        referrerPolicy: 'no-referrer',
      },
    );
    if (answer.ok) return answer;
    throw new Refused(textIn(await answer.text().catch(() => ''), 'Code'), answer.status);
  }
}

/** Asks, and says of what fails on the way that nothing answered: the browser does not tell what it was. @throws StoreFailure */
export async function fetched(
  address: string,
  how: RequestInit,
  of: StoreFailure['of'] = 's3',
): Promise<Response> {
  try {
    return await fetch(address, how);
  } catch (error) {
    throw unreachable(error, of);
  }
}

/** The network did not bring it, or not all of it. */
export function unreachable(cause: unknown, of: StoreFailure['of'] = 's3'): StoreFailure {
  return new StoreFailure('unreachable', 'network', { cause, of });
}

function ofBody(body: Body | undefined): Record<string, string> {
  if (body === undefined) return { 'x-amz-content-sha256': OF_NOTHING };
  return {
    // Where the signature leaves the bytes out, their checksum, which is a header and signed, stands for them.
    'x-amz-content-sha256': body.sha256 ?? 'UNSIGNED-PAYLOAD',
    'x-amz-checksum-crc64nvme': body.crc64nvme,
  };
}

/** @throws StoreFailure `damaged` where there are more bytes, or fewer, than were said */
async function blobOf({ bytes, open }: Body): Promise<Blob> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of open()) pieces.push(piece.slice());
  const blob = new Blob(pieces);
  if (blob.size !== bytes) throw new StoreFailure('damaged', 'IncompleteBody');
  return blob;
}

/** As signatures have it: everything but letters, digits and `-._~`. */
function escaped(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function bytesIn(data: string | ArrayBuffer | ArrayBufferView): Uint8Array {
  if (typeof data === 'string') return new TextEncoder().encode(data);
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}

function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
