/** That of texts that patterns tell apart one is given of each combination, and a name where any name is of it. */
import { AssemblyError } from '../../lib/assembly';
import { textsFor } from '../../lib/proof/texts';

const all = (...patterns: string[]) => patterns.map((pattern) => ({ pattern, before: '' }));
const NAMES = { whole: /^[^/:]+(\/[^/:]+)*$/, begun: /^([^/:]+\/)*$/ };
const namesFor = (...patterns: string[]) =>
  textsFor(all(...patterns), NAMES).filter((each) => NAMES.whole.test(each));

test('where the empty text is of a combination, a name of the same one is given', () => {
  const texts = textsFor(all('*', '*x'));
  expect(texts).toHaveLength(2);
  for (const text of texts) expect(text).not.toBe('');
  expect(texts.filter((text) => text.endsWith('x'))).toHaveLength(1);
});

test('where a text that is no name is of a combination, a name of the same one is given', () => {
  const texts = namesFor('teams/*', '*x');
  const [others, ...more] = texts.filter((text) => text.startsWith('teams/') && !text.endsWith('x'));
  expect(others).toBeDefined();
  expect(more).toEqual([]);
});

test.each([
  ['an empty folder', '/b'],
  ['a character that none has', ':b'],
])('a pattern for %s keeps no name from being given of the others', (_, noName) => {
  expect(namesFor('??/analyst', noName)).toContainEqual(expect.stringMatching(/^..\/analyst$/));
});

test('where no name is of a combination, the text that is stays', () => {
  expect(textsFor(all('', 'a'))).toContain('');
});

test('of more combinations than can be told apart, the patterns are named', () => {
  // How often each of six letters has come, up to six times: 117,649 combinations.
  const patterns = [...'abcdef'].map((each) => `${`*${each}`.repeat(6)}*`);
  expect(() => textsFor(all(...patterns))).toThrow(
    new AssemblyError(
      `policies have patterns with more combinations than can be told apart, so nothing is proven: ${patterns.slice(0, 5).join(', ')}, and 1 more. Write them with fewer wildcards, or as names`,
    ),
  );
});
