/**
 * That the requests asked stand for all others: each that is compared is decided by itself, of every owner by itself, and it
 * comes to the same. Some owners are drawn by a seed; PROOF_OWNERS=all takes all of them, PROOF_SEED others.
 */

import { worldOf } from '../../lib/assembly';
import { prove } from '../../lib/proof/prove';
import { Random } from '../bench/random';
import { sample, textOf } from './world';

const SEED = Number(process.env.PROOF_SEED ?? 20261123);
const DRAWN = 1;
const world = worldOf(sample());
const { organisations, zone } = world.register;
const all = [...organisations.map(({ id, account }) => [id, account]), ['the zone', zone.accounts.zone]];
const owners = process.env.PROOF_OWNERS === 'all' ? all : new Random(SEED).some(all, DRAWN);

test.each(owners)(
  `what is ${'%s'}’s, with each request decided by itself (seed ${SEED})`,
  (_, account = '') => {
    const only = new Set([account]);
    const each = prove(world, only, { askEach: true, askAlike: true });
    const once = prove(world, only);
    expect(textOf(each)).toEqual(textOf(once));
    expect(each.covered).toBe(once.covered);
    expect(each.compared).toBeGreaterThanOrEqual(each.asked);
  },
);
