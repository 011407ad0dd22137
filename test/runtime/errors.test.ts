/** That what was thrown can be told in one line, with what caused it. */
import { described, FunctionError, failuresIn, RunFailedError } from '../../lib/runtime';

class OwnError extends FunctionError {
  override readonly name = 'OwnError';
}

it('tells name and message, and the causes after them', () => {
  const error = new OwnError('the claim can’t be read', { cause: new TypeError('it is empty') });
  expect(described(error)).toBe('OwnError: the claim can’t be read: TypeError: it is empty');
  expect(error.cause).toBeInstanceOf(TypeError);
});

it('tells each of several', () => {
  const several = new AggregateError([new RangeError('one'), new OwnError('two')], '2 failed');
  expect(described(several)).toBe('AggregateError: 2 failed: RangeError: one; OwnError: two');
});

it('is one line of bounded length, whatever was thrown', () => {
  expect(described(new Error(`a\n  b\t${'c'.repeat(2_000)}`))).toBe(`Error: a b ${'c'.repeat(489)}`);
  expect(described(new Error('x'.repeat(2_000)))).toHaveLength(500);
  expect(described('words')).toBe('words');
  expect(described(undefined)).toBe('undefined');
});

it('ends where an error is its own cause', () => {
  const error = new RunFailedError('round');
  error.cause = error;
  expect(described(error)).toMatch(/^RunFailedError: round(: RunFailedError: round){5}$/);
});

it('gives what an error stands for', () => {
  const [one, two, three] = [new Error('1'), new Error('2'), new Error('3')];
  const nested = new AggregateError([one, new AggregateError([two, three])]);
  expect(failuresIn(nested)).toEqual([one, two, three]);
  expect(failuresIn(one)).toEqual([one]);
});
