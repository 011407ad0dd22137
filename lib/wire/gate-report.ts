/**
 * What the release gate decided on one version of one object, and by what. Facts only: no value of the file, and no sentence.
 * It is written once, before the version is tagged, and is the decision: whoever comes later goes by it.
 */
import * as z from 'zod/mini';
import { contractOutcomeSchema } from './contract-outcome';
import { handle, instant, sha256, words } from './forms';
import { MESSAGE_FAULTS, MESSAGE_LIMITS } from './message';
import { fitsTogether, type Kind, type Read, readText, WireError } from './read';
import { SEAL_KINDS } from './sealing';

/** The form of a report; a reader refuses any other. */
export const GATE_REPORT_FORM = 'concordat-gate-report/v1';
/** More than this is no report of ours: rules name some places each, not all. */
const MOST_BYTES = 16_000_000;

const whole = z.int().check(z.minimum(0));
const someText = z.string().check(z.maxLength(2048));

/** Why the gate itself rejects a version, whatever its contract says. */
const reason = z.discriminatedUnion('why', [
  /** It lies under no agreement of the owner that the register has. */
  z.strictObject({ why: z.literal('no-agreement') }),
  /** Its agreement has ended. */
  z.strictObject({ why: z.literal('agreement-ended'), ended: instant }),
  /** Its name is so long that its report could have none. */
  z.strictObject({ why: z.literal('name-too-long'), bytes: whole, most: whole }),
  /** It is larger than its agreement allows. */
  z.strictObject({ why: z.literal('too-large'), bytes: whole, most: whole }),
  /** Its media type is none of the agreement’s; nothing found where it has none. */
  z.strictObject({ why: z.literal('media-type'), found: z.optional(someText), allowed: z.array(words) }),
  /** It is stored with a Content-Encoding, so that what a recipient gets depends on the program that reads it. */
  z.strictObject({ why: z.literal('content-encoding'), found: someText }),
  /** It is not encrypted by the owner’s key. */
  z.strictObject({ why: z.literal('other-key'), found: someText }),
  /** It is encrypted without a Bucket Key: no recipient’s grant fits it. */
  z.strictObject({ why: z.literal('no-bucket-key') }),
  /** S3 holds no checksum of it. */
  z.strictObject({ why: z.literal('no-checksum') }),
  /** Its bytes do not come to the checksum that S3 holds. */
  z.strictObject({ why: z.literal('checksum-differs'), algorithm: words, stored: someText, read: someText }),
  /** It is encrypted or locked with a password, so that nobody on the way can look into it. */
  z.strictObject({ why: z.literal('locked'), as: words }),
  /** Its contract is on tables, and it is of no form that the gate reads as one. */
  z.strictObject({ why: z.literal('unreadable-form'), found: someText }),
  /** Its agreement is sealed, and it is no file of age as programs write it to be read by programs. */
  z.strictObject({ why: z.literal('not-sealed'), as: z.enum(['clear', 'armored', 'other-version']) }),
  /** It begins as a file of age, and is none from some byte on. */
  z.strictObject({ why: z.literal('seal-damaged'), at: z.enum(['header', 'payload']), byte: whole }),
  /** It is sealed to a key of another kind than its agreement’s, by age’s names for them. */
  z.strictObject({ why: z.literal('seal-kind'), found: someText, agreed: words }),
  /** It is sealed to more keys than its agreement has, or to fewer. */
  z.strictObject({ why: z.literal('seal-keys'), found: whole, agreed: whole }),
  /** It is no message that all programs read alike, from some line on; `field` is the name of one, where it is about one. */
  z.strictObject({
    why: z.literal('message'),
    fault: z.enum(MESSAGE_FAULTS),
    line: whole,
    field: z.optional(someText),
  }),
  /** A file that comes with the message, by its number in it, is of a media type that is none of the agreement’s. */
  z.strictObject({
    why: z.literal('attachment-type'),
    attachment: z.int().check(z.minimum(1)),
    found: someText,
    allowed: z.array(words),
  }),
]);

/** What the gate looks at beside the contract. */
const GATE_CHECKS = [
  'agreement',
  'name',
  'size',
  'media-type',
  'encryption',
  'checksum',
  'not-locked',
  'contract',
  'sealed',
  'message',
] as const;

