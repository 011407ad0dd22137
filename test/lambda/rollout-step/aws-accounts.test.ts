/** What the function sends CloudFormation, and how it reads the answers: every page, every name of an error. */
import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { InAccount } from '../../../lambda/rollout-step/aws-accounts';

interface Sent {
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** An account whose CloudFormation gives these answers, one for each call; an error is thrown. */
function account(...answers: readonly (object | Error)[]) {
  const left = [...answers];
  const sent: Sent[] = [];
  const send = async (command: {
    readonly constructor: { readonly name: string };
    readonly input: Sent['input'];
  }) => {
    sent.push({ action: command.constructor.name.replace(/Command$/, ''), input: command.input });
    const answer = left.shift() ?? {};
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { sent, account: new InAccount({ send: send as unknown as CloudFormationClient['send'] }) };
}
const refusal = (name: string) => Object.assign(new Error(name), { name });

it('takes a stack that is not there for none, and no other error for that', async () => {
  const { account: one } = account(
    refusal('ValidationError'),
    {
      Stacks: [
        {
          StackStatus: 'CREATE_COMPLETE',
          EnableTerminationProtection: true,
          Parameters: [{ ParameterKey: 'A' }],
        },
      ],
    },
    refusal('AccessDenied'),
  );
  expect(await one.stack('Zone')).toBeUndefined();
  expect(await one.stack('Zone')).toEqual({
    status: 'CREATE_COMPLETE',
    isProtected: true,
    parameters: ['A'],
  });
  await expect(one.stack('Zone')).rejects.toThrow('AccessDenied');
});

it('tells what failed first, however long the way back was, and nothing of what was deployed before', async () => {
  const event = (
    LogicalResourceId: string,
    ResourceStatus: string,
    ResourceType = 'AWS::S3::AccessPoint',
  ) => ({
    LogicalResourceId,
    ResourceType,
    ResourceStatus,
    ResourceStatusReason: `${LogicalResourceId} is wrong`,
  });
  const stack = (status: string) => event('Zone', status, 'AWS::CloudFormation::Stack');
  const back = Array.from({ length: 100 }, (_, at) => event(`Point${at}`, 'DELETE_COMPLETE'));
  const { account: one, sent } = account(
    { StackEvents: back, NextToken: 'more' },
    {
      StackEvents: [
        event('Second', 'CREATE_FAILED'),
        event('First', 'CREATE_FAILED'),
        stack('UPDATE_IN_PROGRESS'),
        event('Earlier', 'UPDATE_FAILED'),
      ],
      NextToken: 'years of it',
    },
  );
  expect(await one.reasons('Zone')).toBe('First: First is wrong; Second: Second is wrong');
  expect(sent.map(({ input }) => input)).toEqual([
    { StackName: 'Zone' },
    { StackName: 'Zone', NextToken: 'more' },
  ]);
});

it('reads a change set to its last page', async () => {
  const change = (LogicalResourceId: string) => ({
    ResourceChange: { LogicalResourceId, ResourceType: 'AWS::S3::Bucket', Action: 'Add' },
  });
  const { account: one, sent } = account(
    { Status: 'CREATE_COMPLETE', Changes: [change('A')], NextToken: 'more' },
    { Status: 'CREATE_COMPLETE', Changes: [change('B')] },
  );
  const { status, changes } = await one.changeSet('Zone', 'concordat-plan');
  expect([status, changes.map(({ id }) => id)]).toEqual(['CREATE_COMPLETE', ['A', 'B']]);
  expect(sent[1]?.input).toEqual({ StackName: 'Zone', ChangeSetName: 'concordat-plan', NextToken: 'more' });
});

describe('making a change set', () => {
  const request = {
    stack: 'Zone',
    changeSet: 'concordat-plan',
    isNew: false,
    templateUrl: 'https://s3.eu-west-2.amazonaws.com/assets/a.json',
    role: 'arn:aws:iam::100000000002:role/exec',
    kept: ['Tried'],
    alarms: ['arn:aws:cloudwatch:eu-west-2:100000000002:alarm:a'],
    watch: 2,
  };

  it('says the template, as whom CloudFormation works, what is kept, and which alarms it watches', async () => {
    const { account: one, sent } = account({});
    expect(await one.make(request)).toBe('making');
    expect(sent).toEqual([
      {
        action: 'CreateChangeSet',
        input: {
          StackName: 'Zone',
          ChangeSetName: 'concordat-plan',
          ChangeSetType: 'UPDATE',
          TemplateURL: request.templateUrl,
          Capabilities: ['CAPABILITY_NAMED_IAM'],
          Parameters: [{ ParameterKey: 'Tried', UsePreviousValue: true }],
          RoleARN: request.role,
          RollbackConfiguration: {
            RollbackTriggers: [{ Arn: request.alarms[0], Type: 'AWS::CloudWatch::Alarm' }],
            MonitoringTimeInMinutes: 2,
          },
        },
      },
    ]);
  });

  it('watches nothing where there is no alarm, and says so: CloudFormation would keep what it was told before', async () => {
    const { account: one, sent } = account({});
    await one.make({ ...request, isNew: true, alarms: [] });
    expect(sent[0]?.input).toMatchObject({
      ChangeSetType: 'CREATE',
      RollbackConfiguration: { RollbackTriggers: [], MonitoringTimeInMinutes: 0 },
    });
  });

  it('knows that one of that name is there, and takes no other error for that', async () => {
    const { account: one } = account(refusal('AlreadyExistsException'), refusal('LimitExceededException'));
    expect(await one.make(request)).toBe('there');
    await expect(one.make(request)).rejects.toThrow('LimitExceededException');
  });
});

it('asks for templates as they were submitted', async () => {
  const { account: one, sent } = account({ TemplateBody: '{}' }, { TemplateBody: '{}' });
  await one.template('Zone');
  await one.template('Zone', 'concordat-plan');
  expect(sent.map(({ input }) => input)).toEqual([
    { StackName: 'Zone', TemplateStage: 'Original' },
    { StackName: 'Zone', ChangeSetName: 'concordat-plan', TemplateStage: 'Original' },
  ]);
});
