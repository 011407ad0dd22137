/**
 * That a baseline which gives anybody more, or lacks what every account is to begin with, is a finding of the proof; and that
 * one in other words is none.
 */
import { stackSetTemplate, worldOf } from '../../lib/assembly';
import { baselineProof } from '../../lib/proof/baseline/baseline';
import { rightLines } from '../../lib/proof/rights/in-words';
import { settingLines } from '../../lib/proof/settings/in-words';
import { changed, sample } from './world';

interface Statement {
  Sid?: string;
  Effect: string;
  Principal?: unknown;
  Action?: unknown;
  Resource?: unknown;
  Condition?: unknown;
}
interface Resource {
  Type: string;
  Properties: Record<string, unknown> & {
    AssumeRolePolicyDocument: { Statement: Statement[] };
    PolicyDocument: { Statement: Statement[] };
    Policies: { PolicyDocument: { Statement: Statement[] } }[];
  };
}
type Body = Record<string, Resource>;

/** What is found once the template in the StackSet is changed. */
function found(change: (body: Body) => void, stack: 'Baseline' | 'Budgets' = 'Baseline'): string[] {
  const edited = changed(stack, (resources) => {
    const [one] = Object.values(resources).filter(({ Type }) => Type === 'AWS::CloudFormation::StackSet');
    const properties = one?.Properties as unknown as { TemplateBody: string };
    const template = stackSetTemplate(properties.TemplateBody) as { Resources: Body };
    change(template.Resources);
    properties.TemplateBody = JSON.stringify(template);
  });
  return linesOf(edited);
}

function linesOf(assembly: Parameters<typeof worldOf>[0]): string[] {
  const { answers, settings, rights } = baselineProof(worldOf(assembly));
  return [
    ...answers.map(
      ({ kind, question: { asker, action, target } }) =>
        `${kind}: ${asker.as?.arn ?? asker.caller.name} ${action} ${target.arn}`,
    ),
    ...settings.map((each) => settingLines(each)[0] ?? ''),
    ...rights.map((each) => rightLines(each)[0] ?? ''),
  ];
}

const resource = (body: Body, id: string): Resource => {
  const one = body[id];
  if (one === undefined) throw new Error(`there is no ${id}`);
  return one;
};
const trust = (body: Body, id: string) =>
  resource(body, id).Properties.AssumeRolePolicyDocument.Statement[0] as Statement;
const statements = (body: Body, id: string) => resource(body, id).Properties.PolicyDocument.Statement;
const rights = (body: Body, id: string) => {
  const [policy] = resource(body, id).Properties.Policies;
  if (policy === undefined) throw new Error(`${id} has no policy`);
  return policy.PolicyDocument.Statement;
};
const drop = (list: Statement[], sid: string) => {
  const at = list.findIndex((each) => each.Sid === sid);
  if (at < 0) throw new Error(`there is no ${sid}`);
  list.splice(at, 1);
};

/** Sets for how many days the first bucket that says it keeps something. */
function keepFor(body: Body, setting: RegExp, days: number): void {
  const text = JSON.stringify(body);
  const other = text.replace(setting, (found) => found.replace(/\d+/, String(days)));
  if (other === text) throw new Error(`nothing has ${setting.source}`);
  Object.assign(body, JSON.parse(other));
}

it('finds nothing in the sample', () => {
  expect(linesOf(sample())).toEqual([]);
});

