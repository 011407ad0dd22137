/** That an edit of a register file changes what it names, and no other byte. */
import fc from 'fast-check';
import { parse } from 'yaml';
import {
  listLines,
  scalar,
  textOf,
  withComment,
  withoutSetting,
  withSetting,
  withText,
} from '../../../lib/register/changes/yaml-edit';
import { YamlSource } from '../../../lib/register/yaml-source';
import { SAMPLE } from '../samples';

const values = (file: { path: string; bytes: Uint8Array }) =>
  new YamlSource(file.path, file.bytes).value as Record<string, unknown>;
const AGREEMENTS = SAMPLE.filter(({ path }) => path.startsWith('agreements/'));
const anAgreement = fc.constantFrom(...AGREEMENTS);
const aText = fc
  .string({ minLength: 1 })
  .filter((text) => !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text) && text.trim() === text);

const aScalar = fc.oneof(
  aText,
  fc.constantFrom(
    'yes',
    'No',
    'on',
    'OFF',
    'y',
    'N',
    'null',
    'a: b',
    '# c',
    '- d',
    "it's",
    '007',
    '1.0',
    '1:30',
  ),
);

test('any text that is written as a scalar is read back as it was', () => {
  fc.assert(
    fc.property(aScalar, (text) => {
      const file = { path: 'agreements/x.yaml', bytes: Buffer.from(`x: ${scalar(text)}\n`) };
      expect(values(file)).toEqual({ x: text });
    }),
  );
});

test.each(['yes', 'No', 'on', 'OFF', 'y', 'N', 'true', 'False', 'null'])(
  'the word %s is text to a reader of YAML 1.1 too, in which it may mean true or false',
  (word) => {
    expect(parse(`x: ${scalar(word)}\n`, { version: '1.1' })).toEqual({ x: word });
  },
);

test('any text but a date is the same text to readers of YAML 1.1 and 1.2', () => {
  fc.assert(
    fc.property(aScalar, fc.constantFrom('1.1' as const, '1.2' as const), (text, version) => {
      fc.pre(!/^\d{4}-\d\d-\d\d$/.test(text));
      expect(parse(`x: ${scalar(text)}\n`, { version })).toEqual({ x: text });
    }),
  );
});

test('a text in another’s place changes that setting alone', () => {
  fc.assert(
    fc.property(
      anAgreement,
      fc.constantFrom(['title'], ['ends'], ['purpose', 'necessity'], ['contacts', 'breach']),
      aText,
      (file, path, text) => {
        const after = withText(file, path, text);
        const expected = structuredClone(values(file));
        let at = expected;
        for (const step of path.slice(0, -1)) at = at[step] as Record<string, unknown>;
        at[path.at(-1) as string] = text;
        expect(values(after)).toEqual(expected);
        const lost = textOf(file)
          .split('\n')
          .filter((line) => !textOf(after).split('\n').includes(line));
        // A text over several lines is on one afterwards.
        expect(lost.length).toBeLessThanOrEqual(path.join() === 'purpose,necessity' ? 5 : 1);
      },
    ),
    { numRuns: 40 },
  );
});

test.each(AGREEMENTS.slice(0, 4).map((file) => [file.path, file] as const))(
  'of %s, any setting can be taken out or written again',
  (_path, file) => {
    for (const name of Object.keys(values(file))) {
      const { [name]: _, ...rest } = values(file);
      const without = withoutSetting(file, name);
      expect(values(without)).toEqual(rest);
      const anew = withSetting(file, name, listLines(name, ['a', 'b: c']));
      expect(values(anew)).toEqual({ ...rest, [name]: ['a', 'b: c'] });
      expect(values(withSetting(without, name, [`${name}: x`]))).toEqual({ ...rest, [name]: 'x' });
      // Comments elsewhere stay.
      for (const comment of textOf(file).match(/^#.*$/gm) ?? []) expect(textOf(without)).toContain(comment);
    }
  },
);

test('line ends stay as they are, and a comment goes below those that begin the file', () => {
  const file = { path: 'agreements/x.yaml', bytes: Buffer.from('# one\r\nid: x\r\nends: 2027-01-01\r\n') };
  expect(textOf(withSetting(file, 'leaves', ['leaves: 2027-01-02']))).toBe(
    '# one\r\nid: x\r\nends: 2027-01-01\r\nleaves: 2027-01-02\r\n',
  );
  expect(textOf(withoutSetting(file, 'id'))).toBe('# one\r\nends: 2027-01-01\r\n');
  expect(textOf(withComment(file, ['two']))).toBe('# one\r\n# two\r\nid: x\r\nends: 2027-01-01\r\n');
});
