/**
 * A model of CloudFormation in many accounts, as far as a rollout asks it: stacks that take their time, go back where they fail or
 * an alarm goes off, and refuse what is under way; calls that are throttled, or whose answer is lost.
 */
import type { Change, ChangeSet, Side, StackNow } from '../../lib/change-sets';
import type { ExpectedChange } from '../../lib/change-sets/expected';
import type { FleetStack } from '../../lib/rollout/fleet';
import type { CloudFormation } from '../../lib/rollout/port';
import type { SimulatedClock } from './simulated-clock';

/** What goes wrong, by the names of stacks. */
export interface Faults {
  /** Their update fails, and CloudFormation puts them back. */
  readonly fail: readonly string[];
  /** They fail, and cannot be put back. */
  readonly getStuck: readonly string[];
  /** Their change set also replaces something. */
  readonly wrongChangeSet: readonly string[];
  /** An alarm goes off as they are watched. */
  readonly alarm: readonly string[];
  /** Of so many calls one is throttled, at random; none at 0. */
  readonly throttledEvery: number;
  /** Of every so many executions the answer is lost; none at 0. */
  readonly lostEvery: number;
  /** How long a stack still shows as it was after something was begun in it, in seconds. */
  readonly shownAfter: number;
}

export const NO_FAULTS: Faults = {
  fail: [],
  getStuck: [],
  wrongChangeSet: [],
  alarm: [],
  throttledEvery: 0,
  lostEvery: 0,
  shownAfter: 0,
};

interface Held {
  status: string;
  template: string;
  /** As what it still shows. */
  was?: { readonly until: number; readonly status: string; readonly template: string };
  /** What becomes of it, and when. */
  next?: { readonly at: number; readonly status: string; readonly template: string };
}

/** The one resource that each stack of the model has. */
const RESOURCE = 'Bucket';

/** The name of a template of the model. */
export const templateOf = (stack: string, side: Side) => `${stack} ${side}`;

/** What the plan has CloudFormation do with a stack of the model. */
export function expectedInModel({ stack, change }: FleetStack, side: Side) {
  const action: ExpectedChange['action'] = change === 'changed' ? 'modify' : 'add';
  return {
    resources: new Map([[RESOURCE, { type: 'AWS::S3::Bucket', action, replaces: false, maySeeNone: false }]]),
    templates: {
      after: templateOf(stack, 'after'),
      ...(change === 'changed' && { before: templateOf(stack, 'before') }),
    } as Partial<Record<Side, string>>,
    side,
  };
}

/** Every account’s CloudFormation. */
export class ModelCloudFormation {
  readonly held = new Map<string, Held>();
  /** Every change that was begun: the stack, and to which side. */
  readonly executed: string[] = [];
  /** Whether whoever asks how a stack is has no right to. */
  refused = false;
  readonly #changeSets = new Map<string, { readonly side: Side; readonly isCreate: boolean }>();
  #drawn = 1;
  #executions = 0;

  constructor(
    stacks: readonly FleetStack[],
    readonly faults: Faults,
    private readonly clock: SimulatedClock,
    /** How long CloudFormation takes, in seconds. */
    private readonly seconds = { changeSet: 25, create: 300, update: 120, watch: 120 },
  ) {
    for (const { stack, change } of stacks)
      if (change === 'changed')
        this.held.set(stack, { status: 'UPDATE_COMPLETE', template: templateOf(stack, 'before') });
  }

