/** That CloudFormation is always answered, in time and in bounds; and what the environment must be. */
import { digestOfList } from '../../../lambda/key-grants/deployed-list';
import { parseEnvironment } from '../../../lambda/key-grants/environment';
import { brokerIn, contextOf, ENVIRONMENT as env, EVENT as event, ID, SECRET } from './deployed-broker';
import { KEY_ARN, listOf, NOW, RIGHT, share, World } from './world';

function prepared(): World {
  const world = new World();
  world.prepare(share(1));
  return world;
}

describe('an answer', () => {
  it('is a success where a role is not there yet', async () => {
    const world = prepared();
    world.kms.roles.delete(share(1).grantee);
    const { broker, answers, context } = brokerIn(world);
    await broker.handle(event, context);
    expect(answers).toMatchObject([{ Status: 'SUCCESS', Data: { GrantsPending: '1' } }]);
  });

  it('comes even where the environment is wrong, and lets that creation be deleted', async () => {
    const { broker, answers, context } = brokerIn(prepared(), {
      wire: () => {
        parseEnvironment({ ...env, KEY_ARN: 'key/1234' });
        throw new Error('that was in order');
      },
    });
    await broker.handle(event, context);
    expect(answers).toMatchObject([
      { Status: 'FAILED', PhysicalResourceId: 'concordat-key-grants/unconfigured' },
    ]);
    expect(answers[0]?.Reason).toContain("KEY_ARN is 'key/1234': set it to the full ARN of the key");
    const deletion = { RequestType: 'Delete', PhysicalResourceId: 'concordat-key-grants/unconfigured' };
    await broker.handle({ ...event, ...deletion }, context);
    expect(answers[1]).toMatchObject({ Status: 'SUCCESS' });
  });

  it('names what failed, and of which share', async () => {
    const world = prepared();
    world.kms.state = 'Disabled';
    const { broker, answers, context } = brokerIn(world);
    await broker.handle(event, context);
    expect(answers).toMatchObject([{ Status: 'FAILED', PhysicalResourceId: ID }]);
    expect(answers[0]?.Reason).toContain(`create the grant of ${share(1).share}: DisabledException`);
  });

  it('says that the run was too long, before Lambda ends it, with the id under which it is deleted', async () => {
    const world = prepared();
    const hangs = { ...world.ports().grants, describe: () => new Promise<never>(() => undefined) };
    const { broker, answers } = brokerIn(world, {
      wire: () => ({
        ...world.ports(),
        grants: hangs as never,
        environment: parseEnvironment({ ...env, GRANTS_DIGEST: digestOfList(JSON.stringify(listOf())) }),
        readList: async () => JSON.stringify(listOf()),
      }),
    });
    await broker.handle(
      event,
      contextOf(() => 15_050),
    );
    expect(answers).toMatchObject([{ Status: 'FAILED', PhysicalResourceId: ID }]);
    expect(answers[0]?.Reason).toContain('did not end in time');
  });

  it('is sent again where it is refused; in the end the call fails, and the address is never logged', async () => {
    let calls = 0;
    const { broker, lines, context } = brokerIn(prepared(), {
      fetch: (async () => {
        calls += 1;
        if (calls % 2 === 1) throw new Error(`cannot reach ${SECRET}`);
        return new Response('', { status: 503 });
      }) as unknown as typeof fetch,
    });
    await expect(broker.handle(event, context)).rejects.toThrow('the answer could not be sent');
    expect(calls).toBe(5);
    expect(lines.join('')).toContain('<ResponseURL>');
    expect(lines.join('')).not.toContain('X-Amz-Signature');
  });

  it('is sent with no content type, for which its address is not signed', async () => {
    const sent: RequestInit[] = [];
    const { broker, context } = brokerIn(prepared(), {
      fetch: (async (_: string, init: RequestInit) => {
        sent.push(init);
        return new Response('');
      }) as unknown as typeof fetch,
    });
    await broker.handle(event, context);
    expect(sent).toMatchObject([{ method: 'PUT', headers: { 'content-type': '' } }]);
  });

  it('to a deletion of the resource of another key ends nothing', async () => {
    const world = prepared();
    const { broker, answers, context } = brokerIn(world);
    await broker.handle(event, context);
    const other = { ...event, RequestType: 'Delete', PhysicalResourceId: `${ID}x` };
    await broker.handle(other, context);
    expect(answers[1]).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: `${ID}x` });
    expect(world.kms.truth()).toHaveLength(1);
  });

  it('stays under the size that CloudFormation takes, whatever letters the reason has', async () => {
    const shares = Array.from({ length: 9 }, (_, n) => share(n));
    const world = prepared();
    world.prepare(...shares);
    world.fault = (_, action) => (action === 'CreateGrant' ? new Error('’"'.repeat(500)) : undefined);
    const { broker, answers, list, context } = brokerIn(world);
    list.text = JSON.stringify(listOf(...shares));
    await broker.handle(event, context);
    expect(answers).toMatchObject([{ Status: 'FAILED' }]);
    const size = Buffer.byteLength(JSON.stringify(answers[0]));
    expect(size).toBeLessThan(4_096);
    expect(size).toBeGreaterThan(3_000);
  });

  it.each(['Create', 'Update'])(
    'to a %s comes after every access point of a share in force is open',
    async (RequestType) => {
      const world = prepared();
      const { broker, context } = brokerIn(world);
      await broker.handle(event, context);
      await world.ports().accessPoints.close(share(1).share, (call) => call(), 'ended');
      expect(world.s3.isClosed(share(1).share)).toBe(true);
      await broker.handle({ ...event, RequestType, PhysicalResourceId: ID }, context);
      expect(world.s3.isClosed(share(1).share)).toBe(false);
    },
  );

  it.each(['PendingDeletion', undefined])(
    'to a deletion is a success where the key is %s, whatever fails',
    async (state) => {
      const world = prepared();
      world.kms.plant({ ...RIGHT, Name: share(1).share, GranteePrincipal: share(1).grantee });
      world.kms.state = state;
      world.fault = (_, action) => (action === 'RevokeGrant' ? new Error('refused') : undefined);
      const { broker, answers, list, context } = brokerIn(world);
      list.text = 'not read';
      await broker.handle({ ...event, RequestType: 'Delete', PhysicalResourceId: ID }, context);
      expect(answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: ID }]);
    },
  );

  it('to a deletion is a failure where a grant is left on a key that stays', async () => {
    const world = prepared();
    world.kms.plant({ ...RIGHT, Name: share(1).share, GranteePrincipal: share(1).grantee });
    world.fault = (_, action) => (action === 'RevokeGrant' ? new Error('refused') : undefined);
    const { broker, answers, context } = brokerIn(world);
    await broker.handle({ ...event, RequestType: 'Delete', PhysicalResourceId: ID }, context);
    expect(answers).toMatchObject([{ Status: 'FAILED', PhysicalResourceId: ID }]);
  });
});

