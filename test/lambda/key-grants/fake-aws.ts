/** KMS, S3 Control, CloudFormation’s answer address and Lambda’s Runtime API on one port of this machine. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Action, KmsError, MemoryKms } from './memory-kms';
import { MemoryS3Control } from './memory-s3-control';
import { KEY_ARN } from './world';

/** What became of an invocation. */
export interface Invocation {
  readonly outcome: 'response' | 'error';
  readonly body: string;
}

const RUNTIME = '/2018-06-01/runtime';

export class FakeAws {
  readonly kms = new MemoryKms(KEY_ARN, Date.now);
  readonly s3 = new MemoryS3Control();
  /** What was put at the answer address, in order. */
  readonly answers: Record<string, unknown>[] = [];
  /** How many answers are first refused. */
  refuseAnswers = 0;
  /** Requests whose signature or digest is not in order. */
  readonly unsigned: string[] = [];
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
  invoke(event: object, seconds = 60): Promise<Invocation> {
    this.count += 1;
    this.next = { id: `request-${this.count}`, event, seconds };
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
    const { id, event, seconds } = this.next;
    this.poll.writeHead(200, {
      'content-type': 'application/json',
      'Lambda-Runtime-Aws-Request-Id': id,
      'Lambda-Runtime-Deadline-Ms': String(Date.now() + seconds * 1000),
      'Lambda-Runtime-Invoked-Function-Arn': 'arn:aws:lambda:eu-west-2:111111111111:function:broker',
    });
    this.poll.end(JSON.stringify(event));
    this.poll = undefined;
    this.next = undefined;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    const { method = '', url = '' } = request;
    if (url.startsWith(RUNTIME)) return this.runtime(method, url.slice(RUNTIME.length), body, response);
    if (url.startsWith('/answer')) return this.answered(body, response);
    this.checkSignature(request, body);
    if (url.startsWith('/v20180820/')) {
      const answer = this.s3.answer(method, url, body);
      response.writeHead(answer.status, { 'content-type': 'application/xml' }).end(answer.body);
      return;
    }
    this.answerKms(String(request.headers['x-amz-target']).replace('TrentService.', ''), body, response);
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

  private answered(body: string, response: ServerResponse): void {
    if (this.refuseAnswers > 0) {
      this.refuseAnswers -= 1;
      response.writeHead(503).end();
      return;
    }
    this.answers.push(JSON.parse(body) as Record<string, unknown>);
    response.writeHead(200).end();
  }

  private answerKms(action: string, body: string, response: ServerResponse): void {
    const head = { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'id' };
    try {
      const output = this.kms.answer(action as Action, JSON.parse(body) as object);
      response.writeHead(200, head).end(JSON.stringify(output));
    } catch (error) {
      if (!(error instanceof KmsError)) throw error;
      response.writeHead(400, head).end(JSON.stringify({ __type: error.name, message: error.message }));
    }
  }

  private checkSignature({ headers, method, url }: IncomingMessage, body: string): void {
    const digest = createHash('sha256').update(body).digest('hex');
    const signed =
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-2\/(kms|s3)\/aws4_request, /.test(
        headers.authorization ?? '',
      );
    const digested = url === '/' || headers['x-amz-content-sha256'] === digest;
    if (!signed || !digested) this.unsigned.push(`${method} ${url}`);
  }
}
