/**
 * That a stop holds until it is lifted, whatever is deployed meanwhile and wherever a run breaks off: deployments write access
 * points’ policies whole, as CloudFormation does, go back where a resource fails, and are told so.
 */
import fc from 'fast-check';
import { brokerIn, contextOf, EVENT, ID } from './deployed-broker';
import { KmsError } from './memory-kms';
import { openPolicy } from './memory-s3-control';
import { Crash, listOf, share, World } from './world';

const one = share(1);
const two = share(2);
const BOTH = listOf(one, two);
const ONE_SUSPENDED = listOf(two);
type List = ReturnType<typeof listOf>;

/** An account with the broker, deployed to by CloudFormation. */
class Account {
  readonly world = new World();
  private readonly deployed = brokerIn(this.world);
  private list: List = BOTH;

  constructor() {
    this.world.prepare(one, two);
    this.take(BOTH);
  }

  private take(list: List): void {
    this.list = list;
    this.deployed.list.text = JSON.stringify(list);
  }

  order(order: object, alias: string): Promise<unknown> {
    return this.deployed.broker.handle(
      order,
      contextOf(() => 300_000, alias),
    );
  }

  stop = (pattern: string = one.share) => this.order({ stop: [pattern] }, ':stop');
  lift = (pattern: string = one.share) => this.order({ lift: [pattern] }, ':lift');
  hour = () => this.order({}, '');

  /** What CloudFormation is answered; it asks again, as Lambda does, where the function died. */
  private async ask(RequestType: string): Promise<{ Status: string; Reason?: string }> {
    const { answers, broker } = this.deployed;
    const before = answers.length;
    const event = { ...EVENT, RequestType, PhysicalResourceId: ID };
    for (let attempt = 0; answers.length === before && attempt < 3; attempt++) {
      await broker
        .handle(
          event,
          contextOf(() => 300_000),
        )
        .catch((error: unknown) => {
          if (!this.world.isDead) throw error;
        });
      if (!this.world.isDead) continue;
      // What a dead process sent, it did not send.
      answers.splice(before);
      this.world.restart();
    }
    return answers.at(-1) ?? { Status: 'NONE' };
  }

  /** Writes the policy of each access point that the list has, whole. */
  private writePolicies(list: List): void {
    for (const { share: id } of list.shares) this.world.s3.policies.set(id, openPolicy(id));
  }

  /** A deployment, and the way back if it fails; `later` is whether another resource fails after the broker’s. */
  async deploy(list: List, later = false): Promise<'deployed' | 'went back' | 'hangs'> {
    const before = this.list;
    this.world.account.stackStatus = 'UPDATE_IN_PROGRESS';
    this.writePolicies(list);
    this.take(list);
    const answer = await this.ask('Update');
    this.failure = answer.Reason;
    if (answer.Status === 'SUCCESS' && !later) {
      this.world.account.stackStatus = 'UPDATE_COMPLETE';
      return 'deployed';
    }
    this.world.account.stackStatus = 'UPDATE_ROLLBACK_IN_PROGRESS';
    this.writePolicies(before);
    this.take(before);
    const back = await this.ask('Update');
    this.world.account.stackStatus =
      back.Status === 'SUCCESS' ? 'UPDATE_ROLLBACK_COMPLETE' : 'UPDATE_ROLLBACK_FAILED';
    return back.Status === 'SUCCESS' ? 'went back' : 'hangs';
  }
  failure: string | undefined;

  async create(): Promise<string> {
    this.world.account.stackStatus = 'CREATE_IN_PROGRESS';
    return (await this.ask('Create')).Status;
  }

  async remove(): Promise<string> {
    this.world.account.stackStatus = 'DELETE_IN_PROGRESS';
    return (await this.ask('Delete')).Status;
  }

  get closed(): boolean {
    const granted = this.world.kms.truth().some(({ Name }) => Name === one.share);
    return !granted && this.world.s3.isClosed(one.share);
  }
}

async function stopped(): Promise<Account> {
  const account = new Account();
  await account.hour();
  expect(account.closed).toBe(false);
  await account.stop();
  return account;
}

it('is written down before anything is closed, with when, by which request and why', async () => {
  const account = new Account();
  await account.hour();
  account.world.meanwhile = () => {
    if (account.world.s3.isClosed(one.share)) expect(account.world.account.parameters.size).toBe(1);
  };
  await account.order({ stop: ['*'], why: 'A laptop was lost' }, ':stop');
  account.world.meanwhile = () => undefined;
  await account.lift();
  expect([...account.world.account.parameters.values()].map((text) => JSON.parse(text))).toMatchObject([
    { order: 'stop', shares: ['*'], request: 'request', why: 'A laptop was lost' },
    { order: 'lift', shares: [one.share] },
  ]);
});

