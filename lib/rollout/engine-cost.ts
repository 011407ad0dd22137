/** What a rollout costs by the engine, before it starts: what is asked of AWS while it runs, and what the engine costs each month. */
import { type Bill, billOf, type Quantities } from '../plan';
import { secondsToChange, type Tempo } from './forecast';
import type { Step, Wave } from './waves';

/** What the engine comes to. */
export interface EngineCost {
  readonly transitions: number;
  readonly runs: number;
  /** Of this rollout, in US dollars, not rounded up to cents. */
  readonly usd: number;
  /** Of this rollout, line by line. */
  readonly rollout: Bill;
  /** A month, whether or not anything is rolled out: with the table of what each stack stands at. */
  readonly month: Bill;
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
/** A line has up to two kilobytes, and is paid by each. A stack is read once and written twice, as it is begun and as it came. */
const LINE = { reads: 1, writes: 2, kilobytes: 2 } as const;
/** Of one rollout: who is at work, who approves, and whether any account failed. */
const OWN_LINES = { reads: 2, writes: 3 } as const;
/** Of an order, besides a file for each wave and each stack. */
const OWN_FILES = 3;
/** What a run of the function reads of an order. */
const FILES_READ = 2;
/** Its key, its alarms and its log; lines of a kilobyte or two cost less than can be told. */
const MONTHLY: Quantities = { key: 1, alarm: 3, logged: 0.05 };

/**
 * What the waves cost at most if all goes well. AWS takes nothing for waits, for CloudFormation of its own kinds of resource, or for STS.
 * @param stacks how many there are in all: those that stay as they are have a line written too
 * @see https://aws.amazon.com/step-functions/pricing/
 */
export function engineCost(steps: readonly Step[], tempo: Tempo, stacks: number): EngineCost {
  const waves = steps.filter((each): each is Wave => each.kind === 'wave');
  const deployed = waves.flatMap((each) => each.stacks);
  let [transitions, runs] = [waves.length * WAVE.transitions, waves.length * WAVE.runs];
  for (const each of deployed) {
    const looks = Math.ceil(secondsToChange(each, tempo) / BETWEEN) + 1;
    transitions += STACK.transitions + looks * LOOK.transitions;
    runs += STACK.runs + looks * LOOK.runs;
  }
  const unchanged = Math.max(0, stacks - deployed.length);
  const rollout = billOf('a rollout', [
    {
      transition: transitions,
      functionRuns: runs,
      functionTime: runs * GB_SECONDS,
      tableReads: deployed.length * LINE.reads + OWN_LINES.reads,
      tableWrites: (deployed.length * LINE.writes + unchanged) * LINE.kilobytes + OWN_LINES.writes,
      put: deployed.length + waves.length + OWN_FILES,
      get: waves.length + runs * FILES_READ,
    },
  ]);
  return {
    transitions,
    runs,
    usd: rollout.lines.reduce((sum, each) => sum + each.usd, 0),
    rollout,
    month: billOf('a month', [MONTHLY]),
  };
}
