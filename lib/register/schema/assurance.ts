/** How an organisation’s security was last assured, or by when it will be. */
import { z } from 'zod';
import { isoDate, words } from './scalars';

/** Schemes by which public bodies and their suppliers are assured. */
export const ASSURANCE_SCHEMES = [
  'govassure',
  'caf-for-local-government',
  'dspt',
  'police-cyber-assurance',
  'cyber-essentials',
  'cyber-essentials-plus',
  'iso-27001',
] as const;

const scheme = 'The scheme under which the organisation’s security was last assured.';
const date = isoDate.meta({ description: 'The day of that assurance.' });

/** The latest independent look at an organisation’s security. Where there was none, the day by which there will be. */
export const assuranceSchema = z
  .discriminatedUnion('scheme', [
    z.strictObject({ scheme: z.enum(ASSURANCE_SCHEMES).meta({ description: scheme }), date }),
    z
      .strictObject({
        scheme: z.literal('other').meta({ description: scheme }),
        name: words('What the scheme is called, and who runs it.', 160),
        date,
      })
      .meta({ description: 'Assured under a scheme that is not in the list.' }),
    z
      .strictObject({
        scheme: z.literal('none').meta({ description: scheme }),
        by: isoDate.meta({ description: 'The day by which it will be assured.' }),
      })
      .meta({ description: 'Not assured yet.' }),
  ])
  .meta({ description: 'The latest independent look at the organisation’s security.' });
