/** S3, DynamoDB and Lambda’s Runtime API on one port of this machine. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { RuntimeApi } from '../runtime-api';
import { DynamoError, MemoryDynamo } from './memory-dynamo';

export class FakeAws extends RuntimeApi {
  readonly dynamo = new MemoryDynamo();
  /** Objects by `bucket/key`. */
  readonly objects = new Map<
    string,
    { readonly content: Uint8Array; readonly signature?: string | undefined }
  >();
  protected answer(request: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const { url = '' } = request;
    const target = request.headers['x-amz-target'];
    if (typeof target === 'string') this.table(target.split('.')[1] ?? '', body.toString('utf8'), response);
    else this.object(request, decodeURIComponent(url.split('?')[0]?.slice(1) ?? ''), body, response);
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
