/** What CloudTrail’s log files show of what a probe did, and what they lack. */
import { recordOutcome } from '../../lib/probe/records';
import type { Sandbox } from '../../lib/probe/sandbox';
import { accountId } from '../../lib/register';

const SANDBOX: Sandbox = {
  accounts: { owner: accountId.parse('111122223333'), recipient: accountId.parse('444455556666') },
  region: 'eu-west-2',
  organisation: undefined,
};
const BUCKET = 'arn:aws:s3:::concordat-probe-exchange-111122223333-eu-west-2-an';
const READER = 'arn:aws:iam::444455556666:role/concordat-probe/concordat-probe-reader';

function log(eventName: string, source: 's3' | 'kms', more: Record<string, unknown>): unknown {
  return {
    Records: [
      {
        eventID: 'a1b2',
        eventTime: '2026-12-01T09:00:00Z',
        eventSource: `${source}.amazonaws.com`,
        eventName,
        awsRegion: 'eu-west-2',
        userIdentity: {
          type: 'AssumedRole',
          principalId: 'AROA:concordat-probe',
          accountId: '444455556666',
          sessionContext: { sessionIssuer: { arn: READER } },
        },
        ...more,
      },
    ],
  };
}

const tagging = (Tagging: unknown) =>
  log('PutObjectTagging', 's3', { requestParameters: { key: 'agreements/probe/tagged.txt', Tagging } });
const grant = (name: string | undefined) =>
  log('CreateGrant', 'kms', { requestParameters: { granteePrincipal: READER, name } });
const refusal = (ARN: string) =>
  log('GetObject', 's3', {
    errorCode: 'AccessDenied',
    requestParameters: { key: 'agreements/probe/untagged.txt' },
    resources: [{ type: 'AWS::S3::Bucket', ARN }],
  });
const decrypt = (context: unknown) =>
  log('Decrypt', 'kms', { requestParameters: { encryptionContext: context } });
const CLEAN = { TagSet: { Tag: { Key: 'GuardDutyMalwareScanStatus', Value: 'NO_THREATS_FOUND' } } };

test.each([
  ['the tags of an object', 'tags-of-object', tagging(CLEAN), 'shown'],
  ['no tags of an object', 'tags-of-object', tagging(''), 'lacking'],
  ['the name of a grant', 'name-of-grant', grant('concordat-probe-reader'), 'shown'],
  ['no name of a grant', 'name-of-grant', grant(undefined), 'lacking'],
  ['the bucket of a refusal', 'bucket-of-refusal', refusal(BUCKET), 'shown'],
  [
    'the access point of a refusal alone',
    'bucket-of-refusal',
    refusal('arn:aws:s3:eu-west-2:111122223333:accesspoint/concordat-probe'),
    'lacking',
  ],
  [
    'the bucket as the context of a Decrypt',
    'context-of-decrypt',
    decrypt({ 'aws:s3:arn': BUCKET }),
    'shown',
  ],
  [
    'an object as the context of a Decrypt',
    'context-of-decrypt',
    decrypt({ 'aws:s3:arn': `${BUCKET}/x` }),
    'lacking',
  ],
] as const)('a log file with %s', (_what, record, file, outcome) => {
  expect(recordOutcome(record, [file], SANDBOX)).toBe(outcome);
  // Without the record, or with a file that is none, nothing is shown.
  for (const other of [
    [],
    [{}],
    [{ Records: 'x' }],
    [{ Records: [null, { eventName: 1 }] }],
    [log('ListKeys', 'kms', {})],
  ])
    expect(recordOutcome(record, other, SANDBOX)).toBe('absent');
});

test('of an owner’s trail any log file will do', () => {
  expect(recordOutcome('any-of-owner', [], SANDBOX)).toBe('absent');
  expect(recordOutcome('any-of-owner', [{ Records: [] }], SANDBOX)).toBe('shown');
});
