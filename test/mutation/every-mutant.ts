/** Every mutant of an assembly: of its policies, and of all else that it holds. */
import type { Assembly } from '../../lib/assembly';
import { Judge, type Oracle, type Outcome } from './judge';
import { type Mutant, mutantsOf } from './policies';
import { reasonFor } from './reasons';
import { WholeJudge } from './whole/whole-judge';
import type { WholeMutant } from './whole/whole-mutant';
import { wholeMutantsOf } from './whole/whole-mutants';

/** A mutant of either kind. */
export type AnyMutant = Mutant | WholeMutant;

/** Always in the same order; those of one policy, and of one resource, together. */
export function everyMutantOf(source: Assembly): AnyMutant[] {
  return [...mutantsOf(source), ...wholeMutantsOf(source)];
}

/** What sort of thing it is a mutant of, and where that is. */
export function aboutOf(mutant: AnyMutant): { readonly sort: string; readonly place: string } {
  return 'policy' in mutant ? mutant.policy : mutant;
}

/** Judges mutants of both kinds. */
export interface AnyJudge {
  readonly judge: (mutant: AnyMutant) => Outcome;
  /** Whether the commands find it, each asked in full. */
  readonly isFoundInAll: (mutant: AnyMutant) => boolean;
  /** Whether it could come out as not asked; what this says no to never does. It takes no proof. */
  readonly couldBeNotAsked: (mutant: AnyMutant) => boolean;
  /** The same, told more closely and more slowly, of one that could. */
  readonly differsWhereNobodyAsks: (mutant: AnyMutant) => boolean;
}

/** A judge of one assembly’s. @param oracle in the proof’s place, for a test */
export function judgeFor(source: Assembly, oracle?: Oracle): AnyJudge {
  const ofPolicies = new Judge(source, oracle);
  const ofWhole = new WholeJudge(source, oracle);
  return {
    judge: (mutant) => ('policy' in mutant ? ofPolicies.judge(mutant) : ofWhole.judge(mutant)),
    isFoundInAll: (mutant) =>
      'policy' in mutant ? ofPolicies.isFoundInAll(mutant) : ofWhole.isFoundInAll(mutant),
    couldBeNotAsked: (mutant) =>
      'policy' in mutant ? ofPolicies.couldBeNotAsked(mutant) : reasonFor(mutant)?.fate === 'not asked',
    differsWhereNobodyAsks: (mutant) => !('policy' in mutant) || ofPolicies.differsWhereNobodyAsks(mutant),
  };
}
