/** The schemas as JSON Schema (draft 2020-12), for editors that complete and check YAML while it is written. */
import { z } from 'zod';
import { agreementSchema } from './agreement';
import { contractSchema } from './contract';
import { organisationSchema } from './organisation';
import { zoneSchema } from './zone';

/** Each schema file by its name in `register/schema/`. */
export function jsonSchemas(): ReadonlyMap<string, string> {
  const schemas = {
    zone: zoneSchema,
    organisation: organisationSchema,
    agreement: agreementSchema,
    contract: contractSchema,
  };
  return new Map(
    Object.entries(schemas).map(([name, schema]) => {
      const json = z.toJSONSchema(schema, {
        io: 'input',
        reused: 'ref',
        override: ({ jsonSchema }) => {
          // What only diagnostics say is no keyword of JSON Schema.
          for (const key of ['expects', 'fix', 'quoted']) delete jsonSchema[key];
        },
      });
      return [`${name}.schema.json`, `${JSON.stringify(json, null, 2)}\n`];
    }),
  );
}
