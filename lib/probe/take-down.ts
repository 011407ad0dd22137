/** Takes down whatever a probe has made, in this run or an earlier one. What fails keeps nothing else from being taken down. */
import { PROBE_STACKS, type ProbeSide, type ProbeStack } from '../policy';
import type { ProbePlan } from './plan';
import type { ProbeAws } from './port';
import { messageOf } from './tests';

/** What could not be taken down. */
export interface Left {
  readonly side: ProbeSide;
  /** Absent where the account could not even be asked. */
  readonly stack?: ProbeStack;
  readonly why: string;
}

/** Log files that were under way may land after their bucket was emptied. */
const TRIES = 3;
const BETWEEN = 20_000;

/** Removes every stack of the plan that is there. It is never interrupted. @returns what is left */
export async function takeDown(
  { takeDown: removals }: Pick<ProbePlan, 'takeDown'>,
  aws: ProbeAws,
  say: (line: string) => void,
): Promise<Left[]> {
  const left: Left[] = [];
  const there = new Set<ProbeStack>();
  for (const side of ['owner', 'recipient'] as const) {
    try {
      for (const stack of await aws.stacks(side)) there.add(stack);
    } catch (error) {
      left.push({ side, why: messageOf(error) });
    }
  }
  for (const { stack, bucket } of removals) {
    if (!there.has(stack)) continue;
    say(`Removing ${stack}`);
    const why = await removed(async () => {
      if (bucket !== undefined) await aws.emptyBucket(bucket);
      await aws.removeStack(stack);
    }, aws);
    if (why !== undefined) left.push({ side: PROBE_STACKS[stack], stack, why });
  }
  return left;
}

/** Why it was not removed; undefined where it was. */
async function removed(remove: () => Promise<void>, aws: ProbeAws): Promise<string | undefined> {
  let why: string | undefined;
  for (let tried = 0; tried < TRIES; tried++) {
    if (tried > 0) await aws.sleep(BETWEEN);
    try {
      await remove();
      return undefined;
    } catch (error) {
      why = messageOf(error);
    }
  }
  return why;
}
