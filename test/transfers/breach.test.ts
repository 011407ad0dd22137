/** That whoever reports a breach learns from the audit’s own entries what was there, who read it, and what was not in order. */
import fc from 'fast-check';
import { breachFacts } from '../../lib/transfers/breach';
import { logFile, logKey, World } from '../lambda/transfer-audit/world';
import { assumed, collect, deposit, recall, STRANGER, verdict } from './trail-records';

const AGREEMENT = 'benefit-awards';

async function entries() {
  const world = new World();
  world.land(
    logKey(1),
    logFile([
      deposit({ id: 'd1', time: '2026-10-01T12:00:00Z', key: 'agreements/benefit-awards/1.csv' }),
      deposit({ id: 'd2', time: '2026-10-01T12:05:00Z', key: 'agreements/benefit-awards/2.csv' }),
      verdict('NO_THREATS_FOUND', {
        id: 'v1',
        time: '2026-10-01T12:06:00Z',
        key: 'agreements/benefit-awards/1.csv',
      }),
      collect({ id: 'c1', time: '2026-10-01T12:10:00Z', key: 'agreements/benefit-awards/1.csv' }),
      collect({ id: 'c2', time: '2026-10-01T12:20:00Z', key: 'agreements/benefit-awards/2.csv' }),
      collect({
        id: 's1',
        time: '2026-10-01T12:30:00Z',
        key: 'agreements/benefit-awards/1.csv',
        by: assumed(STRANGER, 'x'),
      }),
      recall({ id: 'r1', time: '2026-10-01T12:40:00Z', key: 'agreements/benefit-awards/2.csv' }),
    ]),
  );
  await world.deliver([logKey(1)]);
  return world.entries() as readonly unknown[];
}

it('counts deposits, reads by organisation, recalls and violations, with their first and last moments', async () => {
  const [facts] = breachFacts(await entries(), [AGREEMENT]);
  expect(facts).toMatchObject({
    agreement: AGREEMENT,
    objects: 2,
    deposited: { count: 2, first: '2026-10-01T12:00:00.000Z', last: '2026-10-01T12:05:00.000Z' },
    collected: [
      { by: 'leeds', count: 2, first: '2026-10-01T12:10:00.000Z', last: '2026-10-01T12:20:00.000Z' },
    ],
    recalled: { count: 1 },
    denied: undefined,
  });
  expect(facts?.violations).toEqual([
    {
      by: expect.stringContaining(STRANGER),
      count: 1,
      first: '2026-10-01T12:30:00.000Z',
      last: '2026-10-01T12:30:00.000Z',
      reasons: expect.arrayContaining([expect.any(String)]),
    },
  ]);
});

it('says nothing of agreements that it was not asked for, and is not led astray by what is no entry', async () => {
  const real = await entries();
  expect(breachFacts(real, ['another'])).toMatchObject([{ agreement: 'another', objects: 0, collected: [] }]);
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), (others) => {
      expect(breachFacts([...others, ...real], [AGREEMENT])).toEqual(breachFacts(real, [AGREEMENT]));
    }),
  );
});

it('comes to the same in whatever order the entries are', async () => {
  const real = await entries();
  fc.assert(
    fc.property(fc.shuffledSubarray([...real], { minLength: real.length }), (shuffled) => {
      expect(breachFacts(shuffled, [AGREEMENT])).toEqual(breachFacts(real, [AGREEMENT]));
    }),
  );
});
