/** Lambda’s Runtime API on a port of this machine, and beside it whatever else of AWS a test puts there. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What became of an invocation. */
export interface Invocation {
  readonly outcome: 'response' | 'error';
  readonly body: string;
}

const RUNTIME = '/2018-06-01/runtime';

/**
 * Hands one event at a time to the function that polls, and takes its answer.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export abstract class RuntimeApi {
  private readonly server: Server;
  private readonly waiting: ((invocation: Invocation) => void)[] = [];
  private next: { id: string; event: object; seconds: number; arn: string } | undefined;
  private poll: ServerResponse | undefined;
  private count = 0;

  constructor() {
    this.server = createServer((request, response) => {
      this.serve(request, response).catch((error) => response.writeHead(500).end(String(error)));
    });
  }

  /** What is not the Runtime API’s. */
  protected abstract answer(
    request: IncomingMessage,
    body: Buffer,
    response: ServerResponse,
  ): void | Promise<void>;

  /** Gives host and port. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Hands an event to the function, as Lambda does, and waits for what becomes of it. */
  invoke(event: object = {}, seconds = 60, alias?: string): Promise<Invocation> {
    this.count += 1;
    const arn = `arn:aws:lambda:eu-west-2:111111111111:function:tested${alias === undefined ? '' : `:${alias}`}`;
    this.next = { id: `request-${this.count}`, event, seconds, arn };
    const done = new Promise<Invocation>((resolve) => this.waiting.push(resolve));
    this.hand();
    return done;
  }

  /** The function has ended: whatever asks next is a new one. */
  disconnect(): void {
    this.poll = undefined;
  }

  private hand(): void {
    if (!this.next || !this.poll) return;
    const { id, event, seconds, arn } = this.next;
    this.poll.writeHead(200, {
      'content-type': 'application/json',
      'Lambda-Runtime-Aws-Request-Id': id,
      'Lambda-Runtime-Deadline-Ms': String(Date.now() + seconds * 1000),
      'Lambda-Runtime-Invoked-Function-Arn': arn,
    });
    this.poll.end(JSON.stringify(event));
    this.poll = undefined;
    this.next = undefined;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const { method = '', url = '' } = request;
    if (url.startsWith(RUNTIME))
      this.runtime(method, url.slice(RUNTIME.length), body.toString('utf8'), response);
    else await this.answer(request, body, response);
  }

  private runtime(method: string, path: string, body: string, response: ServerResponse): void {
    if (method === 'GET' && path === '/invocation/next') {
      this.poll = response;
      this.hand();
      return;
    }
    const outcome = path.endsWith('/response') ? 'response' : 'error';
    this.waiting.shift()?.({ outcome, body });
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}');
  }
}
