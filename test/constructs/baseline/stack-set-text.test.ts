/** The text of a StackSet’s template: the same template to whoever reads it, and with no quote that another template has to escape. */
import fc from 'fast-check';
import { parse } from 'yaml';
import { stackSetTemplate } from '../../../lib/assembly';
import { stackSetText } from '../../../lib/constructs/baseline/stack-set-text';

const line = fc
  .string({ unit: 'grapheme', minLength: 1 })
  .filter((text) => !/[\p{Cc}\u2028\u2029\ufeff]/u.test(text));
const name = fc.stringMatching(/^[A-Z][A-Za-z0-9]{0,12}$/);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(
      line,
      fc.constantFrom('', "it's", 'yes', '012', 'null', '# a', '*b', '&c', '{', 'a: b'),
      fc.constantFrom(
        'Allow',
        'Yes',
        'NO',
        'On',
        'OFF',
        'True',
        'FALSE',
        'Null',
        'NaN',
        'Inf',
        'Y',
        'N',
        'E12',
        'A1B',
      ),
      fc.integer(),
      fc.boolean(),
    ),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(line, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));
const template = fc.record({
  Description: line,
  Resources: fc.dictionary(name, fc.record({ Type: line, Properties: value }), { noNullPrototype: true }),
  Outputs: fc.dictionary(name, value, { noNullPrototype: true, minKeys: 1 }),
});

it('is the same template to the assembly’s reader and to one of YAML 1.1 that is not ours', () => {
  fc.assert(
    fc.property(template, (given) => {
      const text = stackSetText(given);
      expect(stackSetTemplate(text)).toEqual(given);
      expect(parse(text, { version: '1.1', merge: false, uniqueKeys: true }) ?? {}).toEqual(
        Object.keys(given.Resources).length === 0 ? { ...given, Resources: null } : given,
      );
    }),
    { numRuns: 60 },
  );
});

it('is not taken for JSON, and costs no more within JSON than a mark for the end of each line', () => {
  const text = stackSetText({
    Description: 'A',
    Resources: { B: { Type: "C's", 'D::E': ['Effect', 'Yes'] } },
  });
  expect(text).toBe("'Description': 'A'\n'Resources':\n 'B': {Type: 'C''s','D::E':[Effect,'Yes']}\n");
  expect(JSON.stringify(text).length - text.length).toBe(2 + text.split('\n').length - 1);
});

it('refuses what does not stand on one line', () => {
  for (const text of ['a\nb', 'a\u0007', 'a\u2028b'])
    expect(() => stackSetText({ Description: text })).toThrow(RangeError);
});

it.each([
  ['an anchor', "'Resources':\n 'A': &a {'Type':'B'}\n"],
  ['a tag', "'Resources':\n 'A': !Ref B\n"],
  ['a comment', "'Resources':\n 'A': {'Type':'B'} # C\n"],
  ['a word with a value of its own', "'Resources':\n 'A': {'Type':Yes}\n"],
  ['such a word for a key', "'Resources':\n 'A': {True: 'B'}\n"],
  ['a bare word of small letters', "'Resources':\n 'A': {'Type':yes}\n"],
  ['a plain word before another', "'Resources':\n 'A': {'Type':One Two}\n"],
  ['a plain key without a space', "'Resources':\n 'A': {Type:'B'}\n"],
  ['a number for a key', "'Resources':\n 'A': {12: 'B'}\n"],
  ['a number that others take for octal', "'Resources':\n 'A': {'Type':010}\n"],
  ['a resource that is there twice', "'Resources':\n 'A': {}\n 'A': {}\n"],
  ['a section that is there twice', "'Resources':\n 'A': {}\n'Resources':\n 'B': {}\n"],
  ['a second document', "'Resources':\n 'A': {}\n---\n"],
  ['a resource within another line', "'Resources':\n 'A':\n  'Type': 'B'\n"],
  ['other YAML', 'Resources:\n  A:\n    Type: B\n'],
])('is not read where it has %s', (_, text) => {
  expect(() => stackSetTemplate(text)).toThrow(SyntaxError);
});

it('is read where an earlier assembly has it as JSON', () => {
  expect(stackSetTemplate('{"Resources":{"A":{"Type":"B"}}}')).toEqual({ Resources: { A: { Type: 'B' } } });
});
