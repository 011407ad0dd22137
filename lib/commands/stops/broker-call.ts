/** Calls the grant broker of an owner, with whatever AWS credentials the caller has. */

import { type BrokerAlias, roleArnIn, roleName } from '../../names';
import { callingFunctions } from '../../runtime';
import { documentFile } from '../../start/documents';
import {
  type EndSessionsOrder,
  readSessionsAnswer,
  readStopAnswer,
  type SessionsAnswer,
  type StopAnswer,
  type StopOrder,
  WireError,
} from '../../wire';
import { takeOn } from '../taking-on';

/** Asks a broker to stop or to lift. @throws BrokerCallError */
export type CallBroker = (functionArn: string, order: StopOrder) => Promise<StopAnswer>;

/** Asks a broker to end sessions. @throws BrokerCallError */
export type EndSessions = (functionArn: string, order: EndSessionsOrder) => Promise<SessionsAnswer>;

/** The broker could not be asked, or failed. The message says why and what to do. */
export class BrokerCallError extends Error {
  override readonly name = 'BrokerCallError';
  /** Whether it is certain that the broker did nothing. */
  readonly nothingDone: boolean;

  constructor(
    message: string,
    { nothingDone = false, ...options }: ErrorOptions & { readonly nothingDone?: boolean } = {},
  ) {
    super(message, options);
    this.nothingDone = nothingDone;
  }
}

/**
 * The broker was asked and did something, but a broker of another version tells of it in words that this version does not
 * know. Asking again brings the same answer.
 */
export class BrokerAnswerError extends BrokerCallError {
  constructor(
    /** As it came. */
    readonly answer: unknown,
    options: ErrorOptions,
  ) {
    super(
      `the grant broker answered in a form that this version does not know: deploy the owner’s stack again, or stop by hand as ${documentFile('operating')} says`,
      options,
    );
  }
}

/**
 * Calls the broker’s function by AWS’s own client, which finds credentials as the AWS command line does: by the alias for the
 * order, as the role that may call it.
 */
export const callBroker: CallBroker = async (functionArn, order) =>
  answerOf(await callAs([], functionArn, order));

/** The same with the operator’s right, which stops in every owner’s account and lifts nothing. */
export function callFromZone(zoneAccount: string): CallBroker {
  return async (functionArn, order) =>
    answerOf(await callAs([roleArnIn(zoneAccount, 'stop-all')], functionArn, order));
}

/** Has the sessions of an organisation’s own people ended. @throws BrokerCallError */
export const callToEndSessions: EndSessions = async (functionArn, order) =>
  answeredBy(readSessionsAnswer, await callAs([], functionArn, order));

/**
 * How often it is called, in all. Where Lambda runs as many functions as the account may have at once, which are ten in a new one, it
 * is asked again for some half a minute: runs of others end meanwhile.
 * @internal The tests reckon how long that is.
 */
export const ATTEMPTS = 8;

async function callAs(
  by: readonly string[],
  functionArn: string,
  order: StopOrder | EndSessionsOrder,
): Promise<unknown> {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  // Loaded here, so that no other command waits for it.
  const { InvokeCommand, LambdaClient } =
    require('@aws-sdk/client-lambda') as typeof import('@aws-sdk/client-lambda');
  const [, , , region = '', account = ''] = functionArn.split(':');
  const right: BrokerAlias = 'lift' in order ? 'lift' : 'stop';
  let client: InstanceType<typeof LambdaClient> | undefined;
  try {
    const credentials = await takeOn(region, [...by, roleArnIn(account, right)]);
    client = new LambdaClient({
      region,
      // An order that comes twice does no harm: what is stopped stays so.
      ...callingFunctions(ATTEMPTS),
      ...(credentials && { credentials }),
    });
    const { FunctionError, Payload } = await client.send(
      new InvokeCommand({
        FunctionName: `${functionArn}:${right}`,
        Payload: Buffer.from(JSON.stringify(order)),
      }),
    );
    const answer: unknown = JSON.parse(Buffer.from(Payload ?? []).toString('utf8') || 'null');
    if (FunctionError !== undefined)
      throw new BrokerCallError(`the grant broker failed: ${messageOf(answer)}`);
    return answer;
  } catch (error) {
    if (error instanceof BrokerCallError) throw error;
    throw failedCall(error, account, right);
  } finally {
    client?.destroy();
  }
}

/** Errors at which the function was not even called. */
const NEVER_REACHED = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'ResourceNotFoundException',
  'TooManyRequestsException',
  'UnrecognizedClientException',
]);

/** Reads what came back. @throws BrokerAnswerError where a broker of another version answered something else */
export function answerOf(answer: unknown): StopAnswer {
  return answeredBy(readStopAnswer, answer);
}

function answeredBy<T>(read: (answer: unknown) => T, answer: unknown): T {
  try {
    return read(answer);
  } catch (error) {
    if (error instanceof WireError) throw new BrokerAnswerError(answer, { cause: error });
    throw error;
  }
}

/** What an error of AWS’s client means, in the account that was meant, and whether the broker was called at all. */
export function failedCall(error: unknown, account: string, right: BrokerAlias = 'stop'): BrokerCallError {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const found: Readonly<Record<string, string>> = {
    CredentialsProviderError: `there are no AWS credentials: sign in to account ${account} and run this again (the AWS command line’s profiles work: AWS_PROFILE=NAME)`,
    ExpiredTokenException: `the AWS credentials have expired: sign in to account ${account} again`,
    UnrecognizedClientException: `the AWS credentials are not valid: sign in to account ${account} again`,
    AccessDenied: `these credentials may not take on ${roleName(right)} in account ${account}: sign in as a role that its register file names under ${right === 'stop' ? 'mayStop' : 'mayLift'}`,
    AccessDeniedException: `these credentials may not call the grant broker of account ${account}: sign in as a role that its register file names under ${right === 'stop' ? 'mayStop' : 'mayLift'}`,
    ExpiredToken: `the AWS credentials have expired: sign in to account ${account} again`,
    InvalidClientTokenId: `the AWS credentials are not valid: sign in to account ${account} again`,
    ResourceNotFoundException: `account ${account} has no grant broker: has its stack been deployed?`,
    TooManyRequestsException: `in account ${account} as many functions of Lambda run as may at once, so that the grant broker was not called: run this again until it is. If that lasts, stop by hand, as ${documentFile('operating')} says, and ask AWS for more concurrent executions there`,
    TimeoutError: `the grant broker of account ${account} did not answer in time: it may have done some of it, or all, as its log says. Run this again, which does no harm`,
  };
  return new BrokerCallError(
    found[name] ?? `the grant broker of account ${account} could not be asked (${name}: ${message})`,
    { nothingDone: NEVER_REACHED.has(name), cause: error },
  );
}

function messageOf(answer: unknown): string {
  const { errorMessage } = (answer ?? {}) as { errorMessage?: unknown };
  return typeof errorMessage === 'string' ? errorMessage : JSON.stringify(answer);
}
