/** A drill: an owner’s grant broker is gone for some hours, and is deployed again. */
import { secondsToChange } from '../../../lib/rollout/forecast';
import { drilled } from '../../drilled';
import { HOUR, listOf, NOW, share, World } from './world';

it('the broker is gone: shares in force go on, and its first run makes what began, ends what ended, and makes again what was ended by hand', async () => {
  const world = new World();
  const inForce = share(1);
  const begins = share(2, { from: NOW + 2 * HOUR });
  const ends = share(3, { until: NOW + 3 * HOUR });
  const ended = share(4);
  const list = listOf(inForce, begins, ends, ended);
  world.prepare(inForce, begins, ends, ended);
  await world.run(list);
  const names = () => world.kms.truth().map(({ Name }) => Name);
  const held = names();
  expect(held).toEqual([inForce, ends, ended].map((each) => each.share));

  // Nobody runs. A key administrator ends one of the grants meanwhile.
  const mine = world.kms.truth().find(({ Name }) => Name === ended.share);
  world.kms.answer('RevokeGrant', { GrantId: mine?.GrantId });
  world.time += 5 * HOUR;
  expect(names()).toEqual([inForce.share, ends.share]);

  // Deployed again, in a process of its own, which runs at once.
  const began = world.time;
  const result = await world.run(list);
  expect(result).toMatchObject({ created: 2, revoked: 1, inForce: 3, failures: [], pending: [] });
  expect(names().sort()).toEqual([inForce, begins, ended].map((each) => each.share).sort());
  const run = (world.time - began) / 1000;
  expect(await world.run(list)).toMatchObject({ created: 0, revoked: 0, inForce: 3 });

  const changeSet = 25;
  const deployed = changeSet + secondsToChange({ change: 'changed' }, { watch: 0, atOnce: 1, pause: 0 });
  drilled({ lost: 'an owner’s grant broker', seconds: deployed + run, by: 'simulated', forGood: 'nothing' });
});
