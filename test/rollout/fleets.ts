/** Fleets to carry a plan out on: any at all, and single stacks of them. */
import fc from 'fast-check';
import type { Fleet, FleetStack } from '../../lib/rollout/fleet';

/** A stack of an organisation of its own, which the rollout changes. */
export function organisation(stack: string, other: Partial<FleetStack>): FleetStack {
  return {
    stack,
    artifact: stack,
    account: `account-${stack}`,
    region: 'eu-west-2',
    change: 'changed',
    takesAway: false,
    by: 'rollout',
    organisation: stack.toLowerCase(),
    sector: 'health',
    waitsFor: [],
    template: `${stack}.template.json`,
    resources: 1,
    asks: [],
    ...other,
  };
}

const SECTORS = ['health', 'police', 'local-government', 'justice'];

/** A fleet of organisations of an account each, after the operator’s. */
export function fleetOf(
  organisations: number,
  other: (index: number) => Partial<FleetStack> = () => ({}),
): Fleet {
  return {
    asked: [],
    stacks: [
      organisation('Zone', { account: '000000000002', organisation: undefined, sector: undefined }),
      ...Array.from({ length: organisations }, (_, n) =>
        organisation(`O${n}`, {
          account: String(100_000_000_000 + n),
          sector: SECTORS[n % 4] ?? '',
          ...other(n),
        }),
      ),
    ],
  };
}

/** Any fleet: accounts with several stacks, of the operator and of organisations, done by anybody, waiting for any earlier ones. */
export const fleets: fc.Arbitrary<Fleet> = fc
  .array(
    fc.record({
      account: fc.nat({ max: 9 }),
      by: fc.constantFrom('rollout', 'rollout', 'rollout', 'administrator', 'organisation', 'nobody'),
      takesAway: fc.boolean(),
      waits: fc.array(fc.nat({ max: 40 }), { maxLength: 2 }),
      moved: fc.boolean(),
    }),
    { maxLength: 40 },
  )
  .map((drawn): Fleet => {
    // What is gone comes last, and nobody waits for it or for what is handed over.
    const sorted = [
      ...drawn.filter(({ by }) => by !== 'nobody'),
      ...drawn.filter(({ by }) => by === 'nobody'),
    ];
    const stacks = sorted.map(({ account, by, takesAway, waits, moved }, index): FleetStack => {
      const isOrganisation = account > 1;
      return organisation(`s${index}`, {
        account: `a${account}`,
        organisation: isOrganisation ? `o${account}` : undefined,
        sector: isOrganisation ? `sector ${account % 3}` : undefined,
        by: by as FleetStack['by'],
        takesAway: takesAway || by === 'nobody',
        change: by === 'nobody' ? 'gone' : 'changed',
        ...(moved && by === 'rollout' && { change: 'moved', from: { account: 'a9', region: 'eu-west-2' } }),
        waitsFor:
          by === 'nobody' ? [] : [...new Set(waits)].filter((each) => each < index).map((each) => `s${each}`),
      });
    });
    return { stacks, asked: [] };
  });
