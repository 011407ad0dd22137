/** S3, DynamoDB and Lambda’s Runtime API on one port of this machine. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoError, MemoryDynamo } from './memory-dynamo';

/** What became of an invocation. */
export interface Invocation {
  readonly outcome: 'response' | 'error';
  readonly body: string;
}

const RUNTIME = '/2018-06-01/runtime';

export class FakeAws {
  readonly dynamo = new MemoryDynamo();
  /** Objects by `bucket/key`. */
  readonly objects = new Map<
    string,
    { readonly content: Uint8Array; readonly signature?: string | undefined }
  >();
  private readonly server: Server;
  private readonly waiting: ((invocation: Invocation) => void)[] = [];
  private next: { id: string; event: object; seconds: number } | undefined;
  private poll: ServerResponse | undefined;
  private count = 0;

  constructor() {
    this.server = createServer((request, response) => {
      this.serve(request, response).catch((error) => response.writeHead(500).end(String(error)));
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Hands an event to the function, as Lambda does, and waits for what becomes of it. */
  invoke(event: object, seconds = 300): Promise<Invocation> {
    this.count += 1;
    this.next = { id: `request-${this.count}`, event, seconds };
    const done = new Promise<Invocation>((resolve) => this.waiting.push(resolve));
    this.hand();
    return done;
  }

  private hand(): void {
    if (!this.next || !this.poll) return;
    const { id, event, seconds } = this.next;
    this.poll.writeHead(200, {
      'content-type': 'application/json',
      'Lambda-Runtime-Aws-Request-Id': id,
      'Lambda-Runtime-Deadline-Ms': String(Date.now() + seconds * 1000),
      'Lambda-Runtime-Invoked-Function-Arn': 'arn:aws:lambda:eu-west-2:100000000002:function:audit',
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
    const target = request.headers['x-amz-target'];
    if (url.startsWith(RUNTIME))
      this.runtime(method, url.slice(RUNTIME.length), body.toString('utf8'), response);
    else if (typeof target === 'string')
      this.table(target.split('.')[1] ?? '', body.toString('utf8'), response);
    else this.object(request, decodeURIComponent(url.split('?')[0]?.slice(1) ?? ''), body, response);
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

  private table(action: string, body: string, response: ServerResponse): void {
    const head = { 'content-type': 'application/x-amz-json-1.0' };
    try {
      const output = this.dynamo.answer(action, JSON.parse(body) as { TableName: string });
      response.writeHead(200, head).end(JSON.stringify(output));
    } catch (error) {
      if (!(error instanceof DynamoError)) throw error;
      const answer = { __type: `com.amazonaws.dynamodb.v20120810#${error.name}`, message: error.message };
      response.writeHead(400, head).end(JSON.stringify(answer));
    }
  }

  private object(
    { method, headers }: IncomingMessage,
    name: string,
    body: Buffer,
    response: ServerResponse,
  ): void {
    const found = this.objects.get(name);
    const error = (status: number, code: string) =>
      response
        .writeHead(status, { 'content-type': 'application/xml' })
        .end(`<Error><Code>${code}</Code></Error>`);
    if (method === 'PUT') {
      if (found && headers['if-none-match'] === '*') return void error(412, 'PreconditionFailed');
      this.objects.set(name, { content: body });
      response.writeHead(200, { etag: '"x"' }).end();
      return;
    }
    if (!found) return void error(404, 'NoSuchKey');
    const { content, signature } = found;
    response.writeHead(200, {
      'content-length': content.length,
      ...(signature !== undefined && { 'x-amz-meta-signature': signature }),
    });
    response.end(content);
  }
}
