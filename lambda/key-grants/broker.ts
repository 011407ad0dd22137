/** What an event asks of the broker, and what it is answered. */

import { clockOf, described, insisting, type RunClock, RunFailedError, type Write } from '../../lib/runtime';
import type { GrantList, SessionsAnswer, StopAnswer } from '../../lib/wire';
import { checkAnswerAddress, checkDeletion, checkStack, stateOf } from './believing';
import {
  ANSWER_RESERVE,
  answer,
  type CloudFormationEvent,
  isCloudFormationEvent,
  isOfAnotherKey,
  type Outcome,
  physicalIdOf,
  UNCONFIGURED,
} from './cloudformation';
import { deployedList } from './deployed-list';
import { endSessions } from './ending-sessions';
import type { Environment } from './environment';
import { parseOrder } from './order';
import { outcomeOf, stillStopped, summary } from './outcome';
import type { AccessPoints, KeyGrants, OwnStack, RoleSessions, StopRecords } from './ports';
import { reconcile } from './reconcile';
import { Report } from './report';
import type { RunResult } from './result';
import { type BrokerContext, checkRight, rightOf } from './rights';
import type { Ports, RunOrder } from './run';
import { liftStops, type StopPorts, stopShares } from './stopping';
import { NO_STOPS, Stops } from './stops';

/** What a run on a schedule keeps for its last lines of log. */
const LOG_RESERVE = 5_000;
/** For how long after a deployment has made them, rights may still be on their way. */
const RIGHTS_SETTLE = 90_000;

/** The function’s clients, and where its list is. */
export interface Wiring {
  readonly environment: Environment;
  readonly grants: KeyGrants;
  readonly accessPoints: AccessPoints;
  readonly records: StopRecords;
  readonly sessions: RoleSessions;
  readonly stack: OwnStack;
  readonly readList: (path: string) => Promise<string>;
}

/** What the handler is built from. */
export interface BrokerProps {
  /** Reads the environment; it is called within the handler, so that CloudFormation learns of what is wrong there. */
  readonly wire: () => Wiring;
  readonly fetch: typeof fetch;
  readonly write: Write;
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** What a run is asked for, beside what the list says. */
interface Asked extends Partial<Pick<RunOrder, 'dryRun' | 'justLifted'>> {
  /** Whether the broker is being removed. */
  readonly remove?: boolean;
}

/** Answers events. */
export class Broker {
  constructor(private readonly props: BrokerProps) {}

  /**
   * @throws RunFailedError if anything failed in a run that was not CloudFormation’s
   * @throws EventError where the event is no order, needs another right, or is not the own stack’s
   */
  async handle(
    event: unknown,
    context: BrokerContext,
  ): Promise<RunResult | StopAnswer | SessionsAnswer | undefined> {
    const right = rightOf(context);
    if (right === 'own-name' && isCloudFormationEvent(event)) {
      await this.answerCloudFormation(event, context);
      return undefined;
    }
    const order = parseOrder(event);
    checkRight(order, right);
    const wiring = this.props.wire();
    const clock = this.clock(context, LOG_RESERVE);
    if (order.kind === 'reconcile') return await this.reconcile(wiring, clock, { dryRun: order.dryRun });
    const { records, sessions } = wiring;
    const asked = { request: context.awsRequestId, why: order.why };
    const ports: StopPorts = { ...this.ports(wiring, clock), records, asked };
    if (order.kind === 'end-sessions') return await endSessions({ ...ports, sessions });
    if (order.kind === 'stop') {
      // A list that can’t be read is no reason not to stop.
      const list = await listOf(wiring).catch(() => undefined);
      return await stopShares(order.shares, list, ports);
    }
    const lifted = await liftStops(order.shares, await listOf(wiring), ports);
    await this.reconcile(wiring, clock, { justLifted: order.shares });
    return lifted;
  }

  private async reconcile(wiring: Wiring, clock: RunClock, asked: Asked): Promise<RunResult> {
    const result = await this.run(wiring, clock, asked);
    if (result.failures.length > 0) throw new RunFailedError(summary(result));
    return result;
  }

  private ports({ environment, grants, accessPoints }: Wiring, clock: RunClock): Ports {
    const { keyArn: key, functionName } = environment;
    return {
      grants,
      accessPoints,
      clock,
      report: new Report(this.props.write, clock, { key, functionName }),
    };
  }

