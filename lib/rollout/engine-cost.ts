/** What a rollout costs by the engine, before it starts: state transitions, and runs of its function. */
import { PRICES } from '../plan';
import { secondsToChange, type Tempo } from './forecast';
import type { Step, Wave } from './waves';

/** What the engine comes to. */
export interface EngineCost {
  readonly transitions: number;
  readonly runs: number;
  readonly usd: number;
}

/** Between two looks at what is under way, in seconds, as the state machine has it. */
const BETWEEN = 20;
/** What a stack takes besides looks at what is under way, and what each of these takes: states entered, and runs. */
const STACK = { transitions: 26, runs: 8 } as const;
const LOOK = { transitions: 3, runs: 1 } as const;
/** What a wave takes, with the beginning and the end of each account. */
const WAVE = { transitions: 8, runs: 1 } as const;
/** A run of half a gigabyte for two seconds, which is long. */
const GB_SECONDS = 1;

/**
 * What the waves cost at most if all goes well, in US dollars. AWS takes nothing for waits.
 * @see https://aws.amazon.com/step-functions/pricing/
 */
export function engineCost(steps: readonly Step[], tempo: Tempo): EngineCost {
  const waves = steps.filter((each): each is Wave => each.kind === 'wave');
  let [transitions, runs] = [0, 0];
  for (const { stacks } of waves) {
    transitions += WAVE.transitions;
    runs += WAVE.runs;
    for (const each of stacks) {
      const looks = Math.ceil(secondsToChange(each, tempo) / BETWEEN) + 1;
      transitions += STACK.transitions + looks * LOOK.transitions;
      runs += STACK.runs + looks * LOOK.runs;
    }
  }
  const { transition, functionRuns, functionTime } = PRICES;
  const of = (many: number, price: { readonly usd: number; readonly amount: number }) =>
    (many * price.usd) / price.amount;
  return {
    transitions,
    runs,
    usd: of(transitions, transition) + of(runs, functionRuns) + of(runs * GB_SECONDS, functionTime),
  };
}
