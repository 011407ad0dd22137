/** Approving an agreement, and withdrawing that: one signed statement more in the register. */
import canonicalize from 'canonicalize';
import { type PublicKey, preAuthentication, type SecretKey, sshSignature } from '../../signatures';
import {
  APPROVAL_NAMESPACE,
  APPROVAL_TYPE,
  type ApprovalStatement,
  STATEMENT_PAYLOAD,
  STATEMENT_TYPE,
} from '../../wire/approval';
import { andList } from '../../words';
import { termsDigest } from '../agreement-terms';
import { keyOfApprover } from '../approvals/approver-key';
import { approvalName } from '../approvals/read-approval';
import { approvalsAreAsked, standingOf } from '../approvals/standing';
import { type IsoDate, inWords } from '../calendar';
import type { RegisterFile } from '../folder';
import { partiesOf } from '../parties';
import type { Register } from '../register';
import type { ApprovalEnvelope } from '../schema/approval';
import type { Approver, Organisation } from '../schema/organisation';
import { type Change, ChangeRefused, checkedChange, soundRegister } from './change';

/** Who signs: a key in a file, or one that AWS KMS has, which is asked to. */
export type Signer =
  | { readonly kind: 'file'; readonly secret: SecretKey }
  | {
      readonly kind: 'kms';
      readonly arn: string;
      readonly sign: (message: Uint8Array, key: PublicKey['kind']) => Promise<Uint8Array>;
    };

/** What is to be signed. */
export interface Approving {
  readonly agreement: string;
  readonly organisation: string;
  readonly decision:
    | { readonly kind: 'approves'; readonly until: IsoDate | undefined }
    | { readonly kind: 'withdraws'; readonly from: IsoDate };
}

/**
 * Signs, and puts the envelope into the register. The day of signing is the day that is judged for.
 * @throws ChangeRefused if the organisation is no party, or names no approver with that key for the day, or nothing is there to be
 * withdrawn
 * @throws ChangeUnsound if the register is faulty, or would be, which a signature by another key comes to
 */
export async function approving(
  files: readonly RegisterFile[],
  wanted: Approving,
  signer: Signer,
  asOf: IsoDate,
): Promise<Change> {
  const before = soundRegister(files, asOf, 'the register is faulty');
  const { agreement, organisation, settle } = subjectOf(before, wanted, asOf);
  const approver = organisation && approverOf(organisation, signer, asOf);
  const settled = [
    ...settle,
    ...(organisation && approver === undefined ? [nobody(organisation, signer, asOf)] : []),
  ];
  const verb = wanted.decision.kind === 'approves' ? 'approved' : 'withdrawn';
  if (settled.length > 0 || agreement === undefined || approver === undefined)
    throw new ChangeRefused(`${wanted.agreement} was not ${verb}`, settled);
  const statement = statementOf(wanted, approver, termsDigest(agreement, before.contracts), asOf);
  const payload = Buffer.from(canonicalize(statement) ?? '');
  const envelope = await signed(payload, approver, signer);
  const path = `approvals/${approvalName(statement, payload)}.json`;
  const file = { path, bytes: Buffer.from(`${JSON.stringify(envelope, null, 2)}\n`) };
  const change = checkedChange(files, before, new Map([[path, file]]), [], asOf);
  return { ...change, says: wordsOf(change.after, wanted, approver, asOf) };
}

function subjectOf(
  register: Register,
  { agreement: id, organisation: party, decision }: Approving,
  asOf: IsoDate,
) {
  const agreement = register.agreements.find((each) => each.id === id);
  const organisation = register.organisations.find((each) => each.id === party);
  if (agreement === undefined || organisation === undefined)
    throw new RangeError(`there is no agreement ${id} or no organisation ${party}`);
  const parties = partiesOf(agreement);
  if (!parties.includes(organisation.id))
    return { settle: [`${party} is no party to ${id}: its parties are ${andList(parties)}`] };
  const own = standingOf(register, agreement).find((each) => each.organisation === organisation.id);
  const settle = [
    ...(agreement.ends < asOf ? [`${id} ended on ${inWords(agreement.ends)}`] : []),
    ...(decision.kind === 'withdraws' &&
    (own?.days ?? []).every(({ until }) => until !== undefined && until < decision.from)
      ? [`${party} has not approved ${id}, as its terms are, for ${inWords(decision.from)} or later`]
      : []),
    ...(decision.kind === 'withdraws' && decision.from < asOf
      ? [`${inWords(decision.from)} is past: withdraw from ${inWords(asOf)} or later`]
      : []),
    ...(decision.kind === 'approves' && decision.until !== undefined && decision.until < asOf
      ? [`${inWords(decision.until)} is past: approve until ${inWords(asOf)} or later`]
      : []),
  ];
  return { agreement, organisation, settle };
}

