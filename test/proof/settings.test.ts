/**
 * That a proof fails where a template leaves out what the register asks for, sets it otherwise, or adds what nothing asks for;
 * and that it does not where an edit changes nothing of that.
 */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Assembly, openAssembly, worldOf } from '../../lib/assembly';
import { settingLines } from '../../lib/proof/settings/in-words';
import { settingFindings } from '../../lib/proof/settings/settings';
import { bundleDigests } from '../../lib/start/bundles';
import { type Edits, resourceOf, withEdited } from '../assembly/edited-copy';
import type { Json } from '../compliance/judged-sample';
import { sampleFolder, synthesised } from '../stacks/sample-assembly';

const LEEDS = 'Organisation-leeds.template.json';
const ZONE = 'Zone.template.json';
const MANIFEST = 'manifest.json';

const found = (edits: Edits) => foundIn(withEdited(sampleFolder(), edits));

function foundIn(assembly: Assembly): string[] {
  return settingFindings(worldOf(assembly), undefined, bundleDigests()).map(
    (each) => settingLines(each)[0] ?? '',
  );
}

/** The one resource of a type that a template has under a name. */
function named(template: Json, type: string, property: string, name: string): Json {
  const all = Object.values<Json>(template.Resources);
  const one = all.find(({ Type, Properties }) => Type === type && Properties[property] === name);
  if (one === undefined) throw new Error(`there is no ${type} ${name}`);
  return one;
}

const aFunction = (template: Json, name: string) =>
  named(template, 'AWS::Lambda::Function', 'FunctionName', name);
const anAlarm = (template: Json, name: string) =>
  named(template, 'AWS::CloudWatch::Alarm', 'AlarmName', name);

/** Takes a resource away, and all that waits for it goes on without. */
function drop(template: Json, type: string, id = ''): void {
  const one = resourceOf(template, type, id);
  const [logicalId = ''] = Object.entries(template.Resources).find(([, each]) => each === one) ?? [];
  delete template.Resources[logicalId];
}

/** Sets for how many days the bucket keeps what one of its rules is about. */
function keepFor(template: Json, path: readonly string[], days: number): void {
  const { Rules } = resourceOf(template, 'AWS::S3::Bucket').Properties.LifecycleConfiguration;
  const [first = '', last = first] = path;
  const rule = Rules.find((each: Json) => each[first] !== undefined);
  const group = path.length === 1 ? rule : rule[first];
  if (typeof group[last] !== 'number') throw new Error(`no rule has ${path.join('.')}`);
  group[last] = days;
}

test('of the sample, everything is made and set as the register asks', () => {
  expect(found({})).toEqual([]);
});

