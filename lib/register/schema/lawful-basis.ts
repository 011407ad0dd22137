/**
 * The lawful basis of an agreement: UK GDPR Articles 6 and 9, Schedule 1 to the Data Protection Act 2018, and Part 3
 * of that Act for law enforcement. Which of them fit together, and who may rely on them, are rules of their own.
 */
import { z } from 'zod';
import { words } from './scalars';

/** UK GDPR Article 6(1), as amended by the Data (Use and Access) Act 2025, which added (ea). */
const ARTICLE_6 = [
  'consent',
  'contract',
  'legal-obligation',
  'vital-interests',
  'public-task',
  'recognised-legitimate-interest',
  'legitimate-interests',
] as const;

/** UK GDPR Annex 1: the conditions of a recognised legitimate interest. */
const RECOGNISED_INTERESTS = [
  'disclosure-for-public-task',
  'national-security-public-security-or-defence',
  'emergencies',
  'crime',
  'safeguarding',
] as const;

/** UK GDPR Article 9(2), in its order. */
export const ARTICLE_9 = [
  'explicit-consent',
  'employment-and-social-protection-law',
  'vital-interests',
  'not-for-profit-body',
  'made-public-by-the-person',
  'legal-claims-and-judicial-acts',
  'substantial-public-interest',
  'health-or-social-care',
  'public-health',
  'archiving-research-and-statistics',
] as const;

/** Data Protection Act 2018, Schedule 1, Part 1 (paragraphs 1 to 4). */
export const SCHEDULE_1_PART_1 = [
  'employment-and-social-protection',
  'health-or-social-care-purposes',
  'public-health-purposes',
  'research-purposes',
] as const;

/** Data Protection Act 2018, Schedule 1, Part 2 (paragraphs 6 to 28): substantial public interest. */
export const SCHEDULE_1_PART_2 = [
  'statutory-and-government-purposes',
  'administration-of-justice-and-parliament',
  'equality-of-opportunity-or-treatment',
  'diversity-at-senior-levels',
  'preventing-or-detecting-unlawful-acts',
  'protecting-the-public-against-dishonesty',
  'regulatory-requirements-on-unlawful-acts',
  'journalism-on-unlawful-acts',
  'preventing-fraud',
  'suspicion-of-terrorist-financing-or-money-laundering',
  'support-for-individuals-with-a-disability',
  'counselling',
  'safeguarding-of-children-and-individuals-at-risk',
  'safeguarding-of-economic-well-being',
  'insurance',
  'occupational-pensions',
  'political-parties',
  'elected-representatives-responding-to-requests',
  'disclosure-to-elected-representatives',
  'informing-elected-representatives-about-prisoners',
  'publication-of-legal-judgments',
  'anti-doping-in-sport',
  'standards-of-behaviour-in-sport',
] as const;

/** Data Protection Act 2018, Schedule 1, Part 3 (paragraphs 29 to 37): criminal convictions. */
export const SCHEDULE_1_PART_3 = [
  'consent-to-criminal-offence-data',
  'vital-interests-and-criminal-offence-data',
  'not-for-profit-body-and-criminal-offence-data',
  'criminal-offence-data-made-public',
  'legal-claims-and-criminal-offence-data',
  'judicial-acts-and-criminal-offence-data',
  'indecency-offences-and-payment-cards',
  'extension-of-part-2-conditions',
  'extension-of-the-insurance-condition',
] as const;

/** Data Protection Act 2018, Schedule 8: conditions for sensitive processing by competent authorities. */
const SCHEDULE_8 = [
  'statutory-purposes',
  'administration-of-justice',
  'vital-interests',
  'safeguarding-of-children-and-individuals-at-risk',
  'already-in-the-public-domain',
  'legal-claims',
  'judicial-acts',
  'preventing-fraud',
  'archiving-and-research',
] as const;

export type Article9 = (typeof ARTICLE_9)[number];

const gateway = words('The legal power or gateway: the enactment and section that permit the sharing.', 400);

const ukGdpr = z
  .strictObject({
    regime: z.literal('uk-gdpr'),
    article6: z
      .enum(ARTICLE_6)
      .meta({ description: 'The basis in UK GDPR Article 6(1) on which the owner shares.' }),
    recognisedInterest: z.enum(RECOGNISED_INTERESTS).optional().meta({
      description: 'The condition in UK GDPR Annex 1. Required with recognised-legitimate-interest only.',
    }),
    article9: z.enum(ARTICLE_9).optional().meta({
      description: 'The condition in UK GDPR Article 9(2). Required for special-category data only.',
    }),
    schedule1: z
      .array(z.enum([...SCHEDULE_1_PART_1, ...SCHEDULE_1_PART_2, ...SCHEDULE_1_PART_3]))
      .min(1)
      .optional()
      .meta({
        description: 'Conditions in Schedule 1 to the Data Protection Act 2018, where the data needs one.',
      }),
    gateway,
  })
  .meta({ description: 'General processing under the UK GDPR.' });

const lawEnforcement = z
  .strictObject({
    regime: z.literal('law-enforcement'),
    section35: z
      .enum(['consent', 'necessary-for-a-competent-authority'])
      .meta({ description: 'The basis in section 35(2) of the Data Protection Act 2018.' }),
    schedule8: z
      .array(z.enum(SCHEDULE_8))
      .min(1)
      .optional()
      .meta({ description: 'Conditions in Schedule 8. Required for sensitive processing.' }),
    gateway,
  })
  .meta({
    description:
      'Law enforcement processing between competent authorities (Data Protection Act 2018, Part 3).',
  });

const notPersonal = z
  .strictObject({ regime: z.literal('not-personal-data'), gateway })
  .meta({ description: 'The data concerns no living person.' });

/** The shape of `lawfulBasis`. */
export const lawfulBasisSchema = z
  .discriminatedUnion('regime', [ukGdpr, lawEnforcement, notPersonal])
  .meta({ description: 'Why the sharing is lawful.' });

export type LawfulBasis = z.infer<typeof lawfulBasisSchema>;
