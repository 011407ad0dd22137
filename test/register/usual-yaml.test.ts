/** That a file which is read without the YAML parser says what it says to the parser, and that nearly all files are. */
import fc from 'fast-check';
import { stringify } from 'yaml';
import type { RegisterFile } from '../../lib/register/folder';
import { readUsualJson } from '../../lib/register/usual-json';
import { readUsualYaml } from '../../lib/register/usual-yaml';
import { YamlDocument } from '../../lib/register/yaml-document';
import { YamlSource } from '../../lib/register/yaml-source';
import { CODE_POINT } from '../code-point';
import { CASES } from './bad-input/every-case';
import { edited, MINIMAL, SAMPLE } from './samples';
import { editedFile } from './wild-edits';
import { writtenInYaml } from './yaml-writings';

const textIn = ({ bytes }: RegisterFile) => Buffer.from(bytes).toString('utf8');

/** The parser’s own reading. */
function parsed(text: string): YamlDocument {
  return new YamlDocument('x.yaml', text, text.split(/\r?\n/), 'text', new Set());
}

/** Whether a text is read without the parser. @throws Error where the parser finds another value, or a fault */
function isUsual(text: string): boolean {
  const value = readUsualYaml(text) ?? readUsualJson(text);
  if (value === undefined) return false;
  const { diagnostics, value: asParsed } = parsed(text);
  const isSame = diagnostics.length === 0 && JSON.stringify(asParsed) === JSON.stringify(value);
  if (!isSame) throw new Error(JSON.stringify({ text, value, asParsed, diagnostics }, null, 2));
  return true;
}

test('nearly every file of a register is read without the parser', () => {
  const files = [...SAMPLE, ...MINIMAL].filter(({ path }) => !path.startsWith('contracts/'));
  expect(files.filter((file) => !isUsual(textIn(file))).map(({ path }) => path)).toEqual([]);
});

test('bad registers say the same to both', () => {
  const texts = new Set(CASES.flatMap(([, edits]) => edited(MINIMAL, ...edits).map(textIn)));
  const usual = [...texts].filter(isUsual);
  expect(usual.length).toBeGreaterThan(texts.size / 3);
});

/** Each is a step away from what is usual, and most mean something else than they would if they were. */
const NEARLY = [
  ...[
    'a: b # c',
    'a: b #',
    'a: b\n  # c\n  d',
    'a:\n  - b\n # c\n  - d',
    'a: # c\n  b: c',
    '- a # b',
    'a: #b',
  ],
  ...[
    'a: >-\n  b\n\n  # c\nd: e',
    'a: >-\n  b\n\n  c',
    'a: >-\n  b\n   c',
    'a: >-\n   b\n  c',
    'a: >-\n# c\n  b',
  ],
  ...[
    'a: >-\nb: c',
    'a: >-',
    'a: >- # c\n  b',
    'a: >-\n  b: c\n  - d\n  # e\nf: g',
    '- >-\n  a\n- b',
    '- >-\n a\n  b',
  ],
  ...[
    'a: "b\n  c"',
    'a: "b\n\n  c"',
    'a: "b\n  "',
    'a: "\n  b"',
    'a: "b\nc"',
    'a: "b\n # c"',
    '- "b\n c"',
    "a: 'b''c'",
  ],
  ...[
    'a: "b" c',
    'a: "b": c',
    '"a": b',
    'a : b',
    'a: b: c',
    'a: b\n  c: d',
    'a: b\n  c',
    'a: b\n c\n   d',
    'a: b\nc',
  ],
  ...[
    'a:\n- b\n- c\nd: e',
    'a:\n  - b\n  c: d',
    'a:\n    b: c\n  d: e',
    'a:\n- b\n - c',
    'a: b\n- c',
    '- a: b\n  c: d',
  ],
  ...[
    '- a: b\n   c: d',
    '- a: b\n c: d',
    '- a:\n  - b\n  - c',
    '- a:\n  b: c',
    '-   a: b\n    c: d',
    '- - a',
    '-\n  a',
    '- ',
  ],
  ...[
    'a:',
    'a:\nb: c',
    'a: b\na: c',
    'a:\n  b: c\n  b: d',
    'toString: a',
    '__proto__: a',
    '<<: a',
    'a: <<',
    '1: a',
    '? a',
  ],
  ...[
    '---\na: b',
    'a: b\n---\nc: d',
    'a: b\n...',
    '%YAML 1.2\n---\na: b',
    '\na: b\n\n',
    ' a: b',
    ' # c\na: b',
    'a: b\n  ',
  ],
  // To a regular expression, what YAML takes for letters is a space and an end of a line.
  ...['a: b\n  \u00a0- c', '- a\n  \u3000- b', 'a: b\u2028%c', '# a\u2029%b\nc: d'],
];

