/** Approving an agreement, and withdrawing that: one signed statement more in the register. */
import { isDeepStrictEqual } from 'node:util';
import { APPROVAL_TYPE, type ApprovalStatement, STATEMENT_TYPE } from '../../wire/approval';
import { andList } from '../../words';
import { termsDigest } from '../agreement-terms';
import type { Approval } from '../approvals/read-approval';
import { approvalsAreAsked, standingOf } from '../approvals/standing';
import { type IsoDate, inWords } from '../calendar';
import type { RegisterFile } from '../folder';
import { partiesOf } from '../parties';
import type { Register } from '../register';
import type { Approver } from '../schema/organisation';
import { type Change, ChangeRefused, checkedChange, soundRegister } from './change';
import { approverOf, nobody, type Signer, signedFile } from './sign';

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
  const terms = termsDigest(agreement, before.contracts);
  const after = signedBefore(before.verified, wanted, { post: approver.post, terms, on: asOf });
  const file = await signedFile(statementOf(wanted, approver, { terms, after, on: asOf }), approver, signer);
  const change = checkedChange(files, before, new Map([[file.path, file]]), [], asOf);
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

/** What the organisation has signed about the agreement that nothing else was signed after; the same where this is typed again. */
function signedBefore(
  verified: readonly Approval[],
  { agreement, organisation, decision }: Approving,
  { post, terms, on }: { readonly post: string; readonly terms: string; readonly on: IsoDate },
): readonly string[] {
  const own = verified.filter((each) => each.agreement === agreement && each.organisation === organisation);
  const last = own.filter(({ sha256 }) => !own.some(({ after }) => after.includes(sha256)));
  const again = last.find(
    (each) =>
      each.post === post &&
      each.terms === terms &&
      each.on === on &&
      isDeepStrictEqual(each.decision, decision),
  );
  return again?.after ?? last.map(({ sha256 }) => sha256).sort();
}

function statementOf(
  { agreement, organisation, decision }: Approving,
  { post, role }: Approver,
  { terms, after, on }: { readonly terms: string; readonly after: readonly string[]; readonly on: IsoDate },
): ApprovalStatement {
  const who = { organisation, post, role, on, ...(after.length > 0 && { after: [...after] }) };
  return {
    _type: STATEMENT_TYPE,
    subject: [{ name: agreement, digest: { sha256: terms } }],
    predicateType: APPROVAL_TYPE,
    predicate:
      decision.kind === 'approves'
        ? { decision: 'approves', ...who, ...(decision.until !== undefined && { until: decision.until }) }
        : { decision: 'withdraws', ...who, from: decision.from },
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
    ...(approvalsAreAsked(register, agreement)
      ? []
      : [
          'Neither the zone nor the agreement asks for approvals: `approvals: required` in zone.yaml or in its own file would.',
        ]),
  ];
}
