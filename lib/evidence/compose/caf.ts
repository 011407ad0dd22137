/** The outcomes of the Cyber Assessment Framework that templates bear on, and by what. */
import type { CafOutcome, CheckResult, Principle } from '../model';
import { cafTitle } from './caf-titles';

/** In the order of outcomes. An outcome on which only principles without checks bear is not there: nothing is shown of it. */
export function cafOutcomes(
  principles: readonly Principle[],
  checks: readonly CheckResult[],
  version: 'caf32' | 'caf40',
): CafOutcome[] {
  const results = new Map(checks.map((each) => [each.id, each]));
  const parts = principles.flatMap((principle) => principle.parts).filter((part) => part.checks.length > 0);
  const ids = [...new Set(parts.flatMap((part) => part[version]))].sort();
  return ids.map((id) => {
    const bearing = parts.filter((part) => part[version].includes(id));
    const named = [...new Set(bearing.flatMap((part) => part.checks))].sort();
    const sum = (of: 'passed' | 'failed') =>
      named.reduce((total, each) => total + (results.get(each)?.[of] ?? 0), 0);
    return {
      id,
      title: cafTitle(id, version),
      parts: bearing.map((part) => part.id),
      checks: named,
      passed: sum('passed'),
      failed: sum('failed'),
    };
  });
}
