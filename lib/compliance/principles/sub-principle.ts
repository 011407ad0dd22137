/** How a sub-principle and its goals are written down, and what they are when the checks have been put beside them. */

/** Whether templates can show that a goal is met: wholly, in part, or not at all. */
type FromTemplates = 'yes' | 'part' | 'no';

/** `confident`: the NCSC says to be confident of it; `prefer`: it says to prefer a service that does it. */
type Strength = 'confident' | 'prefer';

/** A goal as it is written down; its id follows from its place. What to ask for comes last, where it differs. */
type WrittenGoal = readonly [
  strength: Strength,
  fromTemplates: FromTemplates,
  text: string,
  ...askFor: string[],
];

/** A sub-principle as it is written down. */
export interface WrittenSubPrinciple {
  /** `2.3`. */
  readonly number: string;
  readonly title: string;
  /** How far templates show the whole of it. */
  readonly level: 'shown' | 'partly' | 'not from templates';
  /** What AWS does, and answers for. */
  readonly inherited: string;
  /** What each organisation has to do itself. */
  readonly memberDuty: string;
  /** What to ask the operator for, where templates do not show it. */
  readonly askFor: readonly string[];
  /** Contributing outcomes of the Cyber Assessment Framework that it bears on. */
  readonly caf: { readonly '3.2': readonly string[]; readonly '4.0': readonly string[] };
  readonly goals: readonly WrittenGoal[];
}

/** One of the 115. */
export interface Goal {
  /** `csp-2.5_goal.3`. */
  readonly id: string;
  readonly strength: Strength;
  readonly text: string;
  readonly fromTemplates: FromTemplates;
  /** Ids of the checks that bear on it. */
  readonly checks: readonly string[];
  /** What to ask the operator for; empty where templates show all of it. */
  readonly askFor: readonly string[];
}

/** One of the 24. Those in prose, 2.2 and 2.3, have no goals; checks then bear on the sub-principle itself. */
export interface SubPrinciple extends Omit<WrittenSubPrinciple, 'goals'> {
  /** `csp-2.3`. */
  readonly id: string;
  /** 1 to 14. */
  readonly principle: number;
  readonly goals: readonly Goal[];
  /** Ids of all checks that bear on it or on one of its goals. */
  readonly checks: readonly string[];
}

/** The same outcomes in both versions of the framework. */
export function inBoth(...outcomes: string[]): WrittenSubPrinciple['caf'] {
  return { '3.2': outcomes, '4.0': outcomes };
}
