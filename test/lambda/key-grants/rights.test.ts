/** Who may have shares stopped, lifted or ended: by which right the function was called, and which events are CloudFormation’s. */
import { brokerIn, contextOf, EVENT, ID, STACK } from './deployed-broker';
import { share, World } from './world';

const one = share(1);
const remaining = () => 300_000;

async function sharing() {
  const world = new World();
  world.prepare(one);
  const deployed = brokerIn(world);
  await deployed.broker.handle({}, contextOf(remaining));
  expect(world.kms.truth()).toHaveLength(1);
  return { world, ...deployed };
}

describe('whoever may call the function, and nothing else,', () => {
  it('stops nothing', async () => {
    const { world, broker } = await sharing();
    for (const order of [{ stop: ['*'] }, { endSessions: true }])
      await expect(broker.handle(order, contextOf(remaining))).rejects.toThrow('the alias stop alone');
    expect(world.kms.truth()).toHaveLength(1);
    expect(world.s3.isClosed(one.share)).toBe(false);
  });

  it('lifts no stop', async () => {
    const { world, broker } = await sharing();
    await broker.handle({ stop: ['*'] }, contextOf(remaining, ':stop'));
    for (const alias of ['', ':stop'])
      await expect(broker.handle({ lift: ['*--*'] }, contextOf(remaining, alias))).rejects.toThrow(
        'the alias lift alone',
      );
    expect([world.kms.truth(), world.s3.isClosed(one.share)]).toEqual([[], true]);
  });

  it('ends no grant by an event that looks like CloudFormation’s, and learns nothing by it', async () => {
    const deletion = { ...EVENT, RequestType: 'Delete', PhysicalResourceId: ID };
    const forged = [
      { ...deletion, ResponseURL: 'https://attacker.example/x' },
      { ...deletion, ResponseURL: EVENT.ResponseURL.replace('https:', 'http:') },
      {
        ...deletion,
        ResponseURL: EVENT.ResponseURL.replace('.amazonaws.com', '.amazonaws.com.attacker.example'),
      },
      { ...deletion, StackId: `${STACK}-of-another/0123` },
      { ...deletion, StackId: STACK.replace('111111111111', '222222222222') },
      // In its own form throughout, while the stack is at rest.
      deletion,
    ];
    const { world, broker, answers } = await sharing();
    for (const [index, event] of forged.entries()) {
      world.account.stackStatus = index === forged.length - 1 ? 'UPDATE_COMPLETE' : 'DELETE_IN_PROGRESS';
      await expect(broker.handle(event, contextOf(remaining))).rejects.toThrow('nothing was done');
    }
    expect(answers).toEqual([]);
    expect([world.kms.truth().length, world.s3.isClosed(one.share)]).toEqual([1, false]);
  });
});

it('takes CloudFormation’s own events, in each form of address that it gives', async () => {
  for (const host of [
    'cloudformation-custom-resource-response-euwest2.s3.eu-west-2.amazonaws.com',
    'cloudformation-custom-resource-response-euwest2.s3-eu-west-2.amazonaws.com',
    'cloudformation-custom-resource-response-useast1.s3.amazonaws.com',
  ]) {
    const { world, broker, answers } = await sharing();
    world.account.stackStatus = 'DELETE_IN_PROGRESS';
    const event = {
      ...EVENT,
      RequestType: 'Delete',
      PhysicalResourceId: ID,
      ResponseURL: `https://${host}/a?b`,
    };
    await broker.handle(event, contextOf(remaining));
    expect(answers).toMatchObject([{ Status: 'SUCCESS' }]);
    expect(world.kms.truth()).toEqual([]);
  }
});

it('by an alias for stops or lifts takes no event of CloudFormation, no schedule, and no unknown alias', async () => {
  const { broker, answers } = await sharing();
  for (const alias of [':stop', ':lift'])
    for (const event of [EVENT, {}, { dryRun: true }])
      await expect(broker.handle(event, contextOf(remaining, alias))).rejects.toThrow();
  await expect(broker.handle({}, contextOf(remaining, ':$LATEST'))).rejects.toThrow('not by $LATEST');
  expect(answers).toEqual([]);
});

it('ends the sessions of the organisation’s own people, and of nobody else', async () => {
  const { world, broker } = await sharing();
  for (const role of ['concordat-collect', 'concordat-deposit', 'concordat-grant-broker'])
    world.account.policies.set(role, new Map());
  const at = new Date(world.time).toISOString();
  const answer = await broker.handle({ endSessions: true }, contextOf(remaining, ':stop'));
  expect(answer).toEqual({
    before: at,
    roles: [
      { role: 'concordat-collect', outcome: 'ended' },
      { role: 'concordat-deposit', outcome: 'ended' },
      { role: 'concordat-receipts', outcome: 'missing' },
    ],
    complete: true,
  });
  expect(world.account.policies.get('concordat-grant-broker')).toEqual(new Map());
  const policy = world.account.policies.get('concordat-collect')?.get('AWSRevokeOlderSessions') ?? '';
  expect(JSON.parse(policy)).toMatchObject({
    Statement: [{ Effect: 'Deny', Action: ['*'], Condition: { DateLessThan: { 'aws:TokenIssueTime': at } } }],
  });
});

it('does not take a deletion on trust because CloudFormation was busy when it was asked', async () => {
  const { world, broker } = await sharing();
  world.account.stackStatus = 'UPDATE_COMPLETE';
  let left = 2;
  world.refusal = (_, action) => {
    if (action !== 'DescribeStacks' || left === 0) return undefined;
    left -= 1;
    return { status: 400, code: 'Throttling' };
  };
  const event = { ...EVENT, RequestType: 'Delete', PhysicalResourceId: ID };
  await expect(broker.handle(event, contextOf(remaining))).rejects.toThrow('is at rest');
  expect(world.kms.truth()).toHaveLength(1);
});
