/** `organisations/<id>.yaml`: an organisation, its account, its key and its people. */
import { z } from 'zod';
import { assuranceSchema } from './assurance';
import { identifierSchema } from './identifiers';
import { accountId, isoDate, keyArn, mailbox, organisationId, roleArn, telephone, words } from './scalars';
import { signInSchema } from './sign-in';

/** The kinds of organisation that take part. */
export const SECTORS = [
  'central-government',
  'local-government',
  'police',
  'justice',
  'health',
  'third-sector',
  'private-sector',
] as const;
export type Sector = (typeof SECTORS)[number];

const administrators = z
  .array(roleArn)
  .min(1)
  .meta({ description: 'The IAM roles that administer the key. They can never decrypt with it.' });

const custodySchema = z
  .discriminatedUnion('kind', [
    z
      .strictObject({ kind: z.literal('account'), administrators })
      .meta({ description: 'AWS KMS makes the key, in the organisation’s own account.' }),
    z
      .strictObject({
        kind: z.literal('imported'),
        administrators,
        materialExpires: isoDate.meta({ description: 'The day on which the imported key material expires.' }),
        material: z.literal('awaited').optional().meta({
          description:
            'Given until the key material is imported for the first time: nothing can be scanned for malware until then. Take it out, and deploy again, once the material is there.',
        }),
      })
      .meta({ description: 'The organisation makes the key material and imports it into its own account.' }),
    z
      .strictObject({
        kind: z.literal('cloudhsm'),
        administrators,
        keyArn,
        clusterId: words('The CloudHSM cluster.', 64),
      })
      .meta({ description: 'The key lives in the organisation’s own CloudHSM cluster.' }),
    z
      .strictObject({
        kind: z.literal('external'),
        administrators,
        keyArn,
        externalKeyId: words('The id of the key in the external key manager.', 128),
      })
      .meta({ description: 'The key lives outside AWS, in an external key store (XKS).' }),
  ])
  .meta({ description: 'Who holds the organisation’s key.' });

const pausedSchema = z
  .strictObject({
    from: isoDate.meta({ description: 'The first day of the pause.' }),
    until: isoDate.optional().meta({ description: 'The last day of the pause; open if not given.' }),
    reason: words('Why the organisation is paused.', 300),
  })
  .meta({
    description: 'The organisation neither shares nor collects in this time; its keys and data stay.',
  });

const handOverSchema = z
  .strictObject({
    to: organisationId.meta({ description: 'The organisation that takes over.' }),
    on: isoDate.meta({ description: 'The first day on which it is that organisation’s.' }),
    what: words('What passes: an area or a function.', 300),
  })
  .meta({ description: 'A part of its area or functions that passes to another organisation.' });

const approverSchema = z.strictObject({
  post: z
    .string()
    .max(60)
    .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/)
    .meta({
      description: 'The post, and not the person who holds it.',
      expects: 'a handle of at most 60 characters: lower-case letters, digits and single hyphens',
      fix: 'write the post, such as senior-information-risk-owner',
      examples: ['senior-information-risk-owner'],
    }),
  role: words('What the post is called.', 120),
  sshKey: z
    .string()
    .max(200)
    .regex(/^ssh-ed25519 [A-Za-z0-9+/]{68}$/)
    .optional()
    .meta({
      description:
        'The public SSH key of the post, without a comment. Given in place of `kmsKey` and `publicKey`.',
      expects: 'a public SSH key of Ed25519: ssh-ed25519 and 68 characters',
      fix: 'copy the first two words of the .pub file; make a key with ssh-keygen -t ed25519',
    }),
  kmsKey: keyArn.optional().meta({
    ...keyArn.meta(),
    description:
      'The ARN of the signing key of the post, in the organisation’s own account. Given with `publicKey`.',
  }),
  publicKey: z
    .string()
    .max(200)
    .regex(/^[A-Za-z0-9+/]{58,124}={0,2}$/)
    .optional()
    .meta({
      description: 'The public half of `kmsKey`, so that anybody can check what it signed.',
      expects: 'what `aws kms get-public-key --query PublicKey --output text` prints',
      fix: 'copy what aws kms get-public-key --query PublicKey --output text prints',
    }),
  from: isoDate.meta({ description: 'The first day on which the post signs with this key.' }),
  until: isoDate.optional().meta({
    description:
      'The last day on which it does; open if not given. What was signed before still counts, so a former key stays in the list.',
  }),
});

