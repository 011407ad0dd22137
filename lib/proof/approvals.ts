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
import {
  type ApprovalStatement,
  isApproval,
  readSignedStatement,
  type SignedStatement,
} from '../wire/approval';

/** When an agreement is approved by all its parties, where approvals are asked for. */
export interface ApprovedDays {
  readonly isApproved: (day: string) => boolean;
  /** Days on which that can begin, and on which it can end. */
  readonly firsts: readonly string[];
  readonly lasts: readonly string[];
}

/**
 * Undefined where neither the zone nor the agreement asks for approvals. What cannot be read or verified approves nothing, and
 * withdraws nothing.
 */
export function approvedDaysOf(register: RegisterFacts, agreement: AgreementFacts): ApprovedDays | undefined {
  if (!isAsked(register, agreement)) return undefined;
  const digest = termsDigestOf(register, agreement);
  const signed = statementsIn(register)
    .filter(({ statement: { subject } }) => subject[0]?.name === agreement.id)
    .map(({ statement, name }): Said => {
      const { subject, predicate } = statement;
      const ofThese = digest !== undefined && subject[0]?.digest.sha256 === digest;
      return { name, predicate, ofThese };
    });
  const about = signed.filter(
    ({ predicate }) => predicate.decision === 'withdraws' || isWhole(predicate, signed),
  );
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

/**
 * The last day before which an agreement was withdrawn for good, as far as nothing leaves a doubt: undefined where none of its
 * parties withdrew, or those that did have approved anything on that day or later.
 */
export function lastBeforeWithdrawal(register: RegisterFacts, agreement: AgreementFacts): string | undefined {
  if (!isAsked(register, agreement)) return undefined;
  const { id } = agreement;
  const said = statementsIn(register)
    .filter(({ statement: { subject } }) => subject[0]?.name === id)
    .map(({ statement }) => statement.predicate);
  let last: string | undefined;
  for (const one of said) {
    if (one.decision !== 'withdraws') continue;
    const own = said.filter(({ organisation }) => organisation === one.organisation);
    if (own.some(({ decision, on }) => decision === 'approves' && on >= one.on)) continue;
    const before = dayBefore(one.from);
    if (last === undefined || before > last) last = before;
  }
  return last;
}

/** Either asks by itself, and neither can take back what the other asks. */
function isAsked({ zone }: RegisterFacts, { approvals }: AgreementFacts): boolean {
  return [zone.approvals, approvals].includes('required');
}

/** A statement that was verified, its digest, and whether it is of the terms as they are. */
interface Said {
  readonly name: string;
  readonly predicate: ApprovalStatement['predicate'];
  readonly ofThese: boolean;
}

/** Whether all is there that an organisation says it had signed before. One that has lost something approves nothing. */
function isWhole({ organisation }: Said['predicate'], signed: readonly Said[]): boolean {
  const own = signed.filter(({ predicate }) => predicate.organisation === organisation);
  return own.every(({ predicate: { after = [], on } }) =>
    after.every((named) => own.some(({ name, predicate }) => name === named && predicate.on <= on)),
  );
}

/** Whether the one says that the other was signed before it. Each statement is looked at once, however many name it. */
function follows({ predicate: { after = [] } }: Said, earlier: Said, own: readonly Said[]): boolean {
  const before = new Set(after);
  // A set is walked to what is added on the way.
  for (const named of before)
    for (const between of own)
      if (between.name === named) for (const each of between.predicate.after ?? []) before.add(each);
  return before.has(earlier.name);
}

/**
 * A party approves on a day if it has signed these terms for it, has not withdrawn by then, on the day of signing or later, and
 * has approved no others by then on a later day. Of one day, what says that it was signed after the other was.
 */
function approvesOn(about: readonly Said[], party: string, day: string): boolean {
  const own = about.filter(({ predicate: { organisation } }) => organisation === party);
  const ends = (other: Said, each: Said) => {
    const isLater = other.predicate.on > each.predicate.on;
    const isSameDay = other.predicate.on === each.predicate.on;
    return other.predicate.decision === 'withdraws'
      ? (isLater || (isSameDay && !follows(each, other, own))) && other.predicate.from <= day
      : !other.ofThese && (isLater || (isSameDay && follows(other, each, own))) && other.predicate.on <= day;
  };
  return own.some((each) => {
    const { predicate, ofThese } = each;
    return (
      ofThese &&
      predicate.decision === 'approves' &&
      predicate.on <= day &&
      (predicate.until === undefined || day <= predicate.until) &&
      !own.some((other) => ends(other, each))
    );
  });
}

/** The terms as the register carries them: all of the agreement but its suspension, with the digest of its contract. */
function termsDigestOf({ contracts = [] }: RegisterFacts, { written }: AgreementFacts): string | undefined {
  if (written === undefined) return undefined;
  const { suspended: _, hold: __, ...agreement } = written;
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

interface Signed {
  readonly statement: ApprovalStatement;
  readonly name: string;
}
/** Verified once for a register: it is asked of each agreement. */
const STATEMENTS = new WeakMap<RegisterFacts, readonly Signed[]>();

function statementsIn(register: RegisterFacts): readonly Signed[] {
  const known =
    STATEMENTS.get(register) ??
    (register.approvals ?? []).flatMap(({ envelope }) => statementOf(register, envelope) ?? []);
  STATEMENTS.set(register, known);
  return known;
}

/** What was signed, if it was: by the key that the organisation names for that post and day. */
function statementOf({ organisations }: RegisterFacts, envelope: Carried): Signed | undefined {
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
  return isSigned && isApproval(statement) ? { statement, name: sha256(bytes) } : undefined;
}

function read(text: string): SignedStatement | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return canonicalize(value) === text ? readSignedStatement(value) : undefined;
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

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
