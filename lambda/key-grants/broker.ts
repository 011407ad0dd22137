/** What an event asks of the broker, and what it is answered. */

import {
  clockOf,
  described,
  type LambdaContext,
  RunFailedError,
  type WaitingClock,
  type Write,
} from '../../lib/runtime';
import { type GrantList, parseGrantList, type StopAnswer } from '../../lib/wire';
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
import type { Environment } from './environment';
import { parseOrder } from './order';
import type { AccessPoints, KeyGrants } from './ports';
import { reconcile } from './reconcile';
import { Report } from './report';
import type { RunResult } from './result';
import type { Ports, RunOrder } from './run';
import { liftStops, stopShares } from './stopping';

/** What a run on a schedule keeps for its last lines of log. */
const LOG_RESERVE = 5_000;

/** The function’s clients, and where its list is. */
export interface Wiring {
  readonly environment: Environment;
  readonly grants: KeyGrants;
  readonly accessPoints: AccessPoints;
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

/** Answers events. */
export class Broker {
  constructor(private readonly props: BrokerProps) {}

  /** @throws RunFailedError if anything failed in a run that was not CloudFormation’s. */
  async handle(event: unknown, context: LambdaContext): Promise<RunResult | StopAnswer | undefined> {
    if (isCloudFormationEvent(event)) {
      await this.answerCloudFormation(event, context);
      return undefined;
    }
    const order = parseOrder(event);
    const wiring = this.props.wire();
    const clock = this.clock(context, LOG_RESERVE);
    if (order.kind === 'stop') {
      // A list that can’t be read is no reason not to stop.
      const list = await listOf(wiring).catch(() => undefined);
      return await stopShares(order.shares, list, this.ports(wiring, clock));
    }
    if (order.kind === 'lift') {
      const lifted = await liftStops(order.shares, await listOf(wiring), this.ports(wiring, clock));
      await this.reconcile(wiring, clock, false);
      return lifted;
    }
    return await this.reconcile(wiring, clock, order.dryRun);
  }

  private async reconcile(wiring: Wiring, clock: WaitingClock, dryRun: boolean): Promise<RunResult> {
    const result = await this.run(wiring, clock, { remove: false, dryRun });
    if (result.failures.length > 0) throw new RunFailedError(summary(result));
    return result;
  }

  private ports({ environment, grants, accessPoints }: Wiring, clock: WaitingClock): Ports {
    const { keyArn: key, functionName } = environment;
    return {
      grants,
      accessPoints,
      clock,
      report: new Report(this.props.write, clock, { key, functionName }),
    };
  }

  private async answerCloudFormation(event: CloudFormationEvent, context: LambdaContext): Promise<void> {
    const { fetch, write } = this.props;
    const clock = this.clock(context, ANSWER_RESERVE);
    let physicalId = event.PhysicalResourceId ?? UNCONFIGURED;
    const work = async (): Promise<Outcome> => {
      if (event.RequestType === 'Delete' && physicalId === UNCONFIGURED) return { physicalId };
      try {
        const wiring = this.props.wire();
        const { keyArn } = wiring.environment;
        const remove = event.RequestType === 'Delete';
        if (remove && isOfAnotherKey(event, keyArn)) return { physicalId };
        if (!remove) physicalId = physicalIdOf(keyArn);
        const result = await this.run(wiring, clock, { remove, dryRun: false });
        return outcomeOf(result, physicalId, remove);
      } catch (error) {
        return { physicalId, reason: described(error) };
      }
    };
    await answer(event, { fetch, write, clock }, () => physicalId, work);
  }

  private async run(
    wiring: Wiring,
    clock: WaitingClock,
    { remove, ...how }: Pick<RunOrder, 'dryRun'> & { readonly remove: boolean },
  ): Promise<RunResult> {
    const { keyArn, brokerRole } = wiring.environment;
    const ports = this.ports(wiring, clock);
    const { report } = ports;
    try {
      const list = remove ? undefined : await listOf(wiring);
      const result = await reconcile({ list, keyArn, brokerRole, ...how }, ports);
      report.finished(result);
      return result;
    } catch (error) {
      report.brokenOff(described(error));
      throw error;
    }
  }

  private clock(context: LambdaContext, reserve: number): WaitingClock {
    const { now, sleep } = this.props;
    return { ...clockOf(context, now, reserve), sleep };
  }
}

async function listOf({ environment, readList }: Wiring): Promise<GrantList> {
  return parseGrantList(await readList(environment.grantsFile), environment.keyArn);
}

function outcomeOf(result: RunResult, physicalId: string, remove: boolean): Outcome {
  const keyIsGoing = ['gone', 'PendingDeletion', 'PendingReplicaDeletion'].includes(result.keyState);
  const failed = result.failures.length > 0 && !(remove && keyIsGoing);
  return {
    physicalId,
    reason: failed ? summary(result) : undefined,
    data: {
      GrantsInForce: String(result.inForce),
      GrantsCreated: String(result.created),
      GrantsRevoked: String(result.revoked),
      GrantsPending: String(result.pending.length),
    },
  };
}

function summary({ failures, created, revoked, inForce }: RunResult): string {
  const each = failures
    .slice(0, 5)
    .map(({ what, share, error }) => `${what}${share ? ` of ${share}` : ''}: ${error}`);
  const more = failures.length > each.length ? `; and ${failures.length - each.length} more, in the log` : '';
  return `${failures.length} failed, ${created} created, ${revoked} revoked, ${inForce} in force. ${each.join('; ')}${more}`;
}
