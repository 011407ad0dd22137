/** `zone.yaml`: the operator’s own settings, one file for the whole zone. */

import { z } from 'zod';
import { UK_REGION } from '../../names';
import { documentFile } from '../../start/documents';
import { baselineSchema, guardrailsSchema } from './guardrails';
import { rolloutSchema } from './rollout';
import { accountId, duration, isoDate, mailbox, organisationId, roleArn, words } from './scalars';

const regionException = z.strictObject({
  region: z
    .string()
    .regex(/^[a-z]{2}-[a-z]+-\d$/)
    .meta({
      description: 'The AWS Region that the exception allows.',
      expects: 'an AWS Region, such as eu-west-1',
      fix: 'write the Region’s code, such as eu-west-1',
    }),
  reason: words('Why a Region outside the UK is needed.'),
  owner: words('The role that accepts the risk.', 120),
  until: isoDate.meta({ description: 'The last day of the exception.' }),
});

const auditRetention = z.strictObject({
  mode: z.enum(['compliance', 'governance']).meta({
    description:
      'The Object Lock mode: in compliance mode no user, not even root, can delete before the period ends.',
  }),
  period: duration,
});

/** A verifier key of Ed25519 (`+AQ…` to `+Af…`): name, key id, and 33 bytes in base64. @see https://c2sp.org/signed-note#verifier-keys */
const VKEY = /^[a-z0-9-]{3,64}\+[0-9a-f]{8}\+A[Q-Za-f][A-Za-z0-9+/]{42}$/;
/** They are handed to the sealer by its environment, which takes 4 KB. */
const MOST_FORMER_KEYS = 20;

const ledger = z.strictObject({
  formerKeys: z
    .array(
      z.string().regex(VKEY).meta({
        description: 'The public half of a key that signed the ledger before, as its verifier key.',
        expects: 'an Ed25519 verifier key: the log’s name, a key id and the key, joined by +',
        fix: 'copy the line from the file keys/ed25519-<key id>.vkey in the ledger’s bucket',
      }),
    )
    .min(1)
    .max(MOST_FORMER_KEYS)
    .optional()
    .meta({
      description:
        'The keys that signed the ledger before the present one, oldest first. To replace the signing key, add the present one: the next deployment makes another. Never remove one. None if not given.',
    }),
  secondSignature: z.enum(['ml-dsa-44']).optional().meta({
    description:
      'A second signature on checkpoints, which a quantum computer could not forge; none if not given.',
  }),
  timestampAuthority: z
    .string()
    .regex(/^https?:\/\/[a-z0-9.-]+(?::\d{1,5})?(?:\/[\w./-]*)?$/)
    .optional()
    .meta({
      description: 'The address of an RFC 3161 timestamp authority, asked once an hour; none if not given.',
      expects: 'an address, such as https://timestamp.example/tsa',
      fix: 'write the address of the authority, beginning with https:// or http://',
    }),
});

