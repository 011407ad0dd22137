/** That a pattern means what ECMA-262 says of the whole value, that no value makes one slow, and that what is refused is refused with a reason. */
import fc from 'fast-check';
import { automatonOf } from '../../lib/contracts/pattern/automaton';
import { PatternFault } from '../../lib/contracts/pattern/read';
import { machineOf, matches } from '../../lib/contracts/rules/machine/machine';
import { expectGolden } from './golden';

/** Few characters, so that values often match: of one, two, three and four bytes, and with meanings in patterns. */
const CHARACTERS = ['a', 'b', 'Z', '0', '7', '_', ' ', '-', '\n', 'é', '’', '\u{1f600}'];
const literal = fc.constantFrom(
  'a',
  'b',
  'Z',
  '0',
  '7',
  '_',
  ' ',
  'é',
  '’',
  '\u{1f600}',
  '\\n',
  '\\.',
  '\\u{e9}',
);
const set = fc.constantFrom(
  '.',
  '\\d',
  '\\D',
  '\\w',
  '\\W',
  '\\s',
  '\\S',
  '[a-c0]',
  '[^a\\d]',
  '[\\w-]',
  '\\p{Lu}',
  '[é-’]',
);
const times = fc.constantFrom('', '', '*', '+', '?', '{2}', '{0,2}', '{1,}', '*?', '{0}');
const { pattern } = fc.letrec<{ pattern: string; one: string }>((tie) => ({
  one: fc
    .tuple(
      fc.oneof(
        { weight: 4, arbitrary: literal },
        { weight: 3, arbitrary: set },
        { weight: 1, arbitrary: tie('pattern').map((inner) => `(?:${inner})`) },
        { weight: 1, arbitrary: tie('pattern').map((inner) => `(${inner})`) },
      ),
      times,
    )
    .map(([what, often]) => what + often),
  pattern: fc
    .tuple(
      fc.constantFrom('', '', '^'),
      fc.array(tie('one'), { maxLength: 4 }),
      fc.constantFrom('', '', '$'),
      fc.option(tie('pattern'), { depthSize: 'small' }),
    )
    .map(([begins, parts, ends, or]) => `${begins}${parts.join('')}${ends}${or === null ? '' : `|${or}`}`),
}));
const value = fc.array(fc.constantFrom(...CHARACTERS), { maxLength: 6 }).map((all) => all.join(''));

/** What the engine makes of a pattern: whether it takes a value, with other bytes before and behind. */
function taken(source: string, text: string): boolean {
  const bytes = Buffer.from(`x${text}y`);
  return matches(machineOf(automatonOf(source)), bytes, 1, bytes.length - 1);
}

it('says of each value what the engine of JavaScript says of the whole of it', () => {
  fc.assert(
    fc.property(pattern, fc.array(value, { minLength: 1, maxLength: 8 }), (source, values) => {
      const expected = new RegExp(`^(?:${source})$`, 'u');
      for (const each of values) {
        const holds = expected.test(each);
        expect([source, each, taken(source, each)]).toEqual([source, each, holds]);
      }
    }),
    { numRuns: 120 },
  );
});

it.each([
  ['^(a+)+$', `${'a'.repeat(50_000)}!`],
  ['(?:a|a?)*b', 'a'.repeat(50_000)],
  ['(.*),(.*),(.*),(.*),(.*)x', ','.repeat(50_000)],
])('takes one step for each character: %s', (source, text) => {
  const machine = machineOf(automatonOf(source));
  const bytes = Buffer.from(text);
  const started = process.cpuUsage();
  expect(matches(machine, bytes, 0, bytes.length)).toBe(false);
  const { user, system } = process.cpuUsage(started);
  // It takes about a millisecond; one that tries each way takes longer than the sun will last.
  expect(user + system).toBeLessThan(2_000_000);
});

const REFUSED = [
  '(?!BG)[A-Z]{2}',
  '(?<=a)b',
  '(a)\\1',
  '(?<x>a)\\k<x>',
  '\\bword\\b',
  '(unclosed',
  '[z-a]',
  'a{2,1}',
  '\\-',
  '(a|b)*a(a|b){20}',
  '(?:a{1000}){1000}',
];

it('refuses what can take long or is not valid, and says what to write', () => {
  const told = REFUSED.map((source) => {
    try {
      automatonOf(source);
      return `${source}\n  is carried out`;
    } catch (error) {
      if (!(error instanceof PatternFault)) throw error;
      const part = error.part === undefined ? '' : ` (${error.part})`;
      return `${source}\n  ${error.message}${part}\n  fix: ${error.fix}\n`;
    }
  });
  expectGolden('patterns.txt', told.join('\n'));
});

it('is small for the patterns that contracts have', () => {
  const { next, bounds } = automatonOf('^[A-Z]{2}[0-9]{8}$');
  expect([next.length, bounds.length]).toEqual([12 * 3, 5]);
});

it.each([
  ['(?:a|b)*(?:a|b)c', '[ab]+c'],
  ['a?a?a?', 'a{0,3}'],
  ['(?:ab|a)b?|abb', 'ab?b?'],
  ['(?:[]|a)', 'a|[]'],
])('makes the same of one language, however it is written: %s and %s', (one, other) => {
  const sizes = [one, other].map((source) => {
    const { next, classes } = automatonOf(source);
    return next.length / (Math.max(...classes) + 1);
  });
  expect(sizes[0]).toBe(sizes[1]);
});

it('has no two states that every value leads to the same end', () => {
  fc.assert(
    fc.property(pattern, (source) => {
      const { next, accepts, classes } = automatonOf(source);
      const width = Math.max(...classes) + 1;
      const count = next.length / width;
      const taken = new Set(accepts);
      // Told apart by longer and longer values, until no more are.
      let parts: string[] = Array.from({ length: count }, (_, state) => (taken.has(state) ? 'y' : 'n'));
      for (let before = 0; before < new Set(parts).size; ) {
        before = new Set(parts).size;
        const told = parts.map(
          (part, state) => `${part} ${next.slice(state * width, (state + 1) * width).map((to) => parts[to])}`,
        );
        const names = [...new Set(told)];
        parts = told.map((each) => String(names.indexOf(each)));
      }
      // A pattern that nothing matches begins in a dead end, and has another.
      expect([source, count - new Set(parts).size]).toEqual([source, parts[0] === parts[1] ? 1 : 0]);
    }),
    { numRuns: 60 },
  );
});
