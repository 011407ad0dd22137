/** Makes of what was seen the outcomes that are kept beside the register. */
import { AWS_ASSUMPTIONS, wordingOf } from '../policy';
import { LIVE_OUTCOMES_FORM, type LiveOutcome, type LiveOutcomes } from '../wire';
import type { TestResult } from './tests';

/**
 * The outcomes of before with those of now. An outcome of now takes the place of the one before; a test that stayed open
 * changes nothing; what is of no assumption any more, or of another wording or Region, goes.
 */
export function recorded(
  before: LiveOutcomes,
  tests: readonly TestResult[],
  { on, region }: { readonly on: string; readonly region: string },
): LiveOutcomes {
  const wordings = new Map(AWS_ASSUMPTIONS.map((each) => [each.id, wordingOf(each)]));
  const now = tests.flatMap(({ id, outcome, saw }): LiveOutcome[] => {
    const wording = wordings.get(id);
    return outcome === 'open' || wording === undefined ? [] : [{ id, wording, outcome, on, region, saw }];
  });
  const replaced = new Set(now.map(({ id }) => id));
  const kept = before.outcomes.filter(
    (each) => !replaced.has(each.id) && wordings.get(each.id) === each.wording && each.region === region,
  );
  return { form: LIVE_OUTCOMES_FORM, outcomes: [...kept, ...now].sort((a, b) => (a.id < b.id ? -1 : 1)) };
}
