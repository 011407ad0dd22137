/** `agreements/<id>.yaml`: a data-sharing agreement, the only source of access. */
import { z } from 'zod';
import { MOST_SEAL_KEYS } from '../../wire';
import { lawfulBasisSchema } from './lawful-basis';
import {
  agreementId,
  contractId,
  days,
  duration,
  inboxId,
  isoDate,
  mailbox,
  mediaType,
  organisationId,
  roleArn,
  size,
  words,
} from './scalars';
import { appRole } from './sign-in';

const purposeSchema = z
  .strictObject({
    aim: words('What the sharing is to achieve.'),
    necessity: words('Why it cannot be achieved with less data or without sharing.'),
    permittedUses: z.array(words('A use that the recipient may make of the data.', 400)).min(1),
    prohibitedUses: z.array(words('A use that the recipient may not make of the data.', 400)).min(1),
  })
  .meta({ description: 'What the data is shared for, and what it must not be used for.' });

/** UK GDPR Article 9(1), in its order. */
const SPECIAL_CATEGORIES = [
  'racial-or-ethnic-origin',
  'political-opinions',
  'religious-or-philosophical-beliefs',
  'trade-union-membership',
  'genetic-data',
  'biometric-data-for-identification',
  'health',
  'sex-life',
  'sexual-orientation',
] as const;

const dataSchema = z
  .strictObject({
    items: z.array(words('A data item, by its name.', 120)).min(1),
    subjects: z.array(words('A group of people whom the data is about.', 120)),
    specialCategories: z.array(z.enum(SPECIAL_CATEGORIES)).meta({
      description: 'The kinds of special-category data (UK GDPR Article 9). An empty list says: none.',
    }),
    criminalOffence: z.enum(['yes', 'no']).meta({
      description: 'Whether the data includes criminal convictions or offences (UK GDPR Article 10).',
    }),
  })
  .meta({ description: 'What is shared: the least that the purpose needs.' });

const dpiaSchema = z
  .strictObject({
    reference: words('The reference under which the assessment is filed.', 80),
    date: isoDate.meta({ description: 'The day on which it was signed off.' }),
    outcome: z
      .enum(['low-risk', 'risks-mitigated', 'ico-consulted'])
      .meta({ description: 'What the data protection impact assessment concluded.' }),
  })
  .meta({ description: 'The data protection impact assessment.' });

const deliverySchema = z
  .strictObject({
    collectWithin: days.meta({
      ...days.meta(),
      description: 'How long the recipient has to collect; after that the owner is told of the non-delivery.',
    }),
    largestObject: size,
    mediaTypes: z.array(mediaType).min(1),
    presignedUrls: z.enum(['allowed', 'denied']).optional().meta({
      description:
        'Whether a recipient may collect by links that it has signed (presigned URLs), which work for whoever holds them, at most for an hour. Denied if not given. Nobody deposits by them.',
    }),
  })
  .meta({ description: 'What may be deposited, and how soon it is to be collected.' });

const retentionSchema = z
  .strictObject({
    period: duration,
    disposal: words('How the recipient disposes of its copy, and how it shows that it did.', 400),
    disposeWithin: duration.optional().meta({
      ...duration.meta(),
      description:
        'How long after the last day of the agreement a recipient has to dispose of what it still keeps, and to declare that it did; `period` if not given.',
    }),
  })
  .meta({ description: 'How long the recipient may keep its copy, and how it disposes of it.' });

const sealKeySchema = z.strictObject({
  key: z.string().min(1).max(4000).meta({
    description:
      'A public key of age: `age1…` (X25519), or `age1pq1…` (post-quantum hybrid). An agreement has keys of one kind.',
    expects: 'a public key of age, such as age1…',
    fix: 'have the recipient make one with `concordat identity new` or age-keygen, and copy the public key',
  }),
  holder: organisationId.meta({ description: 'The recipient whose key it is.' }),
  keptBy: words('Which team there has the secret half of the key, and where it keeps it.', 300),
});

/** More are a switchboard, and no list that an officer chooses from. */
const MOST_INBOXES = 40;

