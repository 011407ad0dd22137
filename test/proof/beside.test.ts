/**
 * That access which waits for something no template makes is found: a bucket that leaves reading to access points which anybody
 * could make, a key that a leaver could use from an organisation that its policy has a word for, the retiring of grants.
 */
import { all, changed, findings, type Json, type Statement } from './world';

const LEEDS = '100000000022';
const CAMDEN = '100000000021';

const delegation = (resources: Record<string, Json>): Statement[] =>
  all(resources, 'AWS::S3::BucketPolicy').flatMap(({ Properties }) =>
    Properties.PolicyDocument.Statement.filter(
      ({ Condition }) => Condition?.ArnLike?.['s3:DataAccessPointArn'],
    ),
  );
const dataKey = (resources: Record<string, Json>): Statement[] => {
  const policies = all(resources, 'AWS::KMS::Key').map(({ Properties }) => Properties.KeyPolicy.Statement);
  return policies.find((each) => each.some(({ Sid }) => Sid.startsWith('DenyUseOutside'))) ?? [];
};
const inLeeds = (change: (resources: Record<string, Json>) => void) =>
  findings(changed('Organisation-leeds', change), LEEDS);

it.each<[string, Record<string, Record<string, unknown>>, string]>([
  [
    'access points of every account',
    { ArnLike: { 's3:DataAccessPointArn': 'arn:aws:s3:*:*:accesspoint/*' } },
    '999999999998:accesspoint/',
  ],
  [
    'one member’s access points',
    { StringEquals: { 's3:DataAccessPointAccount': CAMDEN } },
    `${CAMDEN}:accesspoint/`,
  ],
  [
    'its own under any name',
    {
      ArnLike: { 's3:DataAccessPointArn': `arn:aws:s3:eu-west-2:${LEEDS}:accesspoint/*` },
      StringEquals: { 's3:DataAccessPointAccount': LEEDS },
    },
    `${LEEDS}:accesspoint/concordat-fresh`,
  ],
  [
    'its own under one more name',
    {
      ArnLike: {
        's3:DataAccessPointArn': [
          `arn:aws:s3:eu-west-2:${LEEDS}:accesspoint/????????????--*`,
          `arn:aws:s3:eu-west-2:${LEEDS}:accesspoint/archive-*`,
        ],
      },
    },
    `${LEEDS}:accesspoint/archive-`,
  ],
])('finds a bucket that leaves reading to %s', (_what, condition, through) => {
  const found = inLeeds((resources) => {
    const [first] = delegation(resources);
    if (first === undefined) throw new Error('nothing is delegated');
    first.Condition = condition;
  });
  expect(found).toContainEqual(expect.stringMatching(/^extra: (?:account|camden|anybody|the zone)/));
  expect(found.join('\n')).toContain(`through arn:aws:s3:eu-west-2:${through}`);
});

it('finds that a key lets in an organisation by a part of its id', () => {
  const found = inLeeds((resources) => {
    for (const each of dataKey(resources))
      if (each.Sid.startsWith('DenyUseOutside'))
        each.Condition = { StringNotLike: { 'aws:PrincipalOrgID': ['o-example0000', 'o-partner*'] } };
  });
  expect(found).toContainEqual(
    expect.stringMatching(/^extra: .*having left the AWS organisation for another/),
  );
});

it.each([
  ['s3:GetObjectAnnotation', '/*', 's3:GetObjectAnnotation'],
  ['S3:GetObjectAnnotation', '/agreements/a', 'S3:GetObjectAnnotation'],
  ['s3:Get*Annotation', '/*', 's3:GetFreshAnnotation'],
  ['s3:InitiateReplication', '/*', 's3:InitiateReplication'],
  ['s3:GetBucketAb*', '', 's3:GetBucketAbFresh'],
  ['s3:GetBucketAbac', '', 's3:GetBucketAbac'],
])('finds a stranger’s %s on a bucket%s, which no list of actions names', (Action, end, asked) => {
  const found = inLeeds((resources) => {
    const [first] = all(resources, 'AWS::S3::BucketPolicy');
    const bucket = `arn:aws:s3:::concordat-exchange-${LEEDS}-eu-west-2-an`;
    first?.Properties.PolicyDocument.Statement.push({
      Sid: 'Partner',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${CAMDEN}:root` },
      Action: [Action],
      Resource: `${bucket}${end}`,
    });
  });
  expect(found).toContainEqual(expect.stringMatching(/^extra: .*camden/));
  expect(found.join('\n')).toContain(`can do ${asked} to`);
});

it('finds that a key has a stranger retire its grants', () => {
  const found = inLeeds((resources) => {
    dataKey(resources).push({
      Sid: 'Partner',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${CAMDEN}:root` },
      Action: ['kms:RetireGrant'],
      Resource: '*',
    });
  });
  expect(found).toContainEqual(expect.stringMatching(/^extra: .* is given kms:RetireGrant/));
});
