/** ODCS References: how a property points at properties elsewhere, as a foreign key does. */
import { z } from 'zod';
import { customProperties } from './annotations';

const name = '[A-Za-z_]\\w*';
const step = `${name}/[\\w-]+`;
const byName = `${name}\\.${name}`;
const byId = `(?:(?:https?://)?[\\w.\\-/]+\\.yaml#)?/?${step}(?:/${step})*`;

const reference = z
  .string()
  .max(2000)
  .regex(new RegExp(`^(?:${byName}|${byId})$`))
  .meta({
    description:
      'A property by its names or by the ids on the way to it, after the file of another contract if any.',
    expects: 'a reference, such as award.uprn or schema/award/properties/uprn',
    fix: 'write object.property, or section/id/properties/id',
    examples: ['award.uprn', 'schema/award/properties/uprn'],
  });

/** One property, or those of a key of several. Which of the two is told by the kind of YAML: text or a list. */
function end(description: string) {
  return z.union([reference, z.array(reference).min(1)]).meta({
    description,
    expects: 'a reference such as award.uprn, or a list of them',
    fix: 'write object.property, or a list with one of these on each line',
  });
}

const inEveryRelationship = {
  type: z
    .literal('foreignKey')
    .optional()
    .meta({ description: 'The kind of relationship: foreignKey if not given.' }),
  to: end('The property that is pointed at, or the properties of its key.'),
  customProperties: customProperties.optional(),
};

/** A relationship that a property has: it starts at that property, so it has no `from`. */
export const propertyRelationship = z
  .strictObject(inEveryRelationship)
  .meta({ description: 'A relationship from this property to another. It has no from.' });

/** A relationship that an object has: it says where it starts. */
export const objectRelationship = z
  .strictObject({
    from: end('The property that points, or the properties of the key.'),
    ...inEveryRelationship,
  })
  .refine(({ from, to }) => from.length === 0 || to.length === 0 || lengthOf(from) === lengthOf(to))
  .meta({
    description: 'A relationship between properties of this object and of another.',
    expects: 'a relationship whose from and to are both one reference, or both lists of the same length',
    fix: 'give from and to as many references, in the same order',
  });

/** How many references a list has; text is told apart from a list of one. */
function lengthOf(end: string | readonly string[]): number {
  return typeof end === 'string' ? 0 : end.length;
}
