/** Whether a change of a stack, or of one resource, only takes away: nothing that it makes may do, holds or lets in more than before. */
import {
  type Assembly,
  type AssemblyStack,
  deletionsIn,
  isGroup,
  isOfCopies,
  stackSetTemplate,
  type TemplateResource,
  withoutCopiesRules,
} from '../assembly';
import { FilesOfStack } from './files-of-stack';
import { holdsDeny, isDocument, isNarrowerDocument } from './narrower';

/** A stack as it was and as it is, with the logical ids of what differs. */
interface Difference {
  readonly before?: AssemblyStack;
  readonly after?: AssemblyStack;
  readonly isMoved: boolean;
  readonly resources: Readonly<Record<'added' | 'changed' | 'removed', readonly string[]>>;
}

/**
 * Whether the stack only takes away. Such a stack is deployed when all others have been: what is taken away may be what CloudFormation
 * needs elsewhere to delete what is gone there. What cannot be told counts as giving.
 */
export function onlyTakesAway(
  { before, after, isMoved, resources }: Difference,
  [was, is]: readonly [Assembly, Assembly],
): boolean {
  if (before === undefined || after === undefined || isMoved || resources.added.length > 0) return false;
  if (resources.removed.length + resources.changed.length === 0) return false;
  const gone = new Set(resources.removed);
  const files = new FilesOfStack([was, before], [is, after]);
  return (
    resources.removed.every((id) => !restrains(before.resources[id], gone)) &&
    resources.changed.every((id) => isNarrowerResource(before.resources[id], after.resources[id], files))
  );
}

/** Types by which something else is restrained, with what names that. What goes together with it restrains nothing. */
const RESTRAINING: Readonly<Record<string, string | undefined>> = {
  'AWS::S3::BucketPolicy': 'Bucket',
  'AWS::SQS::QueuePolicy': 'Queues',
  'AWS::SNS::TopicPolicy': 'Topics',
  'AWS::IAM::Policy': 'Roles',
  'AWS::IAM::ManagedPolicy': undefined,
  'AWS::Organizations::Policy': undefined,
};

/**
 * Whether somebody may do more once a resource is gone.
 * @param gone the logical ids of all that goes with it
 */
export function restrains(
  { Type, Properties = {} }: TemplateResource = { Type: '' },
  gone: ReadonlySet<string> = new Set(),
): boolean {
  if (!(Type in RESTRAINING)) return false;
  if (Type !== 'AWS::Organizations::Policy' && !holdsDeny(Properties)) return false;
  const of = Properties[RESTRAINING[Type] ?? ''];
  const named = JSON.stringify(of ?? '').match(/(?<="Ref":")[^"]+/g) ?? [];
  return named.length === 0 || !named.every((id) => gone.has(id));
}

/** Whether a digest stands for what says no more than what another stood for. */
type FilesOfTwo = Pick<FilesOfStack, 'sayLess'>;

const UNKNOWN: FilesOfTwo = { sayLess: () => false };

/** Whether a resource may do, holds and lets in no more than before. @param files what digests in it stand for */
export function isNarrowerResource(
  was: TemplateResource | undefined,
  is: TemplateResource | undefined,
  files: FilesOfTwo = UNKNOWN,
): boolean {
  if (was === undefined || is === undefined) return false;
  const { Properties: old = {}, Metadata: _old, DependsOn: waited, ...oldRest } = was as unknown as Loose;
  const { Properties: now = {}, Metadata: _now, DependsOn: waits, ...nowRest } = is as unknown as Loose;
  const namesOf = (value: unknown) => (value === undefined ? [] : [value].flat());
  return (
    same(oldRest, nowRest) &&
    isAmong(namesOf(waits), namesOf(waited)) &&
    isLess(propertiesOf(old), propertiesOf(now), '', files)
  );
}

type Loose = Readonly<Record<string, unknown>> & { readonly Properties?: Readonly<Record<string, unknown>> };

