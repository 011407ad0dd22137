/** Under which names collected objects lie: whatever an owner calls them. */
import fc from 'fast-check';
import { flatName, localName, numbered } from '../../../lib/delivery/collect/local-name';
import { CODE_POINT } from '../../code-point';

const HOSTILE = [
  '..',
  '.',
  '',
  '../../etc/passwd',
  '/etc/passwd',
  'C:\\Windows\\x',
  'a\\..\\b',
  'CON',
  'nul.txt',
  'com1.csv',
  'LPT³',
  'con .txt',
  '.ssh/authorized_keys',
  'awards.csv.',
  'awards ',
  'a//b',
  'a/',
  'x\u0000y',
  'gpj.\u202Eexe',
  'a%2Fb',
  'é'.repeat(300),
  `${'n'.repeat(400)}.csv`,
  '-rf',
  'a:stream',
] as const;

const LONE = /\p{Cs}/u;

const keys = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: CODE_POINT, maxLength: 30 }),
  fc
    .array(
      fc.oneof(fc.constantFrom('a', '.', '..', '', 'con', '%', '\\', ' '), fc.string({ maxLength: 5 })),
      {
        maxLength: 5,
      },
    )
    .map((parts) => parts.join('/')),
);

it('keeps every object within the folder, visible, and under a name that each system takes', () => {
  fc.assert(
    fc.property(keys, (key) => {
      for (const name of localName(key)) {
        expect(name).not.toMatch(/^\.|[. ]$|[\\/:*?"<>|\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(name).not.toBe('');
        expect(name.split('.')[0]?.trimEnd()).not.toMatch(/^(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])$/i);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(240);
      }
    }),
  );
});

it('gives no two objects one name', () => {
  const short = keys.filter((key) => key.split('/').every((part) => part.length < 60));
  fc.assert(
    fc.property(short, short, (one, other) => {
      // What is no Unicode is no key of S3.
      fc.pre(one !== other && !LONE.test(one) && !LONE.test(other));
      expect(localName(one)).not.toEqual(localName(other));
    }),
  );
});

it.each([
  ['2027/04/awards.csv', ['2027', '04', 'awards.csv']],
  ['Überblick (final).csv', ['Überblick (final).csv']],
  ['../../etc/passwd', ['%2E%2E', '%2E%2E', 'etc', 'passwd']],
  ['nul.txt', ['%6Eul.txt']],
  ['50%.csv', ['50%25.csv']],
])('calls %s what its sender would', (key, names) => {
  expect(localName(key)).toEqual(names);
});

it('puts a number before the ending, and cuts a long name without losing its ending', () => {
  expect(numbered(['a', 'awards.csv'], 2)).toEqual(['a', 'awards (2).csv']);
  expect(numbered(['README'], 3)).toEqual(['README (3)']);
  expect(localName(`${'n'.repeat(400)}.csv`)[0]).toMatch(/^n+~[0-9a-f]{16}\.csv$/);
  expect(flatName(['a', 'b.csv'])).toEqual(['a%2Fb.csv']);
});
