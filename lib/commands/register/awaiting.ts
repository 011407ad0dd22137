/** For whose approval agreements wait. */
import { type AgreementId, awaitedOn, type PartyStanding, type Register } from '../../register';
import type { IsoDate } from '../../register/calendar';
import { andList } from '../../words';

/** An agreement that waits, and for whom. */
export interface Awaiting {
  readonly agreement: AgreementId;
  readonly parties: readonly PartyStanding[];
}

/** The agreements that are not over and wait on the day. */
export function awaitingIn(register: Register, asOf: IsoDate): Awaiting[] {
  return register.agreements
    .filter(({ ends }) => ends >= asOf)
    .map((agreement) => ({ agreement: agreement.id, parties: awaitedOn(register, agreement, asOf) }))
    .filter(({ parties }) => parties.length > 0);
}

/** `housing-benefit-awards awaits the approval of dwp and leeds` */
export function awaitingWords({ agreement, parties }: Awaiting): string {
  return `${agreement} awaits the approval of ${andList(parties.map(partyWords))}`;
}

/** `leeds`, or `leeds (what it approved has changed since)` */
function partyWords({ organisation, by, replaced, ofOtherTerms }: PartyStanding): string {
  if (replaced) return `${organisation} (it has signed for other terms since)`;
  if (by.some(({ decision }) => decision.kind === 'withdraws')) return `${organisation} (withdrawn)`;
  if (by.length > 0) return `${organisation} (not on this day)`;
  return ofOtherTerms ? `${organisation} (what it approved has changed since)` : organisation;
}
