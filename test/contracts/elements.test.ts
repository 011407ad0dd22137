/** That each element of ODCS 3.1 is either carried out, refused or words; and that docs/contracts.md says the same. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { z } from 'zod';
import { compileContract } from '../../lib/contracts/compile';
import { CUSTOM_PROPERTIES } from '../../lib/contracts/compile/custom';
import { ELEMENTS } from '../../lib/contracts/compile/elements';
import { pointer } from '../../lib/contracts/compile/fault';
import { GSS_ENTITIES, KNOWN_FROM, KNOWN_TO } from '../../lib/contracts/gss/codes';
import { contractSchema } from '../../lib/register/schema/contract';
import { plural } from '../../lib/words';
import { expectPart } from './docs-page';
import { STANDARD } from './outside/odcs';

const ROOT = join(__dirname, '../..');
const SHARED = join(ROOT, '../shared');
const EXAMPLES = join(SHARED, 'data/odcs-examples');

/** The names of settings of a schema, whatever it is wrapped in. */
function settingsOf(schema: z.ZodType): string[] {
  const { def } = schema as unknown as { def: Record<string, unknown> };
  if (def.type === 'object') return Object.keys(def.shape as object);
  if (def.type === 'union') return [...new Set((def.options as z.ZodType[]).flatMap(settingsOf))];
  return settingsOf((def.innerType ?? def.element) as z.ZodType);
}
const shapeOf = (schema: z.ZodType): Record<string, z.ZodType> => {
  const { def } = schema as unknown as { def: Record<string, unknown> };
  if (def.type === 'object') return def.shape as Record<string, z.ZodType>;
  if (def.type === 'union') return Object.assign({}, ...(def.options as z.ZodType[]).map(shapeOf));
  return shapeOf((def.innerType ?? def.element) as z.ZodType);
};
const object = shapeOf(contractSchema).schema as z.ZodType;
const property = shapeOf(object).properties as z.ZodType;
const check = shapeOf(object).quality as z.ZodType;

it('knows each setting that the register takes, and no other', () => {
  const told = (kind: keyof typeof ELEMENTS) => Object.keys(ELEMENTS[kind]).sort();
  expect(told('contract')).toEqual(settingsOf(contractSchema).sort());
  expect(told('object')).toEqual(settingsOf(object).sort());
  expect(told('property')).toEqual(settingsOf(property).sort());
  expect(told('check')).toEqual(settingsOf(check).sort());
  expect(told('relationship')).toEqual(settingsOf(shapeOf(object).relationships as z.ZodType).sort());
});

(STANDARD ? it : it.skip)('knows each setting of the standard’s own JSON Schema', () => {
  const { $defs, properties } = JSON.parse(readFileSync(STANDARD ?? '', 'utf8')) as {
    properties: object;
    $defs: Record<string, { properties?: object }>;
  };
  const has = (kind: keyof typeof ELEMENTS, names: object = {}) =>
    Object.keys(names).filter((name) => !Object.hasOwn(ELEMENTS[kind], name));
  expect(has('contract', properties)).toEqual([]);
  expect(has('object', { ...$defs.SchemaElement?.properties, ...$defs.SchemaObject?.properties })).toEqual(
    [],
  );
  expect(
    has('property', { ...$defs.SchemaElement?.properties, ...$defs.SchemaBaseProperty?.properties }),
  ).toEqual([]);
  expect(has('check', $defs.DataQuality?.properties)).toEqual([]);
});

it('is told on the page: elements, custom properties and GSS codes', () => {
  const TITLES = {
    contract: 'The contract',
    object: 'Objects (`schema`)',
    property: 'Properties',
    options: 'Options of a kind of value (`logicalTypeOptions`)',
    check: 'Checks (`quality`)',
    relationship: 'Relationships',
  } as const;
  const tables = Object.entries(TITLES).map(([kind, title]) => {
    const rows = Object.entries(ELEMENTS[kind as keyof typeof ELEMENTS]).map(
      ([name, [treatment, how]]) => `| \`${name}\` | ${treatment} | ${how} |`,
    );
    return `### ${title}\n\n| element | what is done | how |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
  });
  expectPart('elements', tables.join('\n'));
  const custom = Object.entries(CUSTOM_PROPERTIES).map(
    ([name, { at, means }]) => `| \`${name}\` | ${at.join(', ')} | ${means} |`,
  );
  expectPart('custom', `| property | of | meaning |\n| --- | --- | --- |\n${custom.join('\n')}\n`);
  const entities = Object.entries(GSS_ENTITIES).map(
    ([entity, what]) => `| ${entity} | ${what} | ${KNOWN_FROM[entity as keyof typeof KNOWN_FROM]} |`,
  );
  expectPart(
    'gss',
    `these areas, up to ${KNOWN_TO} and from the days in the table; codes that had ended before are not known. Sources: the Office for National Statistics, under the [Open Government Licence v3.0](https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/), and [mySociety’s history of councils](https://pages.mysociety.org/uk_local_authority_names_and_codes/) (CC BY 4.0).\n\n| entity | areas | known from |\n| --- | --- | --- |\n${entities.join('\n')}\n`,
  );
});

interface Example {
  id: string;
  apiVersion: string;
}

(existsSync(EXAMPLES) ? it : it.skip)(
  'compiles each of the standard’s examples, or refuses it with its place',
  () => {
    const rows = readdirSync(EXAMPLES)
      .filter((name) => name.endsWith('.yaml'))
      .sort()
      .map((name) => {
        const example = parse(readFileSync(join(EXAMPLES, name), 'utf8')) as Example;
        const brought = { ...example, id: 'example', apiVersion: 'v3.1.0' };
        const form = contractSchema.safeParse(brought);
        if (!form.success) {
          const paths = form.error.issues.map(({ path }) => pointer(path as string[]));
          return `| \`${name.replace('.odcs.yaml', '')}\` | refused by its form | ${paths
            .slice(0, 2)
            .map((each) => `\`${each}\``)
            .join(', ')}${paths.length > 2 ? ` and ${paths.length - 2} more` : ''} |`;
        }
        const compiled = compileContract(form.data, '0'.repeat(64));
        if (compiled.ok) {
          const { length } = compiled.plans;
          return `| \`${name.replace('.odcs.yaml', '')}\` | carried out | ${length === 0 ? 'it is about no object' : plural(length, 'object')} |`;
        }
        expect(compiled.faults.every(({ path }) => path.length > 0)).toBe(true);
        const kinds = new Map<string, number>();
        for (const { message } of compiled.faults) kinds.set(message, (kinds.get(message) ?? 0) + 1);
        const told = [...kinds].map(([message, times]) =>
          times > 1 ? `${message} (${times} times)` : message,
        );
        return `| \`${name.replace('.odcs.yaml', '')}\` | refused | ${told.slice(0, 3).join('; ')}${told.length > 3 ? `; and ${told.length - 3} more` : ''} |`;
      });
    expect(rows).toHaveLength(18);
    expectPart(
      'examples',
      `| example | what comes of it | where or why |\n| --- | --- | --- |\n${rows.join('\n')}\n`,
    );
  },
);
