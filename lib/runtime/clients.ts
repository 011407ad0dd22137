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
      // Without the second, the SDK warns of a request that takes longer, and goes on waiting.
      ...(streams ? { socketTimeout: timeout } : { requestTimeout: timeout, throwOnRequestTimeout: true }),
    },
  };
}