it('is not lifted by a policy that CloudFormation writes: the next run closes again, and says so', async () => {
  const account = await stopped();
  account.world.s3.policies.set(one.share, openPolicy(one.share));
  const result = await account.hour();
  expect(result).toMatchObject({ stoppedShares: [one.share], closedAgain: 1, created: 0 });
  expect(account.closed).toBe(true);
  expect(account.world.kms.truth().map(({ Name }) => Name)).toEqual([two.share]);
});

it('fails a deployment that would share again, by the share’s name and with how to lift; and goes back without hanging', async () => {
  const account = await stopped();
  await expect(account.deploy(BOTH)).resolves.toBe('went back');
  expect(account.failure).toContain(one.share);
  expect(account.failure).toContain('npx concordat suspend --lift --live');
  expect(account.closed).toBe(true);
});

it('lets through a deployment that says the share is suspended, and one after the lifting', async () => {
  const account = await stopped();
  await expect(account.deploy(ONE_SUSPENDED)).resolves.toBe('deployed');
  expect(account.closed).toBe(true);
  await account.lift();
  await expect(account.deploy(BOTH)).resolves.toBe('deployed');
  expect(account.closed).toBe(false);
});

it('holds where a deployment goes back for another reason, to a list that has the share', async () => {
  const account = await stopped();
  await expect(account.deploy(ONE_SUSPENDED, true)).resolves.toBe('went back');
  expect(account.closed).toBe(true);
});

it('fails neither a creation, after which nobody could lift it, nor a deletion', async () => {
  const account = await stopped();
  await expect(account.create()).resolves.toBe('SUCCESS');
  expect(account.closed).toBe(true);
  await expect(account.remove()).resolves.toBe('SUCCESS');
  expect(account.world.kms.truth()).toEqual([]);
});

it('hangs no stack where CloudFormation can’t be asked what the stack is doing, and holds all the same', async () => {
  const account = await stopped();
  account.world.fault = (_, action) =>
    action === 'DescribeStacks' ? new KmsError('AccessDeniedException') : undefined;
  await expect(account.deploy(BOTH)).resolves.toBe('deployed');
  expect(account.closed).toBe(true);
});

it('opens and grants nothing while the record can’t be read, and ends what is to end', async () => {
  const account = await stopped();
  const { world } = account;
  world.s3.policies.set(one.share, openPolicy(one.share));
  world.fault = (_, action) => (action === 'GetParametersByPath' ? new KmsError('Unreachable') : undefined);
  await expect(account.hour()).rejects.toThrow('read the record of stops');
  expect(world.kms.truth().map(({ Name }) => Name)).toEqual([two.share]);
  await account.deploy(listOf(one));
  expect(account.failure).toContain('read the record of stops');
  expect(world.kms.truth()).toEqual([]);
});

it('closes though the record can’t be written, says that it is not complete, and is kept by the access point', async () => {
  const account = new Account();
  await account.hour();
  account.world.fault = (_, action) => (action === 'PutParameter' ? new KmsError('Unreachable') : undefined);
  await expect(account.stop()).resolves.toMatchObject({ complete: false, notRecorded: expect.anything() });
  expect(account.closed).toBe(true);
  await account.hour();
  expect(account.closed).toBe(true);
});

it('is not half lifted: what can’t be written down is not opened', async () => {
  const account = await stopped();
  account.world.fault = (_, action) => (action === 'PutParameter' ? new KmsError('Unreachable') : undefined);
  await expect(account.lift()).resolves.toMatchObject({ complete: false });
  expect(account.closed).toBe(true);
});

it('by the latest order that means a share, whichever patterns the orders had', async () => {
  const account = new Account();
  await account.hour();
  for (const [act, pattern, closed] of [
    ['stop', '*', true],
    ['lift', one.share, false],
    ['stop', `*--${one.share.split('--')[1]}`, true],
    ['lift', '*--*', false],
  ] as const) {
    account.world.time += 1_000;
    await account[act](pattern);
    expect([pattern, account.closed]).toEqual([pattern, closed]);
  }
});

const steps = fc.constantFrom(
  'stop',
  'lift',
  'hour',
  'both',
  'suspended',
  'both, fails later',
  'suspended, fails later',
);

