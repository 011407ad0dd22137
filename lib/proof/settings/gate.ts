/** The release gate of a member: the rule that tells it of verdicts, its queues, the function, and what has it go on. */
import { jsonOf } from '../../assembly';
import { givenToFunction, queueWithPolicy } from './account';
import {
  type Digests,
  type Expected,
  functionArn,
  type Place,
  queueArn,
  roleArn,
  topicArn,
} from './expected';
import { DIGEST, functionWith } from './functions';
import {
  ANYTHING,
  atLeast,
  mismatchesIn,
  textThat,
  unlessGiven,
  type Wanted,
  type WantedGroup,
} from './wanted';

const GATE = 'concordat-release-gate';
const VERDICTS = 'concordat-gate-verdicts';
const DEAD_LETTERS = 'concordat-gate-dead-letters';
const SECONDS = 900;

/** All of it. */
export function gateOf(
  place: Place,
  { bucket, key }: { readonly bucket: string; readonly key: Wanted },
  digests: Digests,
): Expected[] {
  const { account } = place;
  const machine = `arn:aws:states:${place.region}:${account}:stateMachine:${GATE}`;
  return [
    ...queueWithPolicy(place, DEAD_LETTERS, {
      RedriveAllowPolicy: { redrivePermission: 'byQueue', sourceQueueArns: [queueArn(place, VERDICTS)] },
    }),
    ...queueWithPolicy(place, VERDICTS, givenToFunction(place, DEAD_LETTERS, 2)),
    {
      account,
      type: 'AWS::Events::Rule',
      name: VERDICTS,
      settings: {
        Name: VERDICTS,
        State: unlessGiven('ENABLED'),
        EventPattern: {
          source: ['aws.guardduty'],
          'detail-type': ['GuardDuty Malware Protection Object Scan Result'],
          detail: {
            s3ObjectDetails: { bucketName: [bucket] },
            scanResultDetails: { scanResultStatus: ['NO_THREATS_FOUND', 'THREATS_FOUND', 'UNSUPPORTED'] },
          },
        },
        Targets: [
          {
            Arn: queueArn(place, VERDICTS),
            Id: ANYTHING,
            DeadLetterConfig: { Arn: queueArn(place, DEAD_LETTERS) },
          },
        ],
      },
    },
    ...functionWith(place, {
      purpose: 'release-gate',
      code: 'release-gate',
      hasFile: true,
      environment: {
        BUCKET: bucket,
        KEY_ARN: key,
        GATE_LIST_FILE: '/opt/gate.json',
        GATE_LIST_DIGEST: digests(account, `${GATE}-file`, 'gate.json') ?? DIGEST,
        CONTRACTS_FOLDER: '/opt/contracts',
        REPORTS_TOPIC_ARN: topicArn(place),
        STATE_MACHINE_ARN: machine,
      },
      seconds: SECONDS,
      // One whole processor.
      megabytes: 1769,
      hasStorage: true,
      schedule: 'rate(1 hour)',
      event: '{"action":"sweep"}',
    }),
    {
      account,
      type: 'AWS::Lambda::EventSourceMapping',
      name: queueArn(place, VERDICTS),
      settings: {
        EventSourceArn: queueArn(place, VERDICTS),
        FunctionName: GATE,
        Enabled: unlessGiven(true),
        // One verdict for each call, so that each is counted as tried by itself.
        BatchSize: 1,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency: atLeast(2) },
      },
    },
    {
      account,
      type: 'AWS::StepFunctions::StateMachine',
      name: GATE,
      settings: {
        StateMachineName: GATE,
        // The other type ends after five minutes.
        StateMachineType: unlessGiven('STANDARD'),
        RoleArn: roleArn(place, 'gate-machine'),
        DefinitionString: textThat(
          `a definition that calls ${GATE} until it is done, and nothing else`,
          (text) => callsAgainUntilDone(text, functionArn(place, GATE)),
        ),
      },
    },
  ];
}

/**
 * A definition that calls the function alone, with what it answered, until it says that it is done. Nothing else is in it, such as
 * a limit of time; and a call that fails is tried again for as long as it takes until the next sweep.
 */
function callsAgainUntilDone(text: string, gate: string): boolean {
  const definition = definitionIn(text);
  const named = (type: string) => {
    const states = Object.entries(definition.States ?? {});
    return states.find(([, state]) => state?.Type === type)?.[0] ?? type;
  };
  const [call, choose, end] = [named('Task'), named('Choice'), named('Succeed')];
  const Comment = ANYTHING;
  const wanted: WantedGroup = {
    Comment,
    StartAt: call,
    States: {
      [call]: {
        Comment,
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Parameters: { FunctionName: gate, 'Payload.$': '$' },
        OutputPath: '$.Payload',
        Retry: [
          {
            ErrorEquals: ['States.ALL'],
            IntervalSeconds: 10,
            MaxAttempts: atLeast(6),
            BackoffRate: 3,
          },
        ],
        Next: choose,
      },
      [choose]: {
        Comment,
        Type: 'Choice',
        Choices: [{ Variable: '$.done', BooleanEquals: true, Next: end }],
        Default: call,
      },
      [end]: { Comment, Type: 'Succeed' },
    },
  };
  return mismatchesIn(definition, wanted).length === 0;
}

function definitionIn(text: string): {
  readonly States?: Readonly<Record<string, { readonly Type?: string } | null>> | null;
} {
  try {
    return (jsonOf(text) ?? {}) as ReturnType<typeof definitionIn>;
  } catch {
    return {};
  }
}
