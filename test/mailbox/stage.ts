/**
 * Where the mailbox is tried: the very page, under the very addresses that it has in production, in a real browser to which every
 * name leads to this computer; a provider that others wrote; and, for AWS, what a play has. What is asked of any other host is
 * written down.
 */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { type MailboxFolder, mailboxFolder } from '../../lib/mailbox/files';
import type { PlayAnswer, PlayRequest } from '../../lib/mailbox/play/answer';
import { issuerOf, ORGANISATIONS, PLAY_CLIENT, type PlaySeal } from '../../lib/mailbox/play/profiles';
import { fileOf, requestOf } from '../../lib/mailbox/play/server';
import { PlayWorld } from '../../lib/mailbox/play/world';
import { browse } from '../browser';
import { Identity } from '../client/sign-in/identity';
import { CORS } from './cors';

/** Where the page is. */
const ORIGIN = 'https://mailbox.example.gov.uk';

/** What is put before S3’s answer: nothing lets it be, `lost` answers nothing though it was done. */
export type Meddling = (request: PlayRequest) => 'lost' | PlayAnswer | undefined;

/** The stage. */
export class Stage {
  /** What was asked of providers: the path, and the grant or the scope. */
  readonly askedOfProviders: string[] = [];
  /** Requests to hosts that are none of those that the page may speak to. */
  readonly strangers: string[] = [];
  meddles: Meddling = () => undefined;
  readonly times = { scan: 0, gate: 0 };
  readonly #folders = new Map<string, MailboxFolder>();
  #browser: Browser | undefined;

  private constructor(
    private readonly server: Server,
    private readonly folder: string,
    private readonly make: (seal?: PlaySeal) => PlayWorld,
    public world: PlayWorld,
    readonly identities: ReadonlyMap<string, Identity>,
    times: { scan: number; gate: number },
    /** By how many milliseconds it is later for AWS than for this computer. */
    readonly clock: { ahead: number },
  ) {
    this.times = times;
    this.#publish();
    server.on('request', (incoming, outgoing) => void this.#answer(incoming, outgoing));
  }

  /** @param terms of the agreement: its last day, the most bytes of a message */
  static async open(
    terms: { readonly until?: string; readonly largestObject?: number; readonly seal?: PlaySeal } = {},
  ): Promise<Stage> {
    const folder = mkdtempSync(join(tmpdir(), 'concordat-mailbox-'));
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
    const made = [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-days',
      '1',
    ];
    execFileSync('openssl', [...made, '-subj', '/CN=mailbox', '-keyout', key, '-out', certificate], {
      stdio: 'ignore',
    });
    const server = createServer({ key: readFileSync(key), cert: readFileSync(certificate) });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const identities = new Map(
      await Promise.all(
        ORGANISATIONS.map(
          async ({ id }) =>
            [id, await Identity.start(issuerOf(id), PLAY_CLIENT, `${ORIGIN}/${id}/`)] as const,
        ),
      ),
    );
    const times = { scan: 0, gate: 0 };
    const clock = { ahead: 0 };
    const make = (seal = terms.seal) =>
      new PlayWorld({
        now: () => Date.now() + clock.ahead,
        times,
        cors: { origins: [ORIGIN], ...CORS },
        keys: (id) => async () => {
          const found = await identities.get(id)?.fetch(`${issuerOf(id)}/jwks`);
          const { keys } = (await (found as Response).json()) as { readonly keys: readonly object[] };
          return keys;
        },
        largestObject: 30_000_000,
        ...terms,
        ...(seal && { seal }),
      });
    return new Stage(server, folder, make, make(), identities, times, clock);
  }

  /** Has the agreement sealed to other keys: from then on another page is served, and nothing lies in the buckets. */
  reseal(seal: PlaySeal): void {
    this.world = this.make(seal);
    this.#publish();
  }

  #publish(): void {
    for (const { id } of ORGANISATIONS) this.#folders.set(id, mailboxFolder(this.world.profileOf(id)));
  }

  async browser(): Promise<Browser> {
    const { port } = this.server.address() as AddressInfo;
    this.#browser ??= await browse(`--host-resolver-rules=MAP * 127.0.0.1:${port}`);
    return this.#browser;
  }

  /** A browser of somebody at an organisation, at the first screen. @param hears told of the page before it is loaded */
  async visitor(
    id: string,
    options: BrowserContextOptions = {},
    hears: (page: Page) => void = () => undefined,
  ): Promise<{ page: Page; context: BrowserContext }> {
    const context = await (await this.browser()).newContext({ ignoreHTTPSErrors: true, ...options });
    const page = await context.newPage();
    hears(page);
    await page.goto(`${ORIGIN}/${id}/`);
    return { page, context };
  }

