/** That a role that an identity provider’s people may take on is found, whatever the provider: the register has nobody sign in so. */
import { all, changed, findings } from './world';

const DWP = '100000000011';

test.each([
  [
    'OpenID Connect, of any repository',
    `arn:aws:iam::${DWP}:oidc-provider/token.actions.githubusercontent.com`,
    'sts:AssumeRoleWithWebIdentity',
    { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:*' } },
  ],
  ['SAML', `arn:aws:iam::${DWP}:saml-provider/staff`, 'sts:AssumeRoleWithSAML', {}],
  ['Cognito', 'cognito-identity.amazonaws.com', 'sts:AssumeRoleWithWebIdentity', {}],
])('%s', (_, provider, action, condition) => {
  const found = findings(
    changed('Organisation-dwp', (resources) => {
      const role = all(resources, 'AWS::IAM::Role').find(
        ({ Properties }) => Properties.RoleName === 'concordat-collect',
      );
      role?.Properties.AssumeRolePolicyDocument.Statement.push({
        Sid: 'SignIn',
        Effect: 'Allow',
        Principal: { Federated: provider },
        Action: [action],
        Condition: condition,
      });
    }),
    DWP,
  );
  expect(found).toContainEqual(
    expect.stringContaining(
      `extra: whomever the identity provider ${provider} vouches for can take on a role (${action})`,
    ),
  );
});

// What a provider stands for in any other policy is not documented: such a statement is told, and nothing is proven with it.
test.each<[string, string, 'KeyPolicy' | 'PolicyDocument', string, string]>([
  ['a key', 'AWS::KMS::Key', 'KeyPolicy', 'kms:Decrypt', `arn:aws:iam::${DWP}:oidc-provider/login.example`],
  ['a key, by Cognito', 'AWS::KMS::Key', 'KeyPolicy', 'kms:Decrypt', 'cognito-identity.amazonaws.com'],
  ['a queue', 'AWS::SQS::QueuePolicy', 'PolicyDocument', 'sqs:ReceiveMessage', 'accounts.google.com'],
  [
    'a topic',
    'AWS::SNS::TopicPolicy',
    'PolicyDocument',
    'sns:Publish',
    `arn:aws:iam::${DWP}:saml-provider/staff`,
  ],
])('of the policy of %s, whom a provider stands for is not judged', (_, type, document, action, provider) => {
  const found = findings(
    changed('Organisation-dwp', (resources) => {
      const [policy] = all(resources, type);
      policy?.Properties[document].Statement.push({
        Sid: 'More',
        Effect: 'Allow',
        Principal: { Federated: provider },
        Action: [action],
        Resource: '*',
      });
    }),
    DWP,
  );
  expect(found).toContainEqual(expect.stringContaining('not judged'));
});
