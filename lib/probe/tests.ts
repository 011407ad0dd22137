/** Carries out the tests of a plan, and says of each what was seen. It never takes an accident for an answer. */
import { callWords, outcomeWords, type ProbeStep } from '../policy';
import type { LiveOutcome } from '../wire';
import { EVERY } from './cost';
import { inOrder, type ProbeTest } from './plan';
import type { Performed, ProbeAws } from './port';

/** What came of the test of one assumption. */
export interface TestResult {
  readonly id: string;
  /** `open` where it could not be asked, or nothing was seen in time. */
  readonly outcome: LiveOutcome['outcome'] | 'open';
  readonly saw: string;
}

/** What a run of tests is given. */
export interface Running {
  readonly aws: ProbeAws;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/** One test under way. */
interface UnderWay {
  readonly seen: string[];
  ended: Omit<TestResult, 'id'> | undefined;
}

/** Makes every step in its order. @throws what the signal was aborted with */
export async function runTests(tests: readonly ProbeTest[], running: Running): Promise<TestResult[]> {
  const underWay = new Map<ProbeTest, UnderWay>(tests.map((test) => [test, { seen: [], ended: undefined }]));
  for (const { test, step } of inOrder(tests)) {
    const state = underWay.get(test);
    if (state === undefined || state.ended !== undefined) continue;
    running.signal.throwIfAborted();
    running.say(`${test.assumption.id}: ${callWords(step.call)}`);
    state.ended = await made(step, state.seen, running);
    if (state.ended !== undefined)
      running.say(`${test.assumption.id}: ${state.ended.outcome}: ${state.ended.saw}`);
  }
  return tests.map((test) => {
    const { seen = [], ended } = underWay.get(test) ?? {};
    return { id: test.assumption.id, ...(ended ?? { outcome: 'seen', saw: shortened(seen.join('; ')) }) };
  });
}

/** Makes a step, and adds what was seen where it decides. What ends the test is given back. */
async function made(
  step: ProbeStep,
  seen: string[],
  running: Running,
): Promise<Omit<TestResult, 'id'> | undefined> {
  const asked = callWords(step.call);
  try {
    const { outcome, saw, seconds } = await asExpected(step, running);
    const words = `${outcomeWords(outcome)}${step.within === undefined ? '' : ` after ${seconds} s`}${saw === undefined ? '' : ` (${saw})`}`;
    if (outcome === step.expect) {
      if (step.decides) seen.push(`${asked}: ${words}`);
      return undefined;
    }
    // Nothing that came too late is an answer, and neither is a preparation that failed.
    const answers = step.decides === true && outcome !== 'absent';
    return { outcome: answers ? 'refuted' : 'open', saw: shortened(`${asked}: ${words}`) };
  } catch (error) {
    running.signal.throwIfAborted();
    return { outcome: 'open', saw: shortened(`${asked}: ${messageOf(error)}`) };
  }
}

/** Asks until it is as expected, or time is up. */
async function asExpected(
  { call, expect, within = 0 }: ProbeStep,
  { aws, signal }: Running,
): Promise<Performed & { readonly seconds: number }> {
  const began = aws.now();
  const every =
    call.call === 'get-object' ? EVERY.read : call.call === 'find-record' ? EVERY.record : EVERY.other;
  for (;;) {
    signal.throwIfAborted();
    const performed = await aws.perform(call);
    const seconds = Math.round((aws.now() - began) / 1_000);
    if (performed.outcome === expect || seconds + every > within) return { ...performed, seconds };
    await waited(aws.sleep(every * 1_000), signal);
  }
}

/** Ends a wait as soon as the signal comes. */
async function waited(sleep: Promise<void>, signal: AbortSignal): Promise<void> {
  let stop = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    await Promise.race([sleep, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** An error by its name and message. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** As long as a record takes. */
function shortened(text: string): string {
  return text.length <= 500 ? text : `${text.slice(0, 499)}…`;
}