  /** Says who sits in front of an organisation’s provider. */
  async seat(
    id: string,
    person: { readonly seconds?: number; readonly subject?: string; readonly renews?: boolean } = {},
  ): Promise<void> {
    const role = ORGANISATIONS.find((each) => each.id === id)?.inbox.appRole ?? '';
    const tags = { 'concordat-role': [role] };
    await this.identities.get(id)?.seat({ subject: `somebody at ${id}`, methods: ['mfa'], tags, ...person });
  }

  /** Somebody who is signed in, at the inbox. */
  async officer(
    id: string,
    options: BrowserContextOptions = {},
    person: { readonly seconds?: number; readonly renews?: boolean } = {},
    hears?: (page: Page) => void,
  ): Promise<{ page: Page; context: BrowserContext }> {
    await this.seat(id, person);
    const visitor = await this.visitor(id, options, hears);
    await visitor.page.getByRole('button', { name: /^Sign in with/ }).click();
    await visitor.page.getByRole('button', { name: 'Look for new messages' }).waitFor();
    // Nothing more is asked then, until somebody does something.
    await visitor.page.getByText('Looking up which messages').waitFor({ state: 'detached' });
    return visitor;
  }

  /** Chooses a large file on the screen for writing: it lies on the disk, and the browser alone reads it. */
  async chooses(page: Page, name: string, bytes: Uint8Array): Promise<void> {
    const path = join(mkdtempSync(join(this.folder, 'chosen-')), name);
    writeFileSync(path, bytes);
    await page.getByLabel('Files').setInputFiles(path);
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    await Promise.all([...this.identities.values()].map((each) => each.stop()));
    this.server.closeAllConnections();
    this.server.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const host = incoming.headers.host ?? '';
    const identity = ORGANISATIONS.find(({ id }) => issuerOf(id) === `https://${host}`)?.id;
    const request = await requestOf(incoming);
    if (request === undefined) return void outgoing.writeHead(413).end();
    const answer =
      identity === undefined ? await this.#aws(request, host) : await this.#provider(request, identity);
    if (answer === 'lost') return void outgoing.destroy();
    outgoing.writeHead(answer.status, answer.headers).end(answer.body ?? '');
  }

  async #aws(request: PlayRequest, host: string): Promise<PlayAnswer | 'lost'> {
    if (`https://${host}` === ORIGIN) {
      const [, id = '', name = ''] = /^\/([a-z]+)\/([^/]*)$/.exec(request.path) ?? [];
      const folder = this.#folders.get(id);
      return folder === undefined ? { status: 404 } : fileOf(folder, name);
    }
    if (host === 'sts.eu-west-2.amazonaws.com') {
      const answer = await this.world.sessions.answer(request.body.toString());
      return { ...answer, headers: { ...answer.headers, 'access-control-allow-origin': '*' } };
    }
    const [, name] = /^([a-z0-9-]+)\.s3(?:-accesspoint)?\.eu-west-2\.amazonaws\.com$/.exec(host) ?? [];
    if (name === undefined) {
      this.strangers.push(`${host}${request.path}`);
      return { status: 404 };
    }
    const meddled = request.method === 'OPTIONS' ? undefined : this.meddles(request);
    if (meddled !== undefined && meddled !== 'lost') return meddled;
    await this.world.turn();
    const answer = this.world.s3.answer(request, name, request.path.slice(1));
    return meddled ?? answer;
  }

  async #provider({ method, rawPath, query, headers, body }: PlayRequest, id: string): Promise<PlayAnswer> {
    const here = this.identities.get(id)?.here ?? '';
    const said = new URLSearchParams(body.toString());
    this.askedOfProviders.push(
      [method, rawPath, said.get('grant_type') ?? query.get('scope') ?? ''].join(' ').trim(),
    );
    const asked = query.size > 0 ? `?${query}` : '';
    const sent = Object.fromEntries(
      [
        'cookie',
        'content-type',
        'origin',
        'access-control-request-method',
        'access-control-request-headers',
        'accept',
      ].flatMap((name) => (typeof headers[name] === 'string' ? [[name, headers[name]]] : [])),
    );
    const found = await fetch(`${here}${rawPath}${asked}`, {
      method,
      redirect: 'manual',
      headers: { ...sent, 'x-forwarded-proto': 'https', 'x-forwarded-host': new URL(issuerOf(id)).host },
      ...(method === 'POST' && { body: new Uint8Array(body) }),
    });
    const { 'content-encoding': _, 'transfer-encoding': __, ...told } = Object.fromEntries(found.headers);
    const cookies = found.headers.getSetCookie();
    return {
      status: found.status,
      headers: { ...told, ...(cookies.length > 0 && { 'set-cookie': cookies as unknown as string }) },
      body: Buffer.from(await found.arrayBuffer()),
    };
  }
}
