/** That a text is held against a pattern as IAM’s wildcards say. */
import fc from 'fast-check';
import { isLike } from '../../lib/proof/rights/likeness';

const taken = (text: string, pattern: string) =>
  new RegExp(
    `^${pattern
      .replace(/[.+^$()|[\]{}\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    's',
  ).test(text);

test('a star takes any text, a question mark one character, and all else itself', () => {
  const piece = fc.constantFrom('a', 'b', 'ab', '*', '?', '**', ':', '/', '.', '\n', '');
  const text = fc.array(piece, { maxLength: 8 }).map((all) => all.join(''));
  fc.assert(
    fc.property(text, text, (one, pattern) => {
      expect(isLike(one, pattern)).toBe(taken(one, pattern));
    }),
    { numRuns: 2000 },
  );
});

test('many stars take no time that grows without end', () => {
  expect(isLike('a'.repeat(2000), `${'*a'.repeat(20)}b`)).toBe(false);
});
