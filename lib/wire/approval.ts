/** What an approver signs: an in-toto statement about the terms of one agreement. */
import * as z from 'zod/mini';
import { day, handle, sha256, words } from './forms';
import { type Read, readValue } from './read';

/** What an envelope with a statement says that it holds. @see https://github.com/in-toto/attestation/blob/main/spec/v1/envelope.md */
export const STATEMENT_PAYLOAD = 'application/vnd.in-toto+json';
/** @see https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md */
export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';
/** The kind of statement; docs/approvals.md says what is in it. */
export const APPROVAL_TYPE = 'https://concordat.example/approval/v1';
/** What an SSH signature beside it says that it is for. */
export const APPROVAL_NAMESPACE = 'approval@concordat.example';

const approver = { organisation: handle, post: handle, role: words, on: day };

const schema = z.strictObject({
  _type: z.literal(STATEMENT_TYPE),
  subject: z.array(z.strictObject({ name: handle, digest: z.strictObject({ sha256 }) })).check(z.length(1)),
  predicateType: z.literal(APPROVAL_TYPE),
  predicate: z.discriminatedUnion('decision', [
    z.strictObject({ decision: z.literal('approves'), ...approver, until: z.optional(day) }),
    z.strictObject({ decision: z.literal('withdraws'), ...approver, from: day }),
  ]),
});

/** An approval of the terms with that digest, or its withdrawal. `on` is the day of signing; `until` the last on which it holds. */
export type ApprovalStatement = Read<typeof schema>;

/** Takes a value for a statement. @throws WireError with every problem */
export function readApprovalStatement(value: unknown): ApprovalStatement {
  return readValue(
    { schema, name: 'the statement', fix: () => 'Sign again with `concordat approve`' },
    value,
  );
}
