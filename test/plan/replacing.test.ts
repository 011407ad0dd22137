/** Which changes make another resource of one, as CloudFormation’s own schemas have it, in the form in which the CDK keeps them. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { REPLACING } from '../../lib/plan/replacing';
import { RESOURCE_TYPES, resourceFates } from '../../lib/plan/resources';
import { synthesised } from '../stacks/sample-assembly';

interface Schemas {
  readonly schema: {
    readonly resource: {
      readonly entities: readonly {
        readonly cloudFormationType: string;
        readonly properties: Readonly<Record<string, { readonly causesReplacement?: string }>>;
      }[];
    };
  };
}

const folder = dirname(createRequire(__filename).resolve('aws-cdk/package.json'));
const { schema } = JSON.parse(gunzipSync(readFileSync(join(folder, 'db.json.gz'))).toString()) as Schemas;

it('is what the schemas say, for every kind of resource that is deployed', () => {
  const types = new Set(
    synthesised().assembly.stacks.flatMap(({ resources }) =>
      Object.values(resources).map(({ Type }) => Type),
    ),
  );
  expect([...types].filter((each) => !(each in REPLACING))).toEqual([]);
  const known = schema.resource.entities.filter(({ cloudFormationType }) => cloudFormationType in REPLACING);
  expect(known).toHaveLength(Object.keys(REPLACING).length);
  for (const { cloudFormationType, properties } of known)
    expect([
      cloudFormationType,
      Object.keys(properties)
        .filter((each) => !['no', undefined].includes(properties[each]?.causesReplacement))
        .sort(),
    ]).toEqual([cloudFormationType, [...(REPLACING[cloudFormationType] ?? [])].sort()]);
});

it('is told by the plan of each such property, of every kind of resource that it tells of', () => {
  const { stacks } = synthesised().assembly;
  const seen = new Set<string>();
  for (const stack of stacks)
    for (const [id, resource] of Object.entries(stack.resources)) {
      const type = RESOURCE_TYPES.find((each) => each === resource.Type);
      if (type === undefined) continue;
      seen.add(type);
      for (const name of REPLACING[type] ?? []) {
        const properties = { ...resource.Properties, [name]: 'another' };
        const after = {
          ...stack,
          resources: { ...stack.resources, [id]: { ...resource, Properties: properties } },
        };
        const fates = resourceFates([stack], [after]).map(({ place, fate, properties }) => [
          place,
          fate === 'replaced' || fate === 'refused',
          properties.map((each) => each.name),
        ]);
        expect(fates).toEqual([[`${stack.name}/${id}`, true, [name]]]);
      }
    }
  expect(seen).toEqual(new Set(RESOURCE_TYPES));
});
