/** How long a rollout takes if all goes well. */
import type { FleetStack } from './fleet';
import type { Step } from './waves';

/** How fast a rollout goes. */
export interface Tempo {
  /** How many accounts are worked on at once. */
  readonly atOnce: number;
  /** How long it waits between two waves, in minutes. */
  readonly pause: number;
  /** How long CloudFormation watches alarms after it has changed a stack, in minutes. */
  readonly watch: number;
}

/** What a rollout does where nothing else is asked. */
export const USUAL_TEMPO: Tempo = { atOnce: 120, pause: 3, watch: 2 };

/**
 * How long each part is taken to last, in seconds: guesses that nobody has measured here. A new stack makes a key, a bucket and
 * functions, and its broker waits up to 90 seconds for its rights.
 */
const TAKEN_TO_LAST = { upload: 0.5, look: 2, prepare: 25, create: 300, update: 120 } as const;

/** How long one stack takes, in seconds. */
function secondsOf(stack: Pick<FleetStack, 'change'>, tempo: Tempo): number {
  return TAKEN_TO_LAST.look + TAKEN_TO_LAST.prepare + secondsToChange(stack, tempo);
}

/** How long CloudFormation is at work on one stack once it was told to begin, in seconds, with the time in which it watches alarms. */
export function secondsToChange({ change }: Pick<FleetStack, 'change'>, { watch }: Tempo): number {
  const { create, update } = TAKEN_TO_LAST;
  return (change === 'changed' ? update : create) + watch * 60;
}

/** How long a step takes, in seconds, without the pause after it; undefined of what is done by hand. */
export function secondsOfStep(step: Step, tempo: Tempo): number | undefined {
  if (step.kind === 'by-hand') return undefined;
  const accounts = new Map<string, number>();
  for (const each of step.stacks)
    accounts.set(each.account, (accounts.get(each.account) ?? 0) + secondsOf(each, tempo));
  const lanes = Array.from({ length: Math.max(1, tempo.atOnce) }, () => 0);
  for (const seconds of accounts.values()) {
    const free = lanes.indexOf(Math.min(...lanes));
    lanes[free] = (lanes[free] ?? 0) + seconds;
  }
  // The files of a wave are uploaded before anything of it is begun.
  return Math.max(...lanes) + step.stacks.length * TAKEN_TO_LAST.upload;
}

/** How long all takes, in seconds, with the pauses between waves and without what is done by hand. */
export function secondsOfAll(steps: readonly Step[], tempo: Tempo): number {
  const waves = steps.flatMap((step) => secondsOfStep(step, tempo) ?? []);
  return waves.reduce((sum, each) => sum + each, 0) + Math.max(0, waves.length - 1) * tempo.pause * 60;
}
