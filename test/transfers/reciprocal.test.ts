/** That under a reciprocal agreement the audit tells whose object was read, and takes no side’s share for the other’s. */
import { Exchange } from '../../lib/transfers/exchange';
import { interpret } from '../../lib/transfers/interpret';
import { endsBy, markOf } from '../../lib/transfers/mark';
import { trailEventOf } from '../../lib/transfers/record';
import { assumed, collect, DWP, deposit, INDEX, LEEDS, onKey, type Record } from './trail-records';

const ID = 'safeguarding-letters';
const KEY = `agreements/${ID}/one.eml`;
const HASH = 'fedcba987654';
const until = { dwp: '2027-03-31T23:00:00Z', leeds: '2027-06-30T23:00:00Z' };
const shareOf = (recipient: 'dwp' | 'leeds') => ({
  share: `${HASH}--${recipient}`,
  recipient,
  spans: [{ from: '2026-03-31T23:00:00Z', until: until[recipient] }],
});
const exchange = new Exchange(
  {
    ...INDEX,
    agreements: [
      ...INDEX.agreements,
      { id: ID, owner: 'dwp', collectWithinDays: 3, shares: [shareOf('leeds')] },
      { id: ID, owner: 'leeds', collectWithinDays: 3, shares: [shareOf('dwp')] },
    ],
  },
  '2026-04-01T00:00:00Z',
);
const bucketOf = (account: string) => `concordat-exchange-${account}-eu-west-2-an`;
const told = (value: Record) =>
  interpret(trailEventOf(value), exchange).map(({ kind, reasons, owner, recipient }) =>
    [kind, ...reasons, `of ${owner}`, ...(recipient ? [`by ${recipient}`] : [])].join(' '),
  );
const read = (owner: string, reader: string, share: string) =>
  collect({ key: KEY, bucket: bucketOf(owner), share, by: assumed(reader, 'concordat-collect') });

test('what each deposits is its own, and what each reads is the other’s', () => {
  for (const [account, id] of [
    [DWP, 'dwp'],
    [LEEDS, 'leeds'],
  ] as const)
    expect(
      told(deposit({ key: KEY, bucket: bucketOf(account), by: assumed(account, 'concordat-deposit') })),
    ).toEqual([`deposited of ${id}`]);
  expect(told(read(DWP, LEEDS, `${HASH}--leeds`))).toEqual(['collected of dwp by leeds']);
  expect(told(read(LEEDS, DWP, `${HASH}--dwp`))).toEqual(['collected of leeds by dwp']);
});

test('a party that reads its own by the role that collects is no recipient of it', () => {
  expect(told(read(DWP, DWP, `${HASH}--dwp`)).join()).toContain('unexpected-principal');
});

test('a read by an alias that is cut off before the recipient is of the share of whoever calls', () => {
  const byAlias = (reader: string) => {
    const record = read(
      reader === LEEDS ? DWP : LEEDS,
      reader,
      `${HASH}--${reader === LEEDS ? 'leeds' : 'dwp'}`,
    );
    const alias = `${HASH}-abcdefghij1234567890klmnopqrst-s3alias`;
    return {
      ...record,
      requestParameters: { bucketName: alias, Host: `${alias}.s3.eu-west-2.amazonaws.com`, key: KEY },
      resources: [],
    };
  };
  expect(told(byAlias(LEEDS))).toEqual(['collected of dwp by leeds']);
  expect(told(byAlias(DWP))).toEqual(['collected of leeds by dwp']);
});

test('a grant on the key of one for the share that the other owns is no share’s', () => {
  const grant = (owner: string, recipient: 'dwp' | 'leeds') =>
    onKey(
      'CreateGrant',
      {
        name: `${HASH}--${recipient}`,
        granteePrincipal: `arn:aws:iam::${recipient === 'dwp' ? DWP : LEEDS}:role/concordat/concordat-collect`,
        operations: ['Decrypt', 'DescribeKey'],
        constraints: {
          encryptionContextEquals: { 'aws:s3:arn': `arn:aws:s3:::${bucketOf(owner)}` },
        },
      },
      {
        resources: [{ accountId: owner, type: 'AWS::KMS::Key', ARN: `arn:aws:kms:eu-west-2:${owner}:key/k` }],
      },
    );
  expect(told(grant(LEEDS, 'dwp')).join()).not.toContain('unexpected-grant');
  expect(told(grant(LEEDS, 'leeds')).join()).toContain('unexpected-grant');
});

test('a transfer ends by the share of its own owner', () => {
  const ends = endsBy(exchange);
  expect(ends({ agreement: ID, owner: 'dwp' }, 'leeds')).toBe(until.leeds);
  expect(ends({ agreement: ID, owner: 'leeds' }, 'dwp')).toBe(until.dwp);
  const record = trailEventOf(
    deposit({ key: KEY, bucket: bucketOf(LEEDS), by: assumed(LEEDS, 'concordat-deposit') }),
  );
  const [meaning] = interpret(record, exchange);
  expect(meaning && markOf(record, meaning, exchange)).toMatchObject({ owner: 'leeds', recipients: ['dwp'] });
});
