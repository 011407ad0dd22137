/**
 * Who is to dispose of what it collected, and by when. A recipient that keeps copies owes a declaration once its agreement has
 * ended. Three things change that, and are no more alike than this:
 *
 * - *renewal* (`supersedes`): the same parties go on before the copies are due, so they may be kept, and the due day is the
 *   latest of all these agreements;
 * - *novation* (`novatedFrom`): a successor takes the place of a party, and the duty goes over to the recipients of the agreement
 *   that came from it, which declare for both;
 * - *legal hold* (`hold`): nothing may be disposed of, and the days of the hold do not count.
 *
 * An agreement that was never approved, where it has to be, renews and novates nothing.
 */

import { type Disposal, payloadSha256 } from '../approvals/read-approval';
import { type Approved, approvalsAreAsked } from '../approvals/standing';
import { type IsoDate, within } from '../calendar';
import { directionsOf } from '../parties';
import type { Register } from '../register';
import type { Agreement, AgreementId } from '../schema/agreement';
import type { ApprovalEnvelope } from '../schema/approval';
import type { OrganisationId } from '../schema/organisation';
import { type Holder, holdersOf, recipientsOf, renewalsOf } from './passing-on';
import { type Hold, keptUntil, laterOf, sharedDays } from './sharing';

/** What is needed of a register. */
export type Ended = Approved & Pick<Register, 'agreements' | 'organisations' | 'disposals'>;

/** What one recipient is to dispose of and to declare. */
export interface Duty {
  readonly agreement: Agreement;
  readonly organisation: OrganisationId;
  /** Who shared, and is told. */
  readonly owners: readonly OrganisationId[];
  /** The agreements whose copies are meant: this one, and those that passed into it. */
  readonly of: readonly AgreementId[];
  /** The last day on which anything could be collected under this agreement. */
  readonly collectedUntil: IsoDate;
  /** The agreement by which the parties go on, the last of them, where it was renewed. */
  readonly renewedBy: AgreementId | undefined;
  /** The last day on which a copy may be there; undefined under a hold that has no last day. */
  readonly due: IsoDate | undefined;
  /** Whether the zone or the agreement asks for a declaration. */
  readonly isAsked: boolean;
  readonly holds: readonly Hold[];
  /** The declaration that nothing is left, where it was made. */
  readonly declared: Disposal | undefined;
}

/** Every duty of a register that there is or will be, by agreement and recipient. Of an agreement that never shared there is none. */
export function dutiesOf(register: Ended): readonly Duty[] {
  const held = new Map<
    string,
    { agreement: Agreement; organisation: OrganisationId; of: Set<AgreementId> }
  >();
  for (const agreement of register.agreements)
    for (const organisation of recipientsOf(agreement))
      for (const holder of holdersOf(register, agreement, organisation)) {
        const key = `${holder.agreement.id} ${holder.organisation}`;
        const known = held.get(key) ?? { ...holder, of: new Set([holder.agreement.id]) };
        known.of.add(agreement.id);
        held.set(key, known);
      }
  return [...held.values()].flatMap((each) => duty(register, each) ?? []);
}

/** What was declared of an agreement, each with its envelope, in the order of days. */
export function declarationsOf(
  { approvals, disposals }: Pick<Register, 'approvals' | 'disposals'>,
  id: AgreementId,
): readonly { readonly disposal: Disposal; readonly name: string; readonly envelope: ApprovalEnvelope }[] {
  return disposals
    .filter(({ agreement }) => agreement === id)
    .sort((a, b) => (a.on < b.on ? -1 : 1))
    .flatMap((disposal) => {
      const carried = approvals.find(({ envelope }) => payloadSha256(envelope) === disposal.sha256);
      return carried === undefined ? [] : [{ disposal, ...carried }];
    });
}

/** Whether nothing may be disposed of on a day. */
export function holdOn({ holds }: Pick<Duty, 'holds'>, day: IsoDate): Hold | undefined {
  return holds.find((hold) => within(hold, day));
}

/** Those that were due before a day and have not been declared. */
export function missingOn(register: Ended, day: IsoDate): readonly Duty[] {
  return dutiesOf(register).filter(
    ({ isAsked, declared, due }) => isAsked && declared === undefined && due !== undefined && due < day,
  );
}

function duty(
  register: Ended,
  { agreement, organisation, of }: Holder & { readonly of: ReadonlySet<AgreementId> },
): Duty | undefined {
  const collectedUntil = sharedDays(register, agreement, organisation)?.until;
  if (collectedUntil === undefined) return undefined;
  const meant = of.size === 1 ? [agreement] : register.agreements.filter(({ id }) => of.has(id));
  const own = meant.flatMap(({ hold }) => hold ?? []);
  const renewals = renewalsOf(register, agreement, organisation);
  const holds = [...own, ...renewals.flatMap(({ hold }) => hold ?? [])];
  let due = keptUntil(agreement, collectedUntil, own);
  for (const each of renewals) {
    const until = sharedDays(register, each, organisation)?.until;
    if (until !== undefined) due = laterOf(due, keptUntil(each, until, holds));
  }
  return {
    agreement,
    organisation,
    owners: directionsOf(agreement).flatMap(({ owner, recipients }) =>
      recipients.includes(organisation) ? [owner] : [],
    ),
    of: [...of].sort(),
    collectedUntil,
    renewedBy: renewals.at(-1)?.id,
    due,
    isAsked: approvalsAreAsked(register, agreement) || agreement.retention.disposeWithin !== undefined,
    holds,
    declared: register.disposals.find(
      (each) =>
        each.agreement === agreement.id &&
        each.organisation === organisation &&
        each.decision.collectedUntil >= collectedUntil &&
        [...of].every((id) => each.decision.agreements.includes(id)),
    ),
  };
}
