/** What is known of each assumption: what AWS’s pages say, and what live tests have come to. */
import { dayWords } from '../../register/calendar';
import { documentFile } from '../../start/documents';
import type { LiveOutcome, LiveOutcomes } from '../../wire';
import { nearest } from '../../words';
import type { Assumption } from './assumption';
import { AWS_ASSUMPTIONS, wordingOf } from './assumptions';

/** In what state an assumption is. */
type AssumptionState =
  /** A page of AWS says it; nobody has seen it live. */
  | { readonly is: 'documented' }
  /** Neither. */
  | { readonly is: 'assumed' }
  | { readonly is: 'seen' | 'refuted'; readonly on: string; readonly region: string; readonly saw: string };

/** An assumption with its state. */
export interface KnownAssumption {
  readonly assumption: Assumption;
  readonly state: AssumptionState;
}

/** `assumptions.json` does not fit this version, this zone or this day. Each problem is one sentence, with its fix. */
export class LiveOutcomesError extends Error {
  override readonly name = 'LiveOutcomesError';
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

/** For what the outcomes are to hold. */
export interface Holding {
  /** The Region of the zone. */
  readonly region: string;
  /** The day that is judged for, YYYY-MM-DD. */
  readonly asOf: string;
}

/**
 * Every assumption with its state, in the order of the list.
 * @throws LiveOutcomesError where an outcome is of no assumption here or of another wording, of another Region, or of a day to come
 */
export function knownAssumptions(
  { outcomes }: LiveOutcomes,
  holding: Holding,
  assumptions: readonly Assumption[] = AWS_ASSUMPTIONS,
): KnownAssumption[] {
  const byId = new Map(assumptions.map((each) => [each.id, each]));
  const problems = outcomes.flatMap((each) => problemsOf(each, byId, holding));
  if (problems.length > 0) throw new LiveOutcomesError(problems);
  const outcomeOf = new Map(outcomes.map((each) => [each.id, each]));
  return assumptions.map((assumption) => ({
    assumption,
    state: stateOf(assumption, outcomeOf.get(assumption.id)),
  }));
}

function stateOf({ source }: Assumption, outcome: LiveOutcome | undefined): AssumptionState {
  if (outcome === undefined) return { is: source.says === 'so' ? 'documented' : 'assumed' };
  const { outcome: is, on, region, saw } = outcome;
  return { is, on, region, saw };
}

const AGAIN = 'Remove the outcome from assumptions.json, and run npx concordat probe to have it tested again';

function problemsOf(
  { id, wording, on, region }: LiveOutcome,
  byId: ReadonlyMap<string, Assumption>,
  holding: Holding,
): string[] {
  const assumption = byId.get(id);
  if (assumption === undefined) {
    const near = nearest(id, [...byId.keys()]);
    return [
      `'${id}' is no assumption of this version${near ? ` (did you mean ${near.word}?)` : ''}: ${documentFile('limits')} lists them. Remove the outcome from assumptions.json`,
    ];
  }
  if (wording !== wordingOf(assumption))
    return [`the outcome of '${id}' is of another wording of it, or was changed by hand. ${AGAIN}`];
  if (region !== holding.region)
    return [
      `the outcome of '${id}' was seen in ${region}, and the zone is in ${holding.region}, where AWS may do otherwise. ${AGAIN}`,
    ];
  if (on > holding.asOf)
    return [
      `the outcome of '${id}' is of ${dayWords(on)}, which is after ${dayWords(holding.asOf)}, the day that this is made for. Correct the date, or make it for a later day with --as-of`,
    ];
  return [];
}

/** How many are in each state. */
export interface AssumptionTally {
  readonly seen: number;
  readonly documented: number;
  readonly assumed: number;
  readonly refuted: number;
}

/** Counts them. */
export function assumptionTally(known: readonly KnownAssumption[]): AssumptionTally {
  const count = (is: AssumptionState['is']) => known.filter(({ state }) => state.is === is).length;
  return {
    seen: count('seen'),
    documented: count('documented'),
    assumed: count('assumed'),
    refuted: count('refuted'),
  };
}
