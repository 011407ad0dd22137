/** That what caps the roles takes nothing away from any of them, and leaves none more than is its own. */
import { type MadeRole, worldOf } from '../../lib/assembly';
import { callerOf } from '../../lib/iam/caller';
import { decide } from '../../lib/iam/decide';
import { environmentOf } from '../../lib/iam/environment';
import { compile, type Policy } from '../../lib/iam/policy';
import { requestOf } from '../../lib/iam/request';
import { memberRolesBoundary, zoneRolesBoundary } from '../../lib/policy/role-boundaries';
import { synthesised } from '../stacks/sample-assembly';
import { listed, type Statement } from './decision';
import { registerOf } from './sample-register';

const { zone } = registerOf();
const LEEDS = '100000000022';
const EVERYTHING = compile(
  { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
  { kind: 'identity', name: 'everything' },
);
const inLeeds = (document: object) =>
  compile(JSON.parse(JSON.stringify(document).replaceAll(`\${AWS::AccountId}`, LEEDS)), {
    kind: 'permissions boundary',
    name: 'boundary',
  });
const MEMBER = inLeeds(memberRolesBoundary(zone));

let roles: readonly MadeRole[];
beforeAll(() => {
  roles = worldOf(synthesised().assembly).roles;
});

interface Asked {
  readonly arn: string;
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string>>;
}

function verdict({ arn, action, resource, context = {} }: Asked, identity: Policy, boundary?: Policy) {
  const inArn = resource.split(':')[4] ?? '';
  const request = requestOf({
    caller: callerOf({ type: 'role', arn, session: 's' }),
    action,
    resource,
    resourceAccount: inArn === '' ? (arn.split(':')[4] ?? '') : inArn,
    context,
  });
  // Where keys and roles are asked for, they leave it to the account.
  const own = compile(
    {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: arn.split(':')[4] },
          Action: action.startsWith('sts:') ? 'sts:AssumeRole' : '*',
          ...(!action.startsWith('sts:') && { Resource: '*' }),
        },
      ],
    },
    {
      kind: action.startsWith('sts:') ? 'trust' : resource.includes(':key/') ? 'key' : 'resource',
      name: 'own',
    },
  );
  const { verdict: found } = decide(
    request,
    environmentOf({
      identity: [identity],
      ...(boundary && { boundary }),
      ...(/:key\/| sts:/.test(`${resource} ${action}`) && { resource: own }),
    }),
  );
  return found;
}

/** One request for each action and resource of a statement, as its conditions ask for it. */
function requestsOf({ arn, account }: MadeRole, statement: Statement): Asked[] {
  const context: Record<string, string> = {};
  for (const [operator, keys] of Object.entries(statement.Condition ?? {}))
    for (const [key, values] of Object.entries(keys)) {
      if (key === 'aws:ResourceOrgID' || operator === 'DateLessThan') continue;
      context[key] = concrete(listed(values as string | readonly string[])[0] ?? '', account);
    }
  return statement.Action.flatMap((action) =>
    listed(statement.Resource ?? []).map((resource) => ({
      arn,
      action,
      resource: concrete(resource, account),
      context: {
        ...context,
        'aws:ResourceOrgID': zone.awsOrganizationId,
        'aws:CurrentTime': '2026-11-28T00:00:00Z',
      },
    })),
  );
}

function concrete(pattern: string, account: string): string {
  return pattern
    .replace(/^(arn:aws:[a-z0-9-]+:[^:]*:)\*:/, `$1${account}:`)
    .replaceAll('?', 'f')
    .replaceAll('*', 'x');
}

it('takes nothing away from any role that the templates make', () => {
  let asked = 0;
  const taken: string[] = [];
  for (const role of roles) {
    const { boundary, identity } = role;
    if (boundary === undefined) continue;
    for (const policy of identity)
      for (const statement of (policy.document as { Statement: Statement[] }).Statement)
        for (const each of requestsOf(role, statement)) {
          expect([each, verdict(each, policy)]).toEqual([each, 'allowed']);
          asked++;
          if (verdict(each, policy, boundary) !== 'allowed')
            taken.push(`${role.place} ${statement.Sid} ${each.action} ${each.resource}`);
        }
  }
  expect(taken).toEqual([]);
  expect(asked).toBeGreaterThan(500);
});

/** What a grant gives. */
const GRANTED = ['CollectThroughAccessPoints kms:DescribeKey'];

