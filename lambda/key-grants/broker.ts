/** What an event asks of the broker, and what it is answered. */
import { type GrantList, parseGrantList } from '../../lib/register/grant-list';
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
import { described, EventError, RunFailedError } from './errors';
import type { Clock, Doors, KeyGrants, Write } from './ports';
import { reconcile } from './reconcile';
import { Report } from './report';
import type { RunResult } from './result';
import type { RunOrder } from './run';

/** What a run on a schedule keeps for its last lines of log. */
const LOG_RESERVE = 5_000;

/** The function’s clients, and where its list is. */
export interface Wiring {
  readonly environment: Environment;
  readonly grants: KeyGrants;
  readonly doors: Doors;
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

/** What Lambda says of an invocation, as far as it is used. */
export interface Context {
  getRemainingTimeInMillis(): number;
}

/** Answers events. */
export class Broker {
  constructor(private readonly props: BrokerProps) {}

  /** @throws RunFailedError if anything failed in a run that was not CloudFormation’s. */
  async handle(event: unknown, context: Context): Promise<RunResult | undefined> {
    if (isCloudFormationEvent(event)) {
      await this.answerCloudFormation(event, context);
      return undefined;
    }
    const dryRun = isDryRun(event);
    const wiring = this.props.wire();
    const clock = this.clock(context, LOG_RESERVE);
    const result = await this.run(wiring, clock, { remove: false, dryRun, everyDoor: false });
    const [first] = result.failures;
    if (first) throw new RunFailedError(summary(result));
    return result;
  }

  private async answerCloudFormation(event: CloudFormationEvent, context: Context): Promise<void> {
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
        const result = await this.run(wiring, clock, { remove, dryRun: false, everyDoor: !remove });
        return outcomeOf(result, physicalId, remove);
      } catch (error) {
        return { physicalId, reason: described(error) };
      }
    };
    await answer(event, { fetch, write, clock }, () => physicalId, work);
  }

  private async run(
    { environment, grants, doors, readList }: Wiring,
    clock: Clock,
    { remove, ...how }: Pick<RunOrder, 'dryRun' | 'everyDoor'> & { readonly remove: boolean },
  ): Promise<RunResult> {
    const { keyArn, brokerRole, grantsFile, functionName } = environment;
    const report = new Report(this.props.write, clock, { key: keyArn, functionName });
    try {
      const list: GrantList | undefined = remove
        ? undefined
        : parseGrantList(await readList(grantsFile), keyArn);
      const result = await reconcile({ list, brokerRole, ...how }, { grants, doors, clock, report });
      report.finished(result);
      return result;
    } catch (error) {
      report.brokenOff(described(error));
      throw error;
    }
  }

  private clock(context: Context, reserve: number): Clock {
    const { now, sleep } = this.props;
    return { now, sleep, remaining: () => context.getRemainingTimeInMillis() - reserve };
  }
}

/** `{}`, `{ "dryRun": true }`, or what EventBridge and its Scheduler send where they are given no input. */
function isDryRun(event: unknown): boolean {
  const fault = `takes {} or { "dryRun": true }, or CloudFormation’s events; it got ${JSON.stringify(event)?.slice(0, 200)}`;
  if (typeof event !== 'object' || event === null || Array.isArray(event)) throw new EventError(fault);
  const { dryRun = false, ...others } = event as { dryRun?: unknown; source?: unknown };
  const scheduled = others.source === 'aws.scheduler' || others.source === 'aws.events';
  if (typeof dryRun !== 'boolean' || (!scheduled && Object.keys(others).length > 0))
    throw new EventError(fault);
  return dryRun;
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
