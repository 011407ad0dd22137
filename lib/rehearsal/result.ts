/** What a rehearsal comes to. */

/** Who settled what was seen. */
export type Decider =
  | 'the endpoint'
  | 'decided by simulation'
  | 'simulation and endpoint'
  | 'the function'
  | 'the verifier'
  | 'AWS'
  | 'nobody';

/** One step of the scenario. */
export interface StepResult {
  readonly step: string;
  readonly expected: string;
  readonly seen: string;
  readonly decidedBy: Decider;
  /** What is played by the rehearsal itself in this step, in words. */
  readonly played?: string;
  readonly passed: boolean;
  /** Which statements decided, or what went wrong. */
  readonly why: readonly string[];
}

/** One property of a resource, as the template has it and as the service tells it. */
export interface PropertyRead {
  readonly stack: string;
  readonly resource: string;
  readonly type: string;
  readonly property: string;
  readonly outcome: 'as the template says' | 'ignored by the endpoint' | 'differs';
  readonly expected: string;
  readonly seen: string;
}

/** Where a resource type stands: in exactly one list. */
export interface TypeCoverage {
  readonly type: string;
  readonly list: 'deployed and read back' | 'decided by simulation' | 'not rehearsed here';
  /** How many of its properties were read and are as the template says; how many the endpoint ignored. */
  readonly read: number;
  readonly ignored: number;
  readonly why: string;
}

/** All of it. */
export interface RehearsalResult {
  readonly schema: 'concordat-rehearsal/v1';
  readonly asOf: string;
  readonly endpoint: string;
  readonly agreement: string;
  readonly owner: string;
  readonly recipient: string;
  readonly third: string;
  readonly steps: readonly StepResult[];
  readonly properties: readonly PropertyRead[];
  readonly types: readonly TypeCoverage[];
  readonly settings: readonly string[];
  readonly played: readonly string[];
  /** What this register gives no part for, and why. */
  readonly leftOut: readonly string[];
  /** Services of which functions asked something that was not judged. */
  readonly unjudged: readonly string[];
}

/** Whether everything was as expected. What an endpoint ignores is listed, and is no failure. */
export function passed({ steps, properties }: RehearsalResult): boolean {
  return steps.every((each) => each.passed) && properties.every(({ outcome }) => outcome !== 'differs');
}
