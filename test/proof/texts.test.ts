/** That of texts that patterns tell apart one is given of each combination, and a name where any name is of it. */
import { textsFor } from '../../lib/proof/texts';

const all = (...patterns: string[]) => patterns.map((pattern) => ({ pattern, before: '' }));

test('where the empty text is of a combination, a name of the same one is given', () => {
  const texts = textsFor(all('*', '*x'));
  expect(texts).toHaveLength(2);
  for (const text of texts) expect(text).not.toBe('');
  expect(texts.filter((text) => text.endsWith('x'))).toHaveLength(1);
});

test('where a text that is no name is of a combination, a name of the same one is given', () => {
  const isName = (text: string) => /^[^/]+(\/[^/]+)*$/.test(text);
  const texts = textsFor(all('teams/*', '*x'), isName).filter(isName);
  const [others, ...more] = texts.filter((text) => text.startsWith('teams/') && !text.endsWith('x'));
  expect(others).toBeDefined();
  expect(more).toEqual([]);
});

test('where no name is of a combination, the text that is stays', () => {
  expect(textsFor(all('', 'a'))).toContain('');
});
