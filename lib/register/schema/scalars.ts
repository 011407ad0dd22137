/**
 * The kinds of text that settings are written in. Each says in `expects` what it takes, in words that fit after
 * “expected”, and in `fix` how to fix a wrong one; both end up in diagnostics, and the description in the JSON
 * Schema that editors use.
 */
import { z } from 'zod';
import { UK_REGION } from '../../names';
import { isDate } from '../calendar';

declare module 'zod' {
  interface GlobalMeta {
    /** What the setting takes, to follow “expected”: `a date, such as 2027-04-01`. */
    expects?: string;
    /** How to fix a wrong value, as an instruction. */
    fix?: string;
    /** The value must be quoted in YAML, or a tool that reads it may take it for a number. */
    quoted?: boolean;
    /** Values that would be right. */
    examples?: readonly string[];
  }
}

/** A setting of one line or more of plain words. */
export function words(description: string, longest = 2000) {
  return z
    .string()
    .min(1)
    .max(longest)
    .regex(/\S/)
    .meta({ description, expects: `text of 1 to ${longest} characters`, fix: 'write it in plain words' });
}

/** A kebab-case handle, at most `longest` characters, without `--`, which separates handles in AWS names. */
function handle(longest: number) {
  return z
    .string()
    .max(longest)
    .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/);
}

const handleForm = 'lower-case letters, digits and single hyphens, starting with a letter';

/**
 * The permanent handle of an organisation: at most 24 characters, since access point names end with it, and none of
 * the endings that S3 reserves there.
 */
export const organisationId = handle(24)
  .regex(/^(?!(?:.*-)?s3alias$|(?:ol|x|xa|table)-s3$)/)
  .brand<'OrganisationId'>()
  .meta({
    description:
      'The permanent handle of an organisation. It never changes, even when the organisation is renamed.',
    expects: `a handle of at most 24 characters: ${handleForm}`,
    fix: 'write a short handle that will outlast the name, such as leeds',
    examples: ['leeds', 'dwp'],
  });

/** The permanent handle of an agreement: at most 48 characters, since it is the prefix of objects in S3. */
export const agreementId = handle(48)
  .brand<'AgreementId'>()
  .meta({
    description: 'The permanent handle of a data-sharing agreement, never used again for another.',
    expects: `a handle of at most 48 characters: ${handleForm}`,
    fix: 'write a short handle, such as housing-benefit-awards',
    examples: ['housing-benefit-awards'],
  });

/** The handle of an inbox: it stands before the @ of its address in a message. */
export const inboxId = handle(40).meta({
  description: 'The permanent handle of an inbox, of its party alone.',
  expects: `a handle of at most 40 characters: ${handleForm}`,
  fix: 'write a short handle of the team, such as adult-safeguarding',
  examples: ['adult-safeguarding'],
});

/** The handle of a data contract: its file name and its `id`. */
export const contractId = handle(48)
  .brand<'ContractId'>()
  .meta({
    description: 'The handle of a data contract: the name of its file in contracts/.',
    expects: `a handle of at most 48 characters: ${handleForm}`,
    fix: 'write the name of the file in contracts/, without .yaml',
  });

/** An AWS account id. Always text: YAML would take it for a number, and a leading zero would go. */
export const accountId = z
  .string()
  .regex(/^\d{12}$/)
  .brand<'AccountId'>()
  .meta({
    description: 'A 12-digit AWS account id, in quotes.',
    expects: 'a 12-digit AWS account id, in quotes',
    fix: 'copy all 12 digits from the AWS console and put them in quotes: "012345678901"',
    examples: ['012345678901'],
    quoted: true,
  });

/** A calendar day in London. */
export const isoDate = z
  .string()
  .refine(isDate)
  .brand<'IsoDate'>()
  .meta({
    description: 'A day, written year-month-day. An end date is the last day in force.',
    format: 'date',
    expects: 'a date that exists, written year-month-day, such as 2027-04-01',
    fix: 'write it as year-month-day, such as 2027-04-01',
    examples: ['2027-04-01'],
  });

