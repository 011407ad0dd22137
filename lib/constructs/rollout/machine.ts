/**
 * The definition of the state machine that carries a plan out: an order’s waves one after the other, the accounts of a wave by a
 * distributed map, and of each account its stacks in order. It is in JSONPath, of which those who check definitions agree what it
 * means; see test/rollout/engine for what runs it in tests.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
 */
import { endStates, FAILURES_KEY, failureStates } from './end-states';
import { lockStates } from './lock-states';
import { ofOneStack } from './stack-states';
import { asked, type MachineParts, type State, type States } from './states';
import { unchangedStates } from './unchanged-states';

/** How long somebody has to approve, and how long a whole rollout may take, in seconds. */
const APPROVAL_SECONDS = 3 * 24 * 3600;
const ALL_SECONDS = 5 * 24 * 3600;

/** The definition, as CloudFormation takes it. */
export function rolloutDefinition(parts: MachineParts): string {
  const { functionArn, table, approval } = parts;
  return JSON.stringify({
    Comment: 'Concordat: carries a reviewed plan out, wave by wave',
    TimeoutSeconds: ALL_SECONDS,
    StartAt: 'Open',
    States: {
      Open: {
        ...asked(functionArn, { question: 'open', 'order.$': '$.order' }, 600),
        ResultPath: '$.open',
        Next: approval === 'every-rollout' ? 'Approval' : 'DoesItWiden',
      },
      ...(approval === 'where-access-widens' && {
        DoesItWiden: {
          Type: 'Choice',
          Choices: [{ Variable: '$.open.is.widens', BooleanEquals: false, Next: 'Lock' }],
          Default: 'Approval',
        },
      }),
      // Whoever may approve reads the token there, and ends the wait with it.
      Approval: {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:dynamodb:putItem.waitForTaskToken',
        Parameters: {
          TableName: table,
          Item: {
            stack: { 'S.$': "States.Format('approval/{}', $.order)" },
            token: { 'S.$': '$$.Task.Token' },
            plan: { 'S.$': '$.open.is.plan' },
            at: { 'S.$': '$$.State.EnteredTime' },
          },
        },
        TimeoutSeconds: APPROVAL_SECONDS,
        ResultPath: null,
        Next: 'Lock',
      },
      ...lockStates(parts, 'NoteUnchanged'),
      ...unchangedStates(parts, 'Waves'),
      Waves: {
        Type: 'Map',
        ItemsPath: '$.open.is.waves',
        MaxConcurrency: 1,
        ItemSelector: {
          'order.$': '$.order',
          'plan.$': '$.open.is.plan',
          'wave.$': '$$.Map.Item.Value',
          'failures.$': FAILURES_KEY,
          'forget.$': '$.open.is.forget',
        },
        ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, ...ofOneWave(parts) },
        ResultPath: null,
        Next: 'DidAnyFail',
      },
      ...endStates(parts),
    },
  });
}

/**
 * One wave. Where more accounts fail than may, Step Functions stops what is under way in the others: so that each is known, and
 * none is half, all of them are gone over once more, and what this rollout changed is put back.
 */
function ofOneWave(parts: MachineParts): States {
  return {
    StartAt: 'Deploy',
    States: {
      Deploy: {
        ...overAccounts(parts, 'Deploy', { side: 'after' }),
        MaxConcurrencyPath: '$.wave.atOnce',
        ToleratedFailureCountPath: '$.wave.tolerated',
        Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.stopped', Next: 'WhatItGave' }],
        Next: 'Pause',
      },
      Pause: { Type: 'Wait', SecondsPath: '$.wave.pause', Next: 'WaveIsThrough' },
      WaveIsThrough: { Type: 'Pass', Result: {}, End: true },
      WhatItGave: {
        Type: 'Choice',
        // To put back what only took away would give it again.
        Choices: [{ Variable: '$.wave.takesAway', BooleanEquals: true, Next: 'OnlyWait' }],
        Default: 'PutBack',
      },
      OnlyWait: { Type: 'Pass', Result: 'close', ResultPath: '$.side', Next: 'Back' },
      PutBack: { Type: 'Pass', Result: 'before', ResultPath: '$.side', Next: 'Back' },
      Back: {
        ...overAccounts(parts, 'Back', { 'side.$': '$.side' }),
        MaxConcurrencyPath: '$.wave.atOnce',
        ToleratedFailurePercentage: 100,
        Next: 'Stopped',
      },
      Stopped: {
        Type: 'Fail',
        Error: 'WaveStopped',
        Cause: 'A wave went over its tolerance. The table says what each stack stands at.',
      },
    },
  };
}

function overAccounts(parts: MachineParts, start: string, side: object): State {
  return {
    Type: 'Map',
    ItemReader: {
      Resource: 'arn:aws:states:::s3:getObject',
      ReaderConfig: { InputType: 'JSON' },
      Parameters: {
        Bucket: parts.bucket,
        'Key.$': "States.Format('orders/{}/{}', $.order, $.wave.key)",
        // The bytes whose digest was looked at as the order was opened.
        'VersionId.$': '$.wave.version',
      },
    },
    ItemSelector: {
      'order.$': '$.order',
      'plan.$': '$.plan',
      'account.$': '$$.Map.Item.Value.account',
      'stacks.$': '$$.Map.Item.Value.stacks',
      'failures.$': '$.failures',
      'forget.$': '$.forget',
      ...side,
    },
    ItemProcessor: {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      ...called(start, {
        StartAt: 'Stacks',
        States: {
          Stacks: {
            Type: 'Map',
            ItemsPath: '$.stacks',
            MaxConcurrency: 1,
            ItemSelector: {
              'order.$': '$.order',
              'plan.$': '$.plan',
              'account.$': '$.account',
              'side.$': '$.side',
              'of.$': '$$.Map.Item.Value',
              'since.$': '$$.Execution.StartTime',
              look: { is: { runs: 'unknown' } },
              heard: {},
            },
            ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, ...ofOneStack(parts) },
            ResultPath: null,
            Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'NoteFailure' }],
            Next: 'AccountIsDone',
          },
          ...failureStates(parts),
          // What each account comes to is in the table; the map gathers nothing, however many accounts there are.
          AccountIsDone: { Type: 'Pass', Result: {}, End: true },
        },
      }),
    },
    ResultPath: null,
  };
}

/** The same states by other names: those of a state machine are different, however deep they lie. */
function called(start: string, states: States): States {
  const of = (name: string) => `${start}${name}`;
  const renamed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(renamed);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, each]: [string, unknown]) => {
        if (['Next', 'Default', 'StartAt'].includes(name)) return [name, of(String(each))];
        if (name !== 'States') return [name, renamed(each)];
        return [
          name,
          Object.fromEntries(Object.entries(each as object).map(([key, one]) => [of(key), renamed(one)])),
        ];
      }),
    );
  };
  return renamed(states) as States;
}
