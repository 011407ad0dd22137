/** ODCS Pricing and Service-Level Agreement: what the data costs, and what its users may count on. */
import { z } from 'zod';
import { words } from '../scalars';
import { hasWholeSchedule, schedule, wholeSchedule } from './schedule';
import { number, stableId } from './values';

/** ODCS Pricing. */
export const price = z
  .strictObject({
    id: stableId.optional(),
    priceAmount: number('What a unit costs.').optional(),
    priceCurrency: words('The currency, such as GBP.', 40).optional(),
    priceUnit: words('What is paid for, such as megabyte.', 100).optional(),
  })
  .meta({ description: 'What the data costs.' });

/** A level of service: text, a number, true, false or null, told apart by the kind of YAML. */
function level(description: string) {
  return z.union([words('The level, in words.'), z.number(), z.boolean(), z.null()]).meta({
    description,
    expects: 'text, a number, true, false or null',
    fix: 'write one value, not a list or a group of settings',
  });
}

/** ODCS Service-Level Agreement. */
export const slaProperties = z
  .array(
    z
      .strictObject({
        id: stableId.optional(),
        property: words('What is promised, such as latency, frequency or retention.', 200),
        value: level('How much of it.'),
        valueExt: level('The second part of the value, where it has two.').optional(),
        unit: words('The unit of the value, such as d for days.', 100).optional(),
        element: words(
          'The objects or properties that it holds for, such as award.paid_on.',
          2000,
        ).optional(),
        driver: words('Why it matters: regulatory, analytics or operational.', 100).optional(),
        description: words('The promise, in words.').optional(),
        ...schedule,
      })
      .refine(hasWholeSchedule)
      .meta({
        ...wholeSchedule,
        description: 'A promise about the service.',
        expects: 'a promise with both scheduler and schedule, or neither',
        fix: 'give scheduler and schedule together, or leave both out',
      }),
  )
  .meta({ description: 'What users of the data may count on.' });