test('what is nearly usual says the same to both', () => {
  expect(NEARLY.filter((each) => [each, `${each}\n`].every(isUsual)).length).toBeGreaterThan(10);
});

test('a file that is cut off after any line says the same to both', () => {
  const [text = ''] = SAMPLE.filter(({ path }) => path === 'agreements/court-warrants.yaml').map(textIn);
  const lines = text.split('\n');
  const usual = lines.filter((_, end) => isUsual(lines.slice(0, end).join('\n')));
  expect(usual.length).toBeGreaterThan(lines.length / 2);
});

test('files after wild edits say the same to both', () => {
  let taken = 0;
  fc.assert(
    fc.property(editedFile(SAMPLE), ({ bytes }) => {
      if (isUsual(Buffer.from(bytes).toString('utf8'))) taken++;
    }),
    { numRuns: 300 },
  );
  expect(taken).toBeGreaterThan(0);
});

const WORDS = [
  ...[
    'a',
    'two words',
    'x1',
    'é',
    'a#b',
    'a:b',
    'arn:aws:iam::1:role/x',
    '"x"',
    "'y'",
    '"a b',
    'c"',
    "'d",
    "e'",
  ],
  ...[
    '[]',
    '{}',
    '[a, b]',
    '{a: b}',
    '>-',
    '>',
    '|',
    '|-',
    '>+',
    '- ',
    '-',
    '- - ',
    'a:',
    'b: ',
    '#',
    '# c',
    ' #c',
  ],
  ...[
    '?',
    '? a',
    '!',
    '!x',
    '&a',
    '*a',
    '%YAML',
    '---',
    '...',
    '@',
    '`',
    '\\',
    '"\\n"',
    ',',
    '~',
    'null',
    '-1',
    '<<: ',
  ],
  ...[
    ':',
    '::',
    'a : b',
    '"a": b',
    '"a" b',
    '\u00a0',
    '\u2028',
    '\ufeff',
    '\u0085',
    '\t',
    '\r',
    '__proto__:',
    'toString: ',
  ],
];

const line = fc
  .record({
    indent: fc.constantFrom(0, 0, 0, 2, 2, 2, 4, 4, 1, 3, 6),
    dash: fc.constantFrom('', '', '', '', '- ', '- ', '-   '),
    key: fc.constantFrom('', '', '', 'a: ', 'b: ', 'c: ', 'd:', 'e:', 'f:', 'g:   '),
    words: fc.array(
      fc.oneof({ weight: 6, arbitrary: fc.constantFrom('a', 'bc') }, fc.constantFrom(...WORDS)),
      {
        maxLength: 2,
      },
    ),
    isTrimmed: fc.nat(9).map((each) => each > 0),
  })
  .map(({ indent, dash, key, words, isTrimmed }) => {
    const written = `${' '.repeat(indent)}${dash}${key}${words.join(' ')}`;
    return isTrimmed ? written.replace(/ +$/, '') : written;
  });

test('lines of anything that means something in YAML say the same to both', () => {
  let taken = 0;
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), fc.constantFrom('', '\n'), (lines, end) => {
      if (isUsual(lines.join('\n') + end)) taken++;
    }),
    { numRuns: 4_000 },
  );
  expect(taken).toBeGreaterThan(100);
});

