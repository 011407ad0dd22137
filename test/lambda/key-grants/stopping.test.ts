/** That an emergency stop ends reading at once, survives everything but its lifting, and says what it did and when. */
import fc from 'fast-check';
import { parseOrder } from '../../../lambda/key-grants/order';
import type { GrantOrder } from '../../../lambda/key-grants/ports';
import { liftStops, stopShares } from '../../../lambda/key-grants/stopping';
import { DENIAL_SIDS } from '../../../lib/names';
import type { Again } from '../../../lib/runtime';
import { KmsError } from './memory-kms';
import { Crash, HOUR, listOf, RIGHT, share, World } from './world';

const one = share(1);
const two = share(2);
const list = listOf(one, two);

async function sharing(): Promise<World> {
  const world = new World();
  world.prepare(one, two);
  await world.run(list);
  world.changes.length = 0;
  world.calls = 0;
  return world;
}

const grantsOf = (world: World) => world.kms.grants.map(({ Name }) => Name);

it('closes the access point, then ends the grant, then finds none left, and touches no other share', async () => {
  const world = await sharing();
  const result = await stopShares([one.share], list, world.ports());
  expect(result.complete).toBe(true);
  expect(result.steps.map(({ step, outcome }) => [step, outcome])).toEqual([
    ['access-point', 'closed'],
    ['grant', 'revoked'],
    ['verified', 'none-left'],
  ]);
  expect(world.changes.map(({ what, share, closed }) => [what, share, closed])).toEqual([
    ['PUT', one.share, true],
    ['RevokeGrant', one.share, true],
  ]);
  expect(grantsOf(world)).toEqual([two.share]);
  expect(world.s3.isClosed(two.share)).toBe(false);
});

it('gives each step the moment at which it was done', async () => {
  const world = await sharing();
  const before = world.time;
  const { steps } = await stopShares([one.share], list, world.ports());
  const times = steps.map(({ at }) => Date.parse(at));
  expect([...times].sort()).toEqual(times);
  expect(times[0]).toBeGreaterThan(before);
});

it('stays: hourly runs, deployments and the end of a rollback make no grant and open nothing', async () => {
  const world = await sharing();
  await stopShares([one.share], list, world.ports());
  for (let hour = 0; hour < 3; hour++) {
    world.time += HOUR;
    const result = await world.run(list);
    expect(result).toMatchObject({ created: 0, stoppedShares: [one.share], pending: [], failures: [] });
  }
  expect(grantsOf(world)).toEqual([two.share]);
  expect(world.s3.isClosed(one.share)).toBe(true);
});

it('is lifted by nothing but its lifting; then the list decides again', async () => {
  const world = await sharing();
  await stopShares([one.share], list, world.ports());
  const lifted = await liftStops([one.share], list, world.ports());
  expect(lifted).toMatchObject({ complete: true, steps: [{ step: 'access-point', outcome: 'opened' }] });
  await expect(world.run(list)).resolves.toMatchObject({ created: 1, stoppedShares: [] });
  expect(world.s3.isClosed(one.share)).toBe(false);
});

it('holds also where the share had ended and was closed for that', async () => {
  const world = await sharing();
  await world.run(listOf(two));
  await stopShares([one.share], list, world.ports());
  await expect(world.run(list)).resolves.toMatchObject({ created: 0, stoppedShares: [one.share] });
});

it('ends the grant though the access point can’t be closed, and says that it is not complete', async () => {
  const world = await sharing();
  world.fault = (_, action) => (action === 'PUT' ? new KmsError('AccessDenied') : undefined);
  const result = await stopShares([one.share], list, world.ports());
  expect(result.complete).toBe(false);
  expect(result.steps[0]).toMatchObject({ step: 'access-point', failed: true });
  expect(grantsOf(world)).toEqual([two.share]);
});

it('says so of a share that has neither access point nor grant', async () => {
  const { complete, steps } = await stopShares([share(9).share], list, (await sharing()).ports());
  expect(complete).toBe(true);
  expect(steps.map(({ outcome }) => outcome)).toEqual(['missing', 'none-left']);
});

it('run again after a crash anywhere, has stopped the share', async () => {
  const whole = await sharing();
  await stopShares([one.share], list, whole.ports());
  const calls = whole.calls;
  expect(calls).toBeGreaterThan(3);
  for (let call = 0; call < calls; call++)
    for (const when of ['before', 'after'] as const) {
      const world = await sharing();
      world.crashAt = { call, when };
      const crashed = await stopShares([one.share], list, world.ports()).catch((error: unknown) => error);
      // A crash may look like a failed step; whatever it looked like, the process is dead and is run again.
      expect(crashed instanceof Crash || typeof crashed === 'object').toBe(true);
      world.restart();
      const again = await stopShares([one.share], list, world.ports());
      expect([call, when, again.complete]).toEqual([call, when, true]);
      expect(grantsOf(world)).toEqual([two.share]);
      expect(world.s3.isClosed(one.share)).toBe(true);
      await expect(world.run(list)).resolves.toMatchObject({ created: 0, stoppedShares: [one.share] });
    }
});

it('throttled or slow to be seen, still ends in a verified stop', async () => {
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.integer({ min: 0, max: 3 })), fc.nat(3), async (dice, lag) => {
      const world = await sharing();
      world.kms.lag = lag;
      world.fault = (_, action) =>
        dice.next().value === 0 && action !== 'GET' && action !== 'PUT'
          ? new KmsError('ThrottlingException')
          : undefined;
      const result = await stopShares([one.share, two.share], list, world.ports());
      if (result.complete) expect(grantsOf(world)).toEqual([]);
      expect(world.s3.isClosed(one.share) && world.s3.isClosed(two.share)).toBe(true);
    }),
    { numRuns: 50 },
  );
});

