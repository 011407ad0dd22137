/** The definition of the state machine that calls the release gate again until an order is done. */

/**
 * What passes for a while: Lambda’s own errors, as its page advises, and the gate’s, which may be another service’s. A try is
 * of a run of at most 15 minutes, and the checkpoint before it stays good.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/bp-lambda-serviceexception.html
 */
const TRIED_AGAIN = { seconds: 10, times: 6, rate: 3 } as const;

/**
 * The state is the order: the function answers with the next, or with `done`. What it is given and answers is at most 256 KiB.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export function goOnUntilDone(functionArn: string): string {
  const { seconds, times, rate } = TRIED_AGAIN;
  return JSON.stringify({
    Comment: 'Concordat: calls the release gate again until a long check, or a long sweep, is done',
    StartAt: 'GoOn',
    States: {
      GoOn: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Parameters: { FunctionName: functionArn, 'Payload.$': '$' },
        OutputPath: '$.Payload',
        Retry: [
          { ErrorEquals: ['States.ALL'], IntervalSeconds: seconds, MaxAttempts: times, BackoffRate: rate },
        ],
        Next: 'IsDone',
      },
      IsDone: {
        Type: 'Choice',
        Choices: [{ Variable: '$.done', BooleanEquals: true, Next: 'Done' }],
        Default: 'GoOn',
      },
      Done: { Type: 'Succeed' },
    },
  });
}
