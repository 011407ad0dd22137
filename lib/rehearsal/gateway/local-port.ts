/**
 * A port of this machine that stands in front of the endpoint. Each caller has its own, which shows who asks: emulators
 * know accounts, not roles.
 */

import { createServer, type IncomingHttpHeaders, type Server, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UK_REGION } from '../../names';

/** A request, whole. */
export interface Received {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: Readonly<IncomingHttpHeaders>;
  readonly body: Buffer;
}

/** An answer, whole. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

const LOOPBACK = '127.0.0.1';
/** The longest that the endpoint may take, in milliseconds: a function has 900 seconds, and a deployment waits for one. */
const PATIENCE = 960_000;

/** One port, on loopback alone. */
export class LocalPort {
  readonly #server: Server;

  /** @param serve gives the answer; what it throws is answered as a failure of the gateway, and never as a yes */
  constructor(serve: (received: Received) => Promise<Reply>) {
    this.#server = createServer(async (incoming, response) => {
      try {
        const chunks: Buffer[] = [];
        for await (const chunk of incoming) chunks.push(chunk as Buffer);
        const { method = 'GET', url = '/', headers } = incoming;
        const reply = await serve({ method, url, headers, body: Buffer.concat(chunks) });
        response.writeHead(reply.status, reply.headers as Record<string, string>).end(reply.body);
      } catch (error) {
        response.writeHead(502, { 'content-type': 'text/plain' }).end(String(error));
      }
    });
    // A function of the endpoint may hold its connection open; it must not hold up the end of a rehearsal.
    this.#server.keepAliveTimeout = 5_000;
  }

  /** Gives the address: `http://127.0.0.1:49152`. */
  async open(): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, LOOPBACK, resolve);
    });
    return `http://${LOOPBACK}:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** The gateway could not learn what it needs to judge by: the endpoint’s own failure is the answer, and nothing is judged. */
export class NothingLearntError extends Error {
  override readonly name = 'NothingLearntError';
  constructor(readonly reply: Reply) {
    super(`the endpoint answered ${reply.status}`);
  }
}

/** Sends a request on, as this account. @throws Error where the endpoint does not answer */
export async function forward(endpoint: string, received: Received, account: string): Promise<Reply> {
  const { hostname, port, host } = new URL(endpoint);
  const { method, url, body } = received;
  const headers = { ...received.headers, host, authorization: asAccount(received, account) };
  return await new Promise((resolve, reject) => {
    const outgoing = send({ hostname, port, method, path: url, headers, timeout: PATIENCE }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.once('error', reject);
      answer.once('end', () => {
        // The body is sent whole, so headers about its chunks no longer hold.
        const { 'transfer-encoding': _chunked, connection: _connection, ...rest } = answer.headers;
        resolve({ status: answer.statusCode ?? 502, headers: rest, body: Buffer.concat(chunks) });
      });
    });
    outgoing.once('timeout', () => outgoing.destroy(new Error('the endpoint does not answer')));
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

/** Emulators take the access key for the account, and check no signature. */
function asAccount({ headers }: Received, account: string): string {
  const given = headers.authorization ?? '';
  return given.startsWith('AWS4')
    ? given.replace(/Credential=[^/]+\//, `Credential=${account}/`)
    : `AWS4-HMAC-SHA256 Credential=${account}/20260101/${UK_REGION}/s3/aws4_request, SignedHeaders=host, Signature=00`;
}

/** The service that a request is signed for, and the access key with which. */
export function signedFor({ headers }: Received): { service: string; accessKey: string } {
  const [, accessKey = '', service = ''] =
    /Credential=([^/]+)\/\d+\/[^/]*\/([^/]+)\/aws4_request/.exec(headers.authorization ?? '') ?? [];
  return { service, accessKey };
}