/** Without words for people, and with the template of a StackSet as a value. */
function propertiesOf(properties: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { Description: _, AlarmDescription: _alarm, TemplateBody: body, ...rest } = properties;
  if (typeof body !== 'string')
    return properties.TemplateBody === undefined ? rest : { ...rest, TemplateBody: body };
  try {
    return { ...rest, TemplateBody: stackSetTemplate(body) };
  } catch {
    return { ...rest, TemplateBody: body };
  }
}

/** SHA-256 in hex, alone or as the name of an asset. */
const DIGEST = /^[0-9a-f]{64}(?:\.zip|\.json)?$/;

/** How values that differ are compared, by the name of the property. Of all others nothing may differ but policies. */
const BY_NAME: Readonly<Record<string, (was: unknown, is: unknown, files: FilesOfTwo) => boolean>> = {
  // A boundary where there was none.
  PermissionsBoundary: (was) => was === undefined,
  ManagedPolicyArns: (was, is) => isAmong(listOf(is), listOf(was)),
  // Who holds the policy: with a Deny in it, fewer that are held back.
  Policies: (was, is) => {
    const named = (value: unknown) => new Map(listOf(value).map((each) => [nameOf(each), each]));
    const [old, now] = [named(was), named(is)];
    return (
      [...now].every(
        ([name, each]) => old.has(name) && isNarrowerDocument(documentOf(old.get(name)), documentOf(each)),
      ) && [...old].every(([name, each]) => now.has(name) || !holdsDeny(each))
    );
  },
  LifecycleConfiguration: deletesMore,
  // The units that a policy of AWS Organizations holds.
  TargetIds: (was, is) => isAmong(listOf(was), listOf(is)),
  TemplateBody: (was, is, files) => isLessBody(was, is, files),
};

/** Whether a value of a property says no more than before. */
function isLess(was: unknown, is: unknown, name: string, files: FilesOfTwo): boolean {
  if (same(was, is)) return true;
  const own = BY_NAME[name];
  if (own !== undefined) return own(was, is, files);
  if (isDocument(was) && isDocument(is)) return isNarrowerDocument(was, is);
  if (typeof was === 'string' && typeof is === 'string')
    return DIGEST.test(was) && DIGEST.test(is) && files.sayLess(was, is);
  if (!isGroup(was) || !isGroup(is)) return false;
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].every((each) =>
    isLess(was[each], is[each], each, files),
  );
}

/**
 * Whether of the rules of a bucket nothing differs but that S3 deletes more of what was shared under agreements that are over, or
 * deletes it sooner. A rule that goes stands for a hold or a renewal, and has to be gone before its day: that does not wait.
 */
function deletesMore(was: unknown, is: unknown): boolean {
  const old = { LifecycleConfiguration: was };
  const now = { LifecycleConfiguration: is };
  const days = new Map(copiesIn(now).map(({ agreement, from }) => [agreement, from]));
  return (
    same(withoutCopiesRules(old), withoutCopiesRules(now)) &&
    copiesIn(old).every(({ agreement, from }) => (days.get(agreement) ?? '9999') <= from)
  );
}

function copiesIn(properties: Loose) {
  return deletionsIn(properties).filter(isOfCopies);
}

/** A template within a StackSet. */
function isLessBody(was: unknown, is: unknown, files: FilesOfTwo): boolean {
  if (!isGroup(was) || !isGroup(is)) return false;
  const { Resources: old, ...oldRest } = was;
  const { Resources: now, ...nowRest } = is;
  if (!same(oldRest, nowRest) || !isGroup(old) || !isGroup(now)) return false;
  const gone = new Set(Object.keys(old).filter((id) => !(id in now)));
  return (
    Object.keys(now).every((id) =>
      isNarrowerResource(old[id] as TemplateResource | undefined, now[id] as TemplateResource, files),
    ) && [...gone].every((id) => !restrains(old[id] as TemplateResource, gone))
  );
}

function isAmong(some: readonly unknown[], all: readonly unknown[]): boolean {
  return some.every((each) => all.some((one) => same(one, each)));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function nameOf(policy: unknown): unknown {
  return isGroup(policy) ? policy.PolicyName : undefined;
}

function documentOf(policy: unknown): unknown {
  return isGroup(policy) ? policy.PolicyDocument : undefined;
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
