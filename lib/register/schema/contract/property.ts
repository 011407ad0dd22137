/**
 * ODCS Schema, properties: the columns or fields of an object. `logicalType` tells the kinds apart; a property
 * without one is a further kind, which may have properties or items but no options.
 */
import { z } from 'zod';
import { words } from '../scalars';
import { elementName, inEveryElement } from './element';
import {
  arrayOptions,
  dateOptions,
  integerOptions,
  noOptions,
  numberOptions,
  objectOptions,
  stringOptions,
  timeOptions,
} from './logical-type';
import { propertyRelationship } from './relationship';
import { anyValue, flag, position } from './values';

const inEveryProperty = {
  ...inEveryElement,
  primaryKey: flag('Whether it is part of the primary key.').optional(),
  primaryKeyPosition: position.optional(),
  required: flag('Whether it always has a value.').optional(),
  unique: flag('Whether no value occurs twice.').optional(),
  partitioned: flag('Whether the data is divided by it.').optional(),
  partitionKeyPosition: position.optional(),
  classification: words('How sensitive it is, such as OFFICIAL-SENSITIVE.', 200).optional(),
  encryptedName: words('The property that holds its value encrypted.', 200).optional(),
  criticalDataElement: flag('Whether much depends on it.').optional(),
  transformSourceObjects: z
    .array(words('An object that the value is derived from.', 200))
    .optional()
    .meta({ description: 'What the value is derived from.' }),
  transformLogic: words('How the value is derived, as code.', 20_000).optional(),
  transformDescription: words('How the value is derived, in words.').optional(),
  examples: z
    .array(anyValue('A value that could occur.'))
    .optional()
    .meta({ description: 'Values that could occur. Made up, never a real person’s.' }),
  relationships: z
    .array(propertyRelationship)
    .optional()
    .meta({ description: 'The properties elsewhere that it points at.' }),
};

const aString = z.strictObject({
  ...inEveryProperty,
  logicalType: z.literal('string'),
  logicalTypeOptions: stringOptions.optional(),
});
const aDate = z.strictObject({
  ...inEveryProperty,
  logicalType: z.literal('date'),
  logicalTypeOptions: dateOptions.optional(),
});
const aTime = z.strictObject({
  ...inEveryProperty,
  logicalType: z.literal(['timestamp', 'time']),
  logicalTypeOptions: timeOptions.optional(),
});
const anInteger = z.strictObject({
  ...inEveryProperty,
  logicalType: z.literal('integer'),
  logicalTypeOptions: integerOptions.optional(),
});
const aNumber = z.strictObject({
  ...inEveryProperty,
  logicalType: z.literal('number'),
  logicalTypeOptions: numberOptions.optional(),
});
const aBoolean = z.strictObject({
  ...inEveryProperty,
  logicalType: z.literal('boolean'),
  logicalTypeOptions: noOptions.optional(),
});

const inEveryObject = {
  ...inEveryProperty,
  logicalType: z.literal('object'),
  logicalTypeOptions: objectOptions.optional(),
};
const inEveryArray = {
  ...inEveryProperty,
  logicalType: z.literal('array'),
  logicalTypeOptions: arrayOptions.optional(),
};
const inEveryUntyped = {
  ...inEveryProperty,
  logicalType: z.literal([]).optional(),
  logicalTypeOptions: noOptions.optional(),
};

/** A property of an object. Named here, as a type that holds itself cannot be inferred. */
export type Property =
  | z.infer<typeof aString | typeof aDate | typeof aTime>
  | z.infer<typeof anInteger | typeof aNumber | typeof aBoolean>
  | (Settings<typeof inEveryObject> & Pick<Parts, 'properties'>)
  | (Settings<typeof inEveryArray> & Pick<Parts, 'items'>)
  | (Settings<typeof inEveryUntyped> & Parts);

/** What each item of a list is: a property that may go without a name. */
type Item = Nameless<Property>;

interface Parts {
  properties?: Property[] | undefined;
  items?: Item | undefined;
}
type Settings<Shape extends z.ZodRawShape> = z.infer<z.ZodObject<Shape>>;
type Nameless<Kind> = Kind extends unknown ? Omit<Kind, 'name'> & { name?: string | undefined } : never;

const anObject = z.strictObject({
  ...inEveryObject,
  get properties(): z.ZodOptional<z.ZodType<Property[]>> {
    return properties.optional();
  },
});
const anArray = z.strictObject({
  ...inEveryArray,
  get items(): z.ZodOptional<z.ZodType<Item>> {
    return itemSchema.optional();
  },
});
const untyped = z.strictObject({
  ...inEveryUntyped,
  get properties(): z.ZodOptional<z.ZodType<Property[]>> {
    return properties.optional();
  },
  get items(): z.ZodOptional<z.ZodType<Item>> {
    return itemSchema.optional();
  },
});

const nameless = { name: elementName.optional() };

const propertySchema = z
  .discriminatedUnion('logicalType', [
    aString,
    aDate,
    aTime,
    anInteger,
    aNumber,
    aBoolean,
    anObject,
    anArray,
    untyped,
  ])
  .meta({ id: 'Property', description: 'A column or field, and the kind of value in it.' });

const itemSchema = z
  .discriminatedUnion('logicalType', [
    aString.extend(nameless),
    aDate.extend(nameless),
    aTime.extend(nameless),
    anInteger.extend(nameless),
    aNumber.extend(nameless),
    aBoolean.extend(nameless),
    anObject.extend(nameless),
    anArray.extend(nameless),
    untyped.extend(nameless),
  ])
  .meta({ id: 'Item', description: 'What each item of the list is.' });

/** The properties of an object, in order. */
export const properties: z.ZodType<Property[]> = z
  .array(propertySchema)
  .meta({ description: 'The columns or fields, in order.' });
