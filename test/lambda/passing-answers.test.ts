/** That what passes ends neither a file of the audit nor one of the ledger: each adapter of S3 asks again by the one list. */
import type { S3Client } from '@aws-sdk/client-s3';
import { S3Store } from '../../lambda/ledger-seal/s3-store';
import { S3Files } from '../../lambda/transfer-audit/s3-files';
import { insisting } from '../../lib/runtime';

const NAMES = [
  'ConditionalRequestConflict',
  'OperationAborted',
  'SlowDown',
  'RequestTimeTooSkewed',
  'ExpiredToken',
];

/** S3 that refuses so many times, then answers; and a clock that only moves when it is slept by. */
function refusing(name: string, times: number) {
  let asked = 0;
  let time = 0;
  const send = async () => {
    asked += 1;
    if (asked <= times) throw Object.assign(new Error('refused'), { name });
    return { Body: { transformToByteArray: async () => Buffer.from('content') }, ETag: '"x"' };
  };
  const again = insisting({
    now: () => time,
    remaining: () => Number.POSITIVE_INFINITY,
    sleep: async (milliseconds) => {
      time += milliseconds;
    },
  });
  // The only call that the adapters make.
  return { client: { send } as unknown as Pick<S3Client, 'send'>, again, asked: () => asked };
}

describe.each(NAMES)('after %s', (name) => {
  it('the audit writes its file once, and reads it', async () => {
    const { client, again, asked } = refusing(name, 2);
    const files = new S3Files(client, again);
    await files.writeOnce('ledger', 'register/1.json', Buffer.from('{}'));
    expect(asked()).toBe(3);
    const reading = refusing(name, 1);
    await new S3Files(reading.client, reading.again).open('archive', 'log.json.gz');
    expect(reading.asked()).toBe(2);
  });

  it('the sealer creates, replaces and reads', async () => {
    const store = ({ client, again }: ReturnType<typeof refusing>) => new S3Store(client, 'ledger', again);
    await expect(store(refusing(name, 2)).create('tile/0', Buffer.of(1))).resolves.toBe('created');
    await expect(store(refusing(name, 2)).replace('checkpoint', Buffer.of(1), '"x"')).resolves.toBe(
      'replaced',
    );
    await expect(store(refusing(name, 2)).get('tile/0')).resolves.toMatchObject({ etag: '"x"' });
  });
});

it('what was written already is no failure, and a refusal is told at once', async () => {
  const there = refusing('PreconditionFailed', 9);
  await new S3Files(there.client, there.again).writeOnce('ledger', 'key', Buffer.of());
  await expect(new S3Store(there.client, 'ledger', there.again).create('key', Buffer.of())).resolves.toBe(
    'exists',
  );
  expect(there.asked()).toBe(2);
  const denied = refusing('AccessDenied', 9);
  await expect(
    new S3Files(denied.client, denied.again).writeOnce('ledger', 'key', Buffer.of()),
  ).rejects.toThrow('refused');
  await expect(new S3Store(denied.client, 'ledger', denied.again).get('key')).rejects.toThrow('refused');
  expect(denied.asked()).toBe(2);
});
