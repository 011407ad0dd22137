/** What is asked of AWS to see where everybody stands: every page, and nothing that changes anything. */
import { templateDigest } from '../../../lib/change-sets';
import { STATUS_ATTRIBUTES } from '../../../lib/policy';
import { Accounts, type LookoutClients } from '../../../lib/rollout/aws/lookout';

type Input = Readonly<Record<string, unknown>>;
interface Asked {
  readonly call: string;
  readonly input: Input;
}

const AT = new Date('2027-04-02T17:00:00Z');
const LINE = {
  account: '100000000022',
  order: 'c'.repeat(64),
  at: 'now',
  standing: 'through',
  runs: 'after',
  found: 'no',
  why: '[]',
};
const item = (stack: string) =>
  Object.fromEntries(Object.entries({ ...LINE, stack }).map(([name, S]) => [name, { S }]));
const stackOf = (StackName: unknown, more: Input = {}) => ({
  Stacks: [{ StackName, StackStatus: 'UPDATE_COMPLETE', EnableTerminationProtection: true, ...more }],
});
const drifts = (input: Input) =>
  input.NextToken === undefined
    ? {
        StackResourceDrifts: [
          {
            LogicalResourceId: 'A',
            ResourceType: 'AWS::KMS::Key',
            StackResourceDriftStatus: 'MODIFIED',
            PropertyDifferences: [{ PropertyPath: '/KeyPolicy', ExpectedValue: '1', ActualValue: '2' }],
          },
        ],
        NextToken: 'b',
      }
    : {
        StackResourceDrifts: [
          { LogicalResourceId: 'B', ResourceType: 'AWS::S3::Bucket', StackResourceDriftStatus: 'DELETED' },
        ],
      };

/** Answers by the name of the call. */
function lookout(answers: Readonly<Record<string, (input: Input) => unknown>> = {}) {
  const asked: Asked[] = [];
  let looks = 0;
  const usual: Record<string, (input: Input) => unknown> = {
    Scan: ({ ExclusiveStartKey }) =>
      ExclusiveStartKey === undefined
        ? {
            Items: [item('Organisation-leeds'), { stack: { S: 'rollout/under-way' } }],
            LastEvaluatedKey: { stack: { S: 'x' } },
          }
        : { Items: [item('Zone'), { stack: { S: 'approval/a' } }] },
    ListStacks: ({ NextToken }) =>
      NextToken === undefined
        ? {
            StackSummaries: [
              { StackName: 'Other', StackStatus: 'CREATE_COMPLETE' },
              { StackName: 'Organisation-gone', StackStatus: 'DELETE_COMPLETE' },
            ],
            NextToken: 'more',
          }
        : { StackSummaries: [{ StackName: 'Organisation-leeds-shares-1', StackStatus: 'CREATE_COMPLETE' }] },
    DescribeStacks: ({ StackName }) => {
      if (StackName === 'Organisation-missing')
        throw Object.assign(new Error('does not exist'), { name: 'ValidationError' });
      return stackOf(StackName);
    },
    GetTemplate: ({ StackName }) => ({ TemplateBody: JSON.stringify({ of: StackName }) }),
    DescribeAlarms: ({ NextToken }) =>
      NextToken === undefined
        ? { MetricAlarms: [{ AlarmName: 'concordat-grants-pending' }], NextToken: 'more' }
        : { MetricAlarms: [{ AlarmName: 'concordat-gate-late' }] },
    DetectStackDrift: () => ({ StackDriftDetectionId: 'id' }),
    DescribeStackDriftDetectionStatus: () => {
      looks += 1;
      return looks % 2 === 1
        ? { DetectionStatus: 'DETECTION_IN_PROGRESS' }
        : { DetectionStatus: 'DETECTION_COMPLETE', Timestamp: AT };
    },
    DescribeStackResourceDrifts: drifts,
    ...answers,
  };
  const send = async (command: {
    readonly constructor: { readonly name: string };
    readonly input: Input;
  }) => {
    const call = command.constructor.name.replace(/Command$/, '');
    asked.push({ call, input: command.input });
    return usual[call]?.(command.input);
  };
  const client = { send } as unknown as LookoutClients['table'];
  const clients = {
    table: client,
    account: () => ({ stacks: client, alarms: client }),
    sleep: async () => undefined,
  } as unknown as LookoutClients;
  return { of: new Accounts(clients), asked };
}

