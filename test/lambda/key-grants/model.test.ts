/**
 * That after one run that completes, the grants are exactly those of the shares in force: for random agreements, dates and
 * grants that were there before, and wherever an earlier run has crashed. What is right is said here anew, without the
 * broker’s own comparison.
 */
import fc from 'fast-check';
import type { ListedShare } from '../../../lib/wire';
import type { StoredGrant } from './memory-kms';
import { KmsError } from './memory-kms';
import { FAULTS, grantWith, type Planted, SERVICES } from './planted-grants';
import { HOUR, listOf, NOW, RIGHT, share, World } from './world';

interface Scenario {
  readonly shares: readonly ListedShare[];
  /** Shares whose access point and grantee exist, though they are no longer listed. */
  readonly dropped: readonly ListedShare[];
  /** By the number of the share. */
  readonly absentRoles: readonly boolean[];
  readonly missingAccessPoints: readonly boolean[];
  readonly planted: readonly Planted[];
  readonly recreated: readonly boolean[];
  readonly lag: number;
  /** In how many listings KMS shows principals by their unique ids. */
  readonly unresolved: number;
  readonly pageSize: number;
}

const dates = fc.constantFrom(
  { from: NOW - 10 * HOUR, until: NOW + 10 * HOUR },
  { from: NOW - 10 * HOUR, until: NOW + 10 * HOUR },
  { from: NOW, until: NOW + 10 * HOUR },
  { from: NOW - 10 * HOUR, until: NOW },
  { from: NOW - 20 * HOUR, until: NOW - 10 * HOUR },
  { from: NOW + 10 * HOUR, until: NOW + 20 * HOUR },
);

const scenarios: fc.Arbitrary<Scenario> = fc.record({
  shares: fc.array(dates, { maxLength: 5 }).map((all) => all.map((each, n) => share(n, each))),
  dropped: fc.array(dates, { maxLength: 2 }).map((all) => all.map((each, n) => share(100 + n, each))),
  absentRoles: fc.array(fc.boolean(), { maxLength: 3 }),
  missingAccessPoints: fc.array(fc.boolean(), { maxLength: 3 }),
  planted: fc.array(
    fc.record({ of: fc.nat(6), fault: fc.oneof(fc.constant('none' as const), fc.constantFrom(...FAULTS)) }),
    { maxLength: 8 },
  ),
  recreated: fc.array(fc.boolean(), { maxLength: 3 }),
  lag: fc.nat(3),
  unresolved: fc.nat(2),
  pageSize: fc.integer({ min: 1, max: 4 }),
});

function worldOf(scenario: Scenario): World {
  const world = new World();
  const all = [...scenario.shares, ...scenario.dropped];
  world.prepare(...all);
  world.kms.pageSize = scenario.pageSize;
  for (const { of, fault } of scenario.planted) {
    const about = all[of % Math.max(1, all.length)];
    if (!about) continue;
    const { GrantId } = world.kms.plant(grantWith(about, fault));
    if (SERVICES.includes(fault)) world.services.push(GrantId);
  }
  for (const [n, each] of all.entries()) {
    if (scenario.recreated[n]) world.kms.makeRole(each.grantee);
    if (scenario.absentRoles[n]) world.kms.roles.delete(each.grantee);
    if (scenario.missingAccessPoints[n]) world.s3.policies.delete(each.share);
  }
  world.kms.lag = scenario.lag;
  world.kms.unresolved = scenario.unresolved;
  return world;
}

/** Everything that must hold after a run that completes. */
function expectSettled(world: World, { shares }: Scenario, at: number): void {
  const inForce = shares.filter((each) => Date.parse(each.from) <= at && at < Date.parse(each.until));
  const wanted = inForce.filter((each) => world.kms.roles.has(each.grantee));
  const services = ({ GrantId }: StoredGrant) => world.services.includes(GrantId);
  const truth = world.kms.truth();
  expect(
    truth
      .filter((grant) => !services(grant))
      .map(({ GrantId: _id, CreationDate: _date, ...rest }) => rest)
      .sort(byName),
  ).toEqual(
    wanted.map((each) => ({ ...RIGHT, Name: each.share, GranteePrincipal: each.grantee })).sort(byName),
  );
  expect(truth.filter(services)).toHaveLength(world.services.length);
  const isClosed = ({ share }: ListedShare) => world.s3.isClosed(share);
  expect(wanted.filter((each) => world.s3.policies.has(each.share) && isClosed(each))).toEqual([]);
  expect(shares.filter((each) => Date.parse(each.until) <= at && !isClosed(each))).toEqual([]);
}

/** Everything that must hold of each change, whatever became of the run. */
function expectRightOrder(world: World, shares: readonly ListedShare[]): void {
  const wrong = world.changes.filter(({ what, at, share: id, closed }) => {
    const listed = shares.find((each) => each.share === id);
    const isOver = listed === undefined || Date.parse(listed.until) <= at;
    if (what === 'CreateGrant') return isOver || at < Date.parse(listed.from);
    const isShares = /^[0-9a-f]{12}--/.test(id);
    if (what === 'RevokeGrant') return isShares && isOver && closed !== true;
    // A share in force or to come keeps its access point as it is.
    return what === 'PUT' && !isOver && closed !== false;
  });
  expect(wrong).toEqual([]);
}