const checksum = z.strictObject({
  algorithm: words,
  /** As S3 gives it: base64, of several parts with their number. */
  value: words,
  /** Of the whole object, or of the checksums of its parts. */
  kind: z.enum(['full-object', 'composite']),
  /** Whether the gate worked it out anew from the bytes. Of parts it cannot. */
  verified: z.boolean(),
});

const gateReportSchema = z
  .strictObject({
    form: z.literal(GATE_REPORT_FORM),
    outcome: z.enum(['released', 'rejected']),
    /** When it was decided. */
    decided: instant,
    /** The digest of the gate’s list by which it was decided, as the assembly names it: of its file’s name and text. */
    list: sha256,
    owner: handle,
    /** The agreement under which it lies, if it is known. */
    agreement: z.optional(handle),
    object: z.strictObject({
      bucket: words,
      key: z.string().check(z.minLength(1), z.maxLength(1024)),
      version: z.string().check(z.minLength(1), z.maxLength(1024)),
      bytes: whole,
      mediaType: z.optional(someText),
      /** When S3 had the whole of it. */
      deposited: instant,
      checksum: z.optional(checksum),
      /** SHA-256 of its bytes, where one run read all of them. */
      sha256: z.optional(sha256),
    }),
    /** What was looked at, in this order; where one fails that leaves nothing to look at, the rest is not here. */
    checked: z.array(z.enum(GATE_CHECKS)),
    /** Empty where only the contract was broken, or nothing was. */
    reasons: z.array(reason),
    /**
     * Of a message, the files that come with it, by their numbers. It is released or rejected as a whole, and the malware scan
     * has looked at it as a whole; of which file something is wrong stands here.
     */
    attachments: z.optional(
      z
        .array(
          z.strictObject({
            attachment: z.int().check(z.minimum(1)),
            mediaType: someText,
            /** Whether its type is one of the agreement’s. */
            allowed: z.boolean(),
          }),
        )
        .check(z.maxLength(MESSAGE_LIMITS.entities)),
    ),
    /** The contract of the agreement, by which it was decided. */
    contract: z.optional(z.strictObject({ id: handle, version: words, digest: sha256 })),
    /** What its contract came to; nothing where the gate did not come so far. */
    contractOutcome: z.optional(contractOutcomeSchema),
    /** Why the agreement has no contract. */
    withoutContract: z.optional(words),
    /** To what its agreement is sealed: then nobody on the way has looked into it. */
    sealed: z.optional(z.strictObject({ kind: z.enum(SEAL_KINDS), keys: z.int().check(z.minimum(1)) })),
  })
  .check(
    fitsTogether(({ outcome, reasons, contractOutcome, attachments }, tell) => {
      const broken = reasons.length > 0 || contractOutcome?.result === 'failed';
      if (broken !== (outcome === 'rejected'))
        tell(['outcome'], `is ${outcome}, which its reasons and its contract do not say`);
      if (outcome === 'released' && attachments?.some(({ allowed }) => !allowed))
        tell(['attachments'], 'has one that is not allowed, and it is released all the same');
    }),
  );

/** What the release gate decided on a version, and by what. */
export type GateReport = Read<typeof gateReportSchema>;
/** Why the gate itself rejects a version. */
export type GateReason = GateReport['reasons'][number];
/** What the gate looks at. */
export type GateCheck = (typeof GATE_CHECKS)[number];
/** The checksum that S3 holds of an object. */
export type StoredChecksum = NonNullable<GateReport['object']['checksum']>;

/** The report is refused; nothing was released by it. @internal Only tests import it. */
export class GateReportError extends WireError {
  override readonly name = 'GateReportError';
}

const KIND: Kind<typeof gateReportSchema> = {
  schema: gateReportSchema,
  name: 'the report of the gate',
  error: GateReportError,
  most: { bytes: MOST_BYTES, fix: 'Deposit the file again' },
  fix: () => 'Reports are not edited: deposit the file again, and the gate writes a new one',
};

/** Reads a report. @throws GateReportError with every problem */
export function parseGateReport(text: string): GateReport {
  return readText(KIND, text);
}

/** The report as the text of its file. */
export function gateReportText(report: GateReport): string {
  return `${JSON.stringify(report, null, 1)}\n`;
}
