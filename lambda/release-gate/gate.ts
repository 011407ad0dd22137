/** What an event asks of the gate. */
import { RELEASE_GATE_FUNCTION } from '../../lib/names';
import { clockOf, described, type LambdaContext, type Write } from '../../lib/runtime';
import type { DecidePorts } from './decide';
import { OtherListError } from './errors';
import { type GoOnOrder, type SweepOrder, type Woken, wokenBy } from './orders';
import { PacedNotices } from './paced';
import type { Onward } from './ports';
import { type BatchAnswer, takeVerdicts } from './queue';
import { Report } from './report';
import { type RunPorts, work } from './run';
import { sweep, sweepOrHandOn } from './sweep';

/** The function’s clients, and what it was deployed with. */
export type Wiring = Omit<DecidePorts, 'clock' | 'report'> & {
  readonly functionName: string;
  readonly onward: Onward;
};

/** What the handler is built from. */
export interface GateProps {
  /** Reads the environment and what was deployed, once. */
  readonly wire: () => Promise<Wiring>;
  readonly write: Write;
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** What the state machine is answered: that it is done, or the order for the next run. */
export type OrderAnswer = { readonly done: true } | ({ readonly done: false } & (GoOnOrder | SweepOrder));

/** Answers batches of the queue, `{ "action": "sweep" }` on schedule, and the orders of the state machine. */
export class Gate {
  constructor(private readonly props: GateProps) {}

  /** @throws EventError, or what stops the whole run; queue, schedule and state machine then try again */
  async handle(event: unknown, context: LambdaContext): Promise<BatchAnswer | OrderAnswer> {
    const woken = wokenBy(event);
    const { wire, write, now, sleep } = this.props;
    const clock = { ...clockOf(context, now), sleep };
    let report: Report | undefined;
    try {
      const wiring = await wire();
      report = new Report({ write, clock, functionName: wiring.functionName });
      const notices = new PacedNotices(wiring.notices, clock);
      return await answer(woken, { ...wiring, notices, clock, report });
    } catch (error) {
      report ??= new Report({ write, clock, functionName: RELEASE_GATE_FUNCTION });
      if (error instanceof OtherListError) report.otherList(error.message);
      else report.failure('run', described(error));
      throw error;
    } finally {
      report?.finished();
    }
  }
}

async function answer(woken: Woken, ports: RunPorts): Promise<BatchAnswer | OrderAnswer> {
  if ('messages' in woken) return takeVerdicts(woken.messages, ports);
  const { order } = woken;
  if (order.action === 'go-on') return goOn(order, ports);
  ports.report.sweeping();
  // On schedule, the state machine is yet to be started; it hands its own orders on by their answer.
  if (order.after === undefined) {
    await sweepOrHandOn(ports);
    return { done: true };
  }
  const swept = await sweep(order, ports);
  return swept.done ? swept : { done: false, action: 'sweep', after: swept.after };
}

async function goOn({ key, version, checkpoint }: GoOnOrder, ports: RunPorts): Promise<OrderAnswer> {
  const decided = await work({ key, version }, { large: true, checkpoint }, ports);
  if (decided.kind !== 'paused') return { done: true };
  return {
    done: false,
    action: 'go-on',
    key,
    version,
    ...(decided.checkpoint !== undefined && { checkpoint: decided.checkpoint }),
  };
}
