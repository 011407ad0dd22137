/** What an approver signs: an in-toto statement about the terms of one agreement, or about what was disposed of after it. */
import * as z from 'zod/mini';
import { day, handle, sha256, words } from './forms';
import { type Read, readValue } from './read';

/** What an envelope with a statement says that it holds. @see https://github.com/in-toto/attestation/blob/main/spec/v1/envelope.md */
export const STATEMENT_PAYLOAD = 'application/vnd.in-toto+json';
/** @see https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md */
export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';
/** The kind of statement; docs/approvals.md says what is in it. */
export const APPROVAL_TYPE = 'https://concordat.example/approval/v1';
/** The kind of statement by which a recipient declares that it has disposed of its copies. */
export const DISPOSAL_TYPE = 'https://concordat.example/disposal/v1';
/** What an SSH signature beside it says that it is for. */
export const APPROVAL_NAMESPACE = 'approval@concordat.example';

const signer = {
  organisation: handle,
  post: handle,
  role: words,
  /** The day of signing. */
  on: day,
  /**
   * The SHA-256 of what the organisation had signed last about the agreement. It puts in order what was signed on one day, and
   * shows when something was taken out. Absent in what was signed first, or by an earlier release.
   */
  after: z.optional(z.array(sha256).check(z.minLength(1))),
};
const about = {
  _type: z.literal(STATEMENT_TYPE),
  subject: z.array(z.strictObject({ name: handle, digest: z.strictObject({ sha256 }) })).check(z.length(1)),
};

const approvalSchema = z.strictObject({
  ...about,
  predicateType: z.literal(APPROVAL_TYPE),
  predicate: z.discriminatedUnion('decision', [
    z.strictObject({ decision: z.literal('approves'), ...signer, until: z.optional(day) }),
    z.strictObject({ decision: z.literal('withdraws'), ...signer, from: day }),
  ]),
});

const disposalSchema = z.strictObject({
  ...about,
  predicateType: z.literal(DISPOSAL_TYPE),
  predicate: z.strictObject({
    ...signer,
    /** The agreements whose copies are meant: that of the subject, and those that passed into it. */
    agreements: z.array(handle).check(z.minLength(1)),
    /** The last day on which anything could be collected under them. */
    collectedUntil: day,
    method: words,
  }),
});

const schema = z.discriminatedUnion('predicateType', [approvalSchema, disposalSchema]);

/** An approval of the terms with that digest, or its withdrawal. `until` is the last day on which it holds. */
export type ApprovalStatement = Read<typeof approvalSchema>;
/** That no copy is left of what was collected. The subject is the agreement by its terms, as they were when it was signed. */
export type DisposalStatement = Read<typeof disposalSchema>;
/** Anything that an approver signs. */
export type SignedStatement = ApprovalStatement | DisposalStatement;

/** Takes a value for a statement. @throws WireError with every problem */
export function readSignedStatement(value: unknown): SignedStatement {
  return readValue(
    {
      schema,
      name: 'the statement',
      fix: () => 'Sign again with `concordat approve`, or `concordat dispose`',
    },
    value,
  );
}

/** Whether it is an approval or a withdrawal. */
export function isApproval(statement: SignedStatement): statement is ApprovalStatement {
  return statement.predicateType === APPROVAL_TYPE;
}
