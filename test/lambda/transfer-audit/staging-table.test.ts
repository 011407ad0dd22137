/** That an entry is new for whoever staged it, and for nobody else: alarms go off for what is new. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { HttpResponse } from '@smithy/core/protocols';
import { StagingTable } from '../../../lambda/transfer-audit/staging-table';
import { Table } from '../../../lambda/transfer-audit/table';
import { clientSettings } from '../../../lib/runtime';
import type { StagedEntry } from '../../../lib/wire';

const ENTRY: StagedEntry = {
  eventId: 'read-1',
  entry: Buffer.from('{"kind":"violation"}'),
  organisations: ['012345678901'],
  stagedAt: '2026-12-01T09:00:00.000Z',
};

/** AWS’s own client of a table that holds one entry at most. So many answers are lost on their way. */
function staging(lost: number): StagingTable {
  let isThere = false;
  let left = lost;
  const handle = async () => {
    const body = isThere
      ? '{"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException","message":"no"}'
      : '{}';
    const statusCode = isThere ? 400 : 200;
    isThere = true;
    if (left-- > 0) throw Object.assign(new Error('cut'), { name: 'ECONNRESET', code: 'ECONNRESET' });
    const headers = { 'content-type': 'application/x-amz-json-1.0' };
    return { response: new HttpResponse({ statusCode, headers, body: Buffer.from(body) }) };
  };
  const client = new DynamoDBClient({
    ...clientSettings('eu-west-2', { asksAgain: 'client', seconds: 5 }),
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    requestHandler: { handle, destroy: () => undefined },
  });
  return new StagingTable(new Table(client, 'concordat-staging'));
}

it('an entry is new once, and no more when it is staged again', async () => {
  const table = staging(0);
  expect(await table.stage(ENTRY)).toBe(true);
  expect(await table.stage(ENTRY)).toBe(false);
});

it('an entry of which the answer was lost on its way is new for whoever staged it, and for nobody after', async () => {
  const table = staging(1);
  expect(await table.stage(ENTRY)).toBe(true);
  expect(await table.stage(ENTRY)).toBe(false);
});
