/** KMS, S3 Control, CloudFormation’s answer address and Lambda’s Runtime API on one port of this machine. */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { RuntimeApi } from '../runtime-api';
import { MemoryAccount } from './memory-account';
import { type Action, KmsError, MemoryKms } from './memory-kms';
import { MemoryS3Control } from './memory-s3-control';
import { KEY_ARN } from './world';

export class FakeAws extends RuntimeApi {
  readonly kms = new MemoryKms(KEY_ARN, Date.now);
  readonly s3 = new MemoryS3Control();
  readonly account = new MemoryAccount();
  /** What was put at the answer address, in order. */
  readonly answers: Record<string, unknown>[] = [];
  /** How many answers are first refused. */
  refuseAnswers = 0;
  /** Requests whose signature or digest is not in order. */
  readonly unsigned: string[] = [];
  protected answer(request: IncomingMessage, bytes: Buffer, response: ServerResponse): void {
    const body = bytes.toString('utf8');
    const { method = '', url = '' } = request;
    if (url.startsWith('/answer')) {
      this.answered(body, response);
      return;
    }
    this.checkSignature(request, body);
    if (url.startsWith('/v20180820/')) {
      const answer = this.s3.answer(method, url, body);
      response.writeHead(answer.status, { 'content-type': 'application/xml' }).end(answer.body);
      return;
    }
    const target = request.headers['x-amz-target'];
    const action = this.account.actionOf(typeof target === 'string' ? { 'x-amz-target': target } : {}, body);
    if (action !== undefined) {
      const answer = this.account.answer(action, body);
      response.writeHead(answer.status).end(answer.body);
      return;
    }
    this.answerKms(String(request.headers['x-amz-target']).replace('TrentService.', ''), body, response);
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
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/(eu-west-2\/(kms|s3|ssm|cloudformation)|us-east-1\/iam)\/aws4_request, /.test(
        headers.authorization ?? '',
      );
    const digested = url === '/' || headers['x-amz-content-sha256'] === digest;
    if (!signed || !digested) this.unsigned.push(`${method} ${url}`);
  }
}
