/** The reasons for a decision: as typed facts, and in words. */
import type { Decision } from './decide';
import type { Missing, StatementRef } from './reasons';

/** One reason for a decision. */
export type Reason =
  /** A statement, or a grant, that allows or denies the request. */
  | { readonly kind: 'allows' | 'denies'; readonly by: StatementRef }
  /** A yes that is not there. */
  | { readonly kind: 'missing'; readonly yes: Missing }
  /** Something that is not known, so that nothing can be decided. */
  | { readonly kind: 'doubt'; readonly doubt: string };

/** Which statements made the decision, which yes is missing, or what is not known. */
export function reasonsOf({ verdict, by, missing, doubts }: Decision): Reason[] {
  switch (verdict) {
    case 'allowed':
      return by.map((reference) => ({ kind: 'allows', by: reference }));
    case 'explicitly denied':
      return by.map((reference) => ({ kind: 'denies', by: reference }));
    case 'implicitly denied':
      return missing.map((yes) => ({ kind: 'missing', yes }));
    default:
      return doubts.map((doubt) => ({ kind: 'doubt', doubt }));
  }
}

/** A reason in words. */
export function tellReason(reason: Reason): string {
  switch (reason.kind) {
    case 'allows':
      return `${nameOf(reason.by)} allows it`;
    case 'denies':
      return `${nameOf(reason.by)} denies it`;
    case 'missing': {
      const { part, policies, why: reasons } = reason.yes;
      const asked = policies.length > 0 ? policies.map((name) => `'${name}'`).join(', ') : 'there is none';
      return `no yes from ${part} (${asked}): ${reasons}`;
    }
    default:
      return `not known: ${reason.doubt}`;
  }
}

/** The reasons for a decision, each in words. */
export function why(decision: Decision): string[] {
  return reasonsOf(decision).map(tellReason);
}

function nameOf({ policy, statement, sid }: StatementRef): string {
  if (statement === undefined) return `grant '${policy}'`;
  return sid === undefined ? `statement ${statement + 1} of '${policy}'` : `'${sid}' of '${policy}'`;
}
