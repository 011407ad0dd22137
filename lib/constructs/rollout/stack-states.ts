/** The states of one stack: look, make a change set, have it held against the plan, execute it, see what came of it, write it down. */
import {
  asked,
  CALL_SECONDS,
  type MachineParts,
  RETRY_TABLE,
  rowOf,
  type State,
  type States,
} from './states';

/** Between two looks at what is under way, in seconds; longer than CloudFormation may take to show what was begun. */
const BETWEEN = 20;
const ALL = ['States.ALL'];

/** The states that each stack of an account goes through. */
export function ofOneStack({ functionArn, table }: MachineParts): States {
  const about = {
    'order.$': '$.order',
    'plan.$': '$.plan',
    'stack.$': '$.of.key',
    'side.$': '$.side',
    'since.$': '$.since',
    'at.$': '$$.State.EnteredTime',
  };
  const question = (name: string, more: object = {}) =>
    asked(functionArn, { question: name, ...about, ...more });
  const written = (item: object): State => ({
    Type: 'Task',
    Resource: 'arn:aws:states:::dynamodb:putItem',
    Parameters: {
      TableName: table,
      Item: {
        ...rowOf('$.account'),
        before: { 'S.$': '$.of.before' },
        after: { 'S.$': '$.of.after' },
        ...item,
      },
    },
    TimeoutSeconds: CALL_SECONDS,
    Retry: RETRY_TABLE,
    ResultPath: null,
  });
  /** Nothing was executed in this run where one of these is gone to. */
  const notBegun = [{ ErrorEquals: ALL, ResultPath: '$.error', Next: 'WasItBegunBefore' }];
  const unknown = [{ ErrorEquals: ALL, ResultPath: '$.error', Next: 'NobodyKnows' }];
  const seen = (standing: string, runs: object) => ({
    Type: 'Pass',
    Parameters: {
      is: {
        seen: {
          standing,
          ...runs,
          found: 'no',
          'why.$': 'States.Format(\'["{}"]\', $.error.Error)',
        },
      },
    },
    ResultPath: '$.outcome',
    Next: 'Record',
  });
  return {
    StartAt: 'Recall',
    States: {
      Recall: {
        Type: 'Task',
        Resource: 'arn:aws:states:::dynamodb:getItem',
        Parameters: {
          TableName: table,
          Key: { stack: { 'S.$': '$.of.stack' } },
          ConsistentRead: true,
        },
        TimeoutSeconds: CALL_SECONDS,
        Retry: RETRY_TABLE,
        ResultPath: '$.noted',
        Catch: unknown,
        Next: 'Look',
      },
      Look: {
        ...question('look', { 'noted.$': '$.noted' }),
        ResultPath: '$.look',
        Catch: notBegun,
        Next: 'WhatItIs',
      },
      WhatItIs: {
        Type: 'Choice',
        Choices: [
          { Variable: '$.look.is.is', StringEquals: 'wait', Next: 'LookLater' },
          { Variable: '$.look.is.is', StringEquals: 'leave', Next: 'IsDone' },
          { Variable: '$.look.is.is', StringEquals: 'over', Next: 'WhatWasSeen' },
        ],
        Default: 'Prepare',
      },
      LookLater: { Type: 'Wait', Seconds: BETWEEN, Next: 'Look' },
      WhatWasSeen: { Type: 'Pass', InputPath: '$.look', ResultPath: '$.outcome', Next: 'Record' },
      Prepare: {
        ...question('prepare'),
        ResultPath: '$.made',
        Catch: notBegun,
        Next: 'IsItBeingMade',
      },
      IsItBeingMade: {
        Type: 'Choice',
        Choices: [{ Variable: '$.made.is.is', StringEquals: 'wait', Next: 'PrepareLater' }],
        Default: 'WaitForChangeSet',
      },
      PrepareLater: { Type: 'Wait', Seconds: BETWEEN, Next: 'Prepare' },
      WaitForChangeSet: { Type: 'Wait', Seconds: BETWEEN, Next: 'Compare' },
      Compare: {
        ...question('compare', { 'runs.$': '$.look.is.runs' }),
        ResultPath: '$.outcome',
        Catch: notBegun,
        Next: 'WhatWasMade',
      },
      WhatWasMade: {
        Type: 'Choice',
        Choices: [
          { Variable: '$.outcome.is.is', StringEquals: 'wait', Next: 'WaitForChangeSet' },
          { Variable: '$.outcome.is.is', StringEquals: 'planned', Next: 'Begin' },
        ],
        Default: 'Discard',
      },
      Discard: {
        ...question('discard'),
        ResultPath: null,
        // It stays behind, and is executed by nobody: the next run clears it.
        Catch: [{ ErrorEquals: ALL, ResultPath: '$.error', Next: 'Record' }],
        Next: 'Record',
      },
      // Written before it is so: whoever goes on from here later knows that it may be.
      Begin: {
        ...written({
          standing: { S: 'begun' },
          runs: { 'S.$': '$.look.is.runs' },
          found: { S: 'no' },
          why: { S: '[]' },
        }),
        Catch: notBegun,
        Next: 'Execute',
      },
      Execute: {
        ...question('execute'),
        ResultPath: null,
        // It may have been heard all the same, where the answer was lost.
        Catch: [{ ErrorEquals: ALL, ResultPath: '$.heard', Next: 'WaitForStack' }],
        Next: 'WaitForStack',
      },
      WaitForStack: { Type: 'Wait', Seconds: BETWEEN, Next: 'Came' },
      Came: {
        ...question('came', { 'heard.$': '$.heard' }),
        ResultPath: '$.outcome',
        Catch: unknown,
        Next: 'WhatCame',
      },
      WhatCame: {
        Type: 'Choice',
        Choices: [{ Variable: '$.outcome.is.is', StringEquals: 'wait', Next: 'WaitForStack' }],
        Default: 'Record',
      },
      WasItBegunBefore: {
        Type: 'Choice',
        Choices: [
          { Not: { Variable: '$.side', StringEquals: 'after' }, Next: 'NobodyKnows' },
          {
            And: [
              { Variable: '$.noted.Item.standing.S', IsPresent: true },
              { Variable: '$.noted.Item.standing.S', StringEquals: 'begun' },
              { Variable: '$.look.is.runs', StringEquals: 'unknown' },
            ],
            Next: 'NobodyKnows',
          },
        ],
        Default: 'NothingWasBegun',
      },
      NothingWasBegun: seen('failed', { 'runs.$': '$.look.is.runs' }),
      NobodyKnows: seen('stuck', { runs: 'unknown' }),
      Record: {
        ...written({
          standing: { 'S.$': '$.outcome.is.seen.standing' },
          runs: { 'S.$': '$.outcome.is.seen.runs' },
          found: { 'S.$': '$.outcome.is.seen.found' },
          why: { 'S.$': '$.outcome.is.seen.why' },
        }),
        Next: 'IsItGood',
      },
      IsItGood: {
        Type: 'Choice',
        Choices: [
          { Variable: '$.outcome.is.seen.standing', StringEquals: 'through', Next: 'IsDone' },
          { Variable: '$.outcome.is.seen.standing', StringEquals: 'back', Next: 'IsDone' },
        ],
        Default: 'IsNotDone',
      },
      IsDone: { Type: 'Pass', Result: {}, End: true },
      IsNotDone: {
        Type: 'Fail',
        Error: 'StackIsNotThrough',
        Cause: 'The table says what it stands at, and why.',
      },
    },
  };
}
