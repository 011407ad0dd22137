/** Every mutant of a template as a whole: its other sections, and resources that are put in. */
import type { Assembly, AssemblyStack } from '../../../lib/assembly';
import type { Json } from '../../compliance/judged-sample';
import { STRANGER } from '../json-statement';
import type { WholeMutant } from './whole-mutant';
import { neighbourOf } from './whole-mutants';

type Change = readonly [kind: string, how: string, path: string, edit: (template: Json) => void];

/** Every one. */
export function templateMutants(source: Assembly, stack: AssemblyStack): WholeMutant[] {
  const { file, account } = stack;
  return [...SECTIONS, ...added(neighbourOf(source, account))].map(
    ([kind, how, path, edit]): WholeMutant => ({
      sort: 'template',
      type: 'template',
      place: file,
      account,
      kind,
      how,
      path,
      edit: { in: 'files', edits: { [file]: edit } },
    }),
  );
}

const SECTIONS: readonly Change[] = [
  ['section', 'rewritten by a macro', 'Transform', (t) => (t.Transform = ['ConcordatFresh'])],
  [
    'section',
    'with an include',
    'Transform',
    (t) =>
      (t.Transform = { Name: 'AWS::Include', Parameters: { Location: 's3://concordat-fresh/more.json' } }),
  ],
  ['section', 'with the language extensions', 'Transform', (t) => (t.Transform = 'AWS::LanguageExtensions')],
  [
    'section',
    'with resources in a loop',
    'Resources',
    (t) => (t.Resources['Fn::ForEach::Fresh'] = ['X', ['a'], { 'Fresh${X}': { Type: 'AWS::SNS::Topic' } }]),
  ],
  [
    'section',
    'with resources from an include',
    'Resources',
    (t) => (t.Resources['Fn::Transform'] = { Name: 'AWS::Include', Parameters: { Location: 's3://x/y' } }),
  ],
  ['section', 'with a mapping', 'Mappings', (t) => (t.Mappings = { Fresh: { a: { b: 'c' } } })],
  ['section', 'with rules', 'Rules', (t) => (t.Rules = { Fresh: { Assertions: [] } })],
  ['section', 'with hooks', 'Hooks', (t) => (t.Hooks = { Fresh: { Type: 'AWS::CodeDeploy::BlueGreen' } })],
  [
    'section',
    'with a parameter that has a default',
    'Parameters',
    (t) => (t.Parameters = { ...t.Parameters, Fresh: { Type: 'String', Default: 'x' } }),
  ],
  [
    'section',
    'with a parameter from Parameter Store',
    'Parameters',
    (t) =>
      (t.Parameters = {
        ...t.Parameters,
        Fresh: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/x' },
      }),
  ],
  [
    'section',
    'with an output',
    'Outputs',
    (t) => (t.Outputs = { ...t.Outputs, Fresh: { Value: 'x', Export: { Name: 'Fresh' } } }),
  ],
  ['section', 'with other words', 'Description', (t) => (t.Description = 'concordat-fresh')],
  ['section', 'with other metadata', 'Metadata', (t) => (t.Metadata = { Fresh: 'x' })],
];

const trusting = (account: string) => ({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'sts:AssumeRole' },
  ],
});