test.each<[string, Edits, RegExp]>([
  // How long a bucket keeps what nobody is to have any more: people are told, so it is neither shorter nor longer.
  ...[
    'NoncurrentVersionExpiration.NoncurrentDays',
    'AbortIncompleteMultipartUpload.DaysAfterInitiation',
    'ExpirationInDays',
  ].flatMap((path) =>
    [1, 40_000].map((days): [string, Edits, RegExp] => [
      `${path} of ${days}`,
      { [LEEDS]: (template) => keepFor(template, path.split('.'), days) },
      / has LifecycleConfiguration/,
    ]),
  ),
  // Roles.
  [
    'the receipts role of a recipient',
    { [LEEDS]: (template) => drop(template, 'AWS::IAM::Role', 'ReceiptsRole') },
    /^missing: no template makes AWS::IAM::Role concordat-receipts in account/,
  ],
  [
    'the role of the malware scan',
    { [LEEDS]: (template) => drop(template, 'AWS::IAM::Role', 'ScanRole') },
    /^missing: .* AWS::IAM::Role concordat-malware-scan/,
  ],
  // Functions.
  [
    'a function’s alias, which is a right',
    { [LEEDS]: (template) => drop(template, 'AWS::Lambda::Alias', 'Lift') },
    /^missing: .* AWS::Lambda::Alias concordat-grant-broker:lift/,
  ],
  [
    'a schedule that starts once a year',
    {
      [ZONE]: (template) => {
        resourceOf(template, 'AWS::Events::Rule', 'EachMinute').Properties.ScheduleExpression =
          'rate(365 days)';
      },
    },
    /^set otherwise: Zone\/.* has ScheduleExpression: "rate\(365 days\)"$/,
  ],
  [
    'a schedule that starts a function with another order',
    {
      [LEEDS]: (template) => {
        const [target] = resourceOf(template, 'AWS::Events::Rule', 'Hourly').Properties.Targets;
        target.Input = '{"lift":["*"]}';
      },
    },
    /^set otherwise: .* has Targets/,
  ],
  [
    'an environment variable that nothing reads',
    {
      [ZONE]: (template) => {
        aFunction(
          template,
          'concordat-ledger-seal',
        ).Properties.Environment.Variables.AWS_LAMBDA_EXEC_WRAPPER = '/opt/x';
      },
    },
    /^not judged: .* has Environment\.Variables\.AWS_LAMBDA_EXEC_WRAPPER/,
  ],
  [
    'an environment variable that is left out',
    {
      [ZONE]: (template) => {
        delete aFunction(template, 'concordat-transfer-audit').Properties.Environment.Variables
          .TRANSFERS_TABLE;
      },
    },
    /^set otherwise: .* has Environment\.Variables\.TRANSFERS_TABLE: nothing$/,
  ],
  [
    'a function without memory',
    {
      [ZONE]: (template) => {
        aFunction(template, 'concordat-transfer-audit').Properties.MemorySize = 128;
      },
    },
    /^set otherwise: .* has MemorySize: 128$/,
  ],
  [
    'a function in somebody’s network',
    {
      [LEEDS]: (template) => {
        aFunction(template, 'concordat-grant-broker').Properties.VpcConfig = { SubnetIds: ['subnet-1'] };
      },
    },
    /^not judged: .* has VpcConfig/,
  ],
  [
    'an event source that is off',
    {
      [ZONE]: (template) => {
        resourceOf(template, 'AWS::Lambda::EventSourceMapping').Properties.Enabled = false;
      },
    },
    /^set otherwise: .* has Enabled: false$/,
  ],
  [
    'a permission to call for a whole service',
    {
      [ZONE]: (template) => {
        delete resourceOf(template, 'AWS::Lambda::Permission', 'Sweep').Properties.SourceArn;
      },
    },
    /^set otherwise: .* has SourceArn: nothing$/,
  ],
  [
    'an address that anybody calls',
    {
      [LEEDS]: ({ Resources }) => {
        Resources.More = {
          Type: 'AWS::Lambda::Permission',
          Properties: {
            Action: 'lambda:InvokeFunctionUrl',
            FunctionName: 'concordat-grant-broker',
            Principal: '*',
            FunctionUrlAuthType: 'NONE',
          },
        };
      },
    },
    /^not judged: Organisation-leeds\/More is AWS::Lambda::Permission \* on concordat-grant-broker/,
  ],
  // Buckets, queues, topics, tables.
  [
    'a bucket that is listed elsewhere',
    {
      [LEEDS]: (template) => {
        resourceOf(template, 'AWS::S3::Bucket').Properties.MetadataTableConfiguration = {};
      },
    },
    /^not judged: .* has MetadataTableConfiguration/,
  ],
  [
    'old versions that go in a day',
    {
      [LEEDS]: (template) => {
        const [rule] = resourceOf(template, 'AWS::S3::Bucket').Properties.LifecycleConfiguration.Rules;
        rule.NoncurrentVersionExpiration.NoncurrentDays = 1;
      },
    },
    /^set otherwise: .* has LifecycleConfiguration\.Rules/,
  ],
  [
    'a lock of a day',
    {
      [ZONE]: (template) => {
        const { Rule } = resourceOf(template, 'AWS::S3::Bucket', 'Archive').Properties
          .ObjectLockConfiguration;
        Rule.DefaultRetention = { Mode: 'COMPLIANCE', Days: 1 };
      },
    },
    /ObjectLockConfiguration\.Rule\.DefaultRetention/,
  ],
  [
    'a queue that tries but once',
    {
      [ZONE]: (template) => {
        resourceOf(template, 'AWS::SQS::Queue', 'ArchiveQueue').Properties.RedrivePolicy.maxReceiveCount = 1;
      },
    },
    /^set otherwise: .* has RedrivePolicy\.maxReceiveCount: 1$/,
  ],
  [
    'a queue that would drop a message before it is set aside',
    {
      [ZONE]: (template) => {
        resourceOf(template, 'AWS::SQS::Queue', 'ArchiveQueue').Properties.RedrivePolicy.maxReceiveCount =
          500;
      },
    },
    /^set otherwise: .* has RedrivePolicy\.maxReceiveCount: 500$/,
  ],
  [
    'a gate’s queue that would drop a verdict before it is set aside',
    {
      [LEEDS]: (template) => {
        named(
          template,
          'AWS::SQS::Queue',
          'QueueName',
          'concordat-gate-verdicts',
        ).Properties.RedrivePolicy.maxReceiveCount = 500;
      },
    },
    /^set otherwise: .* has RedrivePolicy\.maxReceiveCount: 500$/,
  ],
  [
    'a queue that gives out again what failed after half a day',
    {
      [ZONE]: (template) => {
        resourceOf(template, 'AWS::SQS::Queue', 'ArchiveQueue').Properties.VisibilityTimeout = 43_200;
      },
    },
    /^set otherwise: .* has VisibilityTimeout: 43200$/,
  ],
  [
    'alarms that somebody else reads',
    {
      [LEEDS]: (template) => {
        resourceOf(template, 'AWS::SNS::Topic').Properties.Subscription.push({
          Protocol: 'email',
          Endpoint: 'somebody@elsewhere.example',
        });
      },
    },
    /^set otherwise: .* has Subscription/,
  ],
  [
    'a table that copies itself into another Region',
    {
      [ZONE]: (template) => {
        resourceOf(template, 'AWS::DynamoDB::Table').Properties.StreamSpecification = {
          StreamViewType: 'NEW_IMAGE',
        };
      },
    },
    /^not judged: .* has StreamSpecification/,
  ],
  [
    'a queue that goes with its stack',
    {
      [ZONE]: (template) => {
        resourceOf(template, 'AWS::SQS::Queue', 'ArchiveQueue').DeletionPolicy = 'Delete';
      },
    },
    /^set otherwise: .* has DeletionPolicy: "Delete"$/,
  ],
  [
    'an access point that stays when its share ends',
    {
      'Organisation-dwp.template.json': (template) => {
        resourceOf(template, 'AWS::S3::AccessPoint').DeletionPolicy = 'Retain';
      },
    },
    /^set otherwise: .* has DeletionPolicy: "Retain"$/,
  ],
  // Alarms.
  [
    'an alarm that tells nobody',
    {
      [LEEDS]: (template) => {
        anAlarm(template, 'concordat-grants-unexpected').Properties.ActionsEnabled = false;
      },
    },
    /^set otherwise: .* has ActionsEnabled: false$/,
  ],
  [
    'an alarm of which the topic is another',
    {
      [ZONE]: (template) => {
        anAlarm(template, 'concordat-ledger-damaged').Properties.AlarmActions = [
          'arn:aws:sns:eu-west-2:100000000021:concordat-security-alerts',
        ];
      },
    },
    /^set otherwise: .* has AlarmActions/,
  ],
  [
    'an alarm on another metric',
    {
      [ZONE]: (template) => {
        anAlarm(template, 'concordat-audit-unreadable').Properties.MetricName = 'Staged';
      },
    },
    /^set otherwise: .* has MetricName: "Staged"$/,
  ],
  [
    'an alarm that waits for a day',
    {
      [ZONE]: (template) => {
        Object.assign(anAlarm(template, 'concordat-logs-dead-letters').Properties, {
          EvaluationPeriods: 288,
        });
      },
    },
    /^set otherwise: .* has (?:EvaluationPeriods|DatapointsToAlarm): 288$/,
  ],
  [
    'a rule that passes over a call',
    {
      [LEEDS]: (template) => {
        resourceOf(
          template,
          'AWS::Events::Rule',
          'SecurityChanges',
        ).Properties.EventPattern.detail.eventName.pop();
      },
    },
    /^set otherwise: .* has EventPattern\.detail\.eventName/,
  ],
  // The management account, and stacks.
  [
    'a trail that leaves out a bucket',
    {
      'Trail.template.json': (template) => {
        const [, { FieldSelectors }] = resourceOf(template, 'AWS::CloudTrail::Trail').Properties
          .AdvancedEventSelectors;
        FieldSelectors[2].NotStartsWith = ['arn:aws:s3:::concordat-exchange-100000000022'];
      },
    },
    /^not judged: .* has AdvancedEventSelectors\.1\.FieldSelectors\.2\.NotStartsWith/,
  ],
  [
    'a guardrail that is attached nowhere',
    {
      'Guardrails.template.json': (template) => {
        delete resourceOf(template, 'AWS::Organizations::Policy', 'Perimeter').Properties.TargetIds;
      },
    },
    /^set otherwise: .* has TargetIds: nothing$/,
  ],
  [
    'a StackSet that leaves accounts without what they begin with',
    {
      'Baseline.template.json': (template) => {
        resourceOf(template, 'AWS::CloudFormation::StackSet').Properties.AutoDeployment.Enabled = false;
      },
    },
    /^set otherwise: .* has AutoDeployment\.Enabled: false$/,
  ],
  [
    'a stack that whoever deploys it deploys with all that they may',
    {
      [MANIFEST]: ({ artifacts }) => {
        delete artifacts['Organisation-leeds'].properties.cloudFormationExecutionRoleArn;
      },
    },
    /^set otherwise: manifest\.json .* has cloudFormationExecutionRoleArn: nothing$/,
  ],
])('%s is found', (_, edits, first) => {
  expect(found(edits)).toContainEqual(expect.stringMatching(first));
});