/** The approver with the key, on the day. */
function approverOf({ approvers = [] }: Organisation, signer: Signer, on: IsoDate): Approver | undefined {
  return approvers
    .filter(({ from, until }) => from <= on && (until === undefined || on <= until))
    .find((each) =>
      signer.kind === 'kms'
        ? each.kmsKey === signer.arn
        : keyOfApprover(each)?.publicKey.der.equals(signer.secret.publicKey.der),
    );
}

function nobody({ id }: Organisation, signer: Signer, on: IsoDate): string {
  return `organisations/${id}.yaml names no approver with ${signer.kind === 'kms' ? signer.arn : 'the key of this file'} for ${inWords(on)}: write the post under \`approvers\`, with its public key and its days, and have that reviewed first`;
}

function statementOf(
  { agreement, organisation, decision }: Approving,
  { post, role }: Approver,
  sha256: string,
  on: IsoDate,
): ApprovalStatement {
  const who = { organisation, post, role, on };
  return {
    _type: STATEMENT_TYPE,
    subject: [{ name: agreement, digest: { sha256 } }],
    predicateType: APPROVAL_TYPE,
    predicate:
      decision.kind === 'approves'
        ? { decision: 'approves', ...who, ...(decision.until !== undefined && { until: decision.until }) }
        : { decision: 'withdraws', ...who, from: decision.from },
  };
}

async function signed(payload: Buffer, approver: Approver, signer: Signer): Promise<ApprovalEnvelope> {
  const key = keyOfApprover(approver);
  if (key === undefined) throw new TypeError(`the key of ${approver.post} cannot be read`);
  const message = preAuthentication(STATEMENT_PAYLOAD, payload);
  const sig =
    signer.kind === 'file' ? signer.secret.sign(message) : await signer.sign(message, key.publicKey.kind);
  const isSsh = signer.kind === 'file' && approver.sshKey !== undefined;
  return {
    payload: payload.toString('base64'),
    payloadType: STATEMENT_PAYLOAD,
    signatures: [
      {
        keyid: key.keyid,
        sig: Buffer.from(sig).toString('base64'),
        ...(isSsh && { sshsig: sshSignature(signer.secret, APPROVAL_NAMESPACE, payload) }),
      },
    ],
  };
}

function wordsOf(register: Register, wanted: Approving, { role }: Approver, asOf: IsoDate): string[] {
  const { agreement: id, organisation, decision } = wanted;
  const agreement = register.agreements.find((each) => each.id === id);
  if (agreement === undefined) return [];
  const digest = termsDigest(agreement, register.contracts);
  const awaited = standingOf(register, agreement)
    .filter(
      ({ days }) => !days.some(({ from, until }) => from <= asOf && (until === undefined || asOf <= until)),
    )
    .map((each) => each.organisation);
  const says =
    decision.kind === 'approves'
      ? `The ${role} of ${organisation} approves ${id}${decision.until === undefined ? '' : ` until ${inWords(decision.until)}`}: terms ${digest}.`
      : `The ${role} of ${organisation} withdraws its approval of ${id}, which no longer holds on ${inWords(decision.from)}.`;
  return [
    says,
    awaited.length > 0
      ? `Still waited for: ${andList(awaited)}.`
      : decision.kind === 'approves'
        ? 'All its parties have approved it.'
        : 'Until then it stays approved.',
    ...(approvalsAreAsked(register)
      ? []
      : ['This zone does not ask for approvals: `approvals: required` in zone.yaml would.']),
  ];
}
