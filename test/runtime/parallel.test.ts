/** That work side by side is bounded, and that its failures leave nothing under way and nothing untold. */
import { failuresIn, inParallel } from '../../lib/runtime';

const twenty = Array.from({ length: 20 }, (_, n) => n);

it('has no more under way than it may, starts none after a failure, and waits for those begun', async () => {
  const [begun, ended]: [number[], number[]] = [[], []];
  let most = 0;
  const act = async (n: number) => {
    begun.push(n);
    most = Math.max(most, begun.length - ended.length);
    await Promise.resolve();
    ended.push(n);
    if (n === 4) throw new Error('four');
  };
  await expect(inParallel(twenty, 3, act)).rejects.toThrow('four');
  expect(most).toBe(3);
  expect(begun.length).toBeLessThan(10);
  expect(ended).toHaveLength(begun.length);
});

it('waits for slow work that was begun before a quick failure: nothing is left to go on behind the answer', async () => {
  let slowIsDone = false;
  const act = async (n: number) => {
    if (n === 0) throw new Error('at once');
    await new Promise((resolve) => setTimeout(resolve, 20));
    slowIsDone = true;
  };
  await expect(inParallel([0, 1], 2, act)).rejects.toThrow('at once');
  expect(slowIsDone).toBe(true);
});

it('tells every failure, also one that comes after a lesser one', async () => {
  const act = async (n: number) => {
    if (n === 1) await new Promise((resolve) => setTimeout(resolve, 5));
    throw new RangeError(`number ${n}`);
  };
  const error = await inParallel([0, 1, 2], 2, act).catch((each: unknown) => each);
  expect(failuresIn(error).map(String)).toEqual(['RangeError: number 0', 'RangeError: number 1']);
});

it('throws a single failure as it is, so that its kind can be told', async () => {
  const failure = new RangeError('alone');
  const act = () => Promise.reject(failure);
  expect(await inParallel([1], 8, act).catch((each: unknown) => each)).toBe(failure);
});

it('does each item of a generator once, and nothing for none', async () => {
  const done: number[] = [];
  const some = function* () {
    yield* twenty;
  };
  await inParallel(some(), 4, async (n) => void done.push(n));
  await inParallel([], 4, async (n) => void done.push(n));
  expect(done).toEqual(twenty);
});
