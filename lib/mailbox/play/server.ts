/** Serves a play on loopback: both organisations’ pages, their sign-ins, and what stands for AWS, each below its own path. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { html } from '../../words';
import { headersOf, type MailboxFolder, mailboxFolder } from '../files';
import type { PlayAnswer, PlayRequest } from './answer';
import { plainPage } from './plain-page';
import { ORGANISATIONS } from './profiles';
import { PlayProvider } from './provider';
import { PlayWorld } from './world';

/** By number and not by name: a name could be that of another address. */
const HOST = '127.0.0.1';
/** So that what is sent is seen to be checked first. */
const TIMES = { scan: 4_000, gate: 8_000 };
/** More is no message of a play. */
const MOST_BYTES = 120_000_000;

/** A play that is served. */
export interface ServedPlay {
  /** Where it begins. */
  readonly address: string;
  /** The page of each organisation. */
  readonly organisations: readonly { readonly name: string; readonly address: string }[];
  close(): Promise<void>;
}

/**
 * Serves it.
 * @param port 0 for any that is free
 * @throws what Node says where the port cannot be listened on
 */
export async function servePlay(port: number): Promise<ServedPlay> {
  const server = createServer();
  await listening(server, port);
  const origin = `http://${HOST}:${(server.address() as AddressInfo).port}`;
  const now = () => Date.now();
  const providers = new Map(
    ORGANISATIONS.map((each) => [each.id, new PlayProvider(each, `${origin}/${each.id}/`, now)] as const),
  );
  const world = new PlayWorld({
    now,
    times: TIMES,
    // Everything is one origin here, so no browser asks.
    cors: { origins: [], allowedHeaders: [], exposedHeaders: [] },
    keys: (id) => async () => providers.get(id)?.keys ?? [],
  });
  const folders = new Map(
    ORGANISATIONS.map(({ id }) => {
      const elsewhere = { s3: `${origin}/s3`, sts: `${origin}/sts`, provider: `${origin}/sign-in/${id}` };
      return [id, mailboxFolder(world.profileOf(id), elsewhere)] as const;
    }),
  );
  const answerTo = async (request: PlayRequest): Promise<PlayAnswer> => {
    const [, first = '', second = '', rest = ''] = /^\/([^/]*)\/?([^/]*)(.*)$/s.exec(request.path) ?? [];
    if (first === '') return startPage();
    if (first === 'sts') return world.sessions.answer(request.body.toString());
    if (first === 'sign-in') return providers.get(second)?.answer(request, rest) ?? { status: 404 };
    if (first === 's3') {
      await world.turn();
      return world.s3.answer(request, second, rest.slice(1));
    }
    const folder = folders.get(first);
    return folder === undefined || rest !== ''
      ? { status: 404 }
      : fileOf(folder, second, request.headers['accept-encoding']);
  };
  server.on('request', (incoming, outgoing) => {
    void requestOf(incoming)
      .then((request) => (request === undefined ? { status: 413 } : answerTo(request)))
      .catch((error: unknown) => ({ status: 500, body: String(error) }))
      .then(({ status, headers, body = '' }: PlayAnswer) => outgoing.writeHead(status, headers).end(body));
  });
  return {
    address: `${origin}/`,
    organisations: ORGANISATIONS.map(({ id, name }) => ({ name, address: `${origin}/${id}/` })),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/**
 * A file of a page, with what is said with each; compressed for whoever takes that, as web servers do.
 * @param accepts what the browser said of encodings
 * @internal The stage of tests serves by it too.
 */
export function fileOf(folder: MailboxFolder, asked: string, accepts: unknown = ''): PlayAnswer {
  const name = asked === '' ? 'index.html' : asked;
  const found = folder.files.get(name);
  if (found === undefined) return { status: 404 };
  const { 'strict-transport-security': _, ...told } = headersOf(folder, name);
  const encoding = (['br', 'gzip'] as const).find((each) =>
    new RegExp(`\\b${each}\\b`).test(String(accepts)),
  );
  return {
    status: 200,
    headers: {
      ...told,
      vary: 'accept-encoding',
      ...(encoding && { 'content-encoding': encoding }),
    },
    body: encoding === undefined ? found.bytes : compressed(found.bytes, encoding),
  };
}

const COMPRESSED = { br: new WeakMap<Buffer, Buffer>(), gzip: new WeakMap<Buffer, Buffer>() };
const HOW = {
  br: (bytes: Buffer) =>
    brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } }),
  gzip: (bytes: Buffer) => gzipSync(bytes, { level: 9 }),
};
/** Of 11: the last two take several times as long. */
const BROTLI_QUALITY = 9;

/** Once for each file. */
function compressed(bytes: Buffer, encoding: 'br' | 'gzip'): Buffer {
  const known = COMPRESSED[encoding].get(bytes) ?? HOW[encoding](bytes);
  COMPRESSED[encoding].set(bytes, known);
  return known;
}

/** A request, once all of it is here; nothing where it is too large. @internal The stage of tests serves by it too. */
export async function requestOf(incoming: IncomingMessage): Promise<PlayRequest | undefined> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of incoming) {
    bytes += (piece as Buffer).length;
    if (bytes > MOST_BYTES) return undefined;
    pieces.push(piece as Buffer);
  }
  const { pathname, searchParams } = new URL(`http://${HOST}${incoming.url ?? '/'}`);
  return {
    method: incoming.method ?? 'GET',
    path: decodeURIComponent(pathname),
    rawPath: pathname,
    query: searchParams,
    headers: incoming.headers,
    body: Buffer.concat(pieces),
  };
}

function startPage(): PlayAnswer {
  const links = ORGANISATIONS.map(
    ({ id, name }) => html`<li><a href="${id}/" target="_blank">${name}</a></li>`,
  );
  return plainPage(
    'A demonstration of the mailbox',
    html`<p>Two made-up organisations write to each other. Open each in a window of its own.</p><ul>${links}</ul>`,
  );
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(port, HOST, () => done());
  });
}
