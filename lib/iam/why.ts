/** A decision in words. */
import type { Decision, StatementRef } from './decide';

/** Sentences that say which statements made the decision, which yes is missing, or what is not known. */
export function why({ verdict, by, missing, doubts }: Decision): string[] {
  switch (verdict) {
    case 'allowed':
      return by.map((reference) => `${nameOf(reference)} allows it`);
    case 'explicitly denied':
      return by.map((reference) => `${nameOf(reference)} denies it`);
    case 'implicitly denied':
      return missing.map(
        ({ part, policies, why: reason }) =>
          `no yes from ${part} (${policies.length > 0 ? policies.map((name) => `'${name}'`).join(', ') : 'there is none'}): ${reason}`,
      );
    default:
      return doubts.map((doubt) => `not known: ${doubt}`);
  }
}

function nameOf({ policy, statement, sid }: StatementRef): string {
  if (statement === undefined) return `grant '${policy}'`;
  return sid === undefined ? `statement ${statement + 1} of '${policy}'` : `'${sid}' of '${policy}'`;
}
