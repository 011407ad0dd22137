/** That a stop is quick, and each share’s grant goes with its access point: by a clock at which calls take a tenth of a second. */
import { stopShares } from '../../../lambda/key-grants/stopping';
import { HOUR, listOf, NOW, RIGHT, share, World } from './world';

/** An owner with so many shares, all of them in force. */
function sharing(count: number, seconds = 900): { world: World; list: ReturnType<typeof listOf> } {
  const world = new World();
  const shares = Array.from({ length: count }, (_, n) => share(n));
  world.prepare(...shares);
  for (const { share: Name, grantee: GranteePrincipal } of shares)
    world.kms.plant({ ...RIGHT, Name, GranteePrincipal });
  world.kms.pageSize = 100;
  world.sideBySide = true;
  world.callTime = 100;
  world.deadline = NOW + seconds * 1_000 - 5_000;
  return { world, list: listOf(...shares) };
}

/** When each share’s access point was closed, and when its grant was ended. */
function moments({ changes }: World) {
  const closed = new Map<string, number>();
  const grants = new Map<string, number>();
  for (const { what, share: id, at } of changes) {
    if (what === 'PUT' && !closed.has(id)) closed.set(id, at);
    if (what === 'RevokeGrant') grants.set(id, at);
  }
  return { closed, grants };
}

it.each([
  [400, 15],
  [3_000, 450],
])(
  '%d shares are stopped in under %d seconds, each grant within a second of its access point',
  async (count, most) => {
    const { world, list } = sharing(count);
    const { complete } = await stopShares(['*'], list, world.ports());
    expect([complete, world.kms.truth()]).toEqual([true, []]);
    expect((world.time - NOW) / 1_000).toBeLessThan(most);
    const { closed, grants } = moments(world);
    expect([closed.size, grants.size]).toEqual([count, count]);
    const apart = [...closed].map(([id, at]) => (grants.get(id) ?? Number.POSITIVE_INFINITY) - at);
    expect(Math.min(...apart)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...apart)).toBeLessThanOrEqual(1_000);
  },
);

it('where time runs short, stops in time, says what is left, and the next run goes on', async () => {
  const { world, list } = sharing(400, 70);
  const { complete, steps } = await stopShares(['*'], list, world.ports());
  expect(world.time).toBeLessThan(world.deadline);
  const left = steps.filter(({ outcome }) => outcome === 'left').map(({ share: id }) => id);
  expect(complete).toBe(false);
  expect(left.length).toBeGreaterThan(0);
  expect(world.kms.truth().map(({ Name }) => Name)).toEqual(left);
  world.deadline = world.time + HOUR / 4;
  await world.run(list);
  expect(world.kms.truth()).toEqual([]);
  expect(left.every((id) => world.s3.isClosed(id))).toBe(true);
});

it('where KMS slows down, the access points do not wait for the grants', async () => {
  const { world, list } = sharing(400);
  let second = 0;
  let taken = 0;
  world.fault = (_, action) => {
    if (action !== 'RevokeGrant') return undefined;
    if (Math.floor(world.time / 1_000) !== second) [second, taken] = [Math.floor(world.time / 1_000), 0];
    taken += 1;
    return taken > 15 ? Object.assign(new Error('too fast'), { name: 'ThrottlingException' }) : undefined;
  };
  const { complete } = await stopShares(['*'], list, world.ports());
  expect([complete, world.kms.truth()]).toEqual([true, []]);
  expect(Math.max(...moments(world).closed.values()) - NOW).toBeLessThan(8_000);
});
