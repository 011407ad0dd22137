/** Requests drawn at random around one account’s bucket and key, with no regard to what policies say, and their verdicts. */

import type { World } from '../../../lib/assembly/world';
import { decide, type Verdict } from '../../../lib/iam/decide';
import { compile } from '../../../lib/iam/policy';
import { requestOf } from '../../../lib/iam/request';
import { Random } from '../../bench/random';

const COUNT = 3_000;
const EVERYTHING = compile(
  { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
  { kind: 'identity', name: 'everything' },
);
const ROLES = ['collect', 'deposit', 'malware-scan', 'contract-gate', 'grant-broker', 'receipts'].map(
  (each) => `concordat/concordat-${each}`,
);

/** The verdicts on the same requests each time, for the same seed. */
export function drawnVerdicts(world: World, owner: string, seed: number): Verdict[] {
  const random = new Random(seed);
  const bucket = world.buckets.find(({ account }) => account === owner);
  const key = world.keys.find(({ arn }) => arn === bucket?.key);
  if (bucket === undefined || key === undefined) throw new Error('there is no bucket with a key');
  const accounts = [
    ...world.register.organisations.map(({ account }) => account),
    '999999999999',
    owner,
    owner,
    owner,
  ];
  const organisation = world.register.zone.awsOrganizationId;
  const maybe = <T>(...values: readonly T[]): T | undefined =>
    random.next() < 0.2 ? undefined : random.one(values);
  return Array.from({ length: COUNT }, () => {
    const account = random.one(accounts);
    const arn = `arn:aws:iam::${account}:role/${random.one([...ROLES, 'security/key-administrator', 'other'])}`;
    const made = world.roles.find((each) => each.arn === arn);
    const point =
      random.next() < 0.6
        ? bucket.accessPoints[random.between(0, bucket.accessPoints.length - 1)]
        : undefined;
    const onKey = random.next() < 0.35;
    const object = random.one([
      'agreements/benefit-rates/a',
      'agreements/housing-benefit-awards/a',
      'agreements/blue-badge-eligibility/a',
      'other',
      'agreements/x',
    ]);
    const action = random.one(
      onKey
        ? [
            'kms:Decrypt',
            'kms:Decrypt',
            'kms:GenerateDataKey',
            'kms:CreateGrant',
            'kms:PutKeyPolicy',
            'kms:DescribeKey',
            'kms:DisableKey',
          ]
        : [
            's3:GetObject',
            's3:GetObject',
            's3:ListBucket',
            's3:PutObject',
            's3:DeleteObject',
            's3:PutObjectTagging',
            's3:PutBucketPolicy',
          ],
    );
    const time = `20${random.between(25, 32)}-0${random.between(1, 9)}-15T12:00:00Z`;
    const context = {
      'aws:PrincipalOrgID': account.startsWith('9') ? undefined : organisation,
      'aws:ResourceOrgID': organisation,
      'aws:CurrentTime': time,
      'aws:SecureTransport': maybe('true', 'true', 'true', 'false'),
      's3:TlsVersion': maybe('1.2', '1.3', '1.1'),
      's3:prefix': maybe('agreements/', object),
      's3:ExistingObjectTag/GuardDutyMalwareScanStatus': maybe('NO_THREATS_FOUND', 'THREATS_FOUND'),
      's3:RequestObjectTag/GuardDutyMalwareScanStatus': maybe('NO_THREATS_FOUND', 'THREATS_FOUND'),
      's3:x-amz-server-side-encryption': maybe('aws:kms', 'AES256'),
      's3:x-amz-server-side-encryption-aws-kms-key-id': maybe(key.arn, `${key.arn}0`),
      'kms:ViaService': maybe(
        's3.eu-west-2.amazonaws.com',
        's3.eu-west-2.amazonaws.com',
        'ec2.eu-west-2.amazonaws.com',
      ),
      'kms:EncryptionContext:aws:s3:arn': maybe(bucket.arn, bucket.arn, 'arn:aws:s3:::another'),
    };
    const isObject = /Object/.test(action);
    const request = requestOf({
      caller: { type: 'role', arn, session: 'drawn' },
      action,
      resource: onKey ? key.arn : isObject ? `${bucket.arn}/${object}` : bucket.arn,
      resourceAccount: owner,
      ...(!onKey && point && { accessPoint: point.arn }),
      context,
    });
    const policy = onKey ? key.policy : bucket.policy;
    return decide(request, {
      identity: made?.identity ?? [EVERYTHING],
      ...(policy && { resource: policy }),
      ...(!onKey && point?.policy && { accessPoint: point.policy }),
      ...(onKey && {
        grants: key.grants
          .filter(({ from, until }) => from <= time && time < until)
          .map(({ grant }) => grant),
      }),
    }).verdict;
  });
}
