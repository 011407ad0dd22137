/** That the quick look takes nothing that is not canonical, and reads the fields that are asked for as a parser does. */
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { bytesOf, utf8 } from '../../../lib/ledger/core/bytes';
import { parseCanonical, parseCanonicalFields } from '../../../lib/ledger/core/canonical-json';
import { fieldsAt, plainFields } from '../../../lib/ledger/core/canonical-scan';
import { LedgerFormatError } from '../../../lib/ledger/core/errors';

const look = (text: string, paths: readonly string[] = []) =>
  plainFields(bytesOf(text), text, fieldsAt(paths));

const isCanonical = (text: string) => {
  try {
    parseCanonical(text);
    return true;
  } catch (error) {
    if (!(error instanceof LedgerFormatError)) throw error;
    return false;
  }
};

/** Objects of few names, so that the fields asked for are there, with all kinds of values. */
const { object } = fc.letrec<{ object: Record<string, unknown>; value: unknown }>((tie) => ({
  object: fc.dictionary(fc.constantFrom('a', 'b', 'ab', 'B', '10', '9', 'c d', 'ü'), tie('value'), {
    maxKeys: 5,
  }),
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(
      null,
      true,
      false,
      0,
      -1,
      1.5,
      1e21,
      999999999999999,
      2 ** 53,
      '',
      '"',
      '\\',
      '\n',
      '\u0001',
      'é',
    ),
    fc.string({ maxLength: 4 }),
    fc.integer(),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('object'),
  ),
}));
const texts = object.map((value) => canonicalize(value) ?? '');
const PATHS = ['a', 'b.a', 'b.ab.B', 'ab', '10', 'c d'];

it('takes what is plain', () => {
  for (const text of ['{}', '{"a":1}', '{"10":1,"9":[]}', '{"a":[{"b":"\\n"},null,true,-7,0],"b":{"":""}}'])
    expect(look(text)).toEqual({});
});

it('takes nothing that is not canonical, however a canonical text is changed', () => {
  const bits = fc.constantFrom(
    '"',
    '\\',
    ',',
    ':',
    '{',
    '}',
    '[',
    ']',
    '0',
    '1',
    '-',
    '.',
    'e',
    ' ',
    '\n',
    'a',
    'u',
    'null',
    '"a":1',
    ',"a":1',
  );
  fc.assert(
    fc.property(texts, fc.nat(), fc.nat({ max: 3 }), bits, (text, place, length, bit) => {
      const at = place % (text.length + 1);
      const changed = text.slice(0, at) + bit + text.slice(at + length);
      const bytes = bytesOf(changed);
      if (plainFields(bytes, utf8(bytes, ''), []) !== undefined) expect(isCanonical(changed)).toBe(true);
    }),
    { numRuns: 3_000 },
  );
});

it.each([
  '{"b":1,"a":2}',
  '{"9":1,"10":2}',
  '{"a":1,"a":1}',
  '{"a":{"c":1,"b":2}}',
  '{"a": 1}',
  '{"a":1} ',
  '{"a":1.0}',
  '{"a":1e2}',
  '{"a":-0}',
  '{"a":01}',
  '{"a":-}',
  '{"a":9007199254740993}',
  '{"a":"\\u0061"}',
  '{"a":"\\/"}',
  '{"a":"\\ud800"}',
  '{"a":"\n"}',
  '{"\\u0061":1}',
  '{"a":nul}',
  '{"a":nullx}',
  '{"a":[1,]}',
  '{"a":1,}',
  '{"a":1',
  '{"a":"x',
  '{"a',
  '{"a"}',
  '{"a":}',
  '{"a":1}{}',
  '{',
  '',
  '[]',
  `{"a":${'['.repeat(200)}${']'.repeat(200)}}`,
])('leaves %s to the parser', (text) => {
  expect(look(text)).toBeUndefined();
});

it('reads the fields that are asked for, and no others, as they are', () => {
  fc.assert(
    fc.property(texts, fc.subarray(PATHS), (text, paths) => {
      const found = look(text, paths);
      if (found === undefined) return;
      const whole = JSON.parse(text) as Record<string, unknown>;
      expect(canonicalize(found)).toBe(canonicalize(chosen(whole, paths)));
      // What may be left out is a matter of speed alone.
      expect(canonicalize(parseCanonicalFields(bytesOf(text), text, fieldsAt(paths)))).toBe(
        canonicalize(found),
      );
    }),
    { numRuns: 2_000 },
  );
});

/** The same, from a value that was parsed. */
function chosen(value: unknown, paths: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || paths.includes('')) return value;
  const fields: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) {
    const below = paths.filter((path) => path === name || path.startsWith(`${name}.`));
    if (below.length > 0)
      fields[name] = chosen(
        inner,
        below.map((path) => path.slice(name.length + 1)),
      );
  }
  return fields;
}
