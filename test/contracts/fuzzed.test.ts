/**
 * That a changed file, of whichever format, ends in an outcome: no error, no wait, no growth. A small draw; `npm run bench` and
 * `FUZZ=100000` make a large one.
 */
import { fuzz } from './fuzzed';

const asked = Number(process.env.FUZZ ?? 0);

it('ends in an outcome for every changed file', async () => {
  const { thrown, slowest, counts } = await fuzz(
    asked ? Math.ceil(asked / 31) : 6,
    asked ? Date.now() % 10_000 : 17,
  );
  expect(thrown).toEqual([]);
  if (asked) console.log(slowest, counts);
  expect(slowest.milliseconds).toBeLessThan(5_000);
});
