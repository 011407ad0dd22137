/** In which waves a plan is carried out, whatever the plan: each stack once, what gives before what takes away, none before one that it waits for. */
import fc from 'fast-check';
import type { Fleet, FleetStack } from '../../lib/rollout/fleet';
import { type Caution, type Step, stepsOf, USUAL_CAUTION, type Wave } from '../../lib/rollout/waves';
import { fleets, organisation } from './fleets';

const cautions: fc.Arbitrary<Caution> = fc.record({
  canary: fc.subarray(['o0', 'o1', 'o7']),
  shares: fc.constantFrom([100], [10, 40, 100], [1, 2, 50, 100]),
  tolerance: fc.integer({ min: 0, max: 100 }),
});

const stacksOf = (step: Step) => step.stacks;
const waves = (steps: readonly Step[]) => steps.filter((each): each is Wave => each.kind === 'wave');
/** At which step each stack is. */
const places = (steps: readonly Step[]) =>
  new Map(steps.flatMap((step, at) => stacksOf(step).map(({ stack }) => [stack, at] as const)));
const gives = ({ takesAway, by }: FleetStack) => !takesAway && (by === 'rollout' || by === 'administrator');

const property = (holds: (fleet: Fleet, caution: Caution, steps: readonly Step[]) => void) =>
  fc.assert(
    fc.property(fleets, cautions, (fleet, caution) => holds(fleet, caution, stepsOf(fleet, caution))),
  );

it('has each stack of the plan in one step, and no empty step', () => {
  property((fleet, _, steps) => {
    expect(
      steps
        .flatMap(stacksOf)
        .map(({ stack }) => stack)
        .sort(),
    ).toEqual(fleet.stacks.map(({ stack }) => stack).sort());
    for (const step of steps)
      expect(
        step.stacks.length + (step.kind === 'wave' ? 0 : step.asked.length + step.moved.length),
      ).toBeGreaterThan(0);
  });
});

it('has waves of those stacks alone that the rollout deploys', () => {
  property((_, __, steps) => {
    for (const step of steps)
      for (const { by } of step.stacks) expect(by === 'rollout').toBe(step.kind === 'wave');
  });
});

it('has no stack before one that it waits for', () => {
  property((fleet, _, steps) => {
    const at = places(steps);
    const order = steps.flatMap(stacksOf).map(({ stack }) => stack);
    for (const { stack, waitsFor } of fleet.stacks)
      for (const other of waitsFor) {
        expect(at.get(other)).toBeLessThanOrEqual(at.get(stack) ?? -1);
        expect(order.indexOf(other)).toBeLessThan(order.indexOf(stack));
      }
  });
});

it('takes nothing away before all that gives is through, unless what gives waits for it or the plan puts guardrails first', () => {
  property((fleet, _, steps) => {
    const at = places(steps);
    const givers = fleet.stacks.filter(gives);
    const lastGiving = Math.max(-1, ...givers.map(({ stack }) => at.get(stack) ?? -1));
    const restrains = (each: FleetStack) =>
      each.by === 'administrator' &&
      givers.some((one) => fleet.stacks.indexOf(one) > fleet.stacks.indexOf(each));
    const needed = new Set(fleet.stacks.filter(restrains).map(({ stack }) => stack));
    for (const each of [...fleet.stacks].reverse())
      if (gives(each) || needed.has(each.stack)) for (const other of each.waitsFor) needed.add(other);
    for (const each of fleet.stacks)
      if (each.takesAway && !needed.has(each.stack)) expect(at.get(each.stack)).toBeGreaterThan(lastGiving);
  });
});

it('keeps the order of the plan within a step', () => {
  property((fleet, _, steps) => {
    for (const { stacks } of steps) {
      const positions = stacks.map((each) => fleet.stacks.indexOf(each));
      expect(positions).toEqual([...positions].sort((a, b) => a - b));
    }
  });
});

it('tolerates nothing of the operator’s and of a canary, and no larger share of any wave than was asked', () => {
  property((_, { tolerance }, steps) => {
    for (const { name, tolerated, stacks } of waves(steps)) {
      if (name === 'operator' || name === 'canary') expect(tolerated).toBe(0);
      expect(tolerated * 100).toBeLessThanOrEqual(
        new Set(stacks.map(({ account }) => account)).size * tolerance,
      );
    }
  });
});

it('is the same each time', () => {
  property((fleet, caution, steps) => expect(stepsOf(structuredClone(fleet), caution)).toEqual(steps));
});

describe('of 400 organisations that wait for nothing', () => {
  const sectors = ['health', 'police', 'local-government', 'justice'];
  const stacks = [
    organisation('Zone', { account: '2', organisation: undefined, sector: undefined }),
    ...Array.from({ length: 400 }, (_, n) => organisation(`O${n}`, { sector: sectors[n % 4] ?? '' })),
  ];
  const sizes = (caution: Caution) =>
    waves(stepsOf({ stacks, asked: [] }, caution)).map((each) => [
      each.name,
      each.stacks.length,
      each.tolerated,
    ]);

  it('goes from one to one of each other sector, then to a tenth, two fifths and all of the rest', () => {
    expect(sizes(USUAL_CAUTION)).toEqual([
      ['operator', 1, 0],
      ['canary', 1, 0],
      ['sectors', 3, 0],
      ['share', 40, 2],
      ['share', 119, 5],
      ['share', 237, 11],
    ]);
  });

  it('begins with those that are named', () => {
    const steps = stepsOf({ stacks, asked: [] }, { ...USUAL_CAUTION, canary: ['o5', 'o9'] });
    expect(waves(steps)[1]?.stacks.map(({ stack }) => stack)).toEqual(['O5', 'O9']);
    expect(
      waves(steps)[2]
        ?.stacks.map(({ sector }) => sector)
        .sort(),
    ).toEqual(['health', 'justice', 'local-government']);
  });
});

it('has what is done by hand where the plan has it: guardrails and policies on brought keys before all, what is gone last', () => {
  const own = { organisation: undefined, sector: undefined };
  const fleet: Fleet = {
    stacks: [
      organisation('Guardrails', { ...own, account: '1', by: 'administrator', takesAway: true }),
      organisation('Zone', { ...own, account: '2' }),
      organisation('Trail', { ...own, account: '1', by: 'administrator', waitsFor: ['Zone'] }),
      organisation('A', {}),
      organisation('External', { by: 'organisation' }),
      organisation('B', { change: 'moved', from: { account: '9', region: 'r' } }),
      organisation('C', { takesAway: true }),
      organisation('Gone', { by: 'nobody', change: 'gone', takesAway: true }),
    ],
    asked: [{ organisation: 'a', key: 'k', file: 'f' }],
  };
  const told = stepsOf(fleet, USUAL_CAUTION).map((step) => [
    step.kind === 'wave' ? step.name : step.holdsUp ? 'first by hand' : 'by hand',
    step.stacks.map(({ stack }) => stack).join(' '),
    step.kind === 'wave' ? '' : `${step.asked.length} ${step.moved.map(({ stack }) => stack)}`,
  ]);
  expect(told).toEqual([
    ['first by hand', 'Guardrails', '1 '],
    ['operator', 'Zone', ''],
    ['first by hand', 'Trail', '0 '],
    ['canary', 'A', ''],
    ['share', 'B', ''],
    ['canary', 'C', ''],
    ['by hand', 'External Gone', '0 B'],
  ]);
});
