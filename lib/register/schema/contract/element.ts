/** ODCS Schema, elements: what objects (tables, files) and their properties (columns, fields) have in common. */
import { words } from '../scalars';
import { authoritativeDefinitions, customProperties, tags } from './annotations';
import { quality } from './quality';
import { stableId } from './values';

/** The name of an element. Items of a list need none. */
export const elementName = words('The name of the object or property.', 200);

/** The settings of every element. */
export const inEveryElement = {
  id: stableId.optional(),
  name: elementName,
  businessName: words('What the business calls it.', 200).optional(),
  description: words('What it is.').optional(),
  physicalName: words('Its name in the system that holds it.', 200).optional(),
  physicalType: words('Its type in the system that holds it, such as table or VARCHAR(12).', 200).optional(),
  quality: quality.optional(),
  tags: tags.optional(),
  customProperties: customProperties.optional(),
  authoritativeDefinitions: authoritativeDefinitions.optional(),
};