test('an alarm more is no fault while it tells the account’s own topic alone', () => {
  const more = (change: (properties: Json) => void): Edits => ({
    [LEEDS]: (template) => {
      const copy: Json = structuredClone(anAlarm(template, 'concordat-grants-failing'));
      Object.assign(copy.Properties, { AlarmName: 'more', Threshold: 5 });
      change(copy.Properties);
      template.Resources.More = copy;
    },
  });
  expect(found(more(() => undefined))).toEqual([]);
  expect(
    found(
      more((properties) => {
        properties.OKActions = ['arn:aws:lambda:eu-west-2:100000000021:function:theirs'];
      }),
    ),
  ).toEqual([expect.stringMatching(/^not judged: Organisation-leeds\/More .* has OKActions/)]);
});

test('a function that would run the code of another is found', () => {
  const edits: Edits = {
    [ZONE]: (template) => {
      const { Code } = aFunction(template, 'concordat-transfer-audit').Properties;
      aFunction(template, 'concordat-ledger-seal').Properties.Code = Code;
    },
  };
  expect(found(edits)).toEqual([expect.stringMatching(/concordat-ledger-seal\) would run other code/)]);
});

test('code that was changed under its old name is found', () => {
  const { folder, zone } = synthesised({ own: true });
  const sealer = aFunction({ Resources: zone.resources }, 'concordat-ledger-seal');
  const asset = `asset.${sealer.Properties.Code.S3Key.replace('.zip', '')}`;
  appendFileSync(join(folder, asset, 'index.mjs'), '\n// more');
  expect(foundIn(openAssembly(folder))).toContainEqual(
    expect.stringMatching(/^not judged: .*concordat-ledger-seal\) is to be made of an asset/),
  );
});

