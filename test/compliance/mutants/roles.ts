/** Changes that checks must find: of roles: who takes them on, and what they may do at most. */
import { add, allow, documentOf, of, statement } from '../template-edits';
import { writing } from './mutant';
import { collect, DWP, ROLE, ROOT } from './sample-parts';

const { mutant, mutants, on } = writing();

on('IAM-TRUST', DWP);
mutant('somebody who is not declared deposits', (t) =>
  of(t, ROLE, 'Deposit').AssumeRolePolicyDocument.Statement[0].Condition.ArnEquals['aws:PrincipalArn'].push(
    'arn:aws:iam::100000000011:role/somebody',
  ),
);
mutant('the whole account collects', (t) => {
  delete of(t, ROLE, 'Collect').AssumeRolePolicyDocument.Statement[0].Condition;
});
mutant('another account collects', (t) => {
  of(t, ROLE, 'Collect').AssumeRolePolicyDocument.Statement[0].Principal = { AWS: '100000000021' };
});
mutant('people take on the broker’s role', (t) =>
  allow(of(t, ROLE, 'KeyGrants').AssumeRolePolicyDocument, { Principal: ROOT, Action: 'sts:AssumeRole' }),
);
mutant('an identity provider hands out the role', (t) =>
  allow(of(t, ROLE, 'Collect').AssumeRolePolicyDocument, {
    Principal: { Federated: 'accounts.example' },
    Action: 'sts:AssumeRoleWithWebIdentity',
  }),
);
on('IAM-ADMIN', DWP);
mutant(
  'a role may do everything',
  (t) => allow(collect(t), { Action: ['*'], Resource: ['*'] }),
  'IAM-FULL',
  'KMS-IAM',
  'DDB-APPEND',
);
mutant(
  'a role may do everything but',
  (t) =>
    allow(collect(t), {
      NotAction: ['iam:*'],
      Resource: ['arn:aws:s3:::concordat-exchange-100000000011-eu-west-2-an'],
    }),
  'IAM-FULL',
  'KMS-IAM',
  'IAM-BOUND',
);
on('IAM-FULL', DWP);
mutant('a role has all of S3', (t) => {
  statement(collect(t), 'List').Action = ['s3:*'];
});
on('IAM-WILD', DWP);
mutant('a pattern of actions', (t) => {
  statement(collect(t), 'List').Action = ['s3:List*'];
});
mutant('any bucket', (t) => {
  statement(documentOf(of(t, ROLE, 'Deposit')), 'SeeTheVerdict').Resource = ['arn:aws:s3:::*/agreements/*'];
});
mutant('access points outside the AWS organisation', (t) => {
  delete statement(collect(t), 'List').Condition.StringEquals;
});
mutant('any table', (t) =>
  allow(collect(t), {
    Action: ['dynamodb:GetItem'],
    Resource: ['arn:aws:dynamodb:eu-west-2:100000000011:table/*'],
  }),
);
on('IAM-AWSMAN', DWP);
mutant('AWS writes a role’s policy', (t) => {
  of(t, ROLE).ManagedPolicyArns = ['arn:aws:iam::aws:policy/ReadOnlyAccess'];
});
on('IAM-NOUSER', DWP);
mutant('there is a user', (t) => add(t, 'AWS::IAM::User', {}));
mutant('there is an access key', (t) => add(t, 'AWS::IAM::AccessKey', { UserName: 'somebody' }));
on('IAM-INLINE', DWP);
mutant('a policy stands apart', (t) =>
  add(t, 'AWS::IAM::Policy', { PolicyDocument: { Statement: [] }, Roles: ['concordat-collect'] }),
);
mutant('a role has a policy from elsewhere', (t) => {
  of(t, ROLE).ManagedPolicyArns = ['arn:aws:iam::100000000011:policy/elsewhere'];
});
on('IAM-BOUND', DWP);
mutant('a role changes roles', (t) =>
  allow(collect(t), {
    Action: ['iam:PutRolePolicy'],
    Resource: ['arn:aws:iam::100000000011:role/concordat/concordat-collect'],
  }),
);
mutant('a role takes on another', (t) =>
  allow(collect(t), {
    Action: ['sts:AssumeRole'],
    Resource: ['arn:aws:iam::100000000011:role/concordat/concordat-deposit'],
  }),
);
mutant('the grant broker takes on a role', (t) =>
  allow(documentOf(of(t, ROLE, 'Broker')), {
    Action: ['sts:AssumeRole'],
    Resource: ['arn:aws:iam::100000000011:role/concordat/concordat-deposit'],
  }),
);
mutant('the grant broker puts a policy on its own role', (t) =>
  allow(documentOf(of(t, ROLE, 'Broker')), {
    Action: ['iam:PutRolePolicy'],
    Resource: ['arn:aws:iam::100000000011:role/concordat/concordat-grant-broker'],
  }),
);
on('IAM-CAP', DWP);
mutant('a role has no boundary', (t) => {
  delete of(t, ROLE, 'Collect').PermissionsBoundary;
});
mutant('a role has a boundary that AWS writes', (t) => {
  of(t, ROLE, 'Broker').PermissionsBoundary = 'arn:aws:iam::aws:policy/AdministratorAccess';
});
mutant('a role has the boundary of the operator’s', (t) => {
  of(t, ROLE, 'Broker').PermissionsBoundary =
    'arn:aws:iam::100000000011:policy/concordat-zone-roles-boundary';
});
on('IAM-SESSION', DWP);
mutant('a session lasts half a day', (t) => {
  of(t, ROLE).MaxSessionDuration = 43200;
});

export const ROLES = mutants;
