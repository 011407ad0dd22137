/** How clients of AWS are set up: how long they wait, and how often they ask again. */

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

/** The settings of a client of the AWS SDK. */
export function clientSettings(region: string, { asksAgain, seconds, streams = false }: ClientPatience) {
  const timeout = seconds * 1000;
  return {
    region,
    maxAttempts: asksAgain === 'client' ? ATTEMPTS : 1,
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT,
      ...(streams ? { socketTimeout: timeout } : { requestTimeout: timeout }),
    },
  };
}