/** Characters up to é alone: `writtenInYaml` escapes by two digits. */
const text = fc
  .array(
    fc.oneof(
      { weight: 30, arbitrary: fc.constantFrom('Hourly', 'readings', 'café', 'a', '(all)') },
      fc.constantFrom('no', '12', "'s", 'x:', '#1', '"so"'),
    ),
    { minLength: 1, maxLength: 20 },
  )
  .map((words) => words.join(' '));
const { settings } = fc.letrec<{ settings: Record<string, unknown>; value: unknown }>((tie) => ({
  settings: fc.dictionary(fc.constantFrom('id', 'title', 'owner', 'items', 'from-2027'), tie('value'), {
    minKeys: 1,
    noNullPrototype: true,
  }),
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    text,
    fc.array(tie('value'), { maxLength: 3 }),
    tie('settings'),
  ),
}));

test('settings that a program writes at any width of line are read as they were', () => {
  let taken = 0;
  fc.assert(
    fc.property(settings, fc.constantFrom(0, 20, 80), (value, lineWidth) => {
      const written = stringify(value, { lineWidth });
      if (isUsual(written)) taken++;
      expect(new YamlSource('x.yaml', Buffer.from(written)).value).toEqual(value);
    }),
    { numRuns: 150 },
  );
  expect(taken).toBeGreaterThan(20);
});

const asApproveWrites = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
const anyText = fc.string({
  unit: fc.oneof(CODE_POINT, fc.constantFrom(...'"\\/\n\t\r\b\f :#{}[],&*!|>%@')),
});
const { group } = fc.letrec<{ group: Record<string, unknown>; value: unknown }>((tie) => ({
  group: fc.dictionary(
    fc.constantFrom('payload', 'sig', 'keyid', 'sshsig', 'constructor', '__proto__', 'a b'),
    tie('value'),
    {
      minKeys: 1,
      noNullPrototype: true,
    },
  ),
  value: fc.oneof(
    { maxDepth: 2 },
    { weight: 12, arbitrary: anyText },
    fc.constantFrom(1, true, null),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('group'),
  ),
}));

test('what is written as approvals are says the same to both, whatever it holds', () => {
  let taken = 0;
  fc.assert(
    fc.property(group, (value) => {
      if (isUsual(asApproveWrites(value))) taken++;
    }),
    { numRuns: 600 },
  );
  expect(taken).toBeGreaterThan(30);
});

test.each([
  ['a setting that is given twice', '{\n  "a": "b",\n  "a": "b"\n}\n'],
  ['a number', '{\n  "a": 1\n}\n'],
  ['a comment', '{\n  "a": "b" # c\n}\n'],
  ['half a character', '{\n  "a": "\\ud800"\n}\n'],
  ['lists in lists without end', `{\n"a": ${'['.repeat(30_000)}${']'.repeat(30_000)}}\n`],
])('%s in an approval is for the parser', (_name, written) => {
  expect(readUsualJson(written)).toBeUndefined();
});

test('a text is read as it was, in whichever way of YAML it is written', () => {
  const written = text.chain((value) =>
    writtenInYaml(value, '  ').map((way) => ({ value, yaml: `a: ${way}\nb: c\n` })),
  );
  fc.assert(
    fc.property(written, ({ value, yaml }) => {
      isUsual(yaml);
      expect(new YamlSource('x.yaml', Buffer.from(yaml)).value).toEqual({ a: value, b: 'c' });
    }),
    { numRuns: 300 },
  );
});

test('the line of a setting is the one that the parser finds', () => {
  for (const { path, bytes } of [...SAMPLE, ...MINIMAL].filter(({ path }) =>
    path.startsWith('agreements/'),
  )) {
    const source = new YamlSource(path, bytes);
    for (const key of [...Object.keys(source.value as object), 'nowhere'])
      expect([path, key, new YamlSource(path, bytes).lineOf(key)]).toEqual([
        path,
        key,
        source.place([key], 'key').line,
      ]);
  }
});
