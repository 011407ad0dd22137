/**
 * What may be said of any part of a contract: ODCS Tags, Custom Properties and Authoritative Definitions. Schemas
 * with an `id` are written once in the JSON Schema and referred to elsewhere.
 */
import { z } from 'zod';
import { words } from '../scalars';
import { anyValue, stableId, uri } from './values';

/** ODCS Tags. */
export const tags = z
  .array(words('A word to find this by.', 100))
  .meta({ id: 'Tags', description: 'Words to find this by.' });

/** ODCS Custom Properties: settings that the standard does not have. */
export const customProperties = z
  .array(
    z
      .strictObject({
        id: stableId.optional(),
        property: words('The name of the setting.', 200),
        value: anyValue('The value of the setting.'),
        description: words('What the setting means.').optional(),
      })
      .meta({ description: 'A setting that the standard does not have.' }),
  )
  .meta({
    id: 'CustomProperties',
    description: 'Settings that the standard does not have. Anything of one’s own goes here.',
  });

/** ODCS Authoritative Definitions: links to the authority for a definition. */
export const authoritativeDefinitions = z
  .array(
    z
      .strictObject({
        id: stableId.optional(),
        url: uri('Where the definition is.'),
        type: words('What kind of definition it is, such as businessDefinition or tutorial.', 100),
        description: words('What the reader finds there.').optional(),
      })
      .meta({ description: 'A link to a definition that has the last word.' }),
  )
  .meta({ id: 'AuthoritativeDefinitions', description: 'Links to definitions that have the last word.' });
