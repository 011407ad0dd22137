/** ODCS Schema, objects: the tables, files or messages that the contract is about. */
import { z } from 'zod';
import { words } from '../scalars';
import { inEveryElement } from './element';
import { properties } from './property';
import { objectRelationship } from './relationship';

/** A table, file or message, with its columns or fields. */
export const objectSchema = z
  .strictObject({
    ...inEveryElement,
    logicalType: z.literal('object').optional().meta({ description: 'Always object.' }),
    dataGranularityDescription: words('What one record stands for, such as one award.').optional(),
    properties: properties.optional(),
    relationships: z
      .array(objectRelationship)
      .optional()
      .meta({ description: 'How its properties point at those of other objects.' }),
  })
  .meta({ description: 'A table, file or message, with its columns or fields.' });
