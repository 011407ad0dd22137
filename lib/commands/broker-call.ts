/** Calls the grant broker of an owner, with whatever AWS credentials the caller has. */

/** What a broker answers to a stop or its lifting: see lambda/key-grants/stopping.ts, which this side does not import. */
export interface BrokerAnswer {
  readonly steps: readonly BrokerStep[];
  readonly complete: boolean;
}

/** What was done for a share, and when. */
export interface BrokerStep {
  readonly at: string;
  readonly share: string;
  readonly step: string;
  readonly outcome: string;
  readonly failed: boolean;
}

/** The shares to stop, or whose stop to lift: by id or pattern, as lambda/key-grants/order.ts says. */
export type BrokerOrder = { readonly stop: readonly string[] } | { readonly lift: readonly string[] };

/** Asks a broker to stop or to lift. @throws BrokerCallError */
export type CallBroker = (functionArn: string, order: BrokerOrder) => Promise<BrokerAnswer>;

/** The broker could not be asked, or failed. The message says why and what to do. */
export class BrokerCallError extends Error {
  override readonly name = 'BrokerCallError';
  constructor(
    message: string,
    /** Whether it is certain that the broker did nothing. */
    readonly nothingDone = false,
  ) {
    super(message);
  }
}

/** Calls the Lambda function by AWS’s own client, which finds credentials as the AWS command line does. */
export const callBroker: CallBroker = async (functionArn, order) => {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  // Loaded here, so that no other command waits for it.
  const { InvokeCommand, LambdaClient } =
    require('@aws-sdk/client-lambda') as typeof import('@aws-sdk/client-lambda');
  const [, , , region = '', account = ''] = functionArn.split(':');
  const client = new LambdaClient({ region, maxAttempts: 3, requestHandler: { requestTimeout: 900_000 } });
  try {
    const { FunctionError, Payload } = await client.send(
      new InvokeCommand({ FunctionName: functionArn, Payload: Buffer.from(JSON.stringify(order)) }),
    );
    const answer: unknown = JSON.parse(Buffer.from(Payload ?? []).toString('utf8') || 'null');
    if (FunctionError !== undefined)
      throw new BrokerCallError(`the grant broker failed: ${messageOf(answer)}`);
    return answerOf(answer);
  } catch (error) {
    if (error instanceof BrokerCallError) throw error;
    const name = error instanceof Error ? error.name : '';
    throw new BrokerCallError(explained(error, account), NEVER_REACHED.has(name));
  } finally {
    client.destroy();
  }
};

/** Errors at which the function was not even called. */
const NEVER_REACHED = new Set([
  'AccessDeniedException',
  'CredentialsProviderError',
  'ExpiredTokenException',
  'ResourceNotFoundException',
  'UnrecognizedClientException',
]);

/** Reads what came back. @throws BrokerCallError where a broker of another version answered something else */
export function answerOf(answer: unknown): BrokerAnswer {
  const { steps, complete } = (answer ?? {}) as Partial<BrokerAnswer>;
  if (!Array.isArray(steps) || typeof complete !== 'boolean')
    throw new BrokerCallError(
      'the grant broker answered in a form that this version does not know: deploy the owner’s stack again, or stop by hand as docs/operating.md says',
    );
  return { steps: steps as BrokerStep[], complete };
}

/** Says what an error of AWS’s client means, in the account that was meant. */
export function explained(error: unknown, account: string): string {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const found: Readonly<Record<string, string>> = {
    CredentialsProviderError: `there are no AWS credentials: sign in to account ${account} and run this again (the AWS command line’s profiles work: AWS_PROFILE=NAME)`,
    ExpiredTokenException: `the AWS credentials have expired: sign in to account ${account} again`,
    UnrecognizedClientException: `the AWS credentials are not valid: sign in to account ${account} again`,
    AccessDeniedException: `these credentials may not call the grant broker of account ${account}: sign in there, with lambda:InvokeFunction`,
    ResourceNotFoundException: `account ${account} has no grant broker: has its stack been deployed?`,
  };
  return found[name] ?? `the grant broker of account ${account} could not be asked (${name}: ${message})`;
}

function messageOf(answer: unknown): string {
  const { errorMessage } = (answer ?? {}) as { errorMessage?: unknown };
  return typeof errorMessage === 'string' ? errorMessage : JSON.stringify(answer);
}
