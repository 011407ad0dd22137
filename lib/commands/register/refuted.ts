/** What live tests have refuted of the assumptions about AWS, as findings of a register. */
import { knownAssumptions, refutationWords } from '../../policy';
import { type Diagnostic, type Register, startOf } from '../../register';
import { LIVE_OUTCOMES_FILE, type LiveOutcomes } from '../../wire';
import type { RegisterInput } from '../register-input';

/** One finding for each, in the file that has the outcomes. Those must fit the zone and the day, as `outcomesOrExplain` sees to. */
export function refutedFindings(
  outcomes: LiveOutcomes,
  { zone }: Pick<Register, 'zone'>,
  { asOf }: RegisterInput,
): Diagnostic[] {
  return knownAssumptions(outcomes, { region: zone.region, asOf }).flatMap((each) => {
    const refuted = refutationWords(each);
    if (refuted === undefined) return [];
    return {
      code: 'refuted-assumption',
      place: startOf(LIVE_OUTCOMES_FILE),
      message: `'${each.assumption.id}' is refuted. ${refuted.description}`,
      fix: refuted.fix,
    };
  });
}
