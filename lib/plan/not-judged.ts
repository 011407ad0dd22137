/**
 * What changes in templates and no part of the plan judges: it is listed, so that “nobody gains access” is never said of it.
 * Words are left out: descriptions, tags, metadata.
 */
import {
  type Assembly,
  type AssemblyStack,
  type TemplateResource,
  templateIn,
  withoutCopiesRules,
} from '../assembly';
import { compareStacks, type StackSide } from './stacks';

/** A change of one kind, and every resource that has it. */
export interface UnjudgedChange {
  readonly of: 'resource' | 'template';
  /** The resource type; of a template, the part that differs, such as `Transform`. */
  readonly type: string;
  readonly change: 'new' | 'changed' | 'gone';
  /** The properties and attributes that differ, of what changed. */
  readonly properties: readonly string[];
  /** `Zone/AuditFunction1234`, or the stack. */
  readonly places: readonly string[];
}

/** By type, the properties that decide who may do what and are judged; `all` where nothing else is in it. */
const JUDGED: Readonly<Record<string, readonly string[] | 'all'>> = {
  'AWS::IAM::Role': [
    'RoleName',
    'Path',
    'AssumeRolePolicyDocument',
    'Policies',
    'ManagedPolicyArns',
    'PermissionsBoundary',
  ],
  'AWS::IAM::Policy': ['PolicyDocument', 'PolicyName', 'Roles'],
  'AWS::S3::Bucket': ['BucketName', 'ReplicationConfiguration', 'LoggingConfiguration', 'AccessControl'],
  // Told of those who sign in.
  'AWS::IAM::OIDCProvider': ['Url', 'ClientIdList'],
  'AWS::S3::BucketPolicy': 'all',
  'AWS::S3::AccessPoint': 'all',
  'AWS::KMS::Key': ['KeyPolicy', 'KeySpec', 'KeyUsage', 'Origin', 'MultiRegion'],
  'AWS::DynamoDB::Table': ['TableName', 'KeySchema', 'ResourcePolicy'],
  // Their statements and units are compared under “Guardrails and baseline”.
  'AWS::Organizations::Policy': 'all',
  // The lists of grants, which shares are told from.
  'AWS::Lambda::LayerVersion': ['Content', 'LayerName'],
};

const WORDS = new Set(['Tags', 'Description', 'AlarmDescription']);
/** Of a template, what says nothing to CloudFormation. */
const WORDS_OF_TEMPLATE = new Set(['AWSTemplateFormatVersion', 'Description', 'Metadata']);

/** Every such change, grouped; in the order of types. */
export function changesNotJudged(before: StackSide, after: StackSide): UnjudgedChange[] {
  const groups = new Map<string, UnjudgedChange & { places: string[] }>();
  const note = (change: Omit<UnjudgedChange, 'places'>, place: string) => {
    const key = JSON.stringify([change.of, change.type, change.change, change.properties]);
    const group = groups.get(key) ?? { ...change, places: [] };
    groups.set(key, group);
    group.places.push(place);
  };
  const [old, now] = [before.source, after.source];
  const isSame = (one: AssemblyStack, other: AssemblyStack) => old.file(one.file) === now.file(other.file);
  for (const { name, before: was, after: is, resources } of compareStacks(old.stacks, now.stacks, isSame)) {
    const place = (id: string) => `${name}/${id}`;
    for (const id of resources.added)
      wholly(is?.resources[id], (type) =>
        note({ of: 'resource', type, change: 'new', properties: [] }, place(id)),
      );
    for (const id of resources.removed)
      wholly(was?.resources[id], (type) =>
        note({ of: 'resource', type, change: 'gone', properties: [] }, place(id)),
      );
    for (const id of resources.changed) {
      const properties = differing(was?.resources[id], is?.resources[id]);
      const type = is?.resources[id]?.Type ?? '';
      if (properties.length > 0) note({ of: 'resource', type, change: 'changed', properties }, place(id));
    }
    for (const section of sectionsThatDiffer(old, was, now, is))
      note({ of: 'template', type: section, change: 'changed', properties: [] }, name);
  }
  return [...groups.values()].sort((a, b) => (a.type < b.type ? -1 : a.type > b.type ? 1 : 0));
}

/** A resource that comes or goes and is of a type that has more than is judged. */
function wholly(resource: TemplateResource | undefined, note: (type: string) => void): void {
  if (resource !== undefined && JUDGED[resource.Type] === undefined) note(resource.Type);
}

/** The properties, and the attributes beside them, that differ and are not judged. */
function differing(was: TemplateResource | undefined, is: TemplateResource | undefined): string[] {
  if (was === undefined || is === undefined) return [];
  const judged = was.Type === is.Type ? JUDGED[is.Type] : [];
  const { Properties: old = {}, Metadata: _old, ...oldRest } = was;
  const { Properties: now = {}, Metadata: _now, ...nowRest } = is;
  const inProperties =
    judged === 'all'
      ? []
      : namesThatDiffer(toldOf(is.Type, old), toldOf(is.Type, now)).filter(
          (name) => !WORDS.has(name) && !judged?.includes(name),
        );
  return [...inProperties, ...namesThatDiffer({ ...oldRest }, { ...nowRest })];
}

/** What is left to be told of: the days on which copies go are told under a heading of their own. */
function toldOf(type: string, properties: Readonly<Record<string, unknown>>) {
  return type === 'AWS::S3::Bucket' ? withoutCopiesRules(properties) : properties;
}

function namesThatDiffer(
  was: Readonly<Record<string, unknown>>,
  is: Readonly<Record<string, unknown>>,
): string[] {
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  return names.filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]));
}

/** The parts of a template beside its resources that differ. */
function sectionsThatDiffer(
  old: Assembly,
  was: AssemblyStack | undefined,
  now: Assembly,
  is: AssemblyStack | undefined,
): string[] {
  if (was === undefined || is === undefined) return [];
  const { Resources: _old, ...oldRest } = templateIn(old, was.file);
  const { Resources: _now, ...nowRest } = templateIn(now, is.file);
  return namesThatDiffer(oldRest, nowRest).filter((name) => !WORDS_OF_TEMPLATE.has(name));
}
