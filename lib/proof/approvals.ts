/**
 * On which days the parties of an agreement have approved it as it is, worked out from the register that an assembly carries. It
 * has nothing in common with what decides that for the templates but the check of one signature: it reads what was signed,
 * digests the terms and judges each day by itself.
 */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { AgreementFacts, OrganisationFacts, RegisterFacts } from '../assembly';
import { kmsPublicKey, sshPublicKey, verifiedBy } from '../signatures';
import { WireError } from '../wire';
import { type ApprovalStatement, readApprovalStatement } from '../wire/approval';

/** When an agreement is approved by all its parties, where approvals are asked for. */
export interface ApprovedDays {
  readonly isApproved: (day: string) => boolean;
  /** Days on which that can begin, and on which it can end. */
  readonly firsts: readonly string[];
  readonly lasts: readonly string[];
}

/** Undefined where the zone asks for no approvals. What cannot be read or verified approves nothing, and withdraws nothing. */
export function approvedDaysOf(register: RegisterFacts, agreement: AgreementFacts): ApprovedDays | undefined {
  if (register.zone.approvals !== 'required') return undefined;
  const digest = termsDigestOf(register, agreement);
  const about = (register.approvals ?? [])
    .flatMap(({ envelope }) => statementOf(register, envelope) ?? [])
    .filter(({ subject: [subject] }) => subject?.name === agreement.id)
    .map(({ subject: [subject], predicate }) => ({
      predicate,
      ofThese: digest !== undefined && subject?.digest.sha256 === digest,
    }));
  const parties = new Set(agreement.directions.flatMap(({ owner, recipients }) => [owner, ...recipients]));
  return {
    isApproved: (day) => [...parties].every((party) => approvesOn(about, party, day)),
    firsts: about.map(({ predicate: { on } }) => on),
    lasts: about.flatMap(({ predicate }) =>
      predicate.decision === 'withdraws'
        ? [dayBefore(predicate.from)]
        : [dayBefore(predicate.on), ...(predicate.until === undefined ? [] : [predicate.until])],
    ),
  };
}

/** A statement that was verified, and whether it is of the terms as they are. */
interface Said {
  readonly predicate: ApprovalStatement['predicate'];
  readonly ofThese: boolean;
}

/**
 * A party approves on a day if it has signed these terms for it, has not withdrawn by then, on the day of signing or later, and
 * has approved no others by then on a later day.
 */
function approvesOn(about: readonly Said[], party: string, day: string): boolean {
  const own = about.filter(({ predicate: { organisation } }) => organisation === party);
  const ends = ({ predicate: other, ofThese }: Said, signedOn: string) =>
    other.decision === 'withdraws'
      ? other.on >= signedOn && other.from <= day
      : !ofThese && other.on > signedOn && other.on <= day;
  return own.some(
    ({ predicate: each, ofThese }) =>
      ofThese &&
      each.decision === 'approves' &&
      each.on <= day &&
      (each.until === undefined || day <= each.until) &&
      !own.some((other) => ends(other, each.on)),
  );
}

/** The terms as the register carries them: all of the agreement but its suspension, with the digest of its contract. */
function termsDigestOf({ contracts = [] }: RegisterFacts, { written }: AgreementFacts): string | undefined {
  if (written === undefined) return undefined;
  const { suspended: _, ...agreement } = written;
  const contract = contracts.find(({ id }) => id === written.contract);
  if (written.contract !== undefined && contract === undefined) return undefined;
  return sha256(
    canonicalize({
      form: 'concordat-agreement-terms/v1',
      agreement,
      ...(contract !== undefined && {
        contract: { id: contract.id, sha256: sha256(canonicalize(contract) ?? '') },
      }),
    }) ?? '',
  );
}

type Carried = NonNullable<RegisterFacts['approvals']>[number]['envelope'];

/** What was signed, if it was: by the key that the organisation names for that post and day. */
function statementOf({ organisations }: RegisterFacts, envelope: Carried): ApprovalStatement | undefined {
  const { payload, payloadType, signatures } = envelope;
  const [signature, second] = signatures;
  if (payloadType !== 'application/vnd.in-toto+json' || signature === undefined || second !== undefined)
    return undefined;
  const bytes = Buffer.from(payload, 'base64');
  const statement = read(bytes.toString('utf8'));
  if (statement === undefined) return undefined;
  const { organisation, post, on } = statement.predicate;
  const approvers = organisations.find(({ id }) => id === organisation)?.approvers ?? [];
  const isSigned = approvers.some((approver) => {
    if (approver.post !== post || approver.from > on || (approver.until ?? on) < on) return false;
    const key = keyOf(approver);
    return key !== undefined && verifiedBy(key, payloadType, bytes, Buffer.from(signature.sig, 'base64'));
  });
  return isSigned ? statement : undefined;
}

function read(text: string): ApprovalStatement | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return canonicalize(value) === text ? readApprovalStatement(value) : undefined;
  } catch (error) {
    if (error instanceof WireError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function keyOf({ sshKey, publicKey }: NonNullable<OrganisationFacts['approvers']>[number]) {
  if (sshKey !== undefined) return sshPublicKey(sshKey);
  return publicKey === undefined ? undefined : kmsPublicKey(publicKey);
}

function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
