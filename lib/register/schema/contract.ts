/**
 * `contracts/<id>.yaml`: a data contract in the Open Data Contract Standard (ODCS), v3.1.0. Every setting of the
 * standard is known and no other is taken. Where it leaves a value open, so does the schema.
 */
import { z } from 'zod';
import { authoritativeDefinitions, customProperties, tags } from './contract/annotations';
import { objectSchema } from './contract/object';
import { servers } from './contract/servers';
import { roles, support, team } from './contract/team';
import { price, slaProperties } from './contract/terms';
import { moment } from './contract/values';
import { contractId, words } from './scalars';

const descriptionSchema = z
  .strictObject({
    purpose: words('What the data is for.').optional(),
    limitations: words('What the data cannot or must not be used for.').optional(),
    usage: words('How the data is best used.').optional(),
    customProperties: customProperties.optional(),
    authoritativeDefinitions: authoritativeDefinitions.optional(),
  })
  .meta({ description: 'What the data is for, in words.' });

/** The shape of `contracts/<id>.yaml`. */
export const contractSchema = z
  .strictObject({
    apiVersion: z.literal('v3.1.0').meta({
      description: 'The version of ODCS that the contract is written in.',
      expects: 'v3.1.0',
      fix: 'write v3.1.0; bring an older contract up to it first',
    }),
    kind: z.literal('DataContract').meta({ description: 'The kind of document: always DataContract.' }),
    id: contractId,
    version: words('The version of the contract.', 100).meta({
      description: 'The version of the contract, such as 1.0.0.',
      expects: 'the version as text, such as 1.0.0',
      fix: 'write it with two points, or in quotes: "1.0"',
      examples: ['1.0.0'],
    }),
    status: words('Where the contract is in its life: proposed, draft, active, deprecated or retired.', 100),
    name: words('What the contract is called.', 200).optional(),
    tenant: words('The organisation or part of it that the data belongs to.', 200).optional(),
    domain: words('The area of business that the data belongs to.', 200).optional(),
    dataProduct: words('The data product.', 200)
      .optional()
      .meta({ description: 'The data product. Given up by ODCS in v3.1.0.', deprecated: true }),
    description: descriptionSchema.optional(),
    tags: tags.optional(),
    servers: servers.optional(),
    schema: z
      .array(objectSchema)
      .optional()
      .meta({ description: 'The tables, files or messages that the contract is about.' }),
    support: support.optional(),
    price: price.optional(),
    team: team.optional(),
    roles: roles.optional(),
    slaDefaultElement: words('What levels of service hold for if they do not say.', 2000).optional().meta({
      description: 'What levels of service hold for. Given up by ODCS in v3.1.0.',
      deprecated: true,
    }),
    slaProperties: slaProperties.optional(),
    authoritativeDefinitions: authoritativeDefinitions.optional(),
    customProperties: customProperties.optional(),
    contractCreatedTs: moment('When the contract was written.').optional(),
  })
  .meta({
    title: 'Data contract',
    description: 'What the data looks like and what its users may count on, as ODCS v3.1.0 has it.',
  });

/** A data contract. */
export type Contract = z.infer<typeof contractSchema>;