describe('rights that are on their way, after a first deployment', () => {
  const deniedFor = (seconds: number, action: string, world = prepared()) => {
    world.fault = (_, asked) =>
      asked === action && world.time < NOW + seconds * 1_000
        ? Object.assign(new Error(`not authorized to perform kms:${action}`), {
            name: 'AccessDeniedException',
          })
        : undefined;
    return world;
  };

  it.each(['DescribeKey', 'ListGrants', 'CreateGrant', 'GetParametersByPath', 'GET'])(
    'are waited for where %s is denied for a minute, on Create and Update',
    async (action) => {
      for (const RequestType of ['Create', 'Update']) {
        const world = prepared();
        await world.ports().accessPoints.close(share(1).share, (call) => call(), 'ended');
        deniedFor(60, action, world);
        const { broker, answers, context } = brokerIn(world);
        await broker.handle({ ...event, RequestType }, context);
        expect(answers).toMatchObject([{ Status: 'SUCCESS', Data: { GrantsCreated: '1' } }]);
      }
    },
  );

  it('are not waited for for longer than a minute and a half, and the answer says what was refused', async () => {
    const world = deniedFor(600, 'CreateGrant');
    const { broker, answers, context } = brokerIn(world);
    await broker.handle(event, context);
    expect(answers).toMatchObject([{ Status: 'FAILED' }]);
    expect(answers[0]?.Reason).toContain('not authorized to perform kms:CreateGrant');
    expect(world.time - NOW).toBeGreaterThan(60_000);
    expect(world.time - NOW).toBeLessThan(100_000);
  });

  it('are not waited for on the schedule, nor where grants are to end', async () => {
    for (const given of [{}, { ...event, RequestType: 'Delete', PhysicalResourceId: ID }]) {
      const world = deniedFor(60, 'ListGrants');
      const { broker, context } = brokerIn(world);
      await broker.handle(given, context).catch(() => undefined);
      expect(world.time - NOW).toBeLessThan(5_000);
    }
  });
});