test.each<[string, Edits]>([
  [
    'tags and words for people',
    {
      [ZONE]: (template) => {
        const { Properties } = anAlarm(template, 'concordat-audit-violations');
        Object.assign(Properties, {
          AlarmDescription: 'Look at once.',
          Tags: [{ Key: 'team', Value: 'audit' }],
        });
      },
    },
  ],
  [
    'an ARN written out, and numbers as text',
    {
      [LEEDS]: (template) => {
        const { Properties } = aFunction(template, 'concordat-grant-broker');
        const account: string =
          /::(\d{12}):/.exec(Properties.Environment.Variables.BROKER_ROLE_ARN)?.[1] ?? '';
        Properties.Role = `arn:aws:iam::${account}:role/concordat/concordat-grant-broker`;
        Properties.Timeout = '900';
      },
    },
  ],
  [
    'another order, and a dashboard',
    {
      [ZONE]: (template) => {
        resourceOf(
          template,
          'AWS::Events::Rule',
          'SecurityChanges',
        ).Properties.EventPattern.detail.eventName.reverse();
        template.Resources.Shown = {
          Type: 'AWS::CloudWatch::Dashboard',
          Properties: { DashboardBody: '{}' },
        };
      },
    },
  ],
  [
    'more time and memory, and logs that are kept for longer',
    {
      [ZONE]: (template) => {
        Object.assign(aFunction(template, 'concordat-ledger-seal').Properties, {
          Timeout: 180,
          MemorySize: 2048,
        });
        resourceOf(template, 'AWS::Logs::LogGroup').Properties.RetentionInDays = 731;
      },
    },
  ],
])('%s: nothing is found', (_, edits) => {
  expect(found(edits)).toEqual([]);
});
