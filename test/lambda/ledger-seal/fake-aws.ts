/** S3, DynamoDB, KMS, a timestamp authority that is down, and Lambda’s Runtime API on one port of this machine. */
import { createHash, createPublicKey, sign } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { mlDsaKeys, mlDsaSign } from '../../../lib/ledger/core/ml-dsa';
import { spkiOf } from '../../../lib/ledger/core/verifier-key';
import { type StagedEntry, stagedItem } from '../../../lib/wire';
import { RuntimeApi } from '../runtime-api';
import { keyFrom } from './world';

type Attributes = Record<string, { S?: string; B?: string; SS?: string[]; N?: string }>;

export const KEY_ARN = 'arn:aws:kms:eu-west-2:111111111111:key/ed25519';
export const ML_DSA_ARN = 'arn:aws:kms:eu-west-2:111111111111:key/ml-dsa';

export class FakeAws extends RuntimeApi {
  readonly objects = new Map<string, Buffer>();
  readonly rows = new Map<string, Attributes>();
  /** Calls of KMS and what was asked, in order. */
  readonly signed: Record<string, string>[] = [];
  /** Requests without a checksum or a condition, which the bucket would refuse or should have had. */
  readonly unguarded: string[] = [];
  timestampRequests = 0;
  /** How many of the next writes S3 answers with 409. */
  conflicts = 0;
  stage(staged: StagedEntry): void {
    const { entry, ...rest } = stagedItem(staged);
    this.rows.set(staged.eventId, { ...rest, entry: { B: Buffer.from(entry.B).toString('base64') } });
  }

  protected async answer(request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    if (url === '/timestamp') {
      this.timestampRequests += 1;
      response.writeHead(503).end();
      return;
    }
    const target = String(headers['x-amz-target'] ?? '');
    if (target === '') return this.s3(method, url, headers, body, response);
    const input = JSON.parse(body.toString()) as Record<string, unknown>;
    const answer = target.startsWith('TrentService.')
      ? await this.kms(target.slice('TrentService.'.length), input as Record<string, string>)
      : this.dynamo(target.replace(/^.*\./, ''), input);
    const failed = '__type' in answer;
    response
      .writeHead(failed ? 400 : 200, { 'content-type': 'application/x-amz-json-1.0' })
      .end(JSON.stringify(answer));
  }

  private s3(
    method: string,
    url: string,
    headers: IncomingMessage['headers'],
    body: Buffer,
    response: ServerResponse,
  ): void {
    const key = decodeURIComponent(new URL(url, 'http://s3').pathname.replace('/ledger-bucket/', ''));
    const found = this.objects.get(key);
    const refuse = (status: number, code: string) =>
      response
        .writeHead(status, { 'content-type': 'application/xml' })
        .end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`);
    if (method === 'GET') {
      if (found) response.writeHead(200, { etag: etagOf(found) }).end(found);
      else refuse(404, 'NoSuchKey');
      return;
    }
    const { 'if-none-match': none, 'if-match': match } = headers;
    const sum = createHash('sha256').update(body).digest('base64');
    if (headers['x-amz-checksum-sha256'] !== sum || (none === undefined && match === undefined))
      this.unguarded.push(key);
    if (this.conflicts > 0) {
      this.conflicts -= 1;
      refuse(409, 'ConditionalRequestConflict');
    } else if ((none === '*' && found) || (match !== undefined && (!found || etagOf(found) !== match)))
      refuse(412, 'PreconditionFailed');
    else {
      this.objects.set(key, body);
      response.writeHead(200, { etag: etagOf(body) }).end();
    }
  }

  private dynamo(action: string, input: Record<string, unknown>): object {
    if (action === 'Query') {
      const { Limit, ExclusiveStartKey, ExpressionAttributeValues } = input as {
        Limit: number;
        ExclusiveStartKey?: Attributes;
        ExpressionAttributeValues: Attributes;
      };
      const partition = ExpressionAttributeValues[':unsealed']?.S;
      const after = ExclusiveStartKey?.arrival?.S ?? '';
      const rows = [...this.rows.values()]
        .filter((row) => row.unsealed?.S === partition && (row.arrival?.S ?? '') > after)
        .sort((a, b) => ((a.arrival?.S ?? '') < (b.arrival?.S ?? '') ? -1 : 1));
      const page = rows.slice(0, Limit);
      const last = page.at(-1);
      const more = rows.length > page.length && last;
      return {
        Items: page.map(({ eventId, arrival }) => ({ eventId, arrival })),
        ...(more && {
          LastEvaluatedKey: { eventId: last.eventId, unsealed: last.unsealed, arrival: last.arrival },
        }),
      };
    }
    if (action === 'BatchGetItem') {
      const [[table, { Keys, ConsistentRead }]] = Object.entries(
        input.RequestItems as Record<string, { Keys: { eventId: { S: string } }[]; ConsistentRead: boolean }>,
      ) as [[string, { Keys: { eventId: { S: string } }[]; ConsistentRead: boolean }]];
      if (!ConsistentRead || Keys.length > 100) return { __type: 'ValidationException' };
      // As with large items: half is left over.
      const now = Keys.slice(0, Math.ceil(Keys.length / 2));
      const left = Keys.slice(now.length);
      return {
        Responses: { [table]: now.flatMap(({ eventId }) => this.rows.get(eventId.S) ?? []) },
        UnprocessedKeys: left.length > 0 ? { [table]: { Keys: left, ConsistentRead } } : {},
      };
    }
    const { Key, ExpressionAttributeValues: values } = input as {
      Key: Attributes;
      ExpressionAttributeValues: Attributes;
    };
    const row = this.rows.get(Key.eventId?.S ?? '');
    const refused = {
      __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException',
      message: 'refused',
    };
    if (!row) return refused;
    if (row.leaf && row.leaf.N !== values[':leaf']?.N) return { ...refused, Item: row };
    const { unsealed: _, leaf, ...rest } = row;
    this.rows.set(row.eventId?.S ?? '', { ...rest, leaf: values[':leaf'] ?? {} });
    return leaf ? { Attributes: { leaf } } : {};
  }

  private async kms(action: string, input: Record<string, string>): Promise<object> {
    const isMlDsa = input.KeyId === ML_DSA_ARN;
    const mlDsa = await mlDsaKeys(Buffer.alloc(32, 1));
    if (action === 'GetPublicKey') {
      const spki = isMlDsa
        ? spkiOf({ type: 'mlDsa44', publicKey: mlDsa.publicKey })
        : createPublicKey(keyFrom('log')).export({ format: 'der', type: 'spki' });
      return { KeyId: input.KeyId, PublicKey: Buffer.from(spki).toString('base64') };
    }
    this.signed.push(input);
    const message = Buffer.from(input.Message ?? '', 'base64');
    const signature = isMlDsa
      ? await mlDsaSign(message, mlDsa.secretKey)
      : sign(null, message, keyFrom('log'));
    return { KeyId: input.KeyId, Signature: Buffer.from(signature).toString('base64') };
  }
}

function etagOf(bytes: Buffer): string {
  return `"${createHash('md5').update(bytes).digest('hex')}"`;
}