function byName(a: { Name?: string | undefined }, b: { Name?: string | undefined }): number {
  return (a.Name ?? '') < (b.Name ?? '') ? -1 : 1;
}

describe('one run', () => {
  it('leaves exactly the grants of the shares in force, and a second changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        const world = worldOf(scenario);
        const result = await world.run(listOf(...scenario.shares));
        expect(result.failures).toEqual([]);
        expectSettled(world, scenario, NOW);
        expectRightOrder(world, scenario.shares);
        expect(result.inForce + result.pending.length).toBe(
          scenario.shares.filter((each) => Date.parse(each.from) <= NOW && NOW < Date.parse(each.until))
            .length,
        );
        const before = world.changes.length;
        await world.run(listOf(...scenario.shares));
        expect(world.changes).toHaveLength(before);
      }),
      { numRuns: 150 },
    );
  });

  it('touches nothing when dry', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        const world = worldOf(scenario);
        await world.run(listOf(...scenario.shares), { dryRun: true });
        expect(world.changes).toEqual([]);
        expect(world.log.some((line) => '_aws' in line)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('comes to the same through throttling and passing faults', async () => {
    const passing = fc.constantFrom(
      'ThrottlingException',
      'DependencyTimeoutException',
      'KMSInternalException',
      'TimeoutError',
    );
    await fc.assert(
      fc.asyncProperty(
        scenarios,
        fc.array(fc.option(passing, { freq: 2 }), { maxLength: 40 }),
        async (scenario, faults) => {
          const world = worldOf(scenario);
          let inARow = 0;
          world.fault = (call) => {
            const name = faults[call];
            inARow = name && inARow < 4 ? inARow + 1 : 0;
            return inARow > 0 ? new KmsError(name ?? '') : undefined;
          };
          const result = await world.run(listOf(...scenario.shares));
          expect(result.failures).toEqual([]);
          expectSettled(world, scenario, NOW);
          expectRightOrder(world, scenario.shares);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('a run that crashes at any call', () => {
  it('is mended by the next', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        const list = listOf(...scenario.shares);
        const whole = worldOf(scenario);
        await whole.run(list);
        for (let call = 0; call < whole.calls; call++) {
          for (const when of ['before', 'after'] as const) {
            const world = worldOf(scenario);
            world.crashAt = { call, when };
            await world.run(list).catch(() => undefined);
            world.restart();
            const result = await world.run(list);
            expect(result.failures).toEqual([]);
            expectSettled(world, scenario, NOW);
            expectRightOrder(world, scenario.shares);
          }
        }
      }),
      { numRuns: 15 },
    );
  });

  it('is mended when CloudFormation rolls back to the list before', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        const before = listOf(...scenario.shares);
        const after = listOf(...scenario.shares.slice(1));
        const start = async () => {
          const world = worldOf({ ...scenario, lag: 0 });
          await world.run(before);
          world.restart();
          return world;
        };
        const whole = await start();
        await whole.run(after);
        for (let call = 0; call <= whole.calls; call++) {
          const world = await start();
          world.crashAt = { call, when: 'after' };
          await world.run(after).catch(() => undefined);
          world.restart();
          await world.run(before);
          expectSettled(world, scenario, NOW);
        }
      }),
      { numRuns: 15 },
    );
  });
});

describe('the passing of time', () => {
  it('never lets a grant be made out of its time, nor outlive the first run after it', async () => {
    const moments = fc.record({
      from: fc.integer({ min: -50, max: 100 }),
      length: fc.integer({ min: 1, max: 150 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(moments, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 0, max: 90 }),
        fc.integer({ min: 0, max: 400 }),
        async (times, roleSeconds, laterSeconds) => {
          const shares = times.map(({ from, length }, n) =>
            share(n, { from: NOW + from * 1000, until: NOW + (from + length) * 1000 }),
          );
          const world = new World();
          world.prepare(...shares);
          world.kms.roles.delete(shares[0]?.grantee ?? '');
          const appears = NOW + roleSeconds * 1000;
          world.meanwhile = () => {
            const grantee = shares[0]?.grantee ?? '';
            if (world.time >= appears && !world.kms.roles.has(grantee)) world.kms.makeRole(grantee);
          };
          await world.run(listOf(...shares));
          world.time += laterSeconds * 1000;
          const begun = world.time;
          await world.run(listOf(...shares));
          expectRightOrder(world, shares);
          const ended = shares.filter((each) => Date.parse(each.until) <= begun).map((each) => each.share);
          expect(world.kms.truth().filter(({ Name }) => ended.includes(Name ?? ''))).toEqual([]);
        },
      ),
      { numRuns: 120 },
    );
  });
});

describe('removing the broker', () => {
  it('leaves nothing but the grants of AWS services', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        const world = worldOf(scenario);
        await world.run(undefined);
        expectSettled(world, { ...scenario, shares: [] }, NOW);
        expectRightOrder(world, []);
      }),
      { numRuns: 60 },
    );
  });
});
