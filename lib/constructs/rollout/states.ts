/** What the states of the engine have in common. */

/** What the state machine uses, all in its own account. */
export interface MachineParts {
  /** The ARN of the function that answers its questions. */
  readonly functionArn: string;
  /** The bucket of orders. */
  readonly bucket: string;
  /** The table of what each stack stands at. */
  readonly table: string;
  /** What waits for somebody who approves; the second believes the order, which is whoever’s who starts the machine. */
  readonly approval: 'every-rollout' | 'where-access-widens';
}

/** A state, as the Amazon States Language has it. */
export type State = Readonly<Record<string, unknown>> & { readonly Type: string };
/** States, and the first of them. */
export interface States {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

/** How long one call of AWS may take, in seconds. */
export const CALL_SECONDS = 60;

/** A call of the table is made again by these names of errors. */
export const RETRY_TABLE = [
  {
    ErrorEquals: [
      'DynamoDB.ProvisionedThroughputExceededException',
      'DynamoDB.RequestLimitExceeded',
      'DynamoDB.ThrottlingException',
      'DynamoDB.InternalServerErrorException',
      'DynamoDB.SdkClientException',
      'States.Timeout',
    ],
    IntervalSeconds: 1,
    MaxAttempts: 8,
    BackoffRate: 1.5,
    MaxDelaySeconds: 30,
    JitterStrategy: 'FULL',
  },
];

/**
 * Asked again, apart from one another: what passes, by the names that Lambda and our function give it.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const RETRY_FUNCTION = [
  {
    ErrorEquals: [
      'AskAgain',
      'Lambda.AWSLambdaException',
      'Lambda.ClientExecutionTimeoutException',
      'Lambda.SdkClientException',
      'Lambda.ServiceException',
      // A run that Lambda ended, by the names that AWS gives it: it ran out of time, or of its machine.
      'Lambda.Unknown',
      'Sandbox.Timedout',
      'States.Timeout',
    ],
    IntervalSeconds: 3,
    MaxAttempts: 8,
    BackoffRate: 1.5,
    MaxDelaySeconds: 60,
    JitterStrategy: 'FULL',
  },
  {
    // Lambda did not begin: as many run as the account may have at once, which are ten in a new one. A hundred accounts that ask
    // side by side wait for each other, for half an hour at a mean, before one of them counts as failed.
    ErrorEquals: ['Lambda.TooManyRequestsException'],
    IntervalSeconds: 3,
    MaxAttempts: 60,
    BackoffRate: 1.5,
    MaxDelaySeconds: 60,
    JitterStrategy: 'FULL',
  },
];

/** A question to the function. @param seconds until it must have answered */
export function asked(functionArn: string, payload: object, seconds = 120): State {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Parameters: { FunctionName: functionArn, Payload: payload },
    ResultSelector: { 'is.$': '$.Payload' },
    TimeoutSeconds: seconds,
    Retry: RETRY_FUNCTION,
  };
}

/** What every row of the table begins with. @param account where the state’s input has the account */
export function rowOf(account: '$.account' | '$.of.account') {
  return {
    stack: { 'S.$': '$.of.stack' },
    account: { 'S.$': account },
    order: { 'S.$': '$.order' },
    plan: { 'S.$': '$.plan' },
    at: { 'S.$': '$$.State.EnteredTime' },
  };
}
