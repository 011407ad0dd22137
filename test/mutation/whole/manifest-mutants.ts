/** Every mutant of the manifest, and of the files that functions and layers are made of. */
import { type Assembly, assetsOf, isGroup, MANIFEST_FILE, stackArtifacts } from '../../../lib/assembly';
import type { Json } from '../../compliance/judged-sample';
import { STRANGER } from '../json-statement';
import type { WholeMutant } from './whole-mutant';
import { neighbourOf } from './whole-mutants';

/** Every one, in the order of stacks. */
export function manifestMutants(source: Assembly): WholeMutant[] {
  return [...ofManifest(source), ...stackMutants(source), ...codeMutants(source)];
}

type Edit = (manifest: Json) => void;

function mutant(account: string, kind: string, path: string, how: string, edit: Edit): WholeMutant {
  return {
    sort: 'manifest',
    type: 'manifest',
    place: MANIFEST_FILE,
    account,
    kind,
    path,
    how,
    edit: { in: 'files', edits: { [MANIFEST_FILE]: edit } },
  };
}

function ofManifest({ stacks }: Assembly): WholeMutant[] {
  const [{ account } = { account: '' }] = stacks;
  const all: [string, string, Edit][] = [
    [
      'artifacts',
      'with a nested assembly',
      (m) =>
        (m.artifacts['assembly-Fresh'] = {
          type: 'cdk:cloud-assembly',
          properties: { directoryName: 'assembly-Fresh' },
        }),
    ],
    [
      'artifacts',
      'with an artefact that nobody knows',
      (m) => (m.artifacts.Fresh = { type: 'concordat:fresh' }),
    ],
    [
      'missing',
      'with a value that is missing',
      (m) => (m.missing = [{ key: 'x', provider: 'ssm', props: {} }]),
    ],
    ['fresh', 'with a part that nobody knows', (m) => (m.fresh = { x: 1 })],
    [
      'artifacts',
      'with a construct tree',
      (m) => (m.artifacts.Tree = { type: 'cdk:tree', properties: { file: 'tree.json' } }),
    ],
  ];
  return all.map(([path, how, edit]) => mutant(account, 'manifest', path, how, edit));
}

/** How each stack is deployed. */
function stackMutants(source: Assembly): WholeMutant[] {
  return source.stacks.flatMap((stack): WholeMutant[] => {
    const { account, file, name, region } = stack;
    const id =
      stackArtifacts(source.manifest).find(({ properties }) => properties.templateFile === file)?.id ?? name;
    const neighbour = neighbourOf(source, account);
    const own = (kind: string, path: string, how: string, edit: (artifact: Json) => void) =>
      mutant(account, kind, path, `${name} ${how}`, (m) => edit(m.artifacts[id]));
    const set = (path: string, how: string, value: unknown) =>
      own('stack', path, how, ({ properties }) => {
        properties[path] = value;
      });
    const { properties } = stackArtifacts(source.manifest).find((each) => each.id === id) ?? {
      properties: {},
    };
    const isSet = (name: string) => name in properties;
    const all = [
      mutant(account, 'gone', 'artifacts', `without the stack ${name}`, (m) => {
        delete m.artifacts[id];
      }),
      own(
        'stack',
        'environment',
        'in a neighbour’s account',
        (a) => (a.environment = `aws://${neighbour}/${region}`),
      ),
      own('stack', 'environment', 'in another Region', (a) => (a.environment = `aws://${account}/eu-west-1`)),
      own('stack', 'dependencies', 'waits for nothing', (a) => (a.dependencies = [])),
      own('stack', 'displayName', 'by another name to show', (a) => (a.displayName = 'fresh')),
      set('terminationProtection', 'without termination protection', false),
      set('assumeRoleArn', 'by whoever deploys', undefined),
      set('assumeRoleArn', 'by a neighbour’s role', `arn:aws:iam::${neighbour}:role/deploy`),
      set('cloudFormationExecutionRoleArn', 'with no role of CloudFormation’s', undefined),
      set(
        'cloudFormationExecutionRoleArn',
        'with an administrator',
        `arn:aws:iam::${account}:role/administrator`,
      ),
      set('assumeRoleAdditionalOptions', 'with further options for its role', { SourceIdentity: 'x' }),
      set('assumeRoleExternalId', 'with an external id', 'x'),
      set('notificationArns', 'telling a stranger', [`arn:aws:sns:eu-west-2:${STRANGER}:x`]),
      set('parameters', 'with a parameter', { Fresh: 'x' }),
      set('stackName', 'by another name', 'Fresh'),
      set('stackTemplateAssetObjectUrl', 'from elsewhere', 's3://concordat-fresh/x.json'),
      set('tags', 'with a tag', { fresh: 'x' }),
      set('templateFile', 'from another template', source.stacks.find((each) => each.file !== file)?.file),
      set('requiresBootstrapStackVersion', 'with an older bootstrap', 1),
      set('fresh', 'with what nobody knows', 'x'),
    ];
    // What is not set can’t be taken away.
    return all.filter(
      ({ path, how }) =>
        !/without termination protection|by whoever deploys|with no role/.test(how) || isSet(path),
    );
  });
}

/** The files of each asset, and each function and layer with the asset of another. */
function codeMutants(source: Assembly): WholeMutant[] {
  return source.stacks.flatMap((stack): WholeMutant[] => {
    const keys = [...assetsOf(source, stack)];
    const users = Object.entries(stack.resources).filter(([, { Type }]) =>
      ['AWS::Lambda::Function', 'AWS::Lambda::LayerVersion'].includes(Type),
    );
    return users.flatMap(([id, { Type, Properties }]) => {
      const about = {
        sort: 'code or file' as const,
        type: Type,
        place: `${stack.name}/${id}`,
        account: stack.account,
      };
      const where = Type === 'AWS::Lambda::Function' ? 'Code' : 'Content';
      const from = Properties?.[where];
      const key = isGroup(from) ? String(from.S3Key) : '';
      const folder = assetsOf(source, stack).get(key);
      const files = folder === undefined ? [] : source.filesBelow(folder);
      return [
        ...files.map(
          (file): WholeMutant => ({
            ...about,
            path: where,
            kind: 'content',
            how: `${file.slice((folder ?? '').length + 1)} changed`,
            edit: { in: 'asset', file },
          }),
        ),
        ...keys
          .filter(([other]) => other !== key)
          .map(
            ([other, path]): WholeMutant => ({
              ...about,
              path: `${where}.S3Key`,
              kind: 'content',
              how: `with ${path}`,
              edit: {
                in: 'files',
                edits: {
                  [stack.file]: (template) => {
                    template.Resources[id].Properties[where].S3Key = other;
                  },
                },
              },
            }),
          ),
      ];
    });
  });
}
