/** Every mutant of the resources of one stack, but for their policies. */
import { type Assembly, type AssemblyStack, isGroup, type TemplateResource } from '../../../lib/assembly';
import { policiesOf } from '../policies';
import { changesWithin, type Path } from './changes-within';
import { further } from './further-settings';
import { statementsIn } from './guardrail-mutants';
import { type WholeMutant, type WholeSort, withResource } from './whole-mutant';
import { neighbourOf } from './whole-mutants';

/** What becomes of a resource that its stack lets go of. */
const FATES = ['Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot'];

/** Every one, in the order of resources. */
export function resourceMutants(source: Assembly, stack: AssemblyStack): WholeMutant[] {
  const neighbour = neighbourOf(source, stack.account);
  const policies = policiesOf({ ...source, stacks: [stack] });
  return Object.entries(stack.resources).flatMap(([id, resource]) => {
    const left = policies.filter((each) => each.id === id).map(({ path }) => path.join('/'));
    const about = aboutIn(stack, id, resource);
    const put = (
      kind: string,
      how: string,
      path: Path,
      changed: TemplateResource | undefined,
    ): WholeMutant => ({
      ...about,
      path: path.join('.'),
      kind,
      how: path.length === 0 ? how : `${path.join('.')}: ${how}`,
      edit: { in: 'stack', stack: stack.name, resources: () => withResource(stack, id, changed) },
    });
    const settings = (kind: string, how: string, path: Path, Properties: unknown) =>
      put(kind, how, path, { ...resource, Properties } as TemplateResource);
    const { Properties = {} } = resource;
    return [
      { ...put('gone', 'gone', [], undefined), sort: 'resource' as const },
      { ...neverMade(stack, id), ...about, sort: 'resource' as const },
      put('attribute', 'made on a condition that only a deployment settles', ['Condition'], {
        ...resource,
        Condition: 'ConcordatFresh',
      }),
      put('attribute', 'waiting for what is not there', ['DependsOn'], {
        ...resource,
        DependsOn: 'ConcordatFresh',
      }),
      ...(resource.DependsOn === undefined
        ? []
        : [put('attribute', 'waiting for nothing', ['DependsOn'], waitingForNothing(resource))]),
      put('attribute', 'with an attribute that nobody knows', ['ConcordatFresh'], {
        ...resource,
        ConcordatFresh: 'x',
      } as TemplateResource),
      put('attribute', 'with a policy for its updates', ['UpdatePolicy'], {
        ...resource,
        UpdatePolicy: { CodeDeployLambdaAliasUpdate: { ApplicationName: 'x', DeploymentGroupName: 'x' } },
      } as TemplateResource),
      ...(['DeletionPolicy', 'UpdateReplacePolicy'] as const).flatMap((name) =>
        [undefined, ...FATES]
          .filter((fate) => fate !== resource[name])
          .map((fate) => {
            const { [name]: _, ...others } = resource;
            return put(
              'attribute',
              String(fate),
              [name],
              (fate === undefined ? others : { ...others, [name]: fate }) as TemplateResource,
            );
          }),
      ),
      put('attribute', 'other words about it', ['Metadata'], {
        ...resource,
        Metadata: { ...resource.Metadata, fresh: 'x' },
      }),
      ...copies(stack, id, resource, put),
      ...further(resource.Type, neighbour)
        .filter(([name]) => !(name in Properties))
        .map(([name, value]) =>
          settings('further', JSON.stringify(value), [name], { ...Properties, [name]: value }),
        ),
      ...siblings(stack, id, resource).map(([name, of, value]) =>
        settings('as another has it', `as ${of} has it`, [name], { ...Properties, [name]: value }),
      ),
      ...changesWithin(Properties, {
        neighbour,
        isLeft: (path) =>
          left.includes(path.join('/')) ||
          (path.join('.') === 'Content.Statement' && statementsIn(resource) !== undefined) ||
          path[0] === 'TemplateBody' ||
          // Text for people is changed as a whole.
          (path.slice(0, 3).join('.') === 'Targets.0.InputTransformer' && path.length > 3),
        others: (other) => anotherLike(stack, other),
      }).map(({ path, how, value }) => settings('changed', how, path, value)),
    ];
  });
}

function waitingForNothing({ DependsOn: _, ...others }: TemplateResource): TemplateResource {
  return others;
}

function aboutIn(
  { name, account }: AssemblyStack,
  id: string,
  { Type }: TemplateResource,
): Pick<WholeMutant, 'sort' | 'type' | 'place' | 'account'> {
  return { sort: sortOf(Type), type: Type, place: `${name}/${id}`, account };
}

function sortOf(type: string): WholeSort {
  return type === 'AWS::Organizations::Policy'
    ? 'guardrail'
    : type === 'AWS::CloudFormation::StackSet'
      ? 'baseline'
      : 'setting';
}

/** A condition that the template itself settles: CloudFormation does not make it. */
function neverMade({ file }: AssemblyStack, id: string): Pick<WholeMutant, 'kind' | 'how' | 'path' | 'edit'> {
  return {
    kind: 'gone',
    how: 'made on a condition that never holds',
    path: 'Condition',
    edit: {
      in: 'files',
      edits: {
        [file]: (template) => {
          template.Conditions = { ...template.Conditions, Never: { 'Fn::Equals': ['a', 'b'] } };
          template.Resources[id].Condition = 'Never';
        },
      },
    },
  };
}

/** The same once more, by another name. */
function copies(
  stack: AssemblyStack,
  id: string,
  resource: TemplateResource,
  put: (kind: string, how: string, path: Path, changed: TemplateResource | undefined) => WholeMutant,
): WholeMutant[] {
  const { Properties = {} } = resource;
  const renamed = Object.fromEntries(
    Object.entries(Properties).map(([name, value]) => [
      name,
      /Name$/.test(name) ? renamedText(value) : value,
    ]),
  );
  const copy = { ...resource, Properties: renamed };
  return [
    {
      ...put('one more', 'one more like it, by another name', [], undefined),
      sort: 'resource',
      edit: { in: 'stack', stack: stack.name, resources: () => withResource(stack, `${id}Fresh`, copy) },
    },
  ];
}

function renamedText(value: unknown): unknown {
  if (typeof value === 'string') return `${value}-fresh`;
  const text = isGroup(value) ? value['Fn::Sub'] : undefined;
  return typeof text === 'string' ? { 'Fn::Sub': `${text}-fresh` } : value;
}

/** What others of the same type in the stack say for each property, where it is something else. */
function siblings(
  { resources }: AssemblyStack,
  id: string,
  { Type, Properties = {} }: TemplateResource,
): [name: string, of: string, value: unknown][] {
  const ids = Object.keys(resources).filter((each) => resources[each]?.Type === Type);
  const next = ids[(ids.indexOf(id) + 1) % ids.length] ?? id;
  return Object.entries(resources[next]?.Properties ?? {})
    .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(Properties[name]))
    .map(([name, value]) => [name, next, value]);
}

/** The next resource of the same type. */
function anotherLike({ resources }: AssemblyStack, id: string): string | undefined {
  const type = resources[id]?.Type;
  const ids = Object.keys(resources).filter((each) => resources[each]?.Type === type);
  const next = ids[(ids.indexOf(id) + 1) % ids.length];
  return next === id ? undefined : next;
}
