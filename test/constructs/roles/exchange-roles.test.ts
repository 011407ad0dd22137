/** That the roles of an organisation are for the people and systems that it names, and idle while it is paused or gone. */
import { dateOf } from '../../../lib/register/calendar';
import type { Member, Organisation } from '../../../lib/register/schema/organisation';
import { registerOf } from '../../policy/sample-register';
import { ofType, type Sample, sharedDataKeys, synthesised } from '../../stacks/sample-assembly';
import { policiesIn, policyOf } from '../../stacks/template-policies';

const register = registerOf();

let sample: Sample;
let whileCardiffIsPaused: Sample;
let onceSurreyIsGone: Sample;
beforeAll(() => {
  sample = synthesised();
  whileCardiffIsPaused = synthesised({ asOf: dateOf('2026-12-20') });
  onceSurreyIsGone = synthesised({ asOf: dateOf('2027-04-01') });
});

const roleOf = ({ stackOf }: Sample, id: string, purpose: string) =>
  ofType(stackOf(id), 'AWS::IAM::Role').find(
    ({ Properties }) => Properties?.RoleName === `concordat-${purpose}`,
  );

const isMember = (each: Organisation): each is Member => each.membership === 'member';
const declared = register.organisations.flatMap((each) => [
  [each, 'collect', each.mayCollect] as const,
  ...(isMember(each) ? [[each, 'deposit', each.mayDeposit] as const] : []),
]);
const wanted = declared.filter(([, , principals]) => principals.length > 0);
const unwanted = declared.filter(([, , principals]) => principals.length === 0);

describe.each(wanted.map(([each, purpose, principals]) => [each.id, purpose, each, principals] as const))(
  'the role with which %s may %s',
  (id, purpose, organisation, principals) => {
    it('is trusted by exactly the roles that the register file names, in the same account', () => {
      const role = roleOf(sample, id, purpose);
      expect(role?.Properties?.AssumeRolePolicyDocument).toEqual({
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'DeclaredPrincipalsTakeOnTheRole',
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${organisation.account}:root` },
            Action: ['sts:AssumeRole'],
            Condition: { ArnEquals: { 'aws:PrincipalArn': principals } },
          },
        ],
      });
    });

    it('has one inline policy, sessions of an hour at most, a path, and its organisation as a tag', () => {
      const role = roleOf(sample, id, purpose);
      expect(role?.Properties).toMatchObject({
        Path: '/concordat/',
        MaxSessionDuration: 3600,
        Policies: [{ PolicyName: purpose }],
        Tags: [{ Key: 'concordat:organisation', Value: id }],
      });
      expect(role?.Properties).not.toHaveProperty('ManagedPolicyArns');
    });

    it(purpose === 'deposit' ? 'cannot read what was deposited' : 'cannot write', () => {
      const role = roleOf(sample, id, purpose);
      const { Statement } = policyOf(role ?? { Type: '' }, 'Policies');
      const actions = Statement.flatMap(({ Action }) => Action);
      if (purpose === 'deposit') {
        // Of objects it reads the gate’s reports alone.
        const read = Statement.filter(({ Action }) => Action.includes('s3:GetObject'));
        expect(read.flatMap(({ Resource }) => Resource)).toEqual([
          expect.stringMatching(/-an\/reports\/\*$/),
        ]);
        expect(actions).not.toContain('s3:GetObjectVersion');
        expect(actions.filter((action) => /Tagging$/.test(action))).toEqual(['s3:GetObjectTagging']);
      } else expect(actions.sort()).toEqual(['kms:Decrypt', 's3:GetObject', 's3:ListBucket']);
    });
  },
);

it.each(unwanted.map(([each, purpose]) => [each.id, purpose]))(
  'is not made for %s, where nobody may %s',
  (id, purpose) => {
    const stack = sample.stacks.find(({ name }) => name === `Organisation-${id}`);
    expect(stack && roleOf(sample, id, purpose)).toBeUndefined();
  },
);

describe('an organisation that is paused or gone', () => {
  it.each([
    ['cardiff', 'collect', () => whileCardiffIsPaused],
    ['surrey', 'deposit', () => onceSurreyIsGone],
  ])('keeps its role with its trust, and may do nothing with it: %s', (id, purpose, assembly) => {
    const before = roleOf(sample, id, purpose)?.Properties;
    const now = roleOf(assembly(), id, purpose)?.Properties;
    expect(before).toHaveProperty('Policies');
    expect(now).not.toHaveProperty('Policies');
    expect(now).not.toHaveProperty('ManagedPolicyArns');
    expect(now?.AssumeRolePolicyDocument).toEqual(before?.AssumeRolePolicyDocument);
    expect(ofType(assembly().stackOf(id), 'AWS::IAM::Policy')).toEqual([]);
  });

  it('shares nothing, keeps its key and its bucket, and their policies are as they were but for externals', () => {
    const stack = onceSurreyIsGone.stackOf('surrey');
    expect(ofType(stack, 'AWS::S3::AccessPoint')).toEqual([]);
    expect(sharedDataKeys(stack)).toHaveLength(1);
    expect(ofType(stack, 'AWS::S3::Bucket')).toHaveLength(1);
    const bucketPolicy = (from: Sample) =>
      policiesIn(from.stackOf('surrey')).find(({ kind }) => kind === 'bucket')?.policy;
    expect(bucketPolicy(onceSurreyIsGone)).toEqual(bucketPolicy(sample));
    expect(JSON.stringify(stack.resources)).not.toContain('900000000061');
  });

  it('is active again on the day after the pause', () => {
    const resumed = synthesised({ asOf: dateOf('2027-01-05') });
    expect(roleOf(resumed, 'cardiff', 'collect')?.Properties).toEqual(
      roleOf(sample, 'cardiff', 'collect')?.Properties,
    );
  });
});

it('describes every role in the characters that IAM takes', () => {
  for (const stack of sample.stacks) {
    for (const { Properties } of ofType(stack, 'AWS::IAM::Role')) {
      // https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html
      expect(Properties?.Description).toMatch(/^[\t\n\r\u{20}-\u{7e}\u{a1}-\u{ff}]{10,1000}$/u);
    }
  }
});
