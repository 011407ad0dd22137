/**
 * One rollout at a time. Whoever begins writes itself down in the table where nobody stands there, or where whoever does has ended:
 * Step Functions says so itself, so that nothing has to be let go of, and one that was stopped holds up nobody.
 */
import { EXECUTION_AT_WORK } from '../../wire';
import { CALL_SECONDS, type MachineParts, RETRY_TABLE, type State } from './states';

/** The key in the table; no stack is called so. */
const UNDER_WAY = { stack: { S: 'rollout/under-way' } };
const WAS_TAKEN = 'DynamoDB.ConditionalCheckFailedException';

/**
 * The states, of which the first is `Lock`.
 * @param next the state in which nobody else carries anything out
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html
 */
export function lockStates({ table }: MachineParts, next: string): Readonly<Record<string, State>> {
  const taken = (condition: string, values: object): State => ({
    Type: 'Task',
    Resource: 'arn:aws:states:::dynamodb:putItem',
    Parameters: {
      TableName: table,
      Item: {
        ...UNDER_WAY,
        execution: { 'S.$': '$$.Execution.Id' },
        order: { 'S.$': '$.order' },
        at: { 'S.$': '$$.State.EnteredTime' },
      },
      ConditionExpression: condition,
      // Its own name too: an answer may have been lost.
      ExpressionAttributeValues: { ':own': { 'S.$': '$$.Execution.Id' }, ...values },
    },
    TimeoutSeconds: CALL_SECONDS,
    Retry: RETRY_TABLE,
    ResultPath: null,
  });
  return {
    Lock: {
      ...taken('attribute_not_exists(execution) OR execution = :own', {}),
      Catch: [{ ErrorEquals: [WAS_TAKEN], ResultPath: '$.taken', Next: 'Holder' }],
      Next: next,
    },
    Holder: {
      Type: 'Task',
      Resource: 'arn:aws:states:::dynamodb:getItem',
      Parameters: { TableName: table, Key: UNDER_WAY, ConsistentRead: true },
      TimeoutSeconds: CALL_SECONDS,
      Retry: RETRY_TABLE,
      ResultPath: '$.holder',
      Next: 'HasItEnded',
    },
    HasItEnded: {
      Type: 'Task',
      Resource: 'arn:aws:states:::aws-sdk:sfn:describeExecution',
      Parameters: { 'ExecutionArn.$': '$.holder.Item.execution.S' },
      ResultSelector: { 'status.$': '$.Status' },
      TimeoutSeconds: CALL_SECONDS,
      ResultPath: '$.held',
      // AWS forgets an execution 90 days after its end.
      Catch: [
        { ErrorEquals: ['Sfn.ExecutionDoesNotExistException'], ResultPath: '$.held', Next: 'TakeOver' },
      ],
      Next: 'IsItAtWork',
    },
    IsItAtWork: {
      Type: 'Choice',
      Choices: EXECUTION_AT_WORK.map((status) => ({
        Variable: '$.held.status',
        StringEquals: status,
        Next: 'AnotherIsUnderWay',
      })),
      Default: 'TakeOver',
    },
    TakeOver: {
      ...taken('execution = :held OR execution = :own', { ':held': { 'S.$': '$.holder.Item.execution.S' } }),
      Catch: [{ ErrorEquals: [WAS_TAKEN], ResultPath: '$.taken', Next: 'AnotherIsUnderWay' }],
      Next: next,
    },
    AnotherIsUnderWay: {
      Type: 'Fail',
      Error: 'AnotherIsUnderWay',
      Cause: 'Another rollout is under way. Nothing was begun: start this one again once that has ended.',
    },
  };
}
