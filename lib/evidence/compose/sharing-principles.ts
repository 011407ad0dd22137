/** What each goal of the data sharing principles comes to, by the same rule as those of the Cloud Security Principles. */
import { SHARING_PRINCIPLES } from '../../compliance';
import type { CheckResult, SharingPrinciple } from '../model';
import { countsOf, stateOfGoal, whyIt } from './goals';

/** All ten. @throws RangeError if a goal names a check that was not run */
export function sharingPrinciplesWith(checks: readonly CheckResult[]): SharingPrinciple[] {
  const results = new Map(checks.map((each) => [each.id, each]));
  return SHARING_PRINCIPLES.map(({ number, title, link, goals }) => ({
    number,
    title,
    link,
    goals: goals.map(({ id, text, fromTemplates, checks: named, left }) => {
      const counts = countsOf(named, results);
      const state = stateOfGoal(fromTemplates, counts);
      return {
        id,
        text,
        state,
        checks: [...named],
        ...counts,
        why: whyIt(fromTemplates, state, counts),
        left: state === 'shown' ? [] : [...left],
      };
    }),
  }));
}
