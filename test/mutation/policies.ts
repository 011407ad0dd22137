/** Every policy of an assembly, wherever it is: in templates, in files beside them, and in the lists of grants. */
import {
  type Assembly,
  type AssemblyStack,
  askedPolicyFile,
  type TemplateResource,
} from '../../lib/assembly';
import { type ChangeKind, changesOf } from './changes';
import { type GrantList, grantListChanges } from './grant-changes';
import type { Statement } from './json-statement';

/** What sort of policy it is. */
export type PolicySort =
  | 'bucket'
  | 'access point'
  | 'key'
  | 'table'
  | 'who takes on a role'
  | 'what a role may do'
  | 'queue'
  | 'topic'
  | 'list of grants';

/** A policy, and where it is. */
export interface PlacedPolicy {
  readonly sort: PolicySort;
  /** `Organisation-leeds/ExchangePolicy80545B65`, or the name of a file. */
  readonly place: string;
  readonly stack: AssemblyStack;
  /** The resource that holds it, and where in its properties; none for a file. */
  readonly id?: string;
  readonly path: readonly (string | number)[];
  /** As the template has it. */
  readonly document: Readonly<Record<string, unknown>>;
}

/** A policy with one thing changed. */
export interface Mutant {
  readonly policy: PlacedPolicy;
  readonly kind: ChangeKind;
  readonly how: string;
  readonly document: Readonly<Record<string, unknown>>;
}

type Finder = readonly [sort: PolicySort, path: readonly (string | number)[]];
const IN: Readonly<Record<string, readonly Finder[]>> = {
  'AWS::S3::BucketPolicy': [['bucket', ['PolicyDocument']]],
  'AWS::S3::AccessPoint': [['access point', ['Policy']]],
  'AWS::KMS::Key': [['key', ['KeyPolicy']]],
  'AWS::DynamoDB::Table': [['table', ['ResourcePolicy', 'PolicyDocument']]],
  'AWS::SQS::QueuePolicy': [['queue', ['PolicyDocument']]],
  'AWS::SNS::TopicPolicy': [['topic', ['PolicyDocument']]],
  'AWS::IAM::Role': [['who takes on a role', ['AssumeRolePolicyDocument']]],
  'AWS::IAM::ManagedPolicy': [['what a role may do', ['PolicyDocument']]],
};

/** Every one, in the order of stacks and of resources. */
export function policiesOf(source: Assembly): PlacedPolicy[] {
  return source.stacks.flatMap((stack) => [
    ...Object.entries(stack.resources).flatMap(([id, resource]) => inResource(source, stack, id, resource)),
    ...asked(source, stack),
  ]);
}

function inResource(
  source: Assembly,
  stack: AssemblyStack,
  id: string,
  { Type, Properties }: TemplateResource,
): PlacedPolicy[] {
  const place = `${stack.name}/${id}`;
  const roles = Type === 'AWS::IAM::Role' ? ((Properties?.Policies ?? []) as readonly unknown[]) : [];
  const finders: readonly Finder[] = [
    ...(IN[Type] ?? []),
    ...roles.map((_, n): Finder => ['what a role may do', ['Policies', n, 'PolicyDocument']]),
  ];
  const found = finders.flatMap(([sort, path]): PlacedPolicy[] => {
    const document = at(Properties, path) as PlacedPolicy['document'] | undefined;
    return document === undefined ? [] : [{ sort, place, stack, id, path, document }];
  });
  if (Type !== 'AWS::Lambda::LayerVersion') return found;
  const s3Key = (Properties?.Content as { S3Key?: unknown } | undefined)?.S3Key;
  const text = typeof s3Key === 'string' ? source.assetFile(stack, s3Key, 'grants.json') : undefined;
  if (text === undefined) return found;
  const document = JSON.parse(text) as PlacedPolicy['document'];
  return [...found, { sort: 'list of grants', place, stack, path: [String(s3Key)], document }];
}

/** The policy that an owner is asked to set on a key that it brought. */
function asked(source: Assembly, stack: AssemblyStack): PlacedPolicy[] {
  const place = askedPolicyFile(stack.name.replace(/^Organisation-/, ''));
  const text = source.file(place);
  return text === undefined
    ? []
    : [{ sort: 'key', place, stack, path: [], document: JSON.parse(text) as PlacedPolicy['document'] }];
}

/** Every mutant of every policy, always in the same order. @param of which policies, where it is not all: others take time */
export function mutantsOf(source: Assembly, of: (policy: PlacedPolicy) => boolean = () => true): Mutant[] {
  const { organisations } = JSON.parse(source.file('register.json') ?? '{}') as {
    organisations: readonly { account: string; membership: string }[];
  };
  const members = organisations.filter(({ membership }) => membership === 'member');
  const policies = policiesOf(source).filter(of);
  return policies.flatMap((policy): Mutant[] => {
    const { document, stack } = policy;
    const text = JSON.stringify(document);
    const neighbour =
      members.find(({ account }) => account !== stack.account && !text.includes(account))?.account ?? '';
    if (policy.sort === 'list of grants')
      return grantListChanges(document as unknown as GrantList, neighbour).map(([how, changed]) => ({
        policy,
        kind: 'grant',
        how,
        document: changed,
      }));
    return changesOf(document.Statement as readonly Statement[], neighbour).map(
      ({ kind, how, statements }) => ({
        policy,
        kind,
        how,
        document: { ...document, Statement: statements },
      }),
    );
  });
}

/** The assembly with one policy in another’s place, as if its files had been changed. */
export function sourceWith(source: Assembly, mutant: Mutant): Assembly {
  const { policy, document } = mutant;
  const { sort, stack, id, path, place } = policy;
  const text = JSON.stringify(document);
  if (sort === 'list of grants')
    return {
      ...source,
      assetFile: (of, s3Key, file) =>
        of.name === stack.name && s3Key === path[0] && file === 'grants.json'
          ? text
          : source.assetFile(of, s3Key, file),
    };
  if (id === undefined) return { ...source, file: (name) => (name === place ? text : source.file(name)) };
  const changed = structuredClone(stack.resources[id]) as { Properties: Record<string, unknown> };
  const parent = at(changed.Properties, path.slice(0, -1)) as Record<string | number, unknown>;
  parent[path.at(-1) ?? ''] = document;
  const resources = { ...stack.resources, [id]: changed as unknown as TemplateResource };
  return {
    ...source,
    stacks: source.stacks.map((each) => (each.name === stack.name ? { ...stack, resources } : each)),
  };
}

function at(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((each, step) => (each as Record<string | number, unknown>)?.[step], value);
}
