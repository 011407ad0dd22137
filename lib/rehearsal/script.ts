/** Takes down what a scenario does, step by step. */
import type { StepResult } from './result';

/** What came of one step, and what decided it where that is not what was planned. */
export type Seen = Pick<StepResult, 'seen' | 'passed'> & Partial<Pick<StepResult, 'why' | 'decidedBy'>>;

/** What a step is, before it is done. */
export type StepPlan = Pick<StepResult, 'step' | 'expected' | 'decidedBy' | 'played'>;

/** What a script needs of the world. */
export interface ScriptProps {
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  /** Throws where nothing that follows can succeed. */
  readonly afterFailure: () => Promise<void>;
}

/** The steps so far. */
export class Script {
  readonly results: StepResult[] = [];

  constructor(private readonly script: ScriptProps) {}

  /** Does one step. An error makes the step fail, with `nobody` as what decided it; the scenario goes on. */
  async step(plan: StepPlan, act: () => Promise<Seen>): Promise<boolean> {
    const { signal, say, afterFailure } = this.script;
    signal.throwIfAborted();
    say(plan.step);
    let result: StepResult;
    try {
      result = { why: [], ...plan, ...(await act()) };
    } catch (error) {
      signal.throwIfAborted();
      await afterFailure();
      const seen = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      result = { ...plan, seen: seen.slice(0, 500), passed: false, decidedBy: 'nobody', why: [] };
    }
    this.results.push(result);
    return result.passed;
  }
}
