/** The organisation’s identity provider as tests reach it, and the browser in which a person signs in there. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** What a person does in front of the provider. */
export interface Person {
  readonly subject: string;
  /** How they show who they are (`amr`). */
  readonly methods?: readonly string[];
  readonly denies?: boolean;
  /** For how many seconds the token is good. */
  readonly seconds?: number;
  /** For how many the code on the device is. */
  readonly codeSeconds?: number;
  /** Whether a page is given what renews the sign-in. */
  readonly renews?: boolean;
  /** Session tags of the token, nested in one claim. */
  readonly tags?: Readonly<Record<string, readonly string[]>>;
  /** Session tags of the token, each in a claim of its own. */
  readonly flatTags?: Readonly<Record<string, string | readonly string[]>>;
}

/** A running provider. */
export class Identity {
  /** What is put before an answer; undefined lets it be. */
  meddles: ((path: string) => Response | Error | undefined) | undefined;
  /** By how many seconds the provider’s clock is ahead, as its answers say. */
  secondsAhead = 0;
  readonly asked: string[] = [];

  private constructor(
    readonly issuer: string,
    private readonly child: ChildProcess,
    private readonly port: number,
  ) {}

  /** @param redirect where a page in a browser comes back; nothing for a program */
  static async start(issuer: string, client: string, redirect?: string): Promise<Identity> {
    const words = [issuer, client, ...(redirect === undefined ? [] : [redirect])];
    const child = spawn(process.execPath, [join(__dirname, 'provider.mjs'), ...words], {
      // It warns of what tests do not need: an older Node, keys and memory of its own.
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { PATH: process.env.PATH },
    });
    const [first] = (await once(child.stdout as NonNullable<typeof child.stdout>, 'data')) as [Buffer];
    return new Identity(issuer, child, Number(first.toString()));
  }

  /** Where it really listens. */
  get here(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    const gone = once(this.child, 'exit');
    this.child.kill();
    await gone;
  }

  /** Says who sits there next. */
  async seat(person: Person): Promise<void> {
    await fetch(`${this.here}/person`, { method: 'POST', body: JSON.stringify(person) });
  }

  /** Asks the provider by its own address, as if names and certificates were there. */
  readonly fetch: typeof fetch = async (input, how) => {
    const { origin, pathname, search } = new URL(String(input));
    this.asked.push(pathname);
    if (origin !== new URL(this.issuer).origin) throw lost('ENOTFOUND');
    const meddled = this.meddles?.(pathname);
    if (meddled instanceof Error) throw meddled;
    const response = meddled ?? (await this.reach(`${pathname}${search}`, how));
    if (this.secondsAhead === 0) return response;
    const headers = new Headers(response.headers);
    headers.set('date', new Date(Date.now() + this.secondsAhead * 1000).toUTCString());
    return new Response(await response.arrayBuffer(), { status: response.status, headers });
  };

  private reach(path: string, how: RequestInit | undefined): Promise<Response> {
    const headers = new Headers(how?.headers);
    headers.set('x-forwarded-proto', 'https');
    headers.set('x-forwarded-host', new URL(this.issuer).host);
    return fetch(`${this.here}${path}`, { ...how, headers, redirect: 'manual' });
  }

  /** The person’s browser: it goes where it is sent, with the cookies that it was given, as far as the program’s own listener. */
  async browse(address: string): Promise<Seen> {
    const cookies = new Map<string, string>();
    const done = new Set<string>();
    let form: URLSearchParams | undefined;
    for (let at = address; ; ) {
      const url = new URL(at);
      const isHere = url.hostname === '127.0.0.1';
      const how: RequestInit = {
        redirect: 'manual',
        headers: isHere ? {} : { cookie: [...cookies].map((each) => each.join('=')).join('; ') },
        ...(form && { method: 'POST', body: form }),
      };
      const response = isHere ? await fetch(at, how) : await this.fetch(at, how);
      form = undefined;
      for (const each of response.headers.getSetCookie()) {
        const [name = '', value = ''] = (each.split(';')[0] ?? '').split(/=(.*)/s);
        cookies.set(name, value);
      }
      const next = response.headers.get('location');
      const body = await response.text();
      if (next !== null) at = new URL(next, at).href;
      else {
        const filled = formIn(body, this.typed);
        // The person fills in each form once.
        form = filled === undefined || done.has([...filled.keys()].join()) ? undefined : filled;
        done.add([...(filled?.keys() ?? [])].join());
        if (form === undefined) return { at, status: response.status, headers: response.headers, body };
        at = /action="([^"]+)"/.exec(body)?.[1] ?? at;
      }
    }
  }

  /** What the person types where they are asked for a code. */
  typed = '';
}

/** What the browser shows in the end. */
export interface Seen {
  readonly at: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** What fetch throws where nothing answers. */
export function lost(code: string): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
}

/** What fetch throws where the network’s proxy answers 407 or 403, as Node 24.21 does. */
export function refusedByProxy(): Error {
  const aborted = Object.assign(new Error('Proxy response (407) !== 200'), { code: 'UND_ERR_ABORTED' });
  const cause = Object.assign(new Error('Request was cancelled.', { cause: aborted }), { code: 0 });
  return new TypeError('fetch failed', { cause });
}

/** The form of a page of the provider for devices, filled in. */
function formIn(body: string, typed: string): URLSearchParams | undefined {
  if (!body.includes('op.device')) return undefined;
  const hidden = [...body.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)];
  const form = new URLSearchParams(
    hidden.map(([, name = '', value = '']): [string, string] => [name, value]),
  );
  if (!form.has('user_code')) form.set('user_code', typed);
  return form;
}