describe('a list that was changed on its way', () => {
  it('is refused, and nothing is granted or revoked because of it', async () => {
    const world = prepared();
    const { broker, answers, list, context } = brokerIn(world);
    list.digest = digestOfList(list.text);
    await broker.handle(event, context);
    const before = world.kms.grants;
    list.text = JSON.stringify(listOf());
    await expect(broker.handle({}, context)).rejects.toThrow('it was changed on its way');
    await broker.handle({ ...event, RequestType: 'Update', PhysicalResourceId: ID }, context);
    expect(answers.map(({ Status }) => Status)).toEqual(['SUCCESS', 'FAILED']);
    expect(answers[1]?.Reason).toContain('it was changed on its way');
    expect(world.kms.grants).toBe(before);
    expect(world.s3.isClosed(share(1).share)).toBe(false);
  });

  it('does not keep a share from being stopped', async () => {
    const world = prepared();
    const { broker, list, context } = brokerIn(world);
    await broker.handle({}, context);
    list.digest = digestOfList(list.text);
    list.text = JSON.stringify(listOf());
    const stopped = await broker.handle(
      { stop: ['*'] },
      contextOf(context.getRemainingTimeInMillis, ':stop'),
    );
    expect(stopped).toMatchObject({ complete: true });
    expect(world.kms.truth()).toEqual([]);
  });
});

describe('a run by the clock', () => {
  it('fails the invocation where anything failed, after all was tried and reported', async () => {
    const world = prepared();
    world.kms.state = 'Disabled';
    const { broker, lines, context } = brokerIn(world);
    await expect(broker.handle({}, context)).rejects.toThrow('1 failed, 0 created, 0 revoked, 0 in force.');
    expect(lines.map((line) => JSON.parse(line)).findLast((line) => '_aws' in line)).toMatchObject({
      Failures: 1,
    });
  });

  it('reports a list that is refused, and touches nothing', async () => {
    const world = prepared();
    const { broker, lines, list, context } = brokerIn(world);
    list.text = '{}';
    await expect(broker.handle({}, context)).rejects.toThrow(
      'form of the list of grants is nothing, it must be',
    );
    expect(world.calls).toBe(0);
    expect(lines.map((line) => JSON.parse(line)).findLast((line) => '_aws' in line)).toMatchObject({
      Failures: 1,
    });
  });

  it.each([
    [{ source: 'aws.scheduler', 'detail-type': 'Scheduled Event' }],
    [{ source: 'aws.events', version: '0' }],
    [{ dryRun: false }],
  ])('takes %j', async (given) => {
    const { broker, context } = brokerIn(prepared());
    await expect(broker.handle(given, context)).resolves.toMatchObject({ created: 1, dryRun: false });
  });

  it.each([[null], ['x'], [[]], [{ dryRun: 'yes' }], [{ suspend: {} }], [{ RequestType: 'Create' }]])(
    'refuses %j',
    async (given) => {
      const { broker, context } = brokerIn(prepared());
      await expect(broker.handle(given, context)).rejects.toThrow(
        'takes {}, { "dryRun": true }, { "stop": [<share id>',
      );
    },
  );
});

describe('the environment', () => {
  it('is read whole', () => {
    expect(parseEnvironment({ ...env, GRANTS_DIGEST: 'a'.repeat(64) })).toMatchObject({
      keyArn: KEY_ARN,
      account: '111111111111',
      region: 'eu-west-2',
    });
    expect(NOW).toBeGreaterThan(0);
  });

  it('is refused with all that is wrong', () => {
    expect(() => parseEnvironment({})).toThrow(
      /KEY_ARN is not set.*BROKER_ROLE_ARN is not set.*GRANTS_FILE is not set.*GRANTS_DIGEST is not set.*STACK_ARN is not set.*AWS_REGION is not set.*AWS_LAMBDA_FUNCTION_NAME is not set/,
    );
  });

  it.each([
    ['KEY_ARN', 'alias/x'],
    ['BROKER_ROLE_ARN', 'arn:aws:iam::222222222222:role/concordat/concordat-grant-broker'],
    ['BROKER_ROLE_ARN', 'arn:aws:iam::111111111111:root'],
    ['GRANTS_FILE', 'grants.json'],
    ['GRANTS_DIGEST', 'abc'],
    ['STACK_ARN', 'arn:aws:cloudformation:eu-west-2:111111111111:stack/Organisation-owner/0123'],
    ['AWS_REGION', 'eu-west-1'],
    ['AWS_LAMBDA_FUNCTION_NAME', ''],
  ])('is refused where %s is %j', (name, value) => {
    expect(() => parseEnvironment({ ...env, [name]: value })).toThrow(`${name} is `);
  });
});