/** `https://` and a host of at least two labels, as browsers send it: in lower case, with no port and no path. */
const ORIGIN =
  /^https:\/\/(?=[a-z0-9.-]{4,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*\.[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/** Where CloudFront looks for certificates, whatever Region the rest is in. */
const CERTIFICATE = /^arn:aws:acm:us-east-1:\d{12}:certificate\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** AWS lets an account have 20 policies of response headers, and one is for what lies below no organisation’s path. */
const MOST_SERVED = 19;

const servedPage = z.strictObject({
  organisations: z
    .array(organisationId)
    .min(1)
    .max(MOST_SERVED)
    .meta({
      description: `The organisations whose page the zone serves, each below its id, such as \`/leeds/\`; ${MOST_SERVED} at most. Others may serve theirs themselves.`,
      expects: `1 to ${MOST_SERVED} ids of organisations`,
      fix: 'name the organisations whose people write and read messages in the mailbox',
    }),
  certificate: z.string().regex(CERTIFICATE).meta({
    description:
      'The ARN of the certificate for the page’s host, in AWS Certificate Manager in the zone’s account and in us-east-1, where CloudFront looks for it.',
    expects: 'the ARN of a certificate in us-east-1',
    fix: 'request it in AWS Certificate Manager in us-east-1, and copy its ARN',
  }),
  mayRelease: z.array(roleArn).min(1).meta({
    description:
      'The IAM roles in the zone’s account that may put another page in place. Whoever may could read every message that is written or opened from then on: they are few, and not those who deploy.',
  }),
  countries: z
    .array(
      z
        .string()
        .regex(/^[A-Z]{2}$/)
        .meta({
          description: 'A country, by its two letters.',
          expects: 'two capital letters of ISO 3166-1, such as GB',
          fix: 'write GB for the United Kingdom',
        }),
    )
    .min(1)
    .optional()
    .meta({
      description:
        'The countries from which the page can be fetched. From all if not given: an address is no proof of where somebody is, and people travel.',
    }),
});

const mailboxPage = z.strictObject({
  origin: z.string().regex(ORIGIN).meta({
    description:
      'The origin of the mailbox’s page: `https://` and its host, which serves nothing else. Browsers may speak to the buckets of correspondence, and to the ledger’s, from there alone.',
    expects: 'an origin, such as https://mailbox.example.gov.uk',
    fix: 'write https:// and the host in lower case, without a port, a path or a slash at the end',
  }),
  served: servedPage.optional().meta({
    description:
      'How the zone serves the page: from a bucket of its own by CloudFront. It serves none if not given, and each organisation does.',
  }),
});

/** The ARN of a secret, with the six characters that Secrets Manager adds to its name. */
const SECRET =
  /^arn:aws:secretsmanager:[a-z0-9-]+:\d{12}:secret:concordat\/[A-Za-z0-9_+=.@-]{1,80}-[A-Za-z0-9]{6}$/;

function template(told: string) {
  return z
    .string()
    .regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    .meta({
      description: `The id of the template ${told}.`,
      expects: 'the id of a template of GOV.UK Notify: 32 hex digits with hyphens',
      fix: `open the template in GOV.UK Notify and copy its template ID; ${documentFile('notices')} has its text`,
    });
}

const notify = z.strictObject({
  secret: z.string().regex(SECRET).meta({
    description:
      'The ARN of the secret in the zone’s account that holds the API key, and nothing else. The notifier alone reads it.',
    expects:
      'the whole ARN of a secret, such as arn:aws:secretsmanager:eu-west-2:100000000002:secret:concordat/notify-a1B2c3',
    fix: 'make a secret whose name begins with concordat/ and copy its whole ARN, with the six characters at its end',
  }),
  templates: z
    .strictObject({
      waits: template('by which a team is told that a message waits'),
      reminder: template('by which it is reminded, once, before the deadline'),
      notDelivered: template('by which a sender’s team is told that something was not delivered'),
    })
    .meta({ description: 'The templates, by what they say.' }),
});

/** The shape of `zone.yaml`. */
export const zoneSchema = z
  .strictObject({
    operator: words('The organisation that runs the zone.', 120),
    accounts: z
      .strictObject({
        management: accountId.meta({ description: 'The AWS Organizations management account.' }),
        zone: accountId.meta({ description: 'The account of the trail, the log archive and the ledger.' }),
      })
      .meta({
        description: 'The operator’s accounts: the AWS Organizations management account and the zone.',
      }),
    awsOrganizationId: z
      .string()
      .regex(/^o-[a-z0-9]{10,32}$/)
      .meta({
        description: 'The id of the AWS Organizations organisation that members’ accounts belong to.',
        expects: 'an AWS Organizations id, such as o-a1b2c3d4e5',
        fix: 'copy the organisation id from the AWS Organizations console; it starts with o-',
      }),
    region: z
      .string()
      .regex(/^[a-z]{2}-[a-z]+-\d$/)
      .default(UK_REGION)
      .meta({
        description: `The AWS Region of everything: ${UK_REGION} (London) unless an exception is in force.`,
        expects: `an AWS Region, such as ${UK_REGION}`,
        fix: `write ${UK_REGION}, the one AWS Region in the UK`,
      }),
    regionException: regionException
      .optional()
      .meta({ description: 'A dated exception that lets the zone use a Region outside the UK.' }),
    namePrefix: z
      .string()
      .regex(/^(?=.{3,20}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/)
      .meta({
        description: 'The start of every bucket name of this zone.',
        expects: '3 to 20 lower-case letters, digits and single hyphens, starting with a letter',
        fix: 'write a short prefix, such as concordat',
        examples: ['concordat'],
      }),
    auditRetention: auditRetention.default({ mode: 'compliance', period: 'P7Y' }).meta({
      description: 'How long audit logs and the ledger are locked: 7 years in compliance mode if not given.',
    }),
    ledger: ledger.default({}).meta({
      description: 'The ledger’s former keys, and further evidence beside its Ed25519 signature.',
    }),
    mailbox: mailboxPage.optional().meta({
      description:
        'The mailbox: the browser page in which people of organisations write to each other. No bucket answers to a page if not given.',
    }),
    notify: notify.optional().meta({
      description:
        'GOV.UK Notify: teams are told of messages by it, reminded before the deadline, and told of what was not delivered. If not given, each owner’s account tells them by SNS; and where the zone has a mailbox, the zone’s reminds them and tells of what was not read, by SNS too.',
    }),
    mayStopAll: z.array(roleArn).min(1).optional().meta({
      description:
        'The IAM roles in the zone’s account that may have every owner’s shares stopped. They can neither lift a stop, nor grant, nor decrypt. Nobody in the zone may if not given.',
    }),
    approvals: z.enum(['required']).optional().meta({
      description:
        'Whether all agreements have to be approved: then none makes a share without a signature of each of its parties on its terms as they are. If not given, an agreement has to that says so itself.',
    }),
    alertAddress: mailbox.meta({ description: 'The operator’s mailbox for alarms.' }),
    sample: words(
      'Only where the register is a sample: what of it is invented. Every pack says so on top.',
      300,
    ).optional(),
    guardrails: guardrailsSchema,
    rollout: rolloutSchema.optional().meta({
      description:
        'The engine that carries reviewed plans out over many accounts, started by a pipeline without a stored key. There is none if not given: plans are carried out from one machine.',
    }),
    baseline: baselineSchema,
  })
  .meta({ title: 'Zone', description: 'The operator’s settings: accounts, Region, retention and alerts.' });

/** The operator’s settings. */
export type Zone = z.infer<typeof zoneSchema>;
/** The engine of rollouts, where there is one. */
export type Rollout = NonNullable<Zone['rollout']>;