/** What follows from it is worked out in `sealed.ts`. */
const sealedSchema = z
  .strictObject({
    why: words('Why nobody on the way may read what is shared, not even to scan it.', 400),
    keys: z
      .array(sealKeySchema)
      .min(1)
      .max(MOST_SEAL_KEYS)
      .meta({
        description:
          'The keys that everything is encrypted to. Whoever holds one of them can read all of it.',
        expects: `1 to ${MOST_SEAL_KEYS.toLocaleString('en-GB')} keys`,
        fix: 'leave the keys that are needed: age reads no file that is encrypted to more',
      }),
  })
  .meta({
    description:
      'The agreement is sealed: what is shared is encrypted to these keys before it leaves the owner, and nobody but their holders can read it. Then the malware scan sees nothing in it, and the release gate checks its form alone, not its contract: the recipient’s client does both once it is opened.',
  });

/** What follows from it is worked out in `share.ts`. */
const suspendedSchema = z
  .strictObject({
    from: isoDate.meta({ description: 'The first day of the suspension.' }),
    until: isoDate.optional().meta({ description: 'The last day of the suspension; open if not given.' }),
    reason: words('Why the agreement is suspended.', 300),
  })
  .meta({ description: 'No share of the agreement is in force in this time.' });

/** What follows from it is worked out in `disposals/duties.ts`. */
const holdSchema = z
  .strictObject({
    from: isoDate.meta({ description: 'The first day of the hold.' }),
    until: isoDate.optional().meta({ description: 'The last day of the hold; open if not given.' }),
    reason: words('Why nothing may be disposed of, such as the reference of the proceedings.', 300),
    by: organisationId.meta({ description: 'The party that asked for the hold, and says when it ends.' }),
  })
  .meta({
    description:
      'A legal hold: in this time nothing that was shared is disposed of, and its days do not count towards the day on which it is due.',
  });

const readersSchema = z
  .strictObject({
    roles: z.array(roleArn).min(1).optional().meta({
      description: 'Roles of the party’s account, each also named under its `mayCollect`.',
    }),
    appRoles: z.array(appRole).min(1).optional().meta({
      description: 'App roles of the party’s provider, each also named under its `signIn.mayCollect`.',
    }),
  })
  .meta({
    description:
      'Whom the inbox is for, by roles or app roles of the party. The page shows it to them. What AWS holds is the party: whoever may collect there can read what lies in all its inboxes.',
  });

const inboxSchema = z.strictObject({
  id: inboxId,
  of: organisationId.meta({ description: 'The party whose inbox it is.' }),
  team: words('The team that reads it, as others would call it.', 80),
  notices: mailbox.meta({
    ...mailbox.meta(),
    description:
      'The mailbox of the team that is told of new messages, and of what its organisation sent and was not delivered: without what they say, or about whom.',
  }),
  readers: readersSchema,
});

/** What follows from it is worked out in `correspondence.ts`. */
const correspondenceSchema = z
  .strictObject({
    inboxes: z
      .array(inboxSchema)
      .min(2)
      .max(MOST_INBOXES)
      .meta({
        description: 'The inboxes of the parties, at least one of each.',
        expects: `2 to ${MOST_INBOXES} inboxes`,
        fix: 'name at least one inbox of each party',
      }),
  })
  .meta({
    description:
      'The parties write to each other: messages (`message/rfc822`) to inboxes, with attachments of the other media types. For a reciprocal agreement alone.',
  });

/** What stands for all that an agreement says: not even its title is told then. */
export const EVERYTHING = 'everything';

/**
 * What a public record tells of an agreement, by the settings that say it, and can be told to leave out.
 * @internal Only tests import it.
 */
export const PUBLIC_SETTINGS = [
  'parties',
  'purpose.aim',
  'purpose.necessity',
  'purpose.permittedUses',
  'purpose.prohibitedUses',
  'data.items',
  'data.subjects',
  'data.specialCategories',
  'data.criminalOffence',
  'lawfulBasis',
  'dpia',
  'retention',
  'starts',
  'ends',
  'review',
  'contract',
  'counts',
] as const;
export type PublicSetting = (typeof PUBLIC_SETTINGS)[number];

/** What follows from it is worked out in `public.ts`. */
const publicSchema = z
  .strictObject({
    withheld: z
      .array(z.enum([EVERYTHING, ...PUBLIC_SETTINGS]))
      .min(1)
      .meta({
        description:
          'What the public record leaves out, by the settings that say it; `parties` stands for those who share, and `counts` for how much was shared.',
      }),
    reason: words('Why it is withheld, as the public reads it.', 400),
  })
  .meta({
    description:
      'What of the agreement is kept out of the public record. That it is withheld, and the reason, are told.',
  });

/**
 * Each deposit has one entry in the ledger, which names all who may collect it by their accounts: some 15 KB of its 65,535 bytes.
 * @internal Only tests import it.
 */
