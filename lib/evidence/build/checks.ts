/** The checks run again over an assembly, with their counts. */
import { readJudged } from '../../assembly/judged';
import type { Judgement } from '../../compliance/check';
import { judgeAll } from '../../compliance/checks';
import type { CheckResult } from '../model';

/** Every check and all that it judged. @throws AssemblyError if the assembly cannot be read */
export function checkResults(folder: string): CheckResult[] {
  return judgeAll(readJudged(folder)).map(({ check, judgements }) => {
    const { id, title, why, reads, goals, doesNotProve, remediation } = check;
    const count = (outcome: Judgement['outcome']) =>
      judgements.filter((each) => each.outcome === outcome).length;
    return {
      id,
      title,
      why,
      reads: [...reads],
      goals: [...goals],
      doesNotProve,
      remediation,
      passed: count('pass'),
      failed: count('fail'),
      notApplicable: count('not applicable'),
      judgements: [...judgements],
    };
  });
}
