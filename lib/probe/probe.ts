/** One probe: looks whose accounts these are, makes what the tests need, runs them, and takes everything down in any case. */
import type { ProbeSide } from '../policy';
import type { ProbePlan } from './plan';
import { type ProbeAws, ProbeError } from './port';
import { type Left, takeDown } from './take-down';
import { messageOf, runTests, type TestResult } from './tests';

/** What a probe is given. */
export interface ProbeOrder {
  readonly plan: ProbePlan;
  readonly aws: ProbeAws;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/** What came of a probe. */
export interface ProbeResult {
  readonly tests: readonly TestResult[];
  readonly left: readonly Left[];
  /** Why no more was tested, where the signal came or the set-up failed. */
  readonly stopped?: string;
}

/** The name of the profile in which an account’s credentials are, as `concordat rehearse --live` takes it. */
export function probeProfile(account: string): string {
  return `concordat-${account}`;
}

/**
 * Runs a probe. Once anything may have been made, it takes down whatever is there, whatever happens.
 * @throws ProbeError where a profile is missing or of another account, or an earlier probe’s stacks are there
 */
export async function runProbe(order: ProbeOrder): Promise<ProbeResult> {
  const { plan, aws, signal, say } = order;
  await demandAccounts(order);
  for (const side of ['owner', 'recipient'] as const) {
    const found = await aws.stacks(side);
    if (found.length > 0)
      throw new ProbeError(
        `the ${side}’s account ${plan.sandbox.accounts[side]} still has ${found.join(', ')} of an earlier probe: run this with --take-down first`,
      );
  }
  let tests: readonly TestResult[] = [];
  let stopped: string | undefined;
  try {
    const why = await setUp(order);
    tests = await runTests(plan.tests, { aws, signal, say });
    // Tests that needed it are open, each with its own error; this is the cause.
    if (why !== undefined) stopped = why;
  } catch (error) {
    stopped = messageOf(error);
  }
  const left = await takeDown(plan, aws, say);
  return { tests, left, ...(stopped !== undefined && { stopped }) };
}

/** Takes down what an earlier probe has left. @throws ProbeError as above */
export async function takeDownProbe(order: ProbeOrder): Promise<ProbeResult> {
  await demandAccounts(order);
  return { tests: [], left: await takeDown(order.plan, order.aws, order.say) };
}

/** Nothing is made before it is clear where. */
async function demandAccounts({ plan: { sandbox }, aws }: ProbeOrder): Promise<void> {
  for (const side of ['owner', 'recipient'] as const) {
    const account = sandbox.accounts[side];
    const profile = probeProfile(account);
    const found = await identityOf(side, profile, aws);
    if (found !== account)
      throw new ProbeError(`the profile ${profile} is of account ${found}, not of ${account}: correct it`);
  }
}

async function identityOf(side: ProbeSide, profile: string, aws: ProbeAws): Promise<string> {
  try {
    return await aws.identity(side);
  } catch (error) {
    throw new ProbeError(
      `the profile ${profile} can’t be used (${messageOf(error)}): make it with aws configure, or sign in with it; npx concordat probe --policy prints the rights that it needs`,
      { cause: error },
    );
  }
}

/** Why something that most tests need was not made; undefined where all was. */
async function setUp({ plan, aws, signal, say }: ProbeOrder): Promise<string | undefined> {
  for (const call of plan.setUp) {
    if (call.call !== 'make-stack') continue;
    signal.throwIfAborted();
    say(`Making ${call.stack}`);
    try {
      const { outcome, saw } = await aws.perform(call);
      if (outcome !== 'done') return `the stack ${call.stack} was refused: ${saw ?? 'AWS gave no reason'}`;
    } catch (error) {
      signal.throwIfAborted();
      return `the stack ${call.stack} was not made: ${messageOf(error)}`;
    }
  }
  return undefined;
}