it('holds from the moment that it is written down until it is lifted, and no stack hangs, wherever runs break off', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ step: steps, crash: fc.option(fc.nat(12)), after: fc.boolean() }), {
        maxLength: 7,
      }),
      async (script) => {
        const account = new Account();
        const { world } = account;
        await account.hour();
        for (const { step, crash, after } of script) {
          world.time += 60_000;
          world.restart();
          if (crash !== null) world.crashAt = { call: crash, when: after ? 'after' : 'before' };
          const died = (error: unknown) => {
            if (!world.isDead && !(error instanceof Crash)) throw error;
          };
          switch (step) {
            case 'stop':
            case 'lift':
            case 'hour':
              await account[step]().catch(died);
              break;
            default: {
              const list = step.startsWith('both') ? BOTH : ONE_SUSPENDED;
              expect([step, await account.deploy(list, step.endsWith('later'))]).not.toEqual([step, 'hangs']);
            }
          }
          const dead = world.isDead;
          world.restart();
          const orders = [...world.account.parameters.values()].map(
            (text) => JSON.parse(text).order as string,
          );
          // Whoever sees a run break off runs it again; the schedule does by itself.
          if (dead) await account.hour();
          if (orders.at(-1) === 'stop') expect([step, account.closed]).toEqual([step, true]);
        }
      },
    ),
    {
      numRuns: 80,
      // A stop that died before it closed anything, of a share that is no longer listed.
      examples: [
        [
          [
            { step: 'suspended', crash: null, after: false },
            { step: 'lift', crash: null, after: false },
            { step: 'stop', crash: 0, after: true },
          ],
        ],
      ],
    },
  );
});

it('is no way to share what the list does not: lifting opens nothing of a share that is suspended or over', async () => {
  const account = await stopped();
  await account.deploy(ONE_SUSPENDED);
  await expect(account.lift()).resolves.toMatchObject({ complete: true, steps: [{ outcome: 'not-shared' }] });
  expect(account.closed).toBe(true);
  const over = listOf(share(1, { until: account.world.time }), two);
  await account.deploy(over);
  await account.stop();
  await expect(account.lift()).resolves.toMatchObject({ complete: true, steps: [{ outcome: 'not-shared' }] });
  expect(account.closed).toBe(true);
});

describe('a stop after an earlier one was lifted', () => {
  async function lifted(): Promise<Account> {
    const account = await stopped();
    account.world.time += 60_000;
    await account.lift();
    expect(account.closed).toBe(false);
    account.world.time += 60_000;
    return account;
  }

  it('holds though it could not be written down: the lifting that the record has is none of it', async () => {
    const account = await lifted();
    account.world.fault = (_, action) =>
      action === 'PutParameter' ? new KmsError('Unreachable') : undefined;
    await expect(account.stop()).resolves.toMatchObject({ complete: false, notRecorded: expect.anything() });
    account.world.fault = () => undefined;
    await expect(account.hour()).resolves.toMatchObject({ stoppedShares: [one.share], created: 0 });
    expect(account.closed).toBe(true);
  });

  it('holds though it was made by hand, as docs/operating.md says', async () => {
    const account = await lifted();
    const { Statement } = JSON.parse(openPolicy(one.share));
    const denial = {
      Sid: 'StoppedInAnEmergency',
      Effect: 'Deny',
      Principal: '*',
      Action: ['s3:GetObject*', 's3:ListBucket*'],
      Resource: ['', '/object/*'].map(
        (end) => `arn:aws:s3:eu-west-2:111111111111:accesspoint/${one.share}${end}`,
      ),
    };
    account.world.s3.policies.set(one.share, JSON.stringify({ Statement: [denial, ...Statement] }));
    for (let hour = 0; hour < 2; hour++) {
      await account.hour();
      expect(account.closed).toBe(true);
    }
    account.world.time += 60_000;
    await account.lift();
    expect(account.closed).toBe(false);
  });

  it('is carried out by the next run where its own lifting could not open anything', async () => {
    const account = await stopped();
    account.world.time += 60_000;
    const policy = account.world.s3.policies.get(one.share);
    account.world.refusal = (_, action) =>
      action === 'PUT' ? { status: 403, code: 'AccessDenied' } : undefined;
    await account.lift().catch(() => undefined);
    expect(account.world.s3.policies.get(one.share)).toBe(policy);
    account.world.refusal = () => undefined;
    await account.hour();
    expect([account.closed, account.world.s3.policies.get(one.share)]).toEqual([
      false,
      openPolicy(one.share),
    ]);
  });
});