it('by patterns, reaches what is deployed, whatever the register says by now', async () => {
  const agreement = one.share.split('--')[0] ?? '';
  for (const pattern of [`${agreement}--*`, '*--recipient-1', `${agreement}--recipient-1`]) {
    const world = await sharing();
    const { steps } = await stopShares([pattern], list, world.ports());
    expect([pattern, grantsOf(world)]).toEqual([pattern, [two.share]]);
    expect([...new Set(steps.map(({ share }) => share))]).toEqual([one.share]);
  }
  const world = await sharing();
  await stopShares(['*'], list, world.ports());
  expect(grantsOf(world)).toEqual([]);
});

it('of everything leaves the grants of AWS services alone, whatever their names', async () => {
  const world = await sharing();
  const service = {
    ...RIGHT,
    GranteePrincipal: undefined,
    GranteeServicePrincipal: 'guardduty.amazonaws.com',
  };
  const { GrantId } = world.kms.plant({ ...service, Name: one.share });
  await expect(stopShares(['*'], list, world.ports())).resolves.toMatchObject({ complete: true });
  expect(world.kms.grants.map((grant) => grant.GrantId)).toEqual([GrantId]);
});

it('reaches a share that is no longer listed but still has its grant', async () => {
  const world = await sharing();
  const { complete } = await stopShares([`${one.share.split('--')[0]}--*`], listOf(two), world.ports());
  expect([complete, grantsOf(world), world.s3.isClosed(one.share)]).toEqual([true, [two.share], true]);
});

it('stands, though a run was just making the grant: whichever call of that run it comes before', async () => {
  const counting = new World();
  counting.prepare(one);
  await counting.run(listOf(one));
  for (let call = 0; call < counting.calls; call++) {
    const world = new World();
    world.prepare(one);
    let stop: Promise<unknown> | undefined;
    let begun = false;
    world.meanwhile = () => {
      if (begun || world.calls <= call) return;
      begun = true;
      stop = stopShares([one.share], listOf(one), world.ports());
    };
    await world.run(listOf(one));
    await stop;
    // What the two left to each other, the next run settles.
    await world.run(listOf(one));
    expect([call, grantsOf(world), world.s3.isClosed(one.share)]).toEqual([call, [], true]);
  }
});

it('closes again what a run was opening when it was stopped, and needs no later run for that', async () => {
  const world = await sharing();
  await world.run(listOf(two));
  const ports = world.ports();
  // The opening has read the policy before the stop, and writes after it.
  let letWrite = () => {};
  const mayWrite = new Promise<void>((resolve) => {
    letWrite = resolve;
  });
  const readThenWait: Again = async (call) => {
    const answer = await call();
    await mayWrite;
    return answer;
  };
  const opening = ports.accessPoints.open(one.share, readThenWait);
  const endings = {
    describe: () => ports.grants.describe(),
    create: (order: GrantOrder) => ports.grants.create(order),
    revoke: (id: string) => ports.grants.revoke(id),
    list: async (again: Again) => {
      if (world.s3.statements(one.share).some(({ Sid }) => Sid === DENIAL_SIDS.stopped)) {
        letWrite();
        expect([await opening, world.s3.isClosed(one.share)]).toEqual(['opened', false]);
      }
      return ports.grants.list(again);
    },
  };
  const { steps, complete } = await stopShares([one.share], list, { ...ports, grants: endings });
  expect(steps.filter(({ step }) => step === 'access-point').map(({ outcome }) => outcome)).toEqual([
    'closed',
    'closed-again',
  ]);
  expect([complete, world.s3.isClosed(one.share)]).toEqual([true, true]);
});

it('says that it is not complete where it can’t look whether the access point was opened meanwhile', async () => {
  const world = await sharing();
  // Both the look and the write fail once the grant is gone: the point may be open again.
  world.fault = (_, action) =>
    ['GET', 'PUT'].includes(action) && !grantsOf(world).includes(one.share)
      ? new KmsError('AccessDenied')
      : undefined;
  const { steps, complete } = await stopShares([one.share], list, world.ports());
  expect(complete).toBe(false);
  expect(steps.map(({ step, failed }) => [step, failed])).toEqual([
    ['access-point', false],
    ['grant', false],
    ['verified', false],
    ['access-point', true],
  ]);
});

it('takes back, at the next run, a grant that was made while the share was stopped', async () => {
  const world = await sharing();
  await stopShares([one.share], list, world.ports());
  world.kms.plant({ ...RIGHT, Name: one.share, GranteePrincipal: one.grantee });
  const result = await world.run(list);
  expect(result).toMatchObject({ stoppedShares: [one.share], revoked: 1, failures: [] });
  expect(grantsOf(world)).toEqual([two.share]);
});

it('takes ids of shares and patterns of them, and nothing that could be anything else', () => {
  for (const fits of [one.share, '*', '0123456789ab--*', '*--leeds', '*--*'])
    expect(parseOrder({ stop: [fits] })).toEqual({ kind: 'stop', shares: [fits] });
  expect(parseOrder({ lift: [one.share] })).toEqual({ kind: 'lift', shares: [one.share] });
  for (const bad of [
    [],
    ['**'],
    ['0123--*'],
    [one.share, '../x'],
    one.share,
    [1],
    Array(5001).fill(one.share),
  ])
    expect(() => parseOrder({ stop: bad })).toThrow('takes {}');
  expect(() => parseOrder({ stop: [one.share], dryRun: true })).toThrow('takes {}');
  expect(() => parseOrder({ source: 'somebody' })).toThrow('takes {}');
});
