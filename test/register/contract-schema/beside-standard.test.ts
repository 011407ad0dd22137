/** That the schema of data contracts takes nothing that the standard’s own JSON Schema does not. */
import { readFileSync } from 'node:fs';
import { Ajv2019 } from 'ajv/dist/2019';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { z } from 'zod';
import { contractSchema } from '../../../lib/register/schema/contract';
import { STANDARD } from '../../contracts/outside/odcs';
import { awards } from './awards';
import { ADDRESSES, anEdit, carryOut, ODD, OTHERS } from './edits';
import { edited, type Group, type Json, least, places, slices } from './parts';

describe('beside the JSON Schema of the standard', () => {
  const standard: Group = STANDARD ? JSON.parse(readFileSync(STANDARD, 'utf8')) : {};

  function testBeside(property: string, check: () => void) {
    test(property, () =>
      STANDARD
        ? check()
        : console.log('not run: test/contracts/outside/suites.sh has not brought the ODCS JSON Schema'),
    );
  }

  function inStandard() {
    return addFormats(new Ajv2019({ strict: false })).compile(standard);
  }

  testBeside('the settings of our schema are those of the standard', () => {
    const ours = settingNames(JSON.parse(JSON.stringify(z.toJSONSchema(contractSchema, { io: 'input' }))));
    expect([...ours].sort()).toEqual([...settingNames(standard)].sort());
  });

  testBeside('each type of server takes the settings that the standard gives it, and no other', () => {
    const server = (standard.$defs as Group).Server as {
      properties: { type: { enum: string[] } };
      allOf: Group[];
    };
    const sources = (standard.$defs as Group).ServerSource as {
      [name: string]: { properties: { [name: string]: Group }; required?: string[] };
    };
    const every = new Set(Object.values(sources).flatMap((each) => Object.keys(each.properties)));
    const valid = inStandard();
    const accepts = (each: Json) => {
      const contract = { ...least(awards), servers: [each] };
      const ours = contractSchema.safeParse(contract).success;
      expect({ each, accepted: ours }).toEqual({ each, accepted: valid(contract) });
      return ours;
    };
    expect(server.properties.type.enum).toHaveLength(34);
    for (const type of server.properties.type.enum) {
      const branch = server.allOf.find((each) => JSON.stringify(each.if).includes(`{"const":"${type}"}`)) as {
        then: { $ref: string };
      };
      const { properties, required = [] } = sources[branch.then.$ref.replace(/.*\//, '')] ?? {
        properties: {},
      };
      const values = Object.entries(properties).map(([name, { type: kind }]): [string, Json] => [
        name,
        kind === 'integer' ? 1433 : `${type === 'sftp' ? 'sftp' : 's3'}://awards/2027/`,
      ]);
      const full: Group = { server: 'one', type, ...Object.fromEntries(values) };
      expect(accepts(full)).toBe(true);
      for (const name of Object.keys(full)) accepts(edited(full, [name], undefined));
      for (const name of every) if (!(name in full)) expect(accepts({ ...full, [name]: 'x' })).toBe(false);
      expect(
        accepts(
          Object.fromEntries(
            Object.entries(full).filter(([name]) => ['server', 'type', ...required].includes(name)),
          ),
        ),
      ).toBe(true);
    }
  });

  testBeside(
    'whatever stands in one place of a contract, if our schema accepts it, the standard does',
    () => {
      const valid = inStandard();
      expect(valid(awards)).toBe(true);
      for (const contract of slices(awards)) {
        for (const { group, key } of places(contract)) {
          const value = group[key] as Json;
          for (const odd of [...ODD, ...ADDRESSES, ...OTHERS]) {
            group[key] = odd;
            if (contractSchema.safeParse(contract).success && !valid(contract)) fail(contract, valid.errors);
          }
          group[key] = value;
        }
      }
    },
  );

  testBeside(
    'however parts of contracts are mixed, if our schema accepts the result, the standard does',
    () => {
      const valid = inStandard();
      const starts = [awards, ...slices(awards)];
      const tally = { accepted: 0, rejected: 0 };
      fc.assert(
        fc.property(
          fc.constantFrom(...starts),
          fc.array(anEdit, { minLength: 1, maxLength: 3 }),
          (start, edits) => {
            const contract = structuredClone(start);
            for (const edit of edits) carryOut(contract, edit);
            if (!contractSchema.safeParse(contract).success) {
              tally.rejected += 1;
              return;
            }
            tally.accepted += 1;
            if (!valid(contract)) fail(contract, valid.errors);
          },
        ),
        { seed: 20270401, numRuns: 5000 },
      );
      expect(Math.min(tally.accepted, tally.rejected)).toBeGreaterThan(500);
    },
  );
});

function fail(contract: Group, errors: unknown): never {
  throw new Error(`the standard rejects ${JSON.stringify(contract)}: ${JSON.stringify(errors)}`);
}

/** The names of all settings in a JSON Schema. */
function settingNames(schema: Json, names = new Set<string>()): Set<string> {
  if (schema === null || typeof schema !== 'object') return names;
  if (Array.isArray(schema)) {
    for (const each of schema) settingNames(each, names);
    return names;
  }
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === 'properties' || keyword === '$defs') {
      if (keyword === 'properties') for (const name of Object.keys(value as Group)) names.add(name);
      for (const [name, each] of Object.entries(value as Group)) {
        settingNames(name === 'ServerSource' ? { $defs: each } : each, names);
      }
    } else if (['items', 'then', 'allOf', 'anyOf', 'oneOf', 'additionalProperties'].includes(keyword)) {
      settingNames(value, names);
    }
  }
  return names;
}
