/** A server on loopback that answers each request by itself, on a clock that tests set. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What it answers. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** A door of AWS. */
export abstract class LoopbackDoor {
  /** Milliseconds since 1970. */
  now: () => number = () => Date.now();
  private readonly server = createServer((request, response) => {
    void this.answer(request).then(({ status, headers = {}, body = '' }) => {
      response.writeHead(status, { ...headers, date: new Date(this.now()).toUTCString() });
      response.end(body);
    });
  });

  protected abstract answer(request: IncomingMessage): Promise<Answer>;

  async start(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}