it('leaves nothing that no role needs, but what a grant gives', () => {
  const needed = new Set<string>();
  const all = new Set<string>();
  for (const role of roles) {
    const { boundary, identity } = role;
    if (boundary === undefined) continue;
    const parts = (boundary.document as { Statement: Statement[] }).Statement;
    const asked = identity.flatMap((policy) =>
      (policy.document as { Statement: Statement[] }).Statement.flatMap((each) => requestsOf(role, each)),
    );
    for (const part of parts) {
      const alone = compile(
        { Version: '2012-10-17', Statement: [part] },
        { kind: 'permissions boundary', name: 'part' },
      );
      for (const action of part.Action) all.add(`${part.Sid} ${action}`);
      for (const each of asked)
        if (part.Action.includes(each.action) && verdict(each, EVERYTHING, alone) === 'allowed')
          needed.add(`${part.Sid} ${each.action}`);
    }
  }
  expect([...all].filter((each) => !needed.has(each)).sort()).toEqual(GRANTED);
});

it('caps every role in members’ accounts and the operator’s, and none that is handed over', () => {
  const external = roles.filter(({ place }) => place.startsWith('Organisation-example-routing/'));
  expect(external.length).toBeGreaterThan(0);
  expect(roles.filter(({ boundary }) => boundary === undefined)).toEqual(external);
});

const role = (name: string) => `arn:aws:iam::${LEEDS}:role/concordat/${name}`;
const BUCKET = `arn:aws:s3:::concordat-exchange-${LEEDS}-eu-west-2-an`;
const KEY = `arn:aws:kms:eu-west-2:${LEEDS}:key/abc`;
const POINT = `arn:aws:s3:eu-west-2:${LEEDS}:accesspoint/0123456789ab--camden`;
const VIA_S3 = { 'kms:ViaService': 's3.eu-west-2.amazonaws.com' };

type Row = [names: string, action: string, resource: string, context?: Asked['context']];

/** What each role has, and each other that was given it must not. */
const OWN: readonly Row[] = [
  ['deposit', 's3:PutObject', `${BUCKET}/agreements/a/x`],
  ['deposit', 's3:DeleteObject', `${BUCKET}/agreements/a/x`],
  ['deposit malware-scan', 's3:ListBucket', BUCKET],
  ['collect', 's3:GetObject', `${POINT}/object/agreements/a/x`],
  ['receipts', 's3:GetObject', `arn:aws:s3:::concordat-ledger-${zone.accounts.zone}-eu-west-2-an/receipts/x`],
  ['malware-scan', 's3:PutObjectTagging', `${BUCKET}/agreements/a/x`],
  ['malware-scan', 's3:GetObject', `${BUCKET}/agreements/a/x`],
  ['malware-scan', 's3:PutObject', `${BUCKET}/malware-protection-resource-validation-object`],
  ['malware-scan', 's3:PutBucketNotification', BUCKET],
  [
    'malware-scan',
    'events:PutRule',
    `arn:aws:events:eu-west-2:${LEEDS}:rule/DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3x`,
  ],
  ['collect deposit malware-scan receipts', 'kms:Decrypt', KEY, VIA_S3],
  ['collect grant-broker', 'kms:DescribeKey', KEY],
  ['grant-broker', 'kms:CreateGrant', KEY],
  ['grant-broker', 's3:PutAccessPointPolicy', POINT],
  ['grant-broker', 'iam:PutRolePolicy', role('concordat-collect')],
  ['grant-broker', 'iam:PutRolePolicy', role('concordat-receipts')],
  ['grant-broker', 'ssm:PutParameter', `arn:aws:ssm:eu-west-2:${LEEDS}:parameter/concordat/stops/x`],
  ['grant-broker', 'ssm:GetParametersByPath', `arn:aws:ssm:eu-west-2:${LEEDS}:parameter/concordat/stops`],
  [
    'grant-broker',
    'cloudformation:DescribeStacks',
    `arn:aws:cloudformation:eu-west-2:${LEEDS}:stack/Organisation-leeds/0123`,
  ],
  [
    'grant-broker',
    'logs:PutLogEvents',
    `arn:aws:logs:eu-west-2:${LEEDS}:log-group:/aws/lambda/concordat-grant-broker:log-stream:x`,
  ],
  ['stop lift', 'lambda:InvokeFunction', `arn:aws:lambda:eu-west-2:${LEEDS}:function:concordat-grant-broker`],
];
const PURPOSES = ['collect', 'deposit', 'grant-broker', 'lift', 'malware-scan', 'receipts', 'stop', 'fresh'];