it.each<[string, (body: Body) => void, RegExp]>([
  [
    'another account takes on the role that uploads',
    (body) => {
      trust(body, 'FilePublishingRole').Principal = {
        AWS: ['arn:aws:iam::100000000003:root', 'arn:aws:iam::100000000031:root'],
      };
      trust(body, 'FilePublishingRole').Condition = undefined;
    },
    /^extra: arn:aws:iam::100000000031:\S+ sts:AssumeRole .*file-publishing/,
  ],
  [
    'whoever gives an external id deploys',
    (body) => {
      const one = trust(body, 'DeployRole');
      const { Null: _, ...rest } = one.Condition as Record<string, unknown>;
      one.Condition = rest;
    },
    /^extra: arn:aws:iam::100000000003:role\/deployment sts:AssumeRole .*deploy-role/,
  ],
  [
    'those who deploy no longer can',
    (body) => {
      trust(body, 'DeployRole').Principal = { AWS: ['arn:aws:iam::100000000002:root'] };
    },
    /^missing: arn:aws:iam::100000000003:role\/deployment sts:AssumeRole/,
  ],
  [
    'AWS Config of any account takes on its role',
    (body) => {
      trust(body, 'ConfigRole').Condition = undefined;
    },
    /^extra: config\.amazonaws\.com sts:AssumeRole/,
  ],
  [
    'AWS Config may not write what it records',
    (body) => {
      resource(body, 'ConfigRole').Properties.Policies = [];
    },
    /^missing: role\/concordat\/concordat-config of each account cannot do s3:PutObject/,
  ],
  [
    'CloudFormation works without a boundary',
    (body) => {
      resource(body, 'ExecutionRole').Properties.PermissionsBoundary = undefined;
    },
    /^set otherwise: .*cfn-exec.* has PermissionsBoundary: nothing$/,
  ],
  [
    'CloudFormation works with a policy of AWS’s besides',
    (body) => {
      resource(body, 'ExecutionRole').Properties.ManagedPolicyArns = [
        'arn:aws:iam::aws:policy/IAMFullAccess',
      ];
    },
    /^not judged: .*cfn-exec.* has ManagedPolicyArns/,
  ],
  [
    'CloudFormation decrypts',
    (body) => {
      rights(body, 'ExecutionRole').push({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' });
    },
    /^extra: .*cfn-exec.* is given kms:Decrypt/,
  ],
  [
    'CloudFormation makes roles without a boundary',
    (body) => {
      for (const each of rights(body, 'ExecutionRole'))
        if ([each.Action].flat().includes('iam:CreateRole')) each.Condition = undefined;
    },
    /^extra: .*cfn-exec.* is given iam:CreateRole/,
  ],
  [
    'a deployment takes what was there into a stack',
    (body) => {
      for (const each of rights(body, 'DeployRole'))
        if ([each.Action].flat().includes('cloudformation:CreateChangeSet')) each.Condition = undefined;
    },
    /^extra: .*deploy-role.* is given cloudformation:CreateChangeSet/,
  ],
  ...[
    ['DenyRolesOtherThanTheLandingZones', 'iam:'],
    ['DenyRolesWithoutTheirBoundary', 'iam:CreateRole'],
    ['DenyTakingBoundariesAway', 'iam:DeleteRolePermissionsBoundary'],
    ['DenyObjectsOtherThanAssets', 's3:GetObject'],
    ['DenyUsingKeysButThroughTablesAndAssets', 'kms:Decrypt'],
  ].map(([sid = '', action = '']): [string, (body: Body) => void, RegExp] => [
    `the boundary of the deployment is without ${sid}`,
    (body) => drop(statements(body, 'Boundary'), sid),
    new RegExp(`^extra: .*cfn-exec.* is given ${action}`),
  ]),
  [
    'the boundary of members lets depositors do all to the bucket',
    (body) => {
      const one = statements(body, 'MemberRolesBoundary').find(({ Sid }) => Sid === 'DepositAndRecall');
      if (one) one.Action = [...(one.Action as string[]), 's3:Put*'];
    },
    /^extra: role\/concordat\/concordat-deposit of each account is given s3:PutFresh/,
  ],
  [
    'the boundary of the zone lets any role seal',
    (body) => {
      const one = statements(body, 'ZoneRolesBoundary').find(({ Sid }) => Sid === 'SealWhatIsStaged');
      if (one) one.Condition = undefined;
    },
    /^extra: role\/concordat\/concordat-fresh of each account is given kms:Sign/,
  ],
  ...(
    [
      ['dynamodb', 'table/concordat-transfers', 'dynamodb:GetItem'],
      ['dynamodb', 'table/concordat-staging', 'dynamodb:(?:PutItem|Query)'],
      ['sqs', 'concordat-log-files', 'sqs:ReceiveMessage'],
      ['kms', 'key/*', 'kms:(?:Sign|Decrypt)'],
    ] as const
  ).map(([service, rest, action]): [string, (body: Body) => void, RegExp] => [
    `the boundary of the zone lets its functions use ${rest} of a neighbour`,
    (body) => {
      for (const each of statements(body, 'ZoneRolesBoundary')) {
        const neighbours = `arn:aws:${service}:eu-west-2:100000000031:${rest}`;
        const isOf = (one: unknown) => JSON.stringify(one).includes(`:${rest}"`);
        each.Resource = (each.Resource as unknown[]).flatMap((one) =>
          isOf(one) ? [one, neighbours] : [one],
        );
      }
    },
    new RegExp(`^extra: role/concordat/\\S+ of each account is given ${action},`),
  ]),
  [
    'a member reads what is to be deployed',
    (body) => {
      statements(body, 'StagingBucketPolicy').push({
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::100000000031:root' },
        Action: 's3:GetObject*',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation puts in the account.
        Resource: { 'Fn::Sub': 'arn:aws:s3:::cdk-concordat-assets-${AWS::AccountId}-eu-west-2-an/*' },
      });
    },
    /^extra: arn:aws:iam::100000000031:\S+ s3:GetObject/,
  ],
  [
    'whoever looks may upload',
    (body) => drop(statements(body, 'StagingBucketPolicy'), 'DenyWritingToAllButThePublishingRole'),
    /^extra: arn:aws:iam::999999999996:\S+ s3:PutObject/,
  ],
  ...[2, 40_000].flatMap((days): [string, (body: Body) => void, RegExp][] =>
    [/NoncurrentDays":\d+/, /DaysAfterInitiation":\d+/, /ExpirationInDays":\d+/].map((setting) => [
      `a bucket has ${setting.source.replace(/\W.*/, '')} of ${days}`,
      (body) => keepFor(body, setting, days),
      / has LifecycleConfiguration/,
    ]),
  ),
  [
    'the bucket of assets may become public',
    (body) => {
      const block = resource(body, 'StagingBucket').Properties.PublicAccessBlockConfiguration;
      (block as Record<string, boolean>).RestrictPublicBuckets = false;
    },
    /^set otherwise: .*cdk-concordat-assets.* has PublicAccessBlockConfiguration.RestrictPublicBuckets: false$/,
  ],
  [
    'AWS Config records no keys',
    (body) => {
      const { RecordingGroup } = resource(body, 'ConfigRecorder').Properties as unknown as {
        RecordingGroup: { ResourceTypes: string[] };
      };
      RecordingGroup.ResourceTypes = RecordingGroup.ResourceTypes.filter((each) => !each.includes('KMS'));
    },
    /^set otherwise: .*ConfigurationRecorder.* has RecordingGroup.ResourceTypes/,
  ],
  [
    'one rule is gone',
    (body) => {
      delete body.S3BucketPublicReadProhibited;
    },
    /^missing: .*AWS::Config::ConfigRule concordat-s3-bucket-public-read-prohibited/,
  ],
  [
    'every account has one more role',
    (body) => {
      body.Helper = structuredClone(resource(body, 'LookupRole'));
      body.Helper.Properties.RoleName = 'it-support';
    },
    /^not judged: .*Helper is AWS::IAM::Role it-support, which nothing in the register asks for/,
  ],
  [
    'a bucket has its policy twice',
    (body) => {
      body.AnotherPolicy = structuredClone(resource(body, 'ConfigBucketPolicy'));
    },
    /^not judged: .*AnotherPolicy is AWS::S3::BucketPolicy .*which nothing in the register asks for/,
  ],
  [
    'the bootstrap says that it is too old for anything to be deployed',
    (body) => {
      (resource(body, 'BootstrapVersion').Properties as Record<string, unknown>).Value = '1';
    },
    /^set otherwise: .*AWS::SSM::Parameter .* has Value: "1"$/,
  ],
])('finds that %s', (_what, change, says) => {
  expect(found(change)).toContainEqual(expect.stringMatching(says));
});

it.each<[string, (body: Body) => void, RegExp]>([
  [
    'nobody is told of the cost',
    (body) => {
      delete body.Budget;
    },
    /^missing: .*AWS::Budgets::Budget concordat-monthly-/,
  ],
  [
    'somebody else is told of the cost',
    (body) => {
      const properties = JSON.stringify(resource(body, 'Budget').Properties);
      resource(body, 'Budget').Properties = JSON.parse(
        properties.replaceAll('costs@concordat.example', 'costs@another.example'),
      ) as Resource['Properties'];
    },
    /^set otherwise: .*AWS::Budgets::Budget .* has NotificationsWithSubscribers/,
  ],
  [
    'every account has one more role by the StackSet of budgets',
    (body) => {
      body.Helper = {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: 'it-support',
          AssumeRolePolicyDocument: { Statement: [] },
          Policies: [],
        } as unknown as Resource['Properties'],
      };
    },
    /^not judged: .*Helper is AWS::IAM::Role it-support, which nothing in the register asks for/,
  ],
])('finds in the StackSet of budgets that %s', (_what, change, says) => {
  expect(found(change, 'Budgets')).toContainEqual(expect.stringMatching(says));
});

it('takes other words for the same', () => {
  const reworded = found((body) => {
    for (const { Properties } of Object.values(body))
      for (const document of [Properties.PolicyDocument, Properties.Policies?.[0]?.PolicyDocument]) {
        document?.Statement.reverse();
        for (const each of document?.Statement ?? []) {
          delete each.Sid;
          if (Array.isArray(each.Action)) each.Action.reverse();
        }
      }
    const entries = Object.entries(body).reverse();
    for (const [id] of entries) delete body[id];
    Object.assign(body, Object.fromEntries(entries));
  });
  expect(reworded).toEqual([]);
});
