/**
 * The state that writes down the stacks that a plan leaves as they are: the later assembly has them as the earlier, so that they run
 * the later register too. No account is asked. A line that says otherwise, such as of a stack that is stuck, stays.
 */
import { UNCHANGED_FILE } from '../../wire';
import { CALL_SECONDS, type MachineParts, RETRY_TABLE, rowOf, type State } from './states';

/** How many lines are written at once; nobody waits for more. */
const AT_ONCE = 40;
/** Nobody has written of it, or it ran this template. */
const RUNS_IT =
  'attribute_not_exists(#stack) OR (#runs = :after AND contains(#after, :template)) OR (#runs = :before AND contains(#before, :template))';
/** DynamoDB keeps `after` and `before` for itself. */
const NAMES = { '#stack': 'stack', '#runs': 'runs', '#before': 'before', '#after': 'after' };

/**
 * The state `NoteUnchanged`. What fails in it holds nobody up: the line stays as it was, and `status` shows the stack as behind.
 * @param next the state after it
 */
export function unchangedStates(
  { bucket, table }: MachineParts,
  next: string,
): Readonly<Record<string, State>> {
  return {
    NoteUnchanged: {
      Type: 'Map',
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: 'JSON' },
        Parameters: {
          Bucket: bucket,
          'Key.$': `States.Format('orders/{}/${UNCHANGED_FILE}', $.order)`,
          // The bytes whose digest was looked at as the order was opened.
          'VersionId.$': '$.open.is.unchanged',
        },
      },
      ItemSelector: { 'order.$': '$.order', 'plan.$': '$.open.is.plan', 'of.$': '$$.Map.Item.Value' },
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'NoteOne',
        States: {
          NoteOne: {
            Type: 'Task',
            Resource: 'arn:aws:states:::dynamodb:putItem',
            Parameters: {
              TableName: table,
              Item: {
                ...rowOf('$.of.account'),
                standing: { S: 'unchanged' },
                runs: { S: 'after' },
                found: { S: 'no' },
                why: { S: '[]' },
                before: { 'S.$': '$.of.before' },
                after: { 'S.$': '$.of.after' },
              },
              ConditionExpression: RUNS_IT,
              ExpressionAttributeNames: NAMES,
              ExpressionAttributeValues: {
                ':after': { S: 'after' },
                ':before': { S: 'before' },
                ':template': { 'S.$': '$.of.template' },
              },
            },
            TimeoutSeconds: CALL_SECONDS,
            Retry: RETRY_TABLE,
            ResultPath: null,
            Catch: [
              {
                ErrorEquals: ['DynamoDB.ConditionalCheckFailedException'],
                ResultPath: '$.error',
                Next: 'SaysOtherwise',
              },
            ],
            Next: 'IsNoted',
          },
          SaysOtherwise: { Type: 'Pass', Result: {}, End: true },
          IsNoted: { Type: 'Pass', Result: {}, End: true },
        },
      },
      MaxConcurrency: AT_ONCE,
      ToleratedFailurePercentage: 100,
      ResultPath: null,
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: next }],
      Next: next,
    },
  };
}
