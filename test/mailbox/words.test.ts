/** That no screen has a word of the technology: every string of the page that people can see, and every code that they are asked to tell. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeliveryRefused, StoreFailure } from '../../lib/delivery';
import { TECHNOLOGY } from './faults-of';

/** Typed for browsers, which this is none of. */
const { refusalWords } = require('../../lib/mailbox/page/words/refusals') as {
  readonly refusalWords: (error: unknown) => {
    readonly happened: string;
    readonly mend: string;
    readonly code: string;
  };
};
const { stoppedWords } = require('../../lib/mailbox/page/words/states') as {
  readonly stoppedWords: (reason: object) => string;
};

const PAGE = join(__dirname, '../../lib/mailbox/page');
/** What speaks to AWS and to the provider, and never to people. */
const SPEAKS_TO_NOBODY = /^(?:store|session)\//;

/** The strings of a file, without what comments say: what is formatted by biome has these two marks alone, and templates in one line. */
function stringsIn(path: string): string[] {
  const code = readFileSync(path, 'utf8').replaceAll(/^\s*(?:\/\*|\*|\/\/).*$/gm, '');
  return [...code.matchAll(/'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`/g)].flatMap(
    ([, plain, template = '']) => (plain === undefined ? template.split(/\$\{[^}]*\}/) : [plain]),
  );
}

const files = readdirSync(PAGE, { recursive: true, encoding: 'utf8' })
  .filter((each) => each.endsWith('.ts') && !SPEAKS_TO_NOBODY.test(each))
  .sort();
/** Names of files, attributes, types and cases are none. */
const isSentence = (text: string) => /^[A-Z]|[a-z] [a-z]/.test(text.trim());

test('no sentence of the page has a word of the technology', () => {
  const all = files.flatMap((file) => stringsIn(join(PAGE, file)).map((text) => [file, text] as const));
  const seen = all.filter(([, text]) => isSentence(text));
  expect(seen.length).toBeGreaterThan(250);
  expect(seen.filter(([, text]) => TECHNOLOGY.test(text))).toEqual([]);
});

const KINDS = [
  ...['no-credentials', 'credentials-expired', 'denied', 'no-bucket', 'clock', 'unreachable', 'busy'],
  ...['no-key', 'in-between'],
  ...['damaged', 'unexpected'],
] as const;
const ANSWERS = [
  ...['AccessDenied', 'NoSuchBucket', 'InvalidAccessPointAliasError', 'ExpiredToken', 'SlowDown', '503'],
  ...['AuthorizationHeaderMalformed', 'NoSuchAccessPoint', 'InvalidIdentityToken', 'KMS.DisabledException'],
];
/** Every refusal that anything the page calls can come to, as they are written. */
const REFUSALS = ['lib/delivery', 'lib/client', 'lib/mailbox/page'].flatMap((folder) =>
  readdirSync(join(__dirname, '../..', folder), { recursive: true, encoding: 'utf8' })
    .filter((each) => each.endsWith('.ts'))
    .flatMap((each) => [
      ...readFileSync(join(__dirname, '../..', folder, each), 'utf8').matchAll(/refused: '([a-z-]+)'/g),
    ])
    .map(([, name = '']) => name),
);

test('no refusal has one, nor the code that somebody is asked to tell their help desk', () => {
  const errors = [
    ...KINDS.flatMap((kind) =>
      (['s3', 'sts'] as const).flatMap((of) =>
        ANSWERS.map((code) => new StoreFailure(kind as StoreFailure['kind'], code, { of })),
      ),
    ),
    ...[...new Set(REFUSALS)].map(
      (refused) => new DeliveryRefused({ refused, seconds: 1, bytes: 1, ends: 0, from: 'today' }),
    ),
    new RangeError('the date is none'),
    new Error('nobody knows'),
  ];
  expect(errors.length).toBeGreaterThan(200);
  const told = errors.map((each) => {
    const { happened, mend, code } = refusalWords(each);
    return `${happened} ${mend} ${code}`;
  });
  expect(told.filter((each) => TECHNOLOGY.test(each) || /bucket|token|role|s3/i.test(each))).toEqual([]);
  // Whoever is asked for help learns where it was.
  expect(told).toContain(
    'You are not allowed to do this, or not any more. An agreement may have ended or been stopped. Ask whoever looks after the agreement in your organisation. store denied AccessDenied',
  );
});

test.each([
  'no-bucket-key',
  'other-key',
  'content-encoding',
  'unreadable-form',
  'name-too-long',
  'no-agreement',
])('nor what is said of a message that was stopped for %s', (why) => {
  expect(stoppedWords({ why })).toBe(
    'It was stopped by a check that should not stop messages from this page. Tell the operator of this service when you sent it.',
  );
});

test('what fails side by side is told as the one that does not pass by itself', () => {
  const faulty = (index: number) => new DeliveryRefused({ refused: 'not-proved', path: 'receipts/a', index });
  const away = new StoreFailure('unreachable', 'ECONNREFUSED');
  const alone = refusalWords(faulty(1));
  expect(alone.code).not.toBe('AggregateError');
  expect(refusalWords(new AggregateError([faulty(1), faulty(2)]))).toEqual(alone);
  expect(refusalWords(new AggregateError([away, faulty(1)]))).toEqual(alone);
  expect(refusalWords(new AggregateError([away, away]))).toEqual(refusalWords(away));
});
