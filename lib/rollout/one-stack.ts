/** Brings one stack to a side of the plan: looks, makes a change set, compares it, executes it, and sees what came of it. */
import {
  cameOf,
  departuresOf,
  departureWords,
  type Expected,
  isStill,
  runsOf,
  type Seen,
  type Side,
  type StackNow,
  standingOf,
  unseen,
} from '../change-sets';
import { insist, isPassing, type RunClock } from '../runtime';
import type { StackState } from '../wire';
import type { FleetStack } from './fleet';
import type { Journal } from './journal';
import type { CloudFormation } from './port';

/** What the work on a stack needs. */
export interface Scene {
  readonly cloud: CloudFormation;
  readonly clock: RunClock;
  readonly journal: Journal;
  /** The name of each change set; that of one that puts back ends otherwise. */
  readonly changeSet: string;
  readonly expected: (stack: FleetStack, side: Side) => Expected;
}

type Runs = StackState['runs'];

/** How long a stack is waited for where AWS does not answer, and how long between two questions, in milliseconds. */
const PATIENCE = 3 * 3_600_000;
const BETWEEN = 15_000;
/**
 * Brings a stack to a side, and writes down what it runs then. Nothing is executed but a change set that is as planned, from
 * what the plan was made of; and what came of it is told by what the stack runs, not by what was asked.
 */
export async function bring(stack: FleetStack, side: Side, scene: Scene): Promise<void> {
  const { journal } = scene;
  let runs: Runs = 'unknown';
  const wasBegun = isOpen(journal.of(stack));
  try {
    // What was begun is settled again, so that what comes after the change is done too.
    const first = await (wasBegun ? settledOf(stack, scene) : stillOf(stack, scene));
    runs = runsOf(first, scene.expected(stack, side));
    const wasThere = stack.change === 'changed';
    const already = standingOf({ stack: stack.stack, side, wasThere, wasBegun }, first, runs);
    journal.note(stack, already ?? { standing: 'begun', runs });
    if (already === undefined) journal.note(stack, await change(stack, side, runs, scene));
  } catch (error) {
    // Nothing was executed: what is thrown after that is caught there. What an earlier run executed may still be unknown.
    const isOpenStill = wasBegun && runs === 'unknown';
    const standing = side === 'after' && !isOpenStill ? 'failed' : 'stuck';
    journal.note(stack, { standing, runs, why: [reasonOf(error)] });
  }
}

/** Whether an earlier run began something in a stack of which nobody knows what came. */
export function isOpen({ standing, runs }: StackState): boolean {
  return standing === 'begun' || (standing === 'stuck' && runs === 'unknown');
}

/** Waits for what an earlier run left under way in a stack, and writes down what came of it. Nothing is executed. */
export async function close(stack: FleetStack, scene: Scene): Promise<void> {
  scene.journal.note(stack, await cameIn(stack, 'after', scene, []));
}

async function change(stack: FleetStack, side: Side, runs: Runs, scene: Scene): Promise<Seen> {
  const { cloud, clock } = scene;
  const expected = scene.expected(stack, side);
  const name = side === 'after' ? scene.changeSet : `${scene.changeSet}-back`;
  const refused = side === 'after' ? 'failed' : 'stuck';
  const made = await insist(clock, () => cloud.prepare(stack, name, side));
  const against =
    made === undefined ? unseen(expected) : departuresOf(made, expected, side).map(departureWords);
  if (against.length > 0) {
    if (made !== undefined) await insist(clock, () => cloud.discard(stack, name));
    return { standing: refused, runs, why: ['its change set is not what was planned', ...against] };
  }
  if (made === undefined) return { standing: side === 'after' ? 'through' : 'back', runs };
  return executed(stack, side, name, scene);
}

/** Executes a change set. From here on only what the stack runs says what came of it. */
async function executed(stack: FleetStack, side: Side, name: string, scene: Scene): Promise<Seen> {
  const { cloud, clock } = scene;
  const why: string[] = [];
  try {
    await insist(clock, () => cloud.execute(stack, name));
  } catch (error) {
    // It may have been heard all the same, where the answer was lost.
    why.push(reasonOf(error));
  }
  const seen = await cameIn(stack, side, scene, why);
  if (seen.runs === side || seen.runs === 'unknown') return seen;
  // AWS may not show at once what was begun.
  await clock.sleep(BETWEEN);
  return cameIn(stack, side, scene, why);
}

/** What came of a change. @param why what went wrong so far */
async function cameIn(stack: FleetStack, side: Side, scene: Scene, why: readonly string[]): Promise<Seen> {
  try {
    const now = await settledOf(stack, scene);
    return cameOf(side, now, runsOf(now, scene.expected(stack, side)), why);
  } catch (error) {
    return { standing: 'stuck', runs: 'unknown', why: [...why, reasonOf(error)] };
  }
}

/** The stack, once nothing is under way in it. */
async function stillOf(stack: FleetStack, scene: Scene): Promise<StackNow> {
  const now = await insist(scene.clock, () => scene.cloud.look(stack));
  return isStill(now.status) ? now : settledOf(stack, scene);
}

/**
 * The stack, once nothing is under way in it. What is under way has to be known, so this is asked for hours: CloudFormation
 * waits for a custom resource for one hour, and for its deletion for another.
 */
async function settledOf(stack: FleetStack, { cloud, clock }: Scene): Promise<StackNow> {
  for (const until = clock.now() + PATIENCE; ; ) {
    try {
      return await cloud.settle(stack);
    } catch (error) {
      if (!isPassing(error) || clock.now() > until) throw error;
      await clock.sleep(BETWEEN);
    }
  }
}

/** What went wrong, as AWS calls it. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const again = isPassing(error) ? ', asked several times' : '';
  return `${error.name}: ${error.message}${again}`;
}
