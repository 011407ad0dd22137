/** Every policy in a template, with the references in it replaced by the ARNs that they come to. */
import type { AssemblyStack, TemplateResource } from '../../lib/assembly';
import { listed, type Policy, type Statement } from '../policy/decision';

/** What a policy is attached to. `unknown` is a kind that these tests have not met: it fails the test that lists them. */
type PolicyKind =
  | 'key'
  | 'topic'
  | 'queue'
  | 'table'
  | 'bucket'
  | 'access point'
  | 'trust'
  | 'identity'
  | 'service control'
  | 'resource control'
  | 'unknown';

/** A policy and where it stands. */
export interface PlacedPolicy {
  readonly kind: PolicyKind;
  /** The stack and the logical id, for the message of a failed test. */
  readonly where: string;
  readonly policy: Policy;
}

/** A statement and where it stands. */
export interface PlacedStatement {
  readonly kind: PolicyKind;
  readonly where: string;
  readonly statement: Statement;
}

/** Stands for the ARN of the key that a stack makes. */
export const OWN_KEY = 'arn:aws:kms:eu-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

const KINDS: Readonly<Record<string, PolicyKind>> = {
  'AWS::KMS::Key KeyPolicy': 'key',
  'AWS::S3::BucketPolicy PolicyDocument': 'bucket',
  'AWS::SNS::TopicPolicy PolicyDocument': 'topic',
  'AWS::DynamoDB::Table ResourcePolicy': 'table',
  'AWS::SQS::QueuePolicy PolicyDocument': 'queue',
  'AWS::S3::AccessPoint Policy': 'access point',
  'AWS::IAM::Role AssumeRolePolicyDocument': 'trust',
  'AWS::IAM::Role Policies': 'identity',
  'AWS::IAM::Policy PolicyDocument': 'identity',
  'AWS::IAM::ManagedPolicy PolicyDocument': 'identity',
  'AWS::Organizations::Policy Content SERVICE_CONTROL_POLICY': 'service control',
  'AWS::Organizations::Policy Content RESOURCE_CONTROL_POLICY': 'resource control',
};

/** Every policy in a stack, found by its shape wherever it stands. */
export function policiesIn({ name, resources }: AssemblyStack): PlacedPolicy[] {
  return Object.entries(resources).flatMap(([logicalId, { Type, Properties = {} }]) =>
    Object.entries(Properties).flatMap(([property, value]) =>
      documentsIn(value).map((policy) => ({
        kind: KINDS[`${Type} ${property} ${Properties.Type ?? ''}`.trimEnd()] ?? 'unknown',
        where: `${name}/${logicalId}`,
        policy,
      })),
    ),
  );
}

/** Every statement in some stacks. */
export function statementsIn(stacks: readonly AssemblyStack[]): PlacedStatement[] {
  return stacks
    .flatMap(policiesIn)
    .flatMap(({ kind, where, policy }) => policy.Statement.map((statement) => ({ kind, where, statement })));
}

/** One property of a resource as a policy. */
export function policyOf({ Properties = {} }: TemplateResource, property: string): Policy {
  const [first, ...others] = documentsIn(Properties[property]);
  if (first === undefined || others.length > 0) throw new Error(`${property} is not one policy`);
  return first;
}

/** Whether any of the actions of a statement passes a test. */
export function acts(statement: Statement, test: (action: string) => boolean): boolean {
  return listed(statement.Action).some(test);
}

function documentsIn(value: unknown): Policy[] {
  if (value === null || typeof value !== 'object') return [];
  if ('Statement' in value) return [resolved(value) as Policy];
  return Object.values(value).flatMap(documentsIn);
}

function resolved(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(resolved);
  if ('Fn::GetAtt' in value) {
    const [logicalId, attribute] = value['Fn::GetAtt'] as [string, string];
    return /Key/.test(logicalId) && attribute === 'Arn'
      ? OWN_KEY
      : `arn:aws:example:::${logicalId}.${attribute}`;
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolved(each)]));
}
