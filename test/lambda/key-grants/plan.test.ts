/** Which grants are left alone, and what makes a grant a share’s. */
import { planOf } from '../../../lambda/key-grants/plan';
import type { Grant } from '../../../lambda/key-grants/ports';
import { isForService } from '../../../lambda/key-grants/shape';
import { NO_STOPS } from '../../../lambda/key-grants/stops';
import { BROKER, KEY, listOf, NOW, share } from './world';

const right: Grant = {
  id: 'g1',
  name: share(1).share,
  grantee: share(1).grantee,
  retiring: BROKER,
  operations: ['DescribeKey', 'Decrypt'],
  contextEquals: { 'aws:s3:arn': KEY.bucketArn },
  otherConstraints: false,
  createdAt: NOW,
};

describe('a grant of an AWS service', () => {
  it.each<[string, Partial<Grant>]>([
    ['a service principal', { granteeService: 'ec2.amazonaws.com', grantee: undefined }],
    ['a service as KMS lists it', { grantee: 'dynamodb.eu-west-2.amazonaws.com' }],
    [
      'a service-linked role',
      {
        grantee:
          'arn:aws:iam::111111111111:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling',
      },
    ],
  ])('is %s', (_, change) => {
    expect(isForService({ ...right, ...change })).toBe(true);
  });

  it.each([
    ['a role called like a service', 'arn:aws:iam::999999999999:role/dynamodb.amazonaws.com'],
    ['a role under a path called like a service', 'arn:aws:iam::999999999999:role/x.amazonaws.com/y'],
    [
      'a role under a path like that of service-linked roles',
      'arn:aws:iam::999999999999:role/x/aws-service-role/ec2.amazonaws.com/y',
    ],
    [
      'a session of a service-linked role’s name',
      'arn:aws:sts::999999999999:assumed-role/aws-service-role/ec2.amazonaws.com',
    ],
    ['a service elsewhere', 'ec2.amazonaws.com.evil.example'],
    ['a service after a line break', 'x\nec2.amazonaws.com'],
    ['nobody', undefined],
  ])('is not %s', (_, grantee) => {
    expect(isForService({ ...right, grantee })).toBe(false);
  });
});

describe('a share’s grant', () => {
  const plan = (grant: Grant) => planOf(listOf(share(1)), BROKER, [grant], NOW, NO_STOPS);

  it('is the oldest of several, in whatever order they are listed, and of equal age the first by id', () => {
    const kept = (...grants: Grant[]) => {
      const gone = planOf(listOf(share(1)), BROKER, grants, NOW, NO_STOPS).revoke.map(
        ({ grant }) => grant.id,
      );
      return grants.map(({ id }) => id).filter((id) => !gone.includes(id));
    };
    const younger = { ...right, id: 'g0', createdAt: NOW + 1 };
    const twin = { ...right, id: 'g2' };
    expect(kept(younger, twin, right)).toEqual(['g1']);
    expect(kept(right, twin, younger)).toEqual(['g1']);
  });

  it('is kept where all of it fits, in whatever order its operations are', () => {
    expect(plan(right)).toMatchObject({ revoke: [], create: [], keep: [{ share: share(1) }] });
  });

  it.each<[string, Partial<Grant>]>([
    ['another name', { name: 'x' }],
    ['the name of another share', { name: share(2).share }],
    ['another grantee', { grantee: 'arn:aws:iam::200000000001:role/admin' }],
    ['the collect role of another', { grantee: share(2).grantee }],
    ['another that may retire it', { retiring: share(1).grantee }],
    ['nobody that may retire it', { retiring: undefined }],
    ['a service that may retire it', { retiringService: 'ec2.amazonaws.com' }],
    ['an operation more', { operations: ['Decrypt', 'DescribeKey', 'RetireGrant'] }],
    ['an operation fewer', { operations: ['Decrypt'] }],
    ['an operation twice', { operations: ['Decrypt', 'Decrypt'] }],
    ['no context', { contextEquals: undefined }],
    ['an empty context', { contextEquals: {} }],
    ['another bucket', { contextEquals: { 'aws:s3:arn': 'arn:aws:s3:::other' } }],
    ['another key in its context', { contextEquals: { 'aws:S3:arn': KEY.bucketArn } }],
    ['more context', { contextEquals: { 'aws:s3:arn': KEY.bucketArn, more: '' } }],
    ['a constraint of another kind', { otherConstraints: true }],
  ])('is not one with %s', (_, change) => {
    const { revoke, create } = plan({ ...right, ...change });
    expect(create).toEqual([share(1)]);
    // The name of a share that is not listed, with the role that such a share has: the register once had it.
    const once = change.name === share(2).share;
    expect(revoke).toMatchObject([{ why: once ? 'share-not-listed' : 'unexpected' }]);
  });
});
