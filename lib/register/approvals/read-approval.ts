/** Reads what an approver signed, and says why it does not count. What counts has been verified here. */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { isSshSignature, verifiedBy } from '../../signatures';
import { WireError } from '../../wire';
import {
  APPROVAL_NAMESPACE,
  isApproval,
  readSignedStatement,
  type SignedStatement,
  STATEMENT_PAYLOAD,
} from '../../wire/approval';
import { type IsoDate, inWords } from '../calendar';
import type { AgreementId } from '../schema/agreement';
import type { ApprovalEnvelope } from '../schema/approval';
import type { Approver, Organisation, OrganisationId } from '../schema/organisation';
import { keyOfApprover } from './approver-key';

/** What was signed and verified, of whichever kind. */
interface Signed {
  readonly agreement: AgreementId;
  /** The digest of the terms that it is about. */
  readonly terms: string;
  readonly organisation: OrganisationId;
  readonly post: string;
  readonly role: string;
  /** The day of signing. */
  readonly on: IsoDate;
  /** SHA-256 of what was signed, in hex: it names the statement in templates and reports. */
  readonly sha256: string;
  /** What the organisation had signed last before, by the same name. */
  readonly after: readonly string[];
}

/** An approval or a withdrawal that was verified. */
export interface Approval extends Signed {
  /** Of an approval: the last day on which it holds, where it has one. Of a withdrawal: the first on which it no longer holds. */
  readonly decision:
    | { readonly kind: 'approves'; readonly until: IsoDate | undefined }
    | { readonly kind: 'withdraws'; readonly from: IsoDate };
}

/** A recipient’s declaration that was verified: no copy is left of what it collected. */
export interface Disposal extends Signed {
  readonly decision: {
    readonly kind: 'disposes';
    /** The agreements whose copies are meant. */
    readonly agreements: readonly AgreementId[];
    /** The last day on which anything could be collected under them. */
    readonly collectedUntil: IsoDate;
    readonly method: string;
  };
}

/** Whether it is a declaration of disposal. */
export function isDisposal(signed: Approval | Disposal): signed is Disposal {
  return signed.decision.kind === 'disposes';
}

/** Why an envelope does not count, and how to mend that. */
export interface ApprovalFault {
  readonly message: string;
  readonly fix: string;
  /** Where in the file. */
  readonly path: readonly (string | number)[];
}

const SIGN_AGAIN =
  'take the file out, and have the approver sign again with `concordat approve`, or `concordat dispose`';

/** The name that the file of an envelope has, without its ending. */
export function approvalName(statement: SignedStatement, payload: Uint8Array): string {
  const [subject] = statement.subject;
  return `${subject?.name}.${statement.predicate.organisation}.${sha256(payload).slice(0, 12)}`;
}

/** The digest of what was signed, which names it. */
export function payloadSha256({ payload }: ApprovalEnvelope): string {
  return sha256(Buffer.from(payload, 'base64'));
}

const statements = new WeakMap<ApprovalEnvelope, SignedStatement | ApprovalFault>();

/** What an approval says, or why nothing can be taken from it; read once. Who signed it is not looked at. */
export function statementIn(envelope: ApprovalEnvelope): SignedStatement | ApprovalFault {
  const known = statements.get(envelope) ?? parsed(envelope);
  statements.set(envelope, known);
  return known;
}

function parsed({ payload, payloadType }: ApprovalEnvelope): SignedStatement | ApprovalFault {
  if (payloadType !== STATEMENT_PAYLOAD)
    return {
      message: `the payload is said to be ${payloadType}, and an approval is ${STATEMENT_PAYLOAD}`,
      fix: SIGN_AGAIN,
      path: ['payloadType'],
    };
  const bytes = Buffer.from(payload, 'base64');
  const fault = (message: string): ApprovalFault => ({ message, fix: SIGN_AGAIN, path: ['payload'] });
  if (bytes.toString('base64') !== payload) return fault('the payload is not base64 as everybody writes it');
  const text = bytes.toString('utf8');
  try {
    const value: unknown = JSON.parse(text);
    // Readers of JSON differ over what stands there twice; what is canonical all of them read alike.
    if (canonicalize(value) !== text) return fault('what was signed is not JSON in the form of RFC 8785');
    return readSignedStatement(value);
  } catch (error) {
    if (error instanceof WireError)
      return fault(`what was signed is nothing that approvers sign: ${error.problems[0]}`);
    if (error instanceof SyntaxError) return fault('what was signed is not JSON');
    throw error;
  }
}

/** What came of an envelope, by the organisation as its file was when the signature was verified. */
interface Verified {
  readonly signer: Organisation | undefined;
  readonly result: Approval | Disposal | ApprovalFault;
}

const verified = new WeakMap<ApprovalEnvelope, Verified>();

/**
 * What an envelope holds, verified by the key of the approver whom the organisation’s file names for that day. It is verified
 * once for each reading of both files: rules ask, and the register does.
 * @param organisations those that could be read
 */