/** A span of time, ISO 8601: years, months, weeks and days, and at least one of them. */
export const duration = z
  .string()
  .regex(/^P(?=.*[1-9])(?:\d{1,3}Y)?(?:\d{1,3}M)?(?:\d{1,3}W)?(?:\d{1,4}D)?$/)
  .meta({
    description: 'A span of time as ISO 8601 writes it: P7Y is 7 years, P18M 18 months, P5D 5 days.',
    expects: 'a duration, such as P7Y (7 years), P18M (18 months) or P5D (5 days)',
    fix: 'write P, then numbers with Y, M, W or D: P7Y, P18M, P2W, P5D',
    examples: ['P7Y', 'P5D'],
  });

/** A span of whole days or weeks. */
export const days = z
  .string()
  .regex(/^P[1-9]\d{0,2}[DW]$/)
  .meta({
    description: 'A span of whole days or weeks: P5D is 5 days, P2W 2 weeks.',
    expects: 'a span of days or weeks, such as P5D or P2W',
    fix: 'write P, a number, then D for days or W for weeks: P5D',
    examples: ['P5D'],
  });

/** A size in decimal units: `500 MB`, `5 GB`. */
export const size = z
  .string()
  .regex(/^[1-9]\d{0,3} (?:MB|GB|TB)$/)
  .meta({
    description: 'A size in decimal units, with a space before the unit.',
    expects: 'a size, such as 500 MB or 5 GB',
    fix: 'write a whole number, a space, then MB, GB or TB: 5 GB',
    examples: ['500 MB'],
  });

/** A media type (RFC 6838) without parameters. */
export const mediaType = z
  .string()
  .regex(/^[a-z]+\/[a-z0-9][a-z0-9!#$&^_.+-]*$/)
  .meta({
    description: 'A media type, such as text/csv.',
    expects: 'a media type, such as text/csv',
    fix: 'write type/subtype in lower case: text/csv, application/json',
    examples: ['text/csv'],
  });

/** A mailbox that a team reads. That it is not one person’s is a rule of its own. */
export const mailbox = z
  .string()
  .max(254)
  .regex(/^[a-z0-9](?:[a-z0-9._+-]*[a-z0-9])?@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/)
  .meta({
    description: 'A mailbox that a team reads, not one person’s, in lower case.',
    expects: 'a team’s e-mail address in lower case, such as security@example.gov.uk',
    fix: 'write one e-mail address, in lower case',
    examples: ['security@example.gov.uk'],
  });

/** A telephone number as people write and dial it. */
export const telephone = z
  .string()
  .regex(/^(?=(?:\D*\d){5,15}$)\+?\d+(?: \d+)*$/)
  .meta({
    description: 'A telephone number that a team answers.',
    expects: 'a telephone number: digits with single spaces, such as 0113 496 0000',
    fix: 'write one number, without brackets, hyphens or words',
    examples: ['0113 496 0000'],
  });

/** The ARN of an IAM role. IAM users and whole accounts are not taken: people and services come through roles. */
export const roleArn = z
  .string()
  .regex(/^arn:aws:iam::\d{12}:role\/(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/)
  .meta({
    description: 'The ARN of an IAM role, with its path and without wildcards.',
    expects: 'the ARN of an IAM role, such as arn:aws:iam::012345678901:role/finance/uploader',
    fix: 'copy the ARN of the role from the AWS console; users, groups and wildcards are not taken',
    examples: ['arn:aws:iam::012345678901:role/finance/uploader'],
  });

/** The ARN of a KMS key, which says Region and account; an alias would be looked up in the wrong account. */
export const keyArn = z
  .string()
  .regex(/^arn:aws:kms:[a-z]{2}-[a-z]+-\d:\d{12}:key\/(?!mrk-)[0-9a-f-]{36}$/)
  .meta({
    description: 'The ARN of a single-Region KMS key, not of an alias.',
    expects: `the ARN of a single-Region KMS key, such as arn:aws:kms:${UK_REGION}:012345678901:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
    fix: 'copy the key ARN from the KMS console; aliases and multi-Region keys are not taken',
  });
