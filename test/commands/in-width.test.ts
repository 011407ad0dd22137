/** That talk goes on in the next line of a terminal between words, and that what is set already stays as it is. */
import fc from 'fast-check';
import { inWidth } from '../../lib/commands/in-width';
import { widthOf } from '../../lib/words/width';

const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 40 });

it('breaks lines between words alone, none longer than the terminal is wide', () => {
  fc.assert(
    fc.property(words, fc.integer({ min: 20, max: 200 }), (said, width) => {
      const text = said.join(' ');
      const lines = inWidth(`${text}\n`, width).split('\n');
      expect(lines.pop()).toBe('');
      expect(lines.join(' ')).toBe(text);
      for (const line of lines) expect(widthOf(line)).toBeLessThan(width);
    }),
  );
});

it.each([
  '  npx concordat synth --register a-folder-with-a-long-name --output another-folder',
  '12 | necessity: a text of the register, which is told with its place below it',
  '   = fix: check both dates; an impact assessment is signed off before any data is shared',
  'a table   with columns, which would be columns no more if it went on in the next line',
  '\u001b[31merror\u001b[39m: what is painted is set by who paints it, to the width of the terminal',
])('leaves what is set already: %s', (line) => {
  expect(inWidth(line, 40)).toBe(line);
});

it('leaves all where no terminal shows it', () => {
  const long = 'a word '.repeat(60);
  expect(inWidth(long, undefined)).toBe(long);
});
