/** That everybody is asked about whom a condition tells apart: users, roles by a part of their names, other AWS organisations, services. */
import { all, changed, findings } from './world';

const DWP = '100000000011';
const CAMDEN = { AWS: 'arn:aws:iam::100000000021:root' };
const OF_CAMDEN = 'arn:aws:iam::100000000021:role';

function ofReading(principal: unknown, condition: Record<string, Record<string, unknown>>): string[] {
  const edited = changed('Organisation-dwp', (resources) => {
    const [policy] = all(resources, 'AWS::S3::BucketPolicy');
    const Resource = 'arn:aws:s3:::concordat-exchange-100000000011-eu-west-2-an/*';
    policy?.Properties.PolicyDocument.Statement.push({
      Sid: 'More',
      Effect: 'Allow',
      Principal: principal,
      Action: ['s3:GetObject'],
      Resource,
      Condition: condition,
    });
  });
  return findings(edited, DWP);
}

test.each<[string, unknown, Record<string, Record<string, unknown>>, RegExp]>([
  [
    'a user of another account, by name',
    CAMDEN,
    { StringEquals: { 'aws:username': 'alice' } },
    /^extra: camden \(user\/alice/,
  ],
  [
    'users of another account, by a part of their ARN',
    CAMDEN,
    { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/analysts-*' } },
    /^extra: camden \(user\/analysts-/,
  ],
  [
    'a role, by a pattern that begins with anything',
    CAMDEN,
    { StringLike: { 'aws:PrincipalArn': '*:role/analyst' } },
    /^extra: camden \(role\/analyst,/,
  ],
  [
    'a role of any partition',
    CAMDEN,
    { ArnLike: { 'aws:PrincipalArn': 'arn:*:iam::*:role/analyst' } },
    /^extra: camden \(role\/analyst,/,
  ],
  [
    'roles, all but those that fit a second pattern',
    CAMDEN,
    {
      ArnLike: { 'aws:PrincipalArn': `${OF_CAMDEN}/team-*` },
      StringNotLike: { 'aws:PrincipalArn': '*-x*' },
    },
    /^extra: camden \(role\/team-/,
  ],
  [
    'a role below a folder of any name',
    CAMDEN,
    { ArnLike: { 'aws:PrincipalArn': `${OF_CAMDEN}/*/analyst` } },
    /^extra: camden \(role\/\w+\/analyst,/,
  ],
  [
    'a role in capitals, where case does not count',
    CAMDEN,
    { StringEqualsIgnoreCase: { 'aws:PrincipalArn': `${OF_CAMDEN}/ANALYST`.toUpperCase() } },
    /^extra: camden \(role\/ANALYST,/,
  ],
  [
    'another AWS organisation',
    '*',
    { StringEquals: { 'aws:PrincipalOrgID': 'o-neighbour0' } },
    /^extra: account \d{12} \(role\/concordat-fresh, [^)]*\)(?:, its account being in the AWS organisation [\w-]+,)? can read/,
  ],
  [
    'AWS organisations, by a part of their ids',
    '*',
    { StringLike: { 'aws:PrincipalOrgID': 'o-n*' } },
    /^extra: account \d{12} \(role\/concordat-fresh, [^)]*\)(?:, its account being in the AWS organisation [\w-]+,)? can read/,
  ],
  [
    'an account that no register names, where it is in another AWS organisation',
    { AWS: 'arn:aws:iam::888888888888:root' },
    { StringEquals: { 'aws:PrincipalOrgID': 'o-neighbour0' } },
    /^extra: account 888888888888 \(/,
  ],
  [
    'an AWS service, by a part of its name',
    '*',
    { StringLike: { 'aws:PrincipalServiceName': 'back*' } },
    /^extra: the AWS service back\.amazonaws\.com/,
  ],
  [
    'AWS services, by a pattern that ends as the names of all do',
    '*',
    { StringLike: { 'aws:PrincipalServiceName': 'b*amazonaws.com' } },
    /^extra: the AWS service b\.amazonaws\.com/,
  ],
  [
    'AWS services, all but those that fit a second pattern',
    '*',
    {
      StringLike: { 'aws:PrincipalServiceName': 'ba*' },
      StringNotLike: { 'aws:PrincipalServiceName': 'ba.*' },
    },
    /^extra: the AWS service ba[^.]+\.amazonaws\.com/,
  ],
  [
    'an AWS service, by a pattern, beside a name that none has',
    '*',
    { StringLike: { 'aws:PrincipalServiceName': ['?ackup.amazonaws.com', 'NO'] } },
    /^extra: the AWS service \wackup\.amazonaws\.com/,
  ],
  [
    'roles of a folder, all but those that end in one letter',
    CAMDEN,
    {
      ArnLike: { 'aws:PrincipalArn': `${OF_CAMDEN}/teams/*` },
      StringNotLike: { 'aws:PrincipalArn': '*x' },
    },
    /^extra: camden \(role\/teams\/[^/ ]*[^x],/,
  ],
])('a bucket that lets in %s is found', (_, principal, condition, first) => {
  expect(ofReading(principal, condition)).toContainEqual(expect.stringMatching(first));
});

test('a bucket that lets in an AWS organisation that nobody is in, since it also asks for ours, is not found', () => {
  const both = {
    StringEquals: { 'aws:PrincipalOrgID': 'o-neighbour0' },
    StringLike: { 'aws:PrincipalOrgID': 'o-example*' },
  };
  expect(ofReading('*', both)).toEqual([]);
});