/** Resources of types by which somebody is let in, told, run or paid for, or by which something is lost. */
function added(neighbour: string): Change[] {
  const ADMINISTRATOR = ['arn:aws:iam::aws:policy/AdministratorAccess'];
  const resources: Readonly<Record<string, Json>> = {
    'AWS::IAM::Role': {
      RoleName: 'fresh',
      AssumeRolePolicyDocument: trusting(neighbour),
      ManagedPolicyArns: ADMINISTRATOR,
    },
    'AWS::IAM::User': { UserName: 'fresh', ManagedPolicyArns: ADMINISTRATOR },
    'AWS::IAM::AccessKey': { UserName: 'fresh' },
    'AWS::IAM::ManagedPolicy': { Roles: ['concordat-deposit'], PolicyDocument: { Statement: [] } },
    'AWS::IAM::RolePolicy': { RoleName: 'concordat-deposit', PolicyName: 'fresh', PolicyDocument: {} },
    'AWS::IAM::OIDCProvider': { Url: 'https://concordat-fresh.example' },
    'AWS::KMS::Grant': {},
    'AWS::KMS::ReplicaKey': { PrimaryKeyArn: `arn:aws:kms:eu-west-1:${neighbour}:key/mrk-0` },
    'AWS::KMS::Alias': { AliasName: 'alias/fresh', TargetKeyId: 'x' },
    'AWS::S3::Bucket': { BucketName: 'concordat-fresh' },
    'AWS::S3::MultiRegionAccessPoint': { Regions: [{ Bucket: 'x' }] },
    'AWS::S3ObjectLambda::AccessPoint': { Name: 'fresh' },
    'AWS::S3::StorageLens': { StorageLensConfiguration: {} },
    'AWS::Lambda::Url': { TargetFunctionArn: 'concordat-grant-broker', AuthType: 'NONE' },
    'AWS::Lambda::Permission': {
      Action: 'lambda:InvokeFunction',
      FunctionName: 'concordat-grant-broker',
      Principal: 'apigateway.amazonaws.com',
      SourceArn: `arn:aws:execute-api:eu-west-2:${neighbour}:fresh/*`,
    },
    'AWS::Lambda::LayerVersionPermission': { LayerVersionArn: 'x', Action: 'x', Principal: '*' },
    'AWS::Lambda::EventInvokeConfig': { FunctionName: 'concordat-grant-broker', Qualifier: '$LATEST' },
    'AWS::Lambda::EventSourceMapping': {
      FunctionName: 'concordat-grant-broker',
      EventSourceArn: `arn:aws:sqs:eu-west-2:${neighbour}:x`,
    },
    'AWS::Events::Rule': { Name: 'fresh', ScheduleExpression: 'rate(1 hour)', Targets: [] },
    'AWS::Events::EventBusPolicy': { StatementId: 'x', Principal: '*', Action: 'events:PutEvents' },
    'AWS::Scheduler::Schedule': { ScheduleExpression: 'rate(1 hour)', Target: {} },
    'AWS::SNS::Subscription': { TopicArn: 'x', Protocol: 'email', Endpoint: 'fresh@example.org' },
    'AWS::SQS::Queue': { QueueName: 'fresh' },
    'AWS::Logs::SubscriptionFilter': {
      LogGroupName: 'x',
      DestinationArn: `arn:aws:logs:eu-west-2:${STRANGER}:destination:x`,
    },
    'AWS::Logs::ResourcePolicy': { PolicyName: 'x', PolicyDocument: '{}' },
    'AWS::CloudTrail::Trail': { TrailName: 'fresh', IsLogging: false, S3BucketName: 'fresh' },
    'AWS::CloudFormation::StackSet': {
      StackSetName: 'fresh',
      PermissionModel: 'SERVICE_MANAGED',
      TemplateBody: JSON.stringify({
        Resources: {
          Fresh: {
            Type: 'AWS::IAM::Role',
            Properties: { AssumeRolePolicyDocument: trusting(neighbour), ManagedPolicyArns: ADMINISTRATOR },
          },
        },
      }),
    },
    'AWS::CloudFormation::Stack': { TemplateURL: 'https://concordat-fresh.s3.amazonaws.com/x.json' },
    'AWS::CloudFormation::CustomResource': {
      ServiceToken: `arn:aws:lambda:eu-west-2:${neighbour}:function:x`,
    },
    'Custom::Fresh': { ServiceToken: `arn:aws:lambda:eu-west-2:${neighbour}:function:x` },
    'AWS::SSM::Parameter': { Name: '/concordat/stops/x', Type: 'String', Value: '*' },
    'AWS::SecretsManager::Secret': {},
    'AWS::RAM::ResourceShare': { Name: 'fresh', Principals: [neighbour] },
    'AWS::Organizations::ResourcePolicy': { Content: {} },
    'AWS::Organizations::Policy': { Name: 'fresh', Type: 'SERVICE_CONTROL_POLICY', Content: {} },
    'AWS::AccessAnalyzer::Analyzer': { AnalyzerName: 'fresh', Type: 'ACCOUNT' },
    'AWS::CloudWatch::Alarm': { AlarmName: 'fresh', AlarmActions: [`arn:aws:sns:eu-west-2:${STRANGER}:x`] },
    'AWS::Concordat::Fresh': {},
  };
  return Object.entries(resources).map(
    ([Type, Properties]): Change => [
      'put in',
      `with a ${Type} put in`,
      Type,
      (template) => {
        template.Resources.ConcordatFresh = { Type, Properties };
      },
    ],
  );
}
