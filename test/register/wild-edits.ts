/** Edits of a register file, however wild: what slips, merges and odd editors leave, and what has upset parsers before. */
import fc from 'fast-check';
import type { RegisterFile } from '../../lib/register/folder';
import { CODE_POINT } from '../code-point';

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

/** One of the files, by its index, and its bytes after a few edits. */
export function editedFile(
  files: readonly RegisterFile[],
): fc.Arbitrary<{ readonly index: number; readonly bytes: Uint8Array }> {
  return fc
    .record({
      index: fc.nat(files.length - 1),
      edits: fc.array(edit, { minLength: 1, maxLength: 4 }),
      garbage,
    })
    .map(({ index, edits, garbage: wild }) => {
      const before = Buffer.from(files[index]?.bytes ?? []);
      const bytes = Buffer.from(edits.reduce(carryOut, before.toString('utf8')));
      if (wild === null) return { index, bytes };
      const at = Math.floor((wild.at / 10_000) * bytes.length);
      return { index, bytes: Buffer.concat([bytes.subarray(0, at), wild.bytes, bytes.subarray(at)]) };
    });
}

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
