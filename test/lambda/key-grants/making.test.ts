/** That a grant which is made while its share is stopped does not outlive the run that made it. */
import type { GrantOrder } from '../../../lambda/key-grants/ports';
import { reconcile } from '../../../lambda/key-grants/reconcile';
import { stopShares } from '../../../lambda/key-grants/stopping';
import { NO_STOPS } from '../../../lambda/key-grants/stops';
import { BROKER, KEY_ARN, listOf, share, World } from './world';

const one = share(1);
const list = listOf(one);

/** A run, in the middle of which something happens whole: just before or just after KMS makes the grant. */
async function runWith(world: World, moment: 'before' | 'after', happens: () => Promise<unknown>) {
  const ports = world.ports();
  const grants = {
    describe: () => ports.grants.describe(),
    list: ports.grants.list.bind(ports.grants),
    revoke: (id: string) => ports.grants.revoke(id),
    create: async (order: GrantOrder) => {
      if (moment === 'before') await happens();
      const id = await ports.grants.create(order);
      if (moment === 'after') await happens();
      return id;
    },
  };
  const order = { list, keyArn: KEY_ARN, brokerRole: BROKER, dryRun: false, stops: NO_STOPS };
  return await reconcile(order, { ...ports, grants });
}

it.each(['before', 'after'] as const)(
  'a stop that comes and is done just %s the grant is made leaves none, with no later run',
  async (moment) => {
    const world = new World();
    world.prepare(one);
    const result = await runWith(world, moment, () => stopShares([one.share], list, world.ports()));
    expect([world.kms.grants, world.s3.isClosed(one.share)]).toEqual([[], true]);
    expect(result).toMatchObject({ inForce: 0, stoppedShares: [one.share] });
  },
);

it('a share that ends while its grant is asked for gets none', async () => {
  const world = new World();
  const ends = share(1, { until: world.time + 2_000 });
  world.prepare(ends);
  world.callTime = 900;
  await world.run(listOf(ends));
  expect(world.kms.grants).toEqual([]);
});
