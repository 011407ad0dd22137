/** What the resources of a stack are called in AWS, and what the texts that stand for them lead to. */
import { KEY_PURPOSE_TAG } from '../names';
import { keyArnToBe, type Placed, placedIn, tagIn } from './grounded';
import { groupRewritten, listRewritten } from './rewritten';
import { type AssemblyStack, isGroup } from './stack';

/** What the resources of a stack are called. */
export interface Called {
  /** What AWS calls the resource under this logical id; the id itself, where nothing tells. */
  readonly nameOf: (id: string) => string;
  /** For each text that stands for a resource, what it leads to. */
  readonly standIns: ReadonlyMap<string, string>;
}

/** The property by which a resource of a type is named. */
const NAMED_BY: Readonly<Record<string, string>> = {
  'AWS::AccessAnalyzer::Analyzer': 'AnalyzerName',
  'AWS::CloudFormation::StackSet': 'StackSetName',
  'AWS::CloudTrail::Trail': 'TrailName',
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::CloudWatch::Dashboard': 'DashboardName',
  'AWS::Config::ConfigRule': 'ConfigRuleName',
  'AWS::Config::ConfigurationRecorder': 'Name',
  'AWS::Config::DeliveryChannel': 'Name',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::Events::Rule': 'Name',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::OIDCProvider': 'Url',
  'AWS::IAM::Role': 'RoleName',
  'AWS::KMS::Alias': 'AliasName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Lambda::LayerVersion': 'LayerName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::Organizations::Policy': 'Name',
  'AWS::S3::AccessPoint': 'Name',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::S3::BucketPolicy': 'Bucket',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SSM::Parameter': 'Name',
  'AWS::StepFunctions::StateMachine': 'StateMachineName',
};

/** What the resources of a stack are called: by a name of their own, by what they are for, or by what they start. */
export function calledIn(stack: AssemblyStack): Called {
  const placed = new Map(placedIn(stack).map((each) => [each.id, each]));
  const standIns = new Map<string, string>();
  for (const { id, resource, properties } of placed.values()) {
    const { Type } = resource;
    const name = properties[NAMED_BY[Type] ?? ''];
    const put = (ref: string, attribute = ref) => {
      standIns.set(`\${${id}}`, ref);
      standIns.set(`\${${id}.Arn}`, attribute);
    };
    const arn = (service: string, what: string) =>
      `arn:aws:${service}:${stack.region}:${stack.account}:${what}`;
    if (Type === 'AWS::KMS::Key') {
      const spec = properties.KeyUsage === 'SIGN_VERIFY' ? ` (${String(properties.KeySpec)})` : '';
      const key = `the key of ${tagIn(properties, KEY_PURPOSE_TAG) ?? 'no purpose'}${spec}`;
      put(key);
      standIns.set(keyArnToBe(stack, id), key);
    } else if (Type.startsWith('AWS::CloudFront::')) {
      const called = calledBySettings(Type, properties, standIns);
      if (called === undefined) continue;
      put(called);
      standIns.set(`\${${id}.Id}`, called);
    } else if (typeof name !== 'string') continue;
    else if (Type === 'AWS::SQS::Queue') put(`the queue ${name}`, arn('sqs', name));
    else if (Type === 'AWS::SNS::Topic') {
      put(arn('sns', name));
      standIns.set(`\${${id}.TopicArn}`, arn('sns', name));
    } else if (Type === 'AWS::Lambda::LayerVersion') put(`the layer ${name}`);
    else if (Type === 'AWS::Lambda::Function') put(name, arn('lambda', `function:${name}`));
    else if (Type === 'AWS::Events::Rule') put(name, arn('events', `rule/${name}`));
    else if (Type === 'AWS::StepFunctions::StateMachine') put(arn('states', `stateMachine:${name}`));
    else put(name);
  }
  // A rule without a name is called by what it starts, which has a name by now.
  for (const { id, resource, properties } of placed.values()) {
    if (resource.Type !== 'AWS::Events::Rule' || properties.Name !== undefined) continue;
    const schedule = scheduleOf(properties, standIns);
    standIns.set(`\${${id}}`, schedule);
    standIns.set(`\${${id}.Arn}`, schedule);
  }
  const nameOf = (id: string) => {
    const { resource, properties } = placed.get(id) ?? {};
    if (resource === undefined || properties === undefined) return id;
    if (resource.Type === 'AWS::KMS::Key') return standIns.get(keyArnToBe(stack, id)) ?? id;
    const own = properties[NAMED_BY[resource.Type] ?? ''];
    if (typeof own === 'string') return replaced(own, standIns);
    return standIns.get(`\${${id}}`) ?? calledBySettings(resource.Type, properties, standIns) ?? id;
  };
  return { nameOf, standIns };
}

