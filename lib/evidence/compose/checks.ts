/** The checks run again over an assembly, with their counts, beside the exceptions that were made to them. */

import { judgementsOf, PUBLIC_SECTOR } from '../../compliance';
import type { CheckResult } from '../model';
import type { EvidenceSource } from '../source';

type Judged = CheckResult['judgements'][number];

/**
 * Every check and all that it judged. A failure that an exception in date accepts stays a failure, and says that it is
 * accepted.
 * @throws AssemblyError if the assembly cannot be read
 */
export function checkResults({
  assembly,
  exceptions,
}: Pick<EvidenceSource, 'assembly' | 'exceptions'>): CheckResult[] {
  const accepted = new Set(
    exceptions
      .filter(({ past }) => !past)
      .flatMap(({ rule, resources }) => resources.map((path) => `${rule} ${path}`)),
  );
  return judgementsOf(assembly).map(({ check, judgements }) => {
    const { id, title, why, reads, goals, doesNotProve, remediation } = check;
    const judged = judgements.map((each): Judged => {
      const place = each.resource?.constructPath;
      const isAccepted = each.outcome === 'fail' && accepted.has(`${PUBLIC_SECTOR}::${id} ${place}`);
      return isAccepted ? { ...each, accepted: true } : each;
    });
    return {
      id,
      title,
      why,
      reads: [...reads],
      goals: [...goals],
      doesNotProve,
      remediation,
      ...countsOf(judged),
      judgements: judged,
    };
  });
}

/** How many of each. */
export function countsOf(
  judgements: readonly Judged[],
): Pick<CheckResult, 'passed' | 'failed' | 'accepted' | 'notApplicable'> {
  const count = (test: (each: Judged) => boolean) => judgements.filter(test).length;
  return {
    passed: count(({ outcome }) => outcome === 'pass'),
    failed: count((each) => each.outcome === 'fail' && each.accepted !== true),
    accepted: count((each) => each.accepted === true),
    notApplicable: count(({ outcome }) => outcome === 'not applicable'),
  };
}