it.each<Row>(OWN)('leaves %s, and no other role, %s on %s', (names, action, resource, context = {}) => {
  for (const purpose of PURPOSES) {
    const asked = { arn: role(`concordat-${purpose}`), action, resource, context };
    const expected = names.split(' ').includes(purpose) ? 'allowed' : 'implicitly denied';
    expect([purpose, verdict(asked, EVERYTHING, MEMBER)]).toEqual([purpose, expected]);
  }
});

it.each([
  ['iam:PutRolePolicy', role('concordat-grant-broker')],
  ['iam:PutRolePolicy', role('concordat-malware-scan')],
  ['iam:PutRolePolicy', `arn:aws:iam::${LEEDS}:role/administrator`],
  ['iam:CreateRole', role('concordat-fresh')],
  ['iam:AttachRolePolicy', role('concordat-collect')],
  ['iam:DeleteRolePolicy', role('concordat-collect')],
  ['ssm:DeleteParameter', `arn:aws:ssm:eu-west-2:${LEEDS}:parameter/concordat/stops/x`],
  ['iam:DeleteRolePermissionsBoundary', role('concordat-collect')],
  ['iam:CreatePolicyVersion', `arn:aws:iam::${LEEDS}:policy/concordat-member-roles-boundary`],
  ['iam:PassRole', role('concordat-collect')],
  ['sts:AssumeRole', role('concordat-deposit')],
  ['kms:PutKeyPolicy', KEY],
  ['kms:Decrypt', KEY],
  ['s3:PutBucketPolicy', BUCKET],
  ['lambda:UpdateFunctionCode', `arn:aws:lambda:eu-west-2:${LEEDS}:function:concordat-grant-broker`],
])('leaves no role of a member %s on %s', (action, resource) => {
  for (const purpose of PURPOSES)
    expect(verdict({ arn: role(`concordat-${purpose}`), action, resource }, EVERYTHING, MEMBER)).toBe(
      'implicitly denied',
    );
});

describe('in the operator’s account', () => {
  const { zone: account } = zone.accounts;
  const boundary = compile(
    JSON.parse(JSON.stringify(zoneRolesBoundary(zone)).replaceAll(`\${AWS::AccountId}`, account)),
    { kind: 'permissions boundary', name: 'boundary' },
  );
  const bucket = (which: string) => `arn:aws:s3:::concordat-${which}-${account}-eu-west-2-an`;
  const table = (name: string) => `arn:aws:dynamodb:eu-west-2:${account}:table/concordat-${name}`;
  const key = `arn:aws:kms:eu-west-2:${account}:key/abc`;

  it.each<Row>([
    ['transfer-audit', 's3:GetObject', `${bucket('logs')}/AWSLogs/x`],
    ['transfer-audit ledger-seal', 's3:ListBucket', bucket('ledger')],
    ['transfer-audit', 's3:ListBucket', bucket('logs')],
    ['transfer-audit ledger-seal', 's3:PutObject', `${bucket('ledger')}/index/x`],
    ['ledger-seal', 's3:PutObject', `${bucket('ledger')}/entries/x`],
    ['transfer-audit', 'dynamodb:PutItem', table('staging')],
    ['ledger-seal', 'dynamodb:UpdateItem', table('staging')],
    ['transfer-audit', 'dynamodb:UpdateItem', table('transfers')],
    ['transfer-audit', 'sqs:ReceiveMessage', `arn:aws:sqs:eu-west-2:${account}:concordat-log-files`],
    ['ledger-seal', 'kms:Sign', key],
    ['transfer-audit ledger-seal', 'kms:Decrypt', key, VIA_S3],
    ['stop-all', 'sts:AssumeRole', `arn:aws:iam::${account}:role/concordat/concordat-stop`],
    ['', 'sts:AssumeRole', `arn:aws:iam::${account}:role/concordat/concordat-lift`],
    ['', 'kms:Decrypt', key],
    ['', 'dynamodb:DeleteItem', table('staging')],
    ['', 's3:DeleteObject', `${bucket('ledger')}/entries/x`],
    ['', 'iam:PutRolePolicy', `arn:aws:iam::${account}:role/concordat/concordat-ledger-seal`],
  ])('leaves %s, and no other role, %s on %s', (names, action, resource, context = {}) => {
    for (const purpose of ['transfer-audit', 'ledger-seal', 'stop-all', 'fresh']) {
      const arn = `arn:aws:iam::${account}:role/concordat/concordat-${purpose}`;
      const expected = names.split(' ').includes(purpose) ? 'allowed' : 'implicitly denied';
      expect([purpose, verdict({ arn, action, resource, context }, EVERYTHING, boundary)]).toEqual([
        purpose,
        expected,
      ]);
    }
  });
});
