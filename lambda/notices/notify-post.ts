/**
 * GOV.UK Notify, by its own client. What the client throws holds the request, and so the key’s signature and an address: of it
 * nothing but the status and the kinds of error goes on.
 * @see https://docs.notifications.service.gov.uk/node.html
 */
import { NotifyClient } from 'notifications-node-client';
import { NoAnswerError, NotAsDeployedError } from './errors';
import type { Notice, NoticeKind, Post, Posted } from './ports';

/** How long one request may take, in milliseconds. */
const TIMEOUT = 10_000;
/** A name, the id of the service and the secret part. The client cuts out the last two by their length, whatever they are. */
const API_KEY =
  /^.+-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Errors of Node’s where no connection came about, so that nothing was sent. */
const NOT_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH']);

/** How to reach it. */
export interface NotifyPostProps {
  readonly apiKey: string;
  readonly templates: Readonly<Record<NoticeKind, string>>;
  /** Its own address if not given. */
  readonly endpoint?: string | undefined;
  /** For tests. */
  readonly timeout?: number;
}

/** Sends e-mails by templates. */
export class NotifyPost implements Post {
  private readonly client: NotifyClient;
  private readonly templates: NotifyPostProps['templates'];

  /** @throws NotAsDeployedError where the key is none */
  constructor({ apiKey, templates, endpoint, timeout = TIMEOUT }: NotifyPostProps) {
    const key = apiKey.trim();
    if (!API_KEY.test(key))
      throw new NotAsDeployedError(
        'the secret holds no API key of GOV.UK Notify: put in the key as Notify shows it, and nothing else',
      );
    this.client = endpoint === undefined ? new NotifyClient(key) : new NotifyClient(endpoint, key);
    this.templates = templates;
    const { apiClient } = this.client;
    const { restClient } = apiClient;
    // The client sets no limit of time, and would take a request elsewhere where it is told to.
    const bounded = (options: object) =>
      restClient({
        ...options,
        timeout,
        signal: AbortSignal.timeout(timeout),
        maxRedirects: 0,
        proxy: false,
      });
    this.client.setClient(bounded as typeof restClient);
  }

  async send({ kind, mailbox, personalisation, reference }: Notice): Promise<Posted> {
    try {
      const { data } = await this.client.sendEmail(this.templates[kind], mailbox, {
        personalisation,
        reference,
      });
      return typeof data.id === 'string'
        ? { outcome: 'accepted' }
        : { outcome: 'unknown', why: 'GOV.UK Notify said yes, and gave no id' };
    } catch (error) {
      return outcomeOf(error);
    }
  }

  async has(reference: string): Promise<boolean> {
    const found = await this.client.getNotifications('email', undefined, reference).catch(outcomeOf);
    if ('why' in found) throw new NoAnswerError(`GOV.UK Notify does not say what it has sent: ${found.why}`);
    return found.data.notifications.some((each) => each.reference === reference);
  }
}

/**
 * What an error means for the notice. 429 is the limit of a minute or of a day, 403 a key that it does not know or a clock that
 * is off: none is taken now. Any other 4xx is about this notice. After all else it may have been sent.
 */
function outcomeOf(error: unknown): Exclude<Posted, { outcome: 'accepted' }> {
  const { response, code } = (error ?? {}) as {
    readonly response?: { readonly status?: unknown; readonly data?: unknown };
    readonly code?: unknown;
  };
  if (response === undefined) {
    const why = `no answer (${typeof code === 'string' ? code : 'unknown'})`;
    return { outcome: NOT_CONNECTED.has(String(code)) ? 'takes-none' : 'unknown', why };
  }
  const status = Number(response.status);
  const why = [String(status), ...kindsIn(response.data)].join(' ');
  if (status === 403 || status === 429 || (status >= 300 && status < 400))
    return { outcome: 'takes-none', why };
  return { outcome: status >= 400 && status < 500 ? 'refused' : 'unknown', why };
}

/** `BadRequestError`: the kinds alone, since a message may have an address in it. */
function kindsIn(data: unknown): string[] {
  const { errors } = (data ?? {}) as { readonly errors?: unknown };
  if (!Array.isArray(errors)) return [];
  return errors.flatMap((each: unknown) => {
    const { error } = (each ?? {}) as { readonly error?: unknown };
    return typeof error === 'string' && /^\w{1,40}$/.test(error) ? [error] : [];
  });
}
