/** That a notice is taken once: by whoever asked for it, though its answer was lost, and by nobody else. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { HttpResponse } from '@smithy/core/protocols';
import { Dynamo } from '../../../lambda/notices/dynamo';
import { clientSettings } from '../../../lib/runtime';

const NOTICE = { reference: 'concordat/d1/waits/i1', takenUntil: 0 };

/** AWS’s own client of a table with one notice that nobody has. So many answers are lost on their way. */
function notices(lost: number): Dynamo {
  let item: Readonly<Record<':until' | ':by', unknown>> = { ':until': { N: '0' }, ':by': undefined };
  let left = lost;
  const handle = async ({ body }: { readonly body?: Uint8Array }) => {
    const { ConditionExpression, ExpressionAttributeValues: values } = JSON.parse(
      new TextDecoder().decode(body),
    ) as {
      readonly ConditionExpression: string;
      readonly ExpressionAttributeValues: Readonly<Record<':until' | ':before' | ':by', unknown>>;
    };
    const knowsItsOwn = ConditionExpression.includes('#by = :by');
    const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
    const isOwn = knowsItsOwn && same(item[':by'], values[':by']);
    const holds = same(item[':until'], values[':before']) || isOwn;
    if (holds) item = values;
    if (left-- > 0) throw Object.assign(new Error('cut'), { name: 'ECONNRESET', code: 'ECONNRESET' });
    const refused =
      '{"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException","message":"no"}';
    return {
      response: new HttpResponse({
        statusCode: holds ? 200 : 400,
        headers: { 'content-type': 'application/x-amz-json-1.0' },
        body: Buffer.from(holds ? '{}' : refused),
      }),
    };
  };
  const client = new DynamoDBClient({
    ...clientSettings('eu-west-2', { asksAgain: 'client', seconds: 5 }),
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    requestHandler: { handle, destroy: () => undefined },
  });
  return new Dynamo(client, { transfersTable: 'transfers', noticesTable: 'notices' });
}

it.each([0, 1, 2])('is taken by the one who asked first, with %i answers lost on their way', async (lost) => {
  const table = notices(lost);
  expect(await table.take(NOTICE, 600_000)).toBe(true);
  expect(await table.take(NOTICE, 600_000)).toBe(false);
});