  private async answerCloudFormation(event: CloudFormationEvent, context: BrokerContext): Promise<void> {
    const { fetch, write } = this.props;
    const remove = event.RequestType === 'Delete';
    let physicalId = event.PhysicalResourceId ?? UNCONFIGURED;
    const clock: RunClock = {
      ...this.clock(context, ANSWER_RESERVE),
      rightsSettleBy: remove ? undefined : this.props.now() + RIGHTS_SETTLE,
    };
    const wired = this.wired();
    // What is not believed is not answered either.
    checkAnswerAddress(event, wired.wiring?.environment.answersInTests);
    if (wired.wiring) await this.believe(event, wired.wiring, clock);
    const work = async (): Promise<Outcome> => {
      if (remove && physicalId === UNCONFIGURED) return { physicalId };
      try {
        if (wired.wiring === undefined) throw wired.fault;
        const { wiring } = wired;
        const { keyArn } = wiring.environment;
        if (remove && isOfAnotherKey(event, keyArn)) return { physicalId };
        if (!remove) physicalId = physicalIdOf(keyArn);
        const result = await this.run(wiring, clock, { remove });
        const outcome = outcomeOf(result, physicalId, remove);
        return (await this.wouldLift(event, result, wiring, clock))
          ? {
              ...outcome,
              reason: [stillStopped(result.stoppedShares), outcome.reason].filter(Boolean).join(' '),
            }
          : outcome;
      } catch (error) {
        return { physicalId, reason: described(error) };
      }
    };
    await answer(event, { fetch, write, clock }, () => physicalId, work);
  }

  private wired(): { readonly wiring: Wiring } | { readonly wiring: undefined; readonly fault: unknown } {
    try {
      return { wiring: this.props.wire() };
    } catch (fault) {
      return { wiring: undefined, fault };
    }
  }

  /** @throws EventError where the event can’t be the own stack’s */
  private async believe(
    event: CloudFormationEvent,
    { environment, stack }: Wiring,
    clock: RunClock,
  ): Promise<void> {
    checkStack(event, environment.stack);
    if (event.RequestType !== 'Delete' || isOfAnotherKey(event, environment.keyArn)) return;
    checkDeletion(event, await this.stateOf(stack, event, clock));
  }

  /**
   * Whether this is a deployment that goes forward and asks for a share that is stopped. Going back, the stack must arrive,
   * or it hangs; and a stack that is only being made has nobody yet who could lift the stop. There the share stays stopped,
   * and the alarm tells of it.
   */
  private async wouldLift(
    event: CloudFormationEvent,
    result: RunResult,
    { stack }: Wiring,
    clock: RunClock,
  ): Promise<boolean> {
    if (event.RequestType !== 'Update' || result.stoppedShares.length === 0) return false;
    return (await this.stateOf(stack, event, clock)) === 'changing';
  }

  private async stateOf(stack: OwnStack, event: CloudFormationEvent, clock: RunClock) {
    return await stateOf(stack, event, insisting(clock), (error) =>
      this.props.write(JSON.stringify({ level: 'ERROR', action: 'stack-state-not-known', error })),
    );
  }

  private async run(
    wiring: Wiring,
    clock: RunClock,
    { remove = false, dryRun = false, justLifted = [] }: Asked,
  ): Promise<RunResult> {
    const { keyArn, brokerRole } = wiring.environment;
    const ports = this.ports(wiring, clock);
    const { report } = ports;
    try {
      const list = remove ? undefined : await listOf(wiring);
      const stops = remove ? NO_STOPS : await this.stopsOf(wiring, clock, report);
      const result = await reconcile({ list, keyArn, brokerRole, dryRun, justLifted, stops }, ports);
      report.finished(result);
      return result;
    } catch (error) {
      report.brokenOff(described(error));
      throw error;
    }
  }

  private async stopsOf({ records }: Wiring, clock: RunClock, report: Report): Promise<RunOrder['stops']> {
    try {
      return new Stops(await records.read(insisting(clock)));
    } catch (error) {
      report.action('stops-not-known', { error: described(error) });
      return { notKnown: described(error) };
    }
  }

  private clock(context: BrokerContext, reserve: number): RunClock {
    const { now, sleep } = this.props;
    return { ...clockOf(context, now, reserve), sleep };
  }
}

async function listOf({ environment, readList }: Wiring): Promise<GrantList> {
  return await deployedList(environment, readList);
}