export function readApproval(
  envelope: ApprovalEnvelope,
  organisations: ReadonlyMap<string, Organisation>,
): Approval | Disposal | ApprovalFault {
  const statement = statementIn(envelope);
  if ('message' in statement) return statement;
  const signer = organisations.get(statement.predicate.organisation);
  const known = verified.get(envelope);
  if (known !== undefined && known.signer === signer) return known.result;
  const result = verify(envelope, statement, signer);
  verified.set(envelope, { signer, result });
  return result;
}

function verify(
  envelope: ApprovalEnvelope,
  statement: SignedStatement,
  signer: Organisation | undefined,
): Approval | Disposal | ApprovalFault {
  const { predicate, subject } = statement;
  const [about] = subject;
  const { organisation: id, post, role, on, after = [] } = predicate;
  const payload = Buffer.from(envelope.payload, 'base64');
  const approver = signatory(envelope, statement, payload, signer?.approvers ?? []);
  if ('message' in approver) return approver;
  const wrong = wrongDay(statement);
  if (wrong !== undefined) return { message: wrong, fix: SIGN_AGAIN, path: ['payload'] };
  const signed = {
    agreement: about?.name as AgreementId,
    terms: about?.digest.sha256 ?? '',
    organisation: id as OrganisationId,
    post,
    role,
    on: on as IsoDate,
    sha256: sha256(payload),
    after,
  };
  if (!isApproval(statement)) {
    const { agreements, collectedUntil, method } = statement.predicate;
    return {
      ...signed,
      decision: {
        kind: 'disposes',
        agreements: agreements as AgreementId[],
        collectedUntil: collectedUntil as IsoDate,
        method,
      },
    };
  }
  const said = statement.predicate;
  return {
    ...signed,
    decision:
      said.decision === 'approves'
        ? { kind: 'approves', until: said.until as IsoDate | undefined }
        : { kind: 'withdraws', from: said.from as IsoDate },
  };
}

/** Why the days of a statement cannot be right. */
function wrongDay(statement: SignedStatement): string | undefined {
  if (!isApproval(statement)) {
    const { on, collectedUntil } = statement.predicate;
    return on > collectedUntil
      ? undefined
      : `it declares on ${inWords(on as IsoDate)} what can be disposed of only after ${inWords(collectedUntil as IsoDate)}`;
  }
  const { predicate } = statement;
  if (predicate.decision === 'approves')
    return predicate.until !== undefined && predicate.until < predicate.on
      ? `it ends on ${inWords(predicate.until as IsoDate)}, before it was signed`
      : undefined;
  return predicate.from < predicate.on
    ? `it withdraws from ${inWords(predicate.from as IsoDate)}, before it was signed`
    : undefined;
}

/** The approver who signed, by post, day and key; each in turn, so that what is told is the first that is not right. */
function signatory(
  { payloadType, signatures: [signature] }: ApprovalEnvelope,
  { predicate: { organisation, post, role, on } }: SignedStatement,
  payload: Buffer,
  approvers: readonly Approver[],
): Approver | ApprovalFault {
  const named = approvers.filter((each) => each.post === post);
  if (named.length === 0)
    return {
      message: `the file of ${organisation} names no approver ${post}`,
      fix: `name the post under \`approvers\` in organisations/${organisation}.yaml, with its key and days; who was an approver stays named, with \`until\``,
      path: ['payload'],
    };
  const inOffice = named.filter(({ from, until }) => from <= on && (until === undefined || on <= until));
  if (inOffice.length === 0)
    return {
      message: `it was signed on ${inWords(on as IsoDate)}, and ${post} of ${organisation} has no key for that day`,
      fix: 'have somebody sign whose key the file names for that day, or correct the days there',
      path: ['payload'],
    };
  const sig = Buffer.from(signature?.sig ?? '', 'base64');
  const signed = inOffice.find((each) => {
    const key = keyOfApprover(each);
    return (
      key !== undefined &&
      signature?.keyid === key.keyid &&
      verifiedBy(key.publicKey, payloadType, payload, sig)
    );
  });
  if (signed === undefined)
    return {
      message: `it is not signed by the key that the file of ${organisation} names for ${post}, or was changed since`,
      fix: SIGN_AGAIN,
      path: ['signatures', 0, 'sig'],
    };
  if (signed.role !== role)
    return {
      message: `it was signed as ${role}, and the file of ${organisation} calls ${post} ${signed.role}`,
      fix: 'correct the role there, or have the approver sign again',
      path: ['payload'],
    };
  const { sshsig } = signature ?? {};
  const key = keyOfApprover(signed);
  if (
    sshsig !== undefined &&
    (key === undefined || !isSshSignature(sshsig, key.publicKey, APPROVAL_NAMESPACE, payload))
  )
    return {
      message: 'its SSH signature is not on what the other one is on',
      fix: SIGN_AGAIN,
      path: ['signatures', 0, 'sshsig'],
    };
  return signed;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
