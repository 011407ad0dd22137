/**
 * How a rollout that came to its end says whether all of it came through. A distributed map gathers nothing, so an account that failed
 * within what is tolerated leaves a line of its own, which the last state looks for: whoever waits reads the output alone.
 */
import { ROLLOUT_EXPIRES } from '../../names';
import { executionOutput } from '../../wire';
import { CALL_SECONDS, type MachineParts, RETRY_TABLE, type State } from './states';

/** The key of that line, made where the execution is the whole rollout and not one account’s. No stack is called so. */
export const FAILURES_KEY = "States.Format('rollout/failed/{}/{}', $$.Execution.Id, $$.Execution.StartTime)";
const ALL = ['States.ALL'];

/** The states that write the line, of which the first is `NoteFailure`, and end as the account did: not through. */
export function failureStates({ table }: MachineParts): Readonly<Record<string, State>> {
  return {
    NoteFailure: {
      Type: 'Task',
      Resource: 'arn:aws:states:::dynamodb:putItem',
      Parameters: {
        TableName: table,
        Item: {
          stack: { 'S.$': '$.failures' },
          order: { 'S.$': '$.order' },
          // The last of them; its stacks have lines that say why.
          account: { 'S.$': '$.account' },
          at: { 'S.$': '$$.State.EnteredTime' },
          [ROLLOUT_EXPIRES]: { 'N.$': '$.forget' },
        },
      },
      TimeoutSeconds: CALL_SECONDS,
      Retry: RETRY_TABLE,
      ResultPath: null,
      Catch: [{ ErrorEquals: ALL, ResultPath: '$.error', Next: 'AccountIsNotDone' }],
      Next: 'AccountIsNotDone',
    },
    AccountIsNotDone: {
      Type: 'Fail',
      Error: 'StackIsNotThrough',
      Cause: 'The table says what each of its stacks stands at, and why.',
    },
  };
}

/** The states that end the rollout, of which the first is `DidAnyFail`. */
export function endStates({ table }: MachineParts): Readonly<Record<string, State>> {
  return {
    DidAnyFail: {
      Type: 'Task',
      Resource: 'arn:aws:states:::dynamodb:getItem',
      Parameters: { TableName: table, Key: { stack: { 'S.$': FAILURES_KEY } }, ConsistentRead: true },
      TimeoutSeconds: CALL_SECONDS,
      Retry: RETRY_TABLE,
      ResultPath: '$.failed',
      // All waves are through; that nobody can say whether all accounts are is no reason to call it failed.
      Catch: [{ ErrorEquals: ALL, ResultPath: '$.error', Next: 'SomeAreThrough' }],
      Next: 'WhoIsThrough',
    },
    WhoIsThrough: {
      Type: 'Choice',
      Choices: [{ Variable: '$.failed.Item', IsPresent: true, Next: 'SomeAreThrough' }],
      Default: 'AllAreThrough',
    },
    AllAreThrough: { Type: 'Pass', Result: executionOutput('all'), End: true },
    SomeAreThrough: { Type: 'Pass', Result: executionOutput('some'), End: true },
  };
}
