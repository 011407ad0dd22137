/** Carries out the steps of a rollout, or puts back what they did; goes on from wherever an earlier run stood. */
import { insist, type RunClock } from '../runtime';
import type { FleetStack } from './fleet';
import type { Tempo } from './forecast';
import { bring, close, isOpen, type Scene } from './one-stack';
import { sideBySide } from './side-by-side';
import type { Ending, RolloutEvent } from './told';
import type { ByHand, Step, Wave } from './waves';

/** The clock of a rollout. */
export interface RolloutClock extends RunClock {
  /** Waits between waves; ends early where the signal says so. */
  readonly pause: (milliseconds: number, stop: AbortSignal) => Promise<void>;
}

/** All that a run needs. */
export interface Rollout extends Scene {
  readonly steps: readonly Step[];
  readonly tempo: Tempo;
  readonly clock: RolloutClock;
  readonly stop: AbortSignal;
  readonly tell: (event: RolloutEvent) => void;
}

/**
 * Carries the plan out from where it stands. What an earlier run was asked to put back is put back first, and this run ends with
 * that. @throws what keeping the state throws */
export async function carryOut(rollout: Rollout): Promise<Ending> {
  const { steps, journal, tempo, clock, stop } = rollout;
  if (journal.state.all) return goBack(rollout);
  if (journal.state.back !== undefined)
    return (await putBack(rollout, journal.state.back)) ? 'stopped' : 'interrupted';
  const waves = steps.filter((each): each is Wave => each.kind === 'wave');
  let hasBegun = false;
  for (const step of steps) {
    if (step.kind === 'by-hand') {
      if (missingOf(step, rollout).length === 0) continue;
      rollout.tell({ kind: 'by-hand', step });
      if (step.holdsUp) return 'by-hand';
      continue;
    }
    if (step.stacks.every((each) => isThrough(each, rollout))) continue;
    if (
      step.takesAway &&
      waves.some((each) => !each.takesAway && !each.stacks.every((one) => isThrough(one, rollout)))
    )
      return 'nothing-taken-away';
    if (hasBegun) {
      rollout.tell({ kind: 'pause', minutes: tempo.pause });
      await clock.pause(tempo.pause * 60_000, stop);
    }
    if (stop.aborted) return 'interrupted';
    hasBegun = true;
    if (!(await isUploaded(step, rollout))) return 'not-uploaded';
    const failed = await carryOutWave(step, rollout);
    if (failed > step.tolerated) return stopAt(step, rollout);
    if (stop.aborted) return 'interrupted';
  }
  return waves.every((each) => each.stacks.every((one) => isThrough(one, rollout))) ? 'through' : 'failures';
}

/** Puts back all that was done, the last first, with what an earlier run left open. New stacks stay. @throws as above */
export async function goBack(rollout: Rollout): Promise<Ending> {
  const { steps, journal } = rollout;
  const all = steps.flatMap((step) => (step.kind === 'wave' ? step.stacks : []));
  const begun = journal.state.back ?? [];
  journal.noteBack(begun, true);
  await closeAll(
    all.filter(({ stack }) => !begun.includes(stack)),
    rollout,
  );
  const names = all
    .filter((each) => begun.includes(each.stack) || mayGoBack(each, rollout))
    .map(({ stack }) => stack);
  if (!(await putBack(rollout, names))) return 'interrupted';
  const isLeft = (each: FleetStack) =>
    isOpen(journal.of(each)) ||
    // Somebody else has deployed something meanwhile, which is theirs to put back.
    journal.of(each).runs === 'neither' ||
    (names.includes(each.stack) && journal.of(each).standing !== 'back');
  return all.some(isLeft) ? 'not-all-back' : 'back';
}

/** Waits for what an earlier run left under way in stacks, so that each is known. */
async function closeAll(stacks: readonly FleetStack[], rollout: Rollout): Promise<void> {
  const { journal, tempo, tell } = rollout;
  await sideBySide({
    stacks: stacks.filter((each) => isOpen(journal.of(each))),
    most: tempo.atOnce,
    follows: () => [],
    mayBegin: () => true,
    act: async (each) => {
      await close(each, rollout);
      tell({ kind: 'stack', stack: each, now: journal.of(each) });
    },
  });
}

