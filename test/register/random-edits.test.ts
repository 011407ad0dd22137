/** That no edit of a register file, however wild, makes the loader or a report crash, babble or hang. */
import fc from 'fast-check';
import { canonicalRegister } from '../../lib/register/canonical';
import { byPlace } from '../../lib/register/diagnostic';
import { assemble, type Loaded, readFile } from '../../lib/register/load';
import { githubReport } from '../../lib/register/report/github';
import { jsonReport } from '../../lib/register/report/json';
import { sarifReport } from '../../lib/register/report/sarif';
import { textReport } from '../../lib/register/report/text';
import { sharesOf } from '../../lib/register/share';
import { CODE_POINT } from '../code-point';
import { AS_OF, SAMPLE } from './samples';

/** Of these, `npm run explore` makes as many times as many as it is told. */
const RUNS = 2_000;

/** Text that has upset parsers before, or that stands for something in YAML, a terminal, GitHub or a regular expression. */
const FRAGMENTS = [
  ...[
    '"',
    "'",
    '`',
    '“',
    '[',
    ']',
    '{',
    '}',
    '(',
    ')',
    '<',
    '>',
    '|',
    '&',
    '*',
    '!',
    '%',
    '@',
    '#',
    '?',
    ',',
    ':',
  ],
  ...[
    ' ',
    '  ',
    '\n',
    '\r',
    '\r\n',
    '\t',
    '\n\t',
    '\u0000',
    '\u0007',
    '\u001b[31m',
    '\u007f',
    '\u0085',
    '\u00a0',
  ],
  ...[
    '\u00ad',
    '\u200b',
    '\u202e',
    '\u2028',
    '\ufeff',
    '\ufffd',
    '\ud800',
    '\udc00',
    'é',
    'ß',
    'Ω',
    '中',
    '🦆',
    '👩‍👧',
  ],
  ...[
    '---\n',
    '...\n',
    '--- |\n',
    '- ',
    '-',
    '? ',
    ': ',
    ' #',
    '<<: ',
    '*x',
    '&x ',
    '!!str ',
    '!!binary ',
    '%YAML 1.1\n',
  ],
  ...[
    'null',
    '~',
    'true',
    'no',
    '.inf',
    '-.inf',
    '.nan',
    '0',
    '-0',
    '1e999',
    '0x1F',
    '0o17',
    '1_000',
    '012345678901',
  ],
  ...[
    '[]',
    '{}',
    '{a: {b: [c, {d: e}]}}',
    '? [a, b]\n: c\n',
    '{[a]: b}',
    '[[[[[[',
    '}}}}',
    '|\n',
    '>-\n',
    '|9\n',
    '>+ #\n',
  ],
  ...[
    '__proto__: {}\n',
    'constructor: x\n',
    'toString: 100000000022\n',
    'hasOwnProperty: []\n',
    '"": x\n',
    ': x\n',
    '"a\\x": b\n',
  ],
  ...[
    '::error::x',
    '%0A',
    '$&',
    '$1',
    '\\',
    '\\u0000',
    '"\\u001b[2J"',
    '"\\ud800"',
    '{{x}}',
    '<script>',
    '../../x',
  ],
  ...[
    'id: leeds\n',
    'membership: external\n',
    'kind: external\n',
    'regime: not-personal-data\n',
    'logicalType: array\n',
  ],
  ...[
    'schema:\n  - name: x\n    properties:\n      - items:\n',
    'type: custom\n',
    'successors: [leeds]\n',
    'until: 2027-02-30\n',
  ],
  'a'.repeat(300),
  ' '.repeat(300),
  '- '.repeat(120),
  '['.repeat(120),
  '{a: '.repeat(120),
];

type Change =
  | 'insert'
  | 'delete'
  | 'replace'
  | 'repeat line'
  | 'swap lines'
  | 'drop line'
  | 'indent'
  | 'outdent';

const edit = fc.record({
  change: fc.constantFrom<Change>(
    ...(['insert', 'insert', 'delete', 'replace', 'replace', 'repeat line', 'swap lines'] as const),
    ...(['drop line', 'indent', 'outdent'] as const),
  ),
  at: fc.nat(9_999),
  length: fc.nat(12),
  text: fc.oneof(fc.constantFrom(...FRAGMENTS), fc.string({ unit: CODE_POINT, maxLength: 4 })),
});

const garbage = fc.option(fc.record({ at: fc.nat(9_999), bytes: fc.uint8Array({ maxLength: 6 }) }), {
  freq: 12,
});

const wildEdits = fc.record({
  file: fc.nat(SAMPLE.length - 1),
  edits: fc.array(edit, { minLength: 1, maxLength: 4 }),
  garbage,
});