/** What leads nowhere by a name of its own is called by what it is for. */
function calledBySettings(
  type: string,
  properties: Placed['properties'],
  standIns: Called['standIns'],
): string | undefined {
  const text = (value: unknown) => replaced(String(value), standIns);
  const first = (value: unknown) => text(Array.isArray(value) ? value[0] : undefined);
  switch (type) {
    case 'AWS::Budgets::Budget':
      return isGroup(properties.Budget) ? text(properties.Budget.BudgetName) : undefined;
    case 'AWS::CloudFront::Distribution': {
      const { DistributionConfig: config } = properties;
      return isGroup(config) ? `the distribution of ${first(config.Aliases)}` : undefined;
    }
    case 'AWS::CloudFront::OriginAccessControl': {
      const { OriginAccessControlConfig: config } = properties;
      return isGroup(config) ? `the origin access control ${text(config.Name)}` : undefined;
    }
    case 'AWS::CloudFront::ResponseHeadersPolicy': {
      const { ResponseHeadersPolicyConfig: config } = properties;
      return isGroup(config) ? `the headers ${text(config.Name)}` : undefined;
    }
    case 'AWS::CloudFormation::CustomResource':
      return text(properties.ServiceToken);
    case 'AWS::GuardDuty::MalwareProtectionPlan': {
      const { ProtectedResource: of } = properties;
      return isGroup(of) && isGroup(of.S3Bucket) ? text(of.S3Bucket.BucketName) : undefined;
    }
    case 'AWS::Lambda::Alias':
      return `${text(properties.FunctionName)}:${text(properties.Name)}`;
    case 'AWS::Lambda::EventSourceMapping':
      return text(properties.EventSourceArn);
    case 'AWS::Lambda::Permission':
      return `${text(properties.Principal)} on ${text(properties.FunctionName)}`;
    case 'AWS::SNS::TopicPolicy':
      return first(properties.Topics);
    case 'AWS::SQS::QueuePolicy':
      return first(properties.Queues);
    default:
      return undefined;
  }
}

function scheduleOf({ Targets }: Placed['properties'], standIns: Called['standIns']): string {
  const [target]: unknown[] = Array.isArray(Targets) ? Targets : [];
  const arn = isGroup(target) ? replaced(String(target.Arn), standIns) : 'nothing';
  return `the schedule of ${arn.slice(arn.lastIndexOf(':') + 1)}`;
}

/** A value with what each text that stands for a resource leads to. What holds no such text is shared, not copied. */
export function withCalled<T>(value: T, called: Called): T;
export function withCalled(value: unknown, called: Called): unknown {
  if (typeof value === 'string') return replaced(value, called.standIns);
  if (Array.isArray(value)) return listRewritten(value, withCalled, called);
  return isGroup(value) ? groupRewritten(value, withCalled, called) : value;
}

function replaced(text: string, standIns: Called['standIns']): string {
  // Whatever stands for a resource holds one of these.
  if (!text.includes('${') && !text.includes('/to-be-')) return text;
  return (
    standIns.get(text) ??
    text.replace(
      /\$\{[A-Za-z0-9.]+\}|arn:aws:kms:[^"]*?\/to-be-[A-Za-z0-9]+/g,
      (each) => standIns.get(each) ?? each,
    )
  );
}
