/** What a rollout has done so far, written down before and after each thing that it does, so that a later run goes on from there. */
import type { AssemblyIdentity, RolloutState, SavedPlan, StackState } from '../wire';
import { ROLLOUT_STATE_FORM } from '../wire';
import type { FleetStack } from './fleet';

/** The state of a rollout that has not begun. @param digest the SHA-256 of the plan’s text, in hex */
export function stateAtFirst(plan: SavedPlan, digest: string, stacks: readonly FleetStack[]): RolloutState {
  return {
    form: ROLLOUT_STATE_FORM,
    plan: digest,
    before: sideOf(plan.before),
    after: sideOf(plan.after),
    done: [],
    stacks: Object.fromEntries(
      stacks
        .filter(({ by }) => by === 'rollout')
        .map(({ stack, account, region }) => [
          stack,
          { account, region, standing: 'waiting' as const, runs: 'unknown' as const },
        ]),
    ),
  };
}

function sideOf({ asOf, registerDigest, program }: AssemblyIdentity): RolloutState['before'] {
  return { asOf, registerDigest, ...(program && { program: program.files }) };
}

/** The state as it is, and the one way to change it. */
export class Journal {
  #state: RolloutState;

  /**
   * @param save keeps the state, whole or not at all; what it throws ends the rollout
   * @param now in milliseconds since 1970
   */
  constructor(
    state: RolloutState,
    private readonly save: (state: RolloutState) => void,
    private readonly now: () => number,
  ) {
    this.#state = state;
  }

  get state(): RolloutState {
    return this.#state;
  }

  of({ stack }: Pick<FleetStack, 'stack'>): StackState {
    const found = this.#state.stacks[stack];
    if (found === undefined) throw new Error(`the state has no stack ${stack}`);
    return found;
  }

  /** Writes down what a stack is at. What was said of it before goes. */
  note(stack: FleetStack, seen: Pick<StackState, 'standing' | 'runs' | 'found' | 'why'>): void {
    const { account, region } = this.of(stack);
    const at = `${new Date(this.now()).toISOString().slice(0, 19)}Z`;
    this.#keep({ stacks: { ...this.#state.stacks, [stack.stack]: { account, region, ...seen, at } } });
  }

  /** Writes down what was done by hand. */
  noteDone(names: readonly string[]): void {
    const done = [...new Set([...this.#state.done, ...names])];
    if (done.length > this.#state.done.length) this.#keep({ done });
  }

  /**
   * Writes down which stacks are to be put back, before the first is; none once all were tried.
   * @param all whether that was asked of all that was done; as it was written down before, if not given
   */
  noteBack(stacks: readonly string[] | undefined, all = this.#state.all): void {
    this.#keep({ back: stacks, all: stacks && all });
  }

  #keep(change: Partial<RolloutState>): void {
    const { back, all, ...rest } = { ...this.#state, ...change };
    this.#state = { ...rest, ...(back && { back }), ...(all && { all }) };
    this.save(this.#state);
  }
}