/** Carries out one edit; positions are in ten-thousandths of the text. */
function carryOut(
  text: string,
  { change, at, length, text: by }: typeof edit extends fc.Arbitrary<infer T> ? T : never,
) {
  const from = Math.floor((at / 10_000) * text.length);
  if (change === 'insert') return text.slice(0, from) + by + text.slice(from);
  if (change === 'delete') return text.slice(0, from) + text.slice(from + 1 + length);
  if (change === 'replace') return text.slice(0, from) + by + text.slice(from + 1 + length);
  const lines = text.split('\n');
  const line = Math.floor((at / 10_000) * lines.length);
  const here = lines[line] ?? '';
  if (change === 'repeat line') lines.splice(line, 0, here);
  if (change === 'drop line') lines.splice(line, 1);
  if (change === 'indent') lines[line] = ' '.repeat(1 + (length % 4)) + here;
  if (change === 'outdent') lines[line] = here.slice(1 + (length % 4));
  if (change === 'swap lines') {
    const other = (line + 1 + length) % lines.length;
    [lines[line], lines[other]] = [lines[other] ?? '', here];
  }
  return lines.join('\n');
}

const RESULTS = SAMPLE.map(readFile);

/** Loads the sample with one file changed. */
function loadWith(index: number, bytes: Uint8Array): Loaded {
  const file = SAMPLE[index];
  if (file === undefined) throw new RangeError(`there is no file ${index}`);
  return assemble(RESULTS.with(index, readFile({ path: file.path, bytes })), [], AS_OF);
}

/** Fails unless a condition holds. Jest’s own matchers take longer than what they would judge here, 100,000 times. */
function must(holds: boolean, what: string, shown: () => unknown = () => ''): asserts holds {
  if (!holds) throw new Error(`${what}: ${JSON.stringify(shown())}`);
}

/** Checks that what came of loading is complete and can be written in every form. */
function isSensible(loaded: Loaded): void {
  if (loaded.ok) {
    must(canonicalRegister(loaded.register).length > 1000, 'the register is as long as it was');
    must(sharesOf(loaded.register, AS_OF).length > 10, 'the register has shares');
    return;
  }
  const { diagnostics, lines } = loaded;
  must(diagnostics.length > 0, 'what is rejected has a diagnostic');
  for (const { place, message, fix } of diagnostics) {
    const here = lines.get(place.file)?.[place.line - 1];
    const isThere =
      place.line >= 1 &&
      place.column >= 1 &&
      (place.endLine > place.line || place.endColumn > place.column) &&
      (here === undefined ? place.line === 1 : place.column <= here.length + 1);
    const isSaid = message.trim() !== '' && fix.trim() !== '';
    must(isThere && isSaid, 'a diagnostic is sensible', () => ({ place, message, fix, here }));
  }
  const isInOrder = diagnostics.every(
    (each, index) => index === 0 || byPlace(diagnostics[index - 1] ?? each, each) <= 0,
  );
  must(isInOrder, 'diagnostics are in order', () => diagnostics);
  const report = { diagnostics, lines, folder: 'register' };
  const text = textReport(report, false);
  const shown = () => text;
  must(!/^ {4}at |undefined|\[object |NaN|\[native code/m.test(text), 'the text is for people', shown);
  must(!/(?!\n)[\p{Cc}\p{Cf}]/u.test(text), 'the text has no control characters', shown);
  must(textReport(report, true).length > text.length, 'the text can have colours', shown);
  const counts = [
    JSON.parse(jsonReport(report)).diagnostics.length,
    JSON.parse(sarifReport(report)).runs[0].results.length,
    githubReport(report).split('\n').length - 1,
  ];
  must(
    counts.every((count) => count === diagnostics.length),
    'every form has every diagnostic',
    () => counts,
  );
}

test('random edits of the sample are each taken, or rejected with diagnostics that make sense', () => {
  let rejected = 0;
  let slowest = 0;
  fc.assert(
    fc.property(wildEdits, ({ file, edits, garbage: wild }) => {
      const before = Buffer.from(SAMPLE[file]?.bytes ?? []);
      let bytes = Buffer.from(edits.reduce(carryOut, before.toString('utf8')));
      if (wild) {
        const at = Math.floor((wild.at / 10_000) * bytes.length);
        bytes = Buffer.concat([bytes.subarray(0, at), wild.bytes, bytes.subarray(at)]);
      }
      const began = performance.now();
      const loaded = loadWith(file, bytes);
      isSensible(loaded);
      slowest = Math.max(slowest, performance.now() - began);
      if (!loaded.ok) rejected++;
    }),
    { numRuns: RUNS },
  );
  expect(rejected).toBeGreaterThan(RUNS / 2);
  expect(slowest).toBeLessThan(5000);
});
