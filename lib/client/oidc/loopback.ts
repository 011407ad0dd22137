/**
 * The listener to which the browser comes back: on this computer alone, on a port of its own, for one answer.
 * @see https://www.rfc-editor.org/rfc/rfc8252#section-7.3
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerPage, type Outcome } from './answer-page';
import { refusal } from './refusals';

/** By number and not by name: a name could be that of another address. */
const HOST = '127.0.0.1';
const PATH = '/signed-in';

/** What came back. */
export interface Answer {
  /** The address that was called, with all that the provider put into it. */
  readonly url: URL;
  /** Tells the person in the browser what came of it. */
  reply(outcome: Outcome): Promise<void>;
}

/** Waits for the browser. */
export interface Listener {
  /** The address that the provider sends the browser to. */
  readonly redirect: string;
  /** The first answer of this sign-in. @throws DeliveryRefused `other-answer` where one of another comes first */
  readonly answer: Promise<Answer>;
  close(): Promise<void>;
}

/**
 * Listens. What asks for anything else than the answer, such as a picture for the tab, is told that there is nothing.
 * @param state what the answer must bear
 * @param port 0 for any that is free
 * @throws DeliveryRefused `no-port`
 */
export async function listen(state: string, port: number): Promise<Listener> {
  const server = createServer();
  await listening(server, port);
  const host = `${HOST}:${(server.address() as AddressInfo).port}`;
  const answer = new Promise<Answer>((done, failed) => {
    server.on('request', (request, response) => {
      const url = answerIn(request, host);
      if (url === undefined) {
        response.writeHead(404, { connection: 'close' }).end();
        return;
      }
      const reply = (outcome: Outcome) => replied(response, outcome);
      if (url.searchParams.get('state') === state) done({ url, reply });
      else void reply('other').then(() => failed(refusal({ refused: 'other-answer' })));
    });
  });
  // It may fail when nobody waits for it any more.
  answer.catch(() => undefined);
  return {
    redirect: `http://${host}${PATH}`,
    answer,
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((done, failed) => {
    server.once('error', ({ code = 'unknown' }: NodeJS.ErrnoException) =>
      failed(refusal({ refused: 'no-port', port, code })),
    );
    server.listen(port, HOST, () => done());
  });
}

/** The address, where it is an answer: asked of this very host, so that no page under another name speaks to it. */
function answerIn({ method, headers, url = '' }: IncomingMessage, host: string): URL | undefined {
  if (method !== 'GET' || headers.host !== host || !URL.canParse(url, `http://${host}`)) return undefined;
  const address = new URL(url, `http://${host}`);
  const { pathname, searchParams } = address;
  return pathname === PATH && (searchParams.has('code') || searchParams.has('error')) ? address : undefined;
}

function replied(response: ServerResponse, outcome: Outcome): Promise<void> {
  const { status, headers, body } = answerPage(outcome);
  return new Promise((done) => {
    response.once('close', () => done());
    response.writeHead(status, { ...headers, connection: 'close' }).end(body);
  });
}
