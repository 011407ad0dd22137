/** Carries a saved plan out: tells what happens, keeps how far it has come, and stops between two stacks. */

import type { Assembly } from '../../assembly';
import {
  type CloudFormation,
  carryOut,
  type Ending,
  endingWords,
  eventLines,
  expectedOf,
  goBack,
  Journal,
  letInBy,
  type RolloutClock,
  type RolloutEvent,
  type Step,
  stackLines,
  stateAtFirst,
  type Tempo,
} from '../../rollout';
import type { RolloutState, SavedPlan } from '../../wire';
import { EXIT, type ExitCode, type Terminal } from '../terminal';
import { interruptible } from './interruptible';
import { readState, whileAlone, writeState } from './rollout-state-file';

/** What is carried out, and how it is told. */
export interface Order {
  readonly plan: SavedPlan;
  readonly digest: string;
  readonly pair: { readonly before: Assembly; readonly after: Assembly };
  readonly steps: readonly Step[];
  readonly tempo: Tempo;
  readonly changeSet: string;
  readonly cloud: CloudFormation;
  readonly clock: RolloutClock;
  /** What was done by hand, by names of stacks and organisations. */
  readonly done: readonly string[];
  /** Whether all of it is put back. */
  readonly back: boolean;
  readonly stateFile: string;
  /** The folder of the later assembly, as the caller names it. */
  readonly folder: string;
  readonly json: boolean;
}

const CODES: Readonly<Record<Ending, ExitCode>> = {
  through: EXIT.clean,
  back: EXIT.clean,
  failures: EXIT.findings,
  stopped: EXIT.findings,
  'not-all-back': EXIT.findings,
  'by-hand': EXIT.unfinished,
  'not-uploaded': EXIT.unfinished,
  'nothing-taken-away': EXIT.unfinished,
  interrupted: EXIT.unfinished,
};

/** Carries it out from where it stands. @throws UsageError or WireError where the state cannot be read or kept */
export function carriedOut(order: Order, terminal: Terminal): Promise<ExitCode> {
  const { digest, plan, pair, stateFile, clock, steps, back } = order;
  return whileAlone(stateFile, terminal, async () => {
    const stacks = steps.flatMap((step) => step.stacks);
    const state = readState(stateFile, digest, terminal) ?? stateAtFirst(plan, digest, stacks);
    const save = (changed: RolloutState) => writeState(stateFile, changed, terminal);
    // What cannot be kept is known before anything is begun.
    save(state);
    const journal = new Journal(state, save, clock.now);
    journal.noteDone(order.done);
    const planned = new Map(plan.stacks.map((each) => [each.stack, each]));
    const stopping = interruptible(terminal, 'Stopping: what is under way comes to its end first.');
    try {
      const ending = await (back ? goBack : carryOut)({
        ...order,
        journal,
        stop: stopping.signal,
        tell: (event) => tell(event, order, terminal),
        expected: ({ stack }, side) => {
          const found = planned.get(stack);
          if (found === undefined) throw new Error(`the plan has no stack ${stack}`);
          return expectedOf(found, pair, side);
        },
      });
      conclude(ending, journal.state, order, terminal);
      return CODES[ending];
    } finally {
      stopping.end();
    }
  });
}

function tell(event: RolloutEvent, { json, folder, pair }: Order, { out, err }: Terminal): void {
  if (json) out(`${JSON.stringify(forPrograms(event))}\n`);
  else for (const line of eventLines(event, folder, letInBy([pair.after, pair.before]))) err(`${line}\n`);
}

/** An event as one line of JSON: what stands in the plan is named, and not told again. */
function forPrograms(event: RolloutEvent): object {
  switch (event.kind) {
    case 'upload':
    case 'wave':
      return { event: event.kind, wave: event.wave.name, stacks: event.stacks };
    case 'wave-ends':
      return {
        event: event.kind,
        wave: event.wave.name,
        failed: event.failed,
        tolerated: event.wave.tolerated,
      };
    case 'stack':
      return { event: event.kind, stack: event.stack.stack, ...event.now };
    case 'by-hand':
      return {
        event: event.kind,
        holdsUp: event.step.holdsUp,
        stacks: event.step.stacks.map(({ stack }) => stack),
        asked: event.step.asked,
        moved: event.step.moved.map(({ stack }) => stack),
      };
    default:
      return { ...event, event: event.kind, kind: undefined };
  }
}

/** Says how it ended, and of each stack that is not as it is meant to be what it is at. */
function conclude(
  ending: Ending,
  state: RolloutState,
  { json, stateFile, pair }: Order,
  { out, err }: Terminal,
): void {
  if (json) {
    out(`${JSON.stringify({ event: 'end', ending, state })}\n`);
    return;
  }
  const stacks = Object.entries(state.stacks);
  const letIn = letInBy([pair.after, pair.before]);
  const told = stacks.filter(
    ([, { standing, found, why }]) => !['through', 'waiting'].includes(standing) || found || why,
  );
  out(
    [
      ...told.flatMap(([name, each]) => stackLines(name, each, letIn)),
      ...counts(stacks.map(([, { standing }]) => standing)),
      endingWords(ending),
      '',
    ].join('\n'),
  );
  err(`${stateFile} says what each stack is at.\n`);
}

function counts(standings: readonly string[]): string[] {
  const names = [...new Set(standings)].sort();
  const told = names.map((name) => `${standings.filter((each) => each === name).length} ${name}`);
  return told.length === 0 ? [] : [`Stacks: ${told.join(', ')}.`];
}
