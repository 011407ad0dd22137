/** ODCS Schema, `logicalTypeOptions`: what more is said of a property’s values, by the kind of value. */
import { z } from 'zod';
import { words } from '../scalars';
import { count, distinct, flag, number } from './values';

const description = 'What more is known of the values.';

/** Options of `boolean`, and of a property without a logical type: there are none. */
export const noOptions = z.strictObject({}).meta({ description: 'This kind of value has no options.' });

/** Options of `string`. */
export const stringOptions = z
  .strictObject({
    minLength: count('The least number of characters.').optional(),
    maxLength: count('The greatest number of characters.').optional(),
    pattern: words('A regular expression (ECMA-262) that values match.', 4000).optional(),
    format: words('A known form of text, such as uuid or email.', 100).optional(),
  })
  .meta({ description });

const bounds = {
  format: words('How it is written, as Java’s DateTimeFormatter has it: yyyy-MM-dd.', 100).optional(),
  minimum: words('The earliest value.', 100).optional(),
  maximum: words('The latest value.', 100).optional(),
  exclusiveMinimum: words('All values are later.', 100).optional(),
  exclusiveMaximum: words('All values are earlier.', 100).optional(),
};

/** Options of `date`. */
export const dateOptions = z.strictObject(bounds).meta({ description });

/** Options of `timestamp` and `time`. */
export const timeOptions = z
  .strictObject({
    ...bounds,
    timezone: flag('Whether values say their time zone.').optional(),
    defaultTimezone: words('The time zone of values that say none: Etc/UTC if not given.', 100).optional(),
  })
  .meta({ description });

const limits = {
  multipleOf: z.number().positive().optional().meta({
    description: 'All values are multiples of this.',
    expects: 'a number greater than 0',
    fix: 'write a number greater than 0, without quotes',
  }),
  minimum: number('The least value.').optional(),
  maximum: number('The greatest value.').optional(),
  exclusiveMinimum: number('All values are greater.').optional(),
  exclusiveMaximum: number('All values are less.').optional(),
};

/** Options of `integer`. */
export const integerOptions = z
  .strictObject({
    ...limits,
    format: z
      .enum(['i8', 'i16', 'i32', 'i64', 'i128', 'u8', 'u16', 'u32', 'u64', 'u128'])
      .optional()
      .meta({ description: 'The bits that a value takes, signed (i) or not (u): i32 if not given.' }),
  })
  .meta({ description });

/** Options of `number`. */
export const numberOptions = z
  .strictObject({
    ...limits,
    format: z.enum(['f32', 'f64']).optional().meta({ description: 'The bits that a value takes.' }),
  })
  .meta({ description });

/** Options of `object`. */
export const objectOptions = z
  .strictObject({
    minProperties: count('The least number of properties.').optional(),
    maxProperties: count('The greatest number of properties.').optional(),
    required: z.array(words('A property, by its name.', 200)).min(1).refine(distinct).optional().meta({
      description: 'The properties that every value has.',
      expects: 'a list of different names',
      fix: 'name each property once',
      uniqueItems: true,
    }),
  })
  .meta({ description });

/** Options of `array`. */
export const arrayOptions = z
  .strictObject({
    minItems: count('The least number of items.').optional(),
    maxItems: count('The greatest number of items.').optional(),
    uniqueItems: flag('Whether no item occurs twice.').optional(),
  })
  .meta({ description });