  /**
   * The port of one process.
   * @param dies called before each call and after each that did something; where it says true, the process is no more: nothing
   *   that it calls answers
   */
  port(dies: () => boolean = () => false): CloudFormation {
    const call = async <T>(seconds: number, work: () => T): Promise<T> => {
      if (dies()) return new Promise(() => {});
      await this.clock.sleep(seconds * 1000);
      if (this.#isThrottled())
        throw Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' });
      const result = work();
      return dies() ? new Promise(() => {}) : result;
    };
    return {
      publish: (stacks) => call(stacks.length * 0.5, () => undefined),
      look: ({ stack }) => call(1, () => this.#asked(stack)),
      prepare: (stack, name, side) => call(this.seconds.changeSet, () => this.#prepare(stack, name, side)),
      discard: ({ stack }, name) =>
        call(1, () => {
          this.#changeSets.delete(`${stack} ${name}`);
          if (this.#now(stack).status === 'REVIEW_IN_PROGRESS') this.held.delete(stack);
        }),
      execute: ({ stack }, name) =>
        call(1, () => {
          this.#execute(stack, name);
          this.#executions += 1;
          if (this.faults.lostEvery > 0 && this.#executions % this.faults.lostEvery === 0)
            throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });
        }),
      settle: async ({ stack }) => {
        for (;;) {
          const now = await call(10, () => this.#asked(stack));
          if (!now.status?.endsWith('_IN_PROGRESS') || now.status === 'REVIEW_IN_PROGRESS') return now;
        }
      },
    };
  }

  /** Drawn by a generator of its own: in step with the calls, it would be the same ones each time. */
  #isThrottled(): boolean {
    this.#drawn = (this.#drawn * 48_271) % 2_147_483_647;
    return this.faults.throttledEvery > 0 && this.#drawn % this.faults.throttledEvery === 0;
  }

  #asked(stack: string): StackNow {
    if (this.refused) throw Object.assign(new Error('not authorised'), { name: 'AccessDenied' });
    const { was } = this.held.get(stack) ?? {};
    if (was !== undefined && this.clock.now() < was.until)
      return { status: was.status, ...(was.template && { template: was.template }) };
    return this.#now(stack);
  }

  #now(stack: string): StackNow {
    const held = this.held.get(stack);
    if (held?.next !== undefined && held.next.at <= this.clock.now())
      this.held.set(stack, { status: held.next.status, template: held.next.template });
    const { status, template } = this.held.get(stack) ?? {};
    return { ...(status !== undefined && { status }), ...(template && { template }) };
  }

  #prepare({ stack, change }: FleetStack, name: string, side: Side): ChangeSet {
    const { status } = this.#now(stack);
    if (status?.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS')
      throw Object.assign(new Error(`${stack} is in ${status}`), { name: 'ValidationError' });
    const isCreate = status === undefined || status === 'REVIEW_IN_PROGRESS';
    if (isCreate) this.held.set(stack, { status: 'REVIEW_IN_PROGRESS', template: '' });
    this.#changeSets.set(`${stack} ${name}`, { side, isCreate });
    const planned: Change = {
      id: RESOURCE,
      type: 'AWS::S3::Bucket',
      action: change === 'changed' ? 'Modify' : 'Add',
      replacement: 'False',
      scope: ['Properties'],
      details: [{ evaluation: 'Static', recreates: 'Never' }],
    };
    const more: Change = {
      ...planned,
      id: 'Key',
      type: 'AWS::KMS::Key',
      action: 'Modify',
      replacement: 'True',
    };
    const isWrong = this.faults.wrongChangeSet.includes(stack) && side === 'after';
    return { changes: isWrong ? [planned, more] : [planned], template: templateOf(stack, side) };
  }

  #execute(stack: string, name: string): void {
    const made = this.#changeSets.get(`${stack} ${name}`);
    const held = this.held.get(stack);
    if (made === undefined || held === undefined || (held.status.endsWith('_IN_PROGRESS') && !made.isCreate))
      throw Object.assign(new Error(`there is no ${name} to execute`), { name: 'InvalidChangeSetStatus' });
    this.#changeSets.delete(`${stack} ${name}`);
    this.executed.push(`${stack} ${made.side}`);
    const { create, update, watch } = this.seconds;
    const { fail, getStuck, alarm } = this.faults;
    const isForward = made.side === 'after';
    const goesBack = isForward && (fail.includes(stack) || alarm.includes(stack));
    const sticks = isForward && getStuck.includes(stack) && !made.isCreate;
    const takes = (made.isCreate ? create : update) + watch;
    const [going, status, back] = made.isCreate
      ? ['CREATE_IN_PROGRESS', 'CREATE_COMPLETE', 'ROLLBACK_COMPLETE']
      : ['UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE'];
    const at = this.clock.now() + takes * 1000;
    const template = templateOf(stack, made.side);
    const next = sticks
      ? { at, status: 'UPDATE_ROLLBACK_FAILED', template: held.template }
      : goesBack
        ? { at, status: back, template: made.isCreate ? template : held.template }
        : { at, status, template };
    const was = {
      until: this.clock.now() + this.faults.shownAfter * 1000,
      status: held.status,
      template: held.template,
    };
    this.held.set(stack, { status: going, template: held.template, was, next });
  }
}
