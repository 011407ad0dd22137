/** That no more than so many go at a time, in the order in which they came, and that one that fails holds up no other. */
import fc from 'fast-check';
import { Lanes } from '../../lib/runtime';

const settled = () => new Promise((resolve) => setImmediate(resolve));

it('of any works, in whatever order they end or fail, at most so many are under way, and each is done once, in turn', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.record({ fails: fc.boolean(), next: fc.nat(5) }), { maxLength: 15 }),
      async (most, works) => {
        const lanes = new Lanes(most);
        const begun: number[] = [];
        const open = new Map<number, () => void>();
        let outcomes = 0;
        const all = works.map(({ fails }, n) =>
          lanes
            .run(async () => {
              begun.push(n);
              await new Promise<void>((resolve) => open.set(n, resolve));
              if (fails) throw new Error(String(n));
              return n;
            })
            .then(
              (value) => expect([fails, value]).toEqual([false, n]),
              (error: Error) => expect([fails, error.message]).toEqual([true, String(n)]),
            )
            .then(() => {
              outcomes += 1;
            }),
        );
        for (const { next } of works) {
          await settled();
          expect(open.size).toBe(Math.min(most, works.length - outcomes));
          const [which, end] = [...open][next % Math.max(1, open.size)] ?? [];
          if (which === undefined) continue;
          open.delete(which);
          end?.();
        }
        await settled();
        for (const end of open.values()) end();
        await Promise.all(all);
        expect(begun).toEqual(works.map((_, n) => n));
      },
    ),
    { numRuns: 100 },
  );
});
