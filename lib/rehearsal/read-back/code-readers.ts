/** Reads functions, what calls them, and roles back. */
import { DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { DescribeRuleCommand, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge';
import { GetOpenIDConnectProviderCommand, GetRoleCommand, GetRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  GetLayerVersionByArnCommand,
  GetPolicyCommand,
  ListEventSourceMappingsCommand,
} from '@aws-sdk/client-lambda';
import { DescribeStateMachineCommand } from '@aws-sdk/client-sfn';
import { orNothing, type PropertyReading, policyIn, type Reader } from './reading';

const role: Reader = async ({ clients, properties }) => {
  const iam = clients.iam();
  const RoleName = String(properties.RoleName);
  const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
  const policies = (properties.Policies ?? []) as readonly { PolicyName: string; PolicyDocument: unknown }[];
  const inline = await Promise.all(
    policies.map(async ({ PolicyName, PolicyDocument }): Promise<PropertyReading> => {
      const found = await orNothing(iam.send(new GetRolePolicyCommand({ RoleName, PolicyName })));
      return [`policy ${PolicyName}`, PolicyDocument, policyIn(found?.PolicyDocument)];
    }),
  );
  return [
    ['path', properties.Path, Role?.Path],
    ['who may take it on', properties.AssumeRolePolicyDocument, policyIn(Role?.AssumeRolePolicyDocument)],
    ['longest session', properties.MaxSessionDuration, Role?.MaxSessionDuration],
    ...inline,
  ];
};

const provider: Reader = async ({ clients, physicalId, properties }) => {
  const found = await clients
    .iam()
    .send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: physicalId }));
  return [
    ['issuer', String(properties.Url).replace('https://', ''), found.Url?.replace('https://', '')],
    ['audiences', properties.ClientIdList, found.ClientIDList],
  ];
};

const lastPart = (arn: unknown) => String(arn).split('/').at(-1);

const lambda: Reader = async ({ clients, properties }) => {
  const FunctionName = String(properties.FunctionName);
  const found = await clients.lambda().send(new GetFunctionConfigurationCommand({ FunctionName }));
  return [
    // The endpoint leaves the path out here; the role’s own path is read with the role.
    ['role', lastPart(properties.Role), lastPart(found.Role)],
    ['runtime', properties.Runtime, found.Runtime],
    ['architecture', properties.Architectures, found.Architectures],
    ['timeout', properties.Timeout, found.Timeout],
    ['memory', properties.MemorySize, found.MemorySize],
    [
      'environment',
      (properties.Environment as { Variables?: unknown } | undefined)?.Variables,
      found.Environment?.Variables,
    ],
    [
      'log group',
      (properties.LoggingConfig as { LogGroup?: unknown } | undefined)?.LogGroup,
      found.LoggingConfig?.LogGroup,
    ],
  ];
};

const alias: Reader = async ({ clients, properties }) => {
  const [FunctionName, Name] = [String(properties.FunctionName), String(properties.Name)];
  const found = await clients.lambda().send(new GetAliasCommand({ FunctionName, Name }));
  return [['what it calls', properties.FunctionVersion, found.FunctionVersion]];
};

const layer: Reader = async ({ clients, physicalId, properties }) => {
  const found = await clients.lambda().send(new GetLayerVersionByArnCommand({ Arn: physicalId }));
  return [['description', properties.Description, found.Description]];
};

const permission: Reader = async ({ clients, properties }) => {
  const FunctionName = String(properties.FunctionName);
  const found = await orNothing(clients.lambda().send(new GetPolicyCommand({ FunctionName })));
  const { Statement = [] } = (policyIn(found?.Policy) ?? {}) as {
    Statement?: readonly Record<string, unknown>[];
  };
  // A rule of the default bus has its ARN with and without the bus; the name after it is the same.
  const source = (each: Record<string, unknown>) =>
    lastPart(
      Object.values(((each.Condition ?? {}) as Record<string, Record<string, unknown>>).ArnLike ?? {})[0],
    );
  const mine = Statement.find((each) => source(each) === lastPart(properties.SourceArn));
  const principal = mine?.Principal as { Service?: unknown } | string | undefined;
  return [
    ['who may call', properties.Principal, typeof principal === 'object' ? principal.Service : principal],
    ['on whose behalf', lastPart(properties.SourceArn), mine && source(mine)],
    ['what', properties.Action, mine?.Action],
  ];
};

const eventSource: Reader = async ({ clients, properties }) => {
  const FunctionName = String(properties.FunctionName);
  const { EventSourceMappings = [] } = await clients
    .lambda()
    .send(new ListEventSourceMappingsCommand({ FunctionName }));
  const found = EventSourceMappings.find(
    ({ EventSourceArn }) => EventSourceArn === properties.EventSourceArn,
  );
  return [
    ['queue', properties.EventSourceArn, found?.EventSourceArn],
    ['batch size', properties.BatchSize, found?.BatchSize],
    ['answers', properties.FunctionResponseTypes, found?.FunctionResponseTypes],
  ];
};

const rule: Reader = async ({ clients, physicalId, properties }) => {
  const events = clients.eventBridge();
  const Name = physicalId.slice(physicalId.lastIndexOf('/') + 1);
  const [found, targets] = await Promise.all([
    events.send(new DescribeRuleCommand({ Name })),
    events.send(new ListTargetsByRuleCommand({ Rule: Name })),
  ]);
  const wanted = (properties.Targets ?? []) as readonly { Arn?: string; Input?: string }[];
  return [
    ['schedule', properties.ScheduleExpression, found.ScheduleExpression],
    ['state', 'ENABLED', found.State],
    ['whom it calls', wanted.map(({ Arn }) => Arn), targets.Targets?.map(({ Arn }) => Arn)],
    ['with what', wanted.map(({ Input }) => Input), targets.Targets?.map(({ Input }) => Input)],
  ];
};

const stateMachine: Reader = async ({ clients, physicalId, properties }) => {
  const found = await clients.states().send(new DescribeStateMachineCommand({ stateMachineArn: physicalId }));
  return [
    ['name', properties.StateMachineName, found.name],
    ['role', lastPart(properties.RoleArn), lastPart(found.roleArn)],
    ['definition', policyIn(String(properties.DefinitionString)), policyIn(found.definition)],
  ];
};

const customResource: Reader = async ({ clients, stack, physicalId }) => {
  const { StackResources = [] } = await clients
    .cloudFormation()
    .send(new DescribeStackResourcesCommand({ StackName: stack }));
  const found = StackResources.find(({ PhysicalResourceId }) => PhysicalResourceId === physicalId);
  return [['state', 'CREATE_COMPLETE', found?.ResourceStatus?.replace('UPDATE', 'CREATE')]];
};

export const CODE_READERS: Readonly<Record<string, Reader>> = {
  'AWS::IAM::OIDCProvider': provider,
  'AWS::IAM::Role': role,
  'AWS::Lambda::Alias': alias,
  'AWS::Lambda::Function': lambda,
  'AWS::Lambda::LayerVersion': layer,
  'AWS::Lambda::Permission': permission,
  'AWS::Lambda::EventSourceMapping': eventSource,
  'AWS::Events::Rule': rule,
  'AWS::StepFunctions::StateMachine': stateMachine,
  'AWS::CloudFormation::CustomResource': customResource,
};