export const MOST_RECIPIENTS = 1_000;

/** The shape of `agreements/<id>.yaml`. */
export const agreementSchema = z
  .strictObject({
    id: agreementId,
    title: words('What the agreement is called.', 160),
    owner: organisationId
      .optional()
      .meta({ description: 'The organisation whose data is shared. Given with `recipients`.' }),
    recipients: z.array(organisationId).min(1).max(MOST_RECIPIENTS).optional().meta({
      description: 'The organisations that may collect under the agreement. Given with `owner`.',
      expects: 'a list of 1 to 1,000 organisations',
      fix: 'name those that collect; share with more than 1,000 under a further agreement',
    }),
    reciprocal: z.array(organisationId).min(2).max(2).optional().meta({
      description:
        'The two organisations that share with each other under the same terms, in place of `owner` and `recipients`: each owns what it deposits, and the other may collect it.',
      expects: 'a list of 2 organisations',
      fix: 'name two organisations, and make an agreement for each further pair; write `owner` and `recipients` where one shares with several',
    }),
    relationship: z
      .enum(['separate-controllers', 'joint-controllers', 'controller-and-processor'])
      .meta({ description: 'What the parties are to each other under the UK GDPR.' }),
    purpose: purposeSchema,
    data: dataSchema,
    lawfulBasis: lawfulBasisSchema,
    dpia: dpiaSchema,
    classification: z.enum(['OFFICIAL']).meta({
      description: 'The Government Security Classification. SECRET and above are not taken.',
      fix: 'write OFFICIAL, and SENSITIVE under `markings` if it is; SECRET and TOP SECRET data must not be shared here',
    }),
    markings: z
      .array(z.enum(['SENSITIVE', 'COMMERCIAL', 'LEGAL PROFESSIONAL PRIVILEGE', 'PERSONAL DATA']))
      .meta({ description: 'Additional markings, such as SENSITIVE. An empty list says: none.' }),
    contract: contractId
      .optional()
      .meta({ description: 'The data contract that what is shared must keep to, or it is not released.' }),
    withoutContract: words('Why what is shared is held against no data contract.', 400).optional().meta({
      description:
        'Why there is no data contract. What is deposited is then scanned for malware and its size and kind are looked at, and nothing says whether the data is what the recipient expects.',
      expects: 'the reason, in plain words',
      fix: 'say why no contract can describe the data, or name one under `contract`',
    }),
    delivery: deliverySchema,
    correspondence: correspondenceSchema.optional(),
    sealed: sealedSchema.optional(),
    starts: isoDate.meta({ description: 'The first day in force.' }),
    ends: isoDate.meta({ description: 'The last day in force. Access ends when that day does.' }),
    review: isoDate.meta({ description: 'The day by which the parties look at the agreement again.' }),
    retention: retentionSchema,
    contacts: z
      .strictObject({ breach: mailbox, rights: mailbox })
      .meta({ description: 'Whom to tell of a breach, and who answers requests from the people concerned.' }),
    approvals: z.enum(['required']).optional().meta({
      description:
        'Whether the agreement has to be approved, in a zone that does not ask that of all: then it makes no share without a signature of each of its parties on its terms as they are. It takes nothing from what the zone asks for.',
    }),
    public: publicSchema.optional(),
    suspended: suspendedSchema.optional(),
    hold: holdSchema.optional(),
    supersedes: agreementId
      .optional()
      .meta({ description: 'The earlier agreement of the same parties that this one follows.' }),
    novatedFrom: agreementId
      .optional()
      .meta({ description: 'The earlier agreement that passed to a successor of one of its parties.' }),
  })
  .meta({
    title: 'Agreement',
    description:
      'A data-sharing agreement between an owner and its recipients, or between two that share with each other.',
    // A rule holds it, in words of its own; this is for editors.
    oneOf: [{ required: ['contract'] }, { required: ['withoutContract'] }],
  });

/** A data-sharing agreement as its file says it. Who shares with whom is taken from it in `parties.ts` alone. */
export type WrittenAgreement = z.infer<typeof agreementSchema>;
/**
 * A data-sharing agreement. It shows neither owner nor recipients: a reciprocal one has as many owners as parties, so whoever
 * needs them asks `parties.ts`, and the compiler finds who forgot.
 */
export type Agreement = Omit<WrittenAgreement, 'owner' | 'recipients' | 'reciprocal'>;
export type AgreementId = z.infer<typeof agreementId>;
