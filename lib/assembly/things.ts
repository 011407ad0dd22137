/** Every resource of an assembly with what it is called in AWS and how it is set, for those who ask whether that is as it should be. */
import { createHash } from 'node:crypto';
import { KEY_PURPOSE_TAG } from '../names';
import { type Assembly, artifactOf, assetsOf } from './assembly';
import { keyArnToBe, type Placed, placedIn, tagIn } from './grounded';
import { MANIFEST_FILE } from './layout';
import { groupRewritten, listRewritten } from './rewritten';
import { type AssemblyStack, isGroup } from './stack';
import { waitedFor } from './waits';

/** One resource. */
export interface MadeThing {
  /** `Zone/LogArchiveQueueB1BD8E4F`. */
  readonly place: string;
  readonly type: string;
  readonly account: string;
  readonly region: string;
  /** What AWS calls it, where its template names it. */
  readonly name: string;
  /**
   * With functions replaced, and references by what they lead to: a key is `the key of log-files`, a layer `the layer
   * concordat-grant-broker-file`, a rule without a name `the schedule of concordat-ledger-seal`.
   */
  readonly properties: Readonly<Record<string, unknown>>;
  /** What becomes of it when its stack lets go of it; CloudFormation’s own way where nothing is said. */
  readonly whenDropped: unknown;
  readonly whenReplaced: unknown;
  /** The places of what CloudFormation makes before it, in order; of types that lose something where they come too early. */
  readonly waitsFor?: readonly string[];
  /** What its code, or the content of its layer, is; of functions and layers. */
  readonly content?: MadeContent;
}

/** The files of an asset, as they lie in the assembly. */
interface MadeContent {
  /** Of the one file; undefined where there are several. */
  readonly text: string | undefined;
  /** Of each file, by its name: the SHA-256 of its name, a zero byte and its text, in hex. */
  readonly digests: ReadonlyMap<string, string>;
  /** What the asset is to be called: the digest of its one file; of several, that of theirs, each in a line, by names. */
  readonly digest: string;
}

/** Every resource of every stack, in the order of stacks and templates. */
export function thingsOf(assembly: Assembly): MadeThing[] {
  return assembly.stacks.flatMap((stack) => [stackItself(assembly, stack), ...thingsIn(assembly, stack)]);
}

/** The resources of one stack. */
export function thingsIn(assembly: Assembly, stack: AssemblyStack): MadeThing[] {
  const names = namesIn(stack);
  return placedIn(stack).map((placed) => thingOf(assembly, placed, names));
}

/** A stack as the manifest has it deployed. */
const STACK_TYPE = 'AWS::CloudFormation::Stack';

function stackItself(assembly: Assembly, stack: AssemblyStack): MadeThing {
  const { name, account, region } = stack;
  const { asks, deploys } = assembly.deployers.get(name) ?? {};
  return {
    place: MANIFEST_FILE,
    type: STACK_TYPE,
    account,
    region,
    name,
    properties: {
      region,
      ...(asks !== undefined && { assumeRoleArn: asks }),
      ...(deploys !== undefined && { cloudFormationExecutionRoleArn: deploys }),
      terminationProtection: artifactOf(assembly, stack)?.properties.terminationProtection === true,
    },
    whenDropped: undefined,
    whenReplaced: undefined,
  };
}

function thingOf(assembly: Assembly, placed: Placed, names: Names): MadeThing {
  const { place, stack, resource, properties, id } = placed;
  const content = contentOf(assembly, stack, properties);
  return {
    place,
    type: resource.Type,
    account: stack.account,
    region: stack.region,
    name: names.called(id),
    properties: named(properties, names),
    whenDropped: resource.DeletionPolicy,
    whenReplaced: resource.UpdateReplacePolicy,
    ...(IN_ORDER.has(resource.Type) && {
      waitsFor: [...waitedFor(stack, id)].map((each) => `${stack.name}/${each}`).sort(),
    }),
    ...(content && { content }),
  };
}

/** They lose something where they are there before what they need, and AWS makes them all the same. */
const IN_ORDER = new Set([
  'AWS::CloudFormation::CustomResource',
  'AWS::Events::Rule',
  'AWS::GuardDuty::MalwareProtectionPlan',
]);

const contents = new WeakMap<Assembly['file'], Map<string, MadeContent | undefined>>();

/** What a function or a layer is made of; undefined where that is nothing in the assembly. */
function contentOf(
  assembly: Assembly,
  stack: AssemblyStack,
  { Code, Content }: Placed['properties'],
): MadeContent | undefined {
  const from = isGroup(Code) ? Code : isGroup(Content) ? Content : undefined;
  const key = from?.S3Key;
  const folder = typeof key === 'string' ? assetsOf(assembly, stack).get(key) : undefined;
  if (folder === undefined) return undefined;
  const known = contents.get(assembly.file) ?? new Map<string, MadeContent | undefined>();
  contents.set(assembly.file, known);
  if (!known.has(folder)) known.set(folder, filesIn(assembly, folder));
  return known.get(folder);
}

function filesIn(assembly: Assembly, folder: string): MadeContent | undefined {
  const paths = assembly.filesBelow(folder);
  const files = paths.map((path) => ({ name: path.slice(folder.length + 1), text: assembly.file(path) }));
  const digests = new Map<string, string>();
  for (const { name, text } of files.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (text === undefined) return undefined;
    digests.set(name, createHash('sha256').update(name).update('\0').update(text).digest('hex'));
  }
  const [first, ...more] = digests.values();
  if (first === undefined) return undefined;
  const lines = [first, ...more].map((each) => `${each}\n`).join('');
  return {
    text: more.length === 0 ? files[0]?.text : undefined,
    digests,
    digest: more.length === 0 ? first : createHash('sha256').update(lines).digest('hex'),
  };
}

/** What the resources of a stack are called. */
interface Names {
  readonly called: (id: string) => string;
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

function namesIn(stack: AssemblyStack): Names {
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
  const called = (id: string) => {
    const { resource, properties } = placed.get(id) ?? {};
    if (resource === undefined || properties === undefined) return id;
    if (resource.Type === 'AWS::KMS::Key') return standIns.get(keyArnToBe(stack, id)) ?? id;
    const own = properties[NAMED_BY[resource.Type] ?? ''];
    if (typeof own === 'string') return replaced(own, standIns);
    return standIns.get(`\${${id}}`) ?? calledBySettings(resource.Type, properties, standIns) ?? id;
  };
  return { called, standIns };
}

/** What leads nowhere by a name of its own is called by what it is for. */
function calledBySettings(
  type: string,
  properties: Placed['properties'],
  standIns: Names['standIns'],
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

function scheduleOf({ Targets }: Placed['properties'], standIns: Names['standIns']): string {
  const [target]: unknown[] = Array.isArray(Targets) ? Targets : [];
  const arn = isGroup(target) ? replaced(String(target.Arn), standIns) : 'nothing';
  return `the schedule of ${arn.slice(arn.lastIndexOf(':') + 1)}`;
}

/** What holds no text that stands for a resource is shared, not copied. */
function named<T>(value: T, names: Names): T;
function named(value: unknown, names: Names): unknown {
  if (typeof value === 'string') return replaced(value, names.standIns);
  if (Array.isArray(value)) return listRewritten(value, named, names);
  return isGroup(value) ? groupRewritten(value, named, names) : value;
}

function replaced(text: string, standIns: Names['standIns']): string {
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