const inEveryOrganisation = {
  id: organisationId,
  name: words('The official name of the organisation, as it is now.', 160),
  sector: z.enum(SECTORS).meta({ description: 'The kind of organisation.' }),
  identifiers: z.array(identifierSchema).meta({
    description: 'Its official codes, each with its dates. An empty list says: none issued yet.',
  }),
  account: accountId.meta({ description: 'The organisation’s own AWS account, by its 12-digit id.' }),
  mayCollect: z.array(roleArn).meta({
    description: 'The IAM roles in the organisation’s account that may collect what others share with it.',
  }),
  contacts: z
    .strictObject({
      security: mailbox,
      dataProtection: mailbox,
      helpDesk: mailbox.optional().meta({
        ...mailbox.meta(),
        description:
          'The mailbox of the help desk of its people. The mailbox’s page names it under “Get help”, and anybody can read it there.',
      }),
      helpDeskTelephone: telephone.optional().meta({
        ...telephone.meta(),
        description: 'The telephone number of that help desk, which the page names too.',
      }),
    })
    .meta({
      description: 'The teams that answer for security, for data protection, and to people who need help.',
    }),
  approvers: z.array(approverSchema).min(1).optional().meta({
    description:
      'The posts that may approve agreements for the organisation, each with its key and its days.',
  }),
  assurance: assuranceSchema,
  joins: isoDate.meta({ description: 'The first day on which it may take part.' }),
  paused: pausedSchema.optional(),
  leaves: isoDate.optional().meta({ description: 'The last day on which it takes part.' }),
  windsUp: isoDate.optional().meta({
    description:
      'After it has left: the last day on which what it shared may still be collected. It deposits nothing more.',
  }),
  successors: z.array(organisationId).min(1).optional().meta({
    description: 'The organisations that take over its functions. No share passes to them by itself.',
  }),
  handsOver: z.array(handOverSchema).min(1).optional().meta({
    description: 'What passes to other organisations while it stays. No share passes with it by itself.',
  }),
};

const memberSchema = z
  .strictObject({
    ...inEveryOrganisation,
    membership: z.literal('member'),
    custody: custodySchema,
    mayStop: z.array(roleArn).min(1).optional().meta({
      description:
        'The IAM roles in the organisation’s account that may stop what it shares, at once, and end the sessions of its own people. Nobody in the account may if not given.',
    }),
    mayLift: z.array(roleArn).min(1).optional().meta({
      description:
        'The IAM roles in the organisation’s account that may lift a stop. Nobody may if not given: then a stop holds until this names a role and is deployed.',
    }),
    mayDeposit: z
      .array(roleArn)
      .meta({ description: 'The IAM roles in the organisation’s account that may deposit what it shares.' }),
    signIn: signInSchema.optional(),
  })
  .meta({
    description: 'An organisation whose account is in the zone’s AWS organisation. It may share and receive.',
  });

const externalSchema = z.strictObject({ ...inEveryOrganisation, membership: z.literal('external') }).meta({
  description: 'An organisation whose account is in another AWS organisation. It may only receive.',
});

/** The shape of `organisations/<id>.yaml`. */
export const organisationSchema = z.discriminatedUnion('membership', [memberSchema, externalSchema]).meta({
  title: 'Organisation',
  description: 'An organisation that takes part, with its account, key and contacts.',
});

/** The settings that a kind of custody must have and others need not have, such as `keyArn`. */
export function settingsOfCustody(kind: Custody['kind']): string[] {
  const shape = custodySchema.options.find((each) => each.shape.kind.value === kind)?.shape ?? {};
  return Object.entries(shape)
    .filter(
      ([name, setting]) =>
        name !== 'kind' && name !== 'administrators' && !(setting instanceof z.ZodOptional),
    )
    .map(([name]) => name);
}

/** A public organisation, charity or supplier. */
export type Organisation = z.infer<typeof organisationSchema>;
/** An organisation that may own agreements: it has a key and a bucket. */
export type Member = z.infer<typeof memberSchema>;
/** An organisation of another AWS Organization: it may only receive. */
export type External = z.infer<typeof externalSchema>;
/** Who holds an organisation’s key. */
export type Custody = z.infer<typeof custodySchema>;
/** A post that may approve agreements, with its key and its days. */
export type Approver = z.infer<typeof approverSchema>;
export type OrganisationId = z.infer<typeof organisationId>;
export type AccountId = z.infer<typeof accountId>;