it('reads every line of a stack, and of each what its role may read and no more', async () => {
  const { of, asked } = lookout();
  expect((await of.rows()).map(({ stack }) => stack)).toEqual(['Organisation-leeds', 'Zone']);
  for (const { input } of asked) {
    expect(Object.values(input.ExpressionAttributeNames as object)).toEqual([...STATUS_ATTRIBUTES]);
    expect(input.Select).toBe('SPECIFIC_ATTRIBUTES');
  }
  expect(asked).toHaveLength(2);
});

it('finds the stacks that are looked for and those that nobody wrote of, and the alarms that go off', async () => {
  const { of, asked } = lookout();
  const { stacks, alarms } = await of.account(
    '100000000022',
    ['Organisation-leeds', 'Organisation-missing'],
    'known',
  );
  expect(stacks.map(({ stack, template, isProtected }) => [stack, template, isProtected])).toEqual(
    ['Organisation-leeds', 'Organisation-leeds-shares-1'].map((of) => [
      of,
      templateDigest(JSON.stringify({ of })),
      true,
    ]),
  );
  expect(alarms).toEqual(['concordat-gate-late', 'concordat-grants-pending']);
  expect(asked.map(({ call }) => call)).not.toContain('DetectStackDrift');
});

it('takes a stack that has a change set alone, and was never made, for none, and asks nothing more of it', async () => {
  const { of, asked } = lookout({
    DescribeStacks: ({ StackName }) => stackOf(StackName, { StackStatus: 'REVIEW_IN_PROGRESS' }),
  });
  expect((await of.account('100000000022', ['Organisation-leeds'], 'known')).stacks).toEqual([]);
  expect(asked.map(({ call }) => call)).not.toContain('GetTemplate');
});

it('tells what CloudFormation found of drift last, and looks anew where it is asked', async () => {
  const DriftInformation = { StackDriftStatus: 'DRIFTED', LastCheckTimestamp: AT };
  const known = lookout({ DescribeStacks: ({ StackName }) => stackOf(StackName, { DriftInformation }) });
  const anew = lookout();
  const expected = {
    at: AT.toISOString(),
    resources: [
      {
        id: 'A',
        type: 'AWS::KMS::Key',
        deleted: false,
        properties: [{ path: '/KeyPolicy', expected: '1', actual: '2' }],
      },
      { id: 'B', type: 'AWS::S3::Bucket', deleted: true, properties: [] },
    ],
  };
  const drift = async (of: Accounts, how: 'known' | 'anew') =>
    (await of.account('100000000022', ['Organisation-leeds'], how)).stacks[0]?.drift;
  expect(await drift(known.of, 'known')).toEqual(expected);
  expect(await drift(anew.of, 'anew')).toEqual(expected);
  expect(await drift(lookout().of, 'known')).toBeUndefined();
});

it('says why CloudFormation could not look for drift', async () => {
  const refused = lookout({
    DetectStackDrift: () => {
      throw Object.assign(new Error('in progress'), { name: 'ValidationError' });
    },
  });
  const failed = lookout({
    DescribeStackDriftDetectionStatus: () => ({
      DetectionStatus: 'DETECTION_FAILED',
      DetectionStatusReason: 'no right',
      Timestamp: AT,
    }),
  });
  const trouble = async (of: Accounts) =>
    (await of.account('100000000022', ['Organisation-leeds'], 'anew')).stacks[0]?.drift?.trouble;
  expect(await trouble(refused.of)).toContain('in progress');
  expect(await trouble(failed.of)).toBe('no right');
});
