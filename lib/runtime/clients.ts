/** How clients of AWS are set up: how long they wait, and how often they ask again. */
import { StandardRetryStrategy } from '@smithy/core/retry';
import { isPassing, isThrottled } from './again';

/** How patient a client is. */
export interface ClientPatience {
  /** Who asks again after an error that passes: the client, or the function, which knows what time is left. */
  readonly asksAgain: 'client' | 'function';
  /** Seconds until an answer must be there; of a streamed answer, the longest silence. */
  readonly seconds: number;
  /** Whether answers are streams that may take as long as they flow. */
  readonly streams?: boolean;
}

const CONNECTION_TIMEOUT = 2_000;
/** Waits between them double: the sixth comes within some seconds, which every run of ours has. */
const ATTEMPTS = 6;

/** Asks again as the SDK does, after what is on our list in place of the SDK’s own. */
class ByOurList extends StandardRetryStrategy {
  override refreshRetryTokenForRetry(
    ...[token, about]: Parameters<StandardRetryStrategy['refreshRetryTokenForRetry']>
  ) {
    return super.refreshRetryTokenForRetry(token, { ...about, errorType: kindOf(about.error) });
  }
}

function kindOf(error: unknown) {
  if (isThrottled(error)) return 'THROTTLING';
  return isPassing(error) ? 'TRANSIENT' : 'CLIENT_ERROR';
}

/** Asks again as the SDK does, but not where the whole time for an answer has passed: whoever waits is told so instead. */
class NotAfterAllItsTime extends StandardRetryStrategy {
  override refreshRetryTokenForRetry(
    ...[token, about]: Parameters<StandardRetryStrategy['refreshRetryTokenForRetry']>
  ) {
    const tookAll = isUnanswered(about.error);
    return super.refreshRetryTokenForRetry(token, tookAll ? { ...about, errorType: 'CLIENT_ERROR' } : about);
  }
}

/** Of the SDK’s timeouts, only that for the answer has this code; Node’s own errors with it name a system call. */
function isUnanswered(error: unknown): boolean {
  const { name, code, syscall } = (error ?? {}) as Partial<Record<'name' | 'code' | 'syscall', unknown>>;
  return name === 'TimeoutError' && code === 'ETIMEDOUT' && syscall === undefined;
}

/** The longest that Lambda lets a function run, and what it takes to start one and to bring its answer, in seconds. */
const LONGEST_RUN = 900 + 30;

/**
 * Part of the settings of a client that calls functions and waits for what they answer, which may take as long as Lambda lets them run.
 * What passes is asked again by the SDK’s own list. What was not answered in its time throws the SDK’s `TimeoutError`: the function may
 * have done some of it, or all, and asked again it would take as long again.
 * @param attempts how often it asks in all
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export function callingFunctions(attempts: number, seconds = LONGEST_RUN) {
  return {
    maxAttempts: attempts,
    retryStrategy: new NotAfterAllItsTime(attempts),
    requestHandler: answeredWithin(seconds * 1000),
  };
}

/** Without the second, the SDK warns of a request that takes longer, and goes on waiting: findings/sdk-request-timeout-only-warns.sh. */
function answeredWithin(milliseconds: number) {
  return { requestTimeout: milliseconds, throwOnRequestTimeout: true };
}

/** The settings of a client of the AWS SDK. */
export function clientSettings(region: string, { asksAgain, seconds, streams = false }: ClientPatience) {
  const timeout = seconds * 1000;
  const attempts = asksAgain === 'client' ? ATTEMPTS : 1;
  return {
    region,
    maxAttempts: attempts,
    retryStrategy: new ByOurList(attempts),
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT,
      ...(streams ? { socketTimeout: timeout } : answeredWithin(timeout)),
    },
  };
}