/** Uploads what a wave needs, before anything of it is begun. */
async function isUploaded(wave: Wave, { cloud, clock, journal, tell }: Rollout): Promise<boolean> {
  const stacks = wave.stacks.filter((each) => journal.of(each).standing !== 'through');
  tell({ kind: 'upload', wave, stacks: stacks.length });
  try {
    await insist(clock, () => cloud.publish(stacks));
    return true;
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    tell({ kind: 'not-uploaded', lines: text.split('\n') });
    return false;
  }
}

/** @returns how many accounts failed */
async function carryOutWave(wave: Wave, rollout: Rollout): Promise<number> {
  const { journal, tempo, stop, tell } = rollout;
  const stacks = wave.stacks.filter((each) => !isThrough(each, rollout));
  tell({ kind: 'wave', wave, stacks: stacks.length });
  const failed = new Set<string>();
  await sideBySide({
    stacks,
    most: tempo.atOnce,
    follows: ({ waitsFor }) => waitsFor,
    mayBegin: () => failed.size <= wave.tolerated && !stop.aborted,
    act: async (each) => {
      const open = each.waitsFor.filter(
        (name) => (journal.state.stacks[name]?.standing ?? 'through') !== 'through',
      );
      if (open.length > 0)
        journal.note(each, {
          ...journal.of(each),
          standing: 'failed',
          why: [`it waits for ${open.join(', ')}`],
        });
      else await bring(each, 'after', rollout);
      const now = journal.of(each);
      if (now.standing !== 'through') failed.add(each.account);
      tell({ kind: 'stack', stack: each, now });
    },
  });
  tell({ kind: 'wave-ends', wave, failed: failed.size });
  return failed.size;
}

/** A wave went over what was tolerated. What only took away stays so: to put it back would give it again. */
async function stopAt(wave: Wave, rollout: Rollout): Promise<Ending> {
  await closeAll(wave.stacks, rollout);
  if (wave.takesAway) return 'stopped';
  const names = wave.stacks.filter((each) => mayGoBack(each, rollout)).map(({ stack }) => stack);
  rollout.journal.noteBack(names);
  if (rollout.stop.aborted) return 'interrupted';
  return (await putBack(rollout, names)) ? 'stopped' : 'interrupted';
}

/** @returns whether all of them were tried */
async function putBack(rollout: Rollout, names: readonly string[]): Promise<boolean> {
  const { journal, steps, tempo, stop, tell } = rollout;
  journal.noteBack(names);
  const all = steps.flatMap((step) => (step.kind === 'wave' ? step.stacks : []));
  const stacks = all
    .filter(({ stack }) => names.includes(stack))
    .filter((each) => journal.of(each).standing !== 'back')
    .reverse();
  tell({ kind: 'back', stacks: stacks.length });
  let tried = 0;
  await sideBySide({
    stacks,
    most: tempo.atOnce,
    // What waited for it goes back first.
    follows: ({ stack }) => all.filter(({ waitsFor }) => waitsFor.includes(stack)).map((each) => each.stack),
    mayBegin: () => !stop.aborted,
    act: async (each) => {
      await bring(each, 'before', rollout);
      tried += 1;
      tell({ kind: 'stack', stack: each, now: journal.of(each) });
    },
  });
  if (tried < stacks.length) return false;
  journal.noteBack(undefined);
  return true;
}

function isThrough(stack: FleetStack, { journal }: Rollout): boolean {
  return journal.of(stack).standing === 'through';
}

/** Whether the rollout changed it and CloudFormation can change it back: what is new, and what others deployed, stays. */
function mayGoBack(stack: FleetStack, { journal }: Rollout): boolean {
  const { standing, runs, found } = journal.of(stack);
  // One that could not be put back is tried again.
  const isDone = standing === 'through' || (standing === 'stuck' && runs === 'after');
  return isDone && found !== true && stack.change === 'changed';
}

/** What is still to be done by hand, by what `done` calls it. */
function missingOf({ stacks, asked, moved }: ByHand, { journal }: Pick<Rollout, 'journal'>): string[] {
  const names = [
    ...asked.map(({ organisation }) => organisation),
    ...[...stacks, ...moved].map(({ stack }) => stack),
  ];
  return names.filter((each) => !journal.state.done.includes(each));
}
