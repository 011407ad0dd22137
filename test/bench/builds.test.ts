import { isWithin, spellingOf } from './builds';

test.each([
  ['node bin/concordat.js synth --evidence evidence', [], 'evidence', 'out'],
  ['node bin/concordat.js synth --evidence-pack evidence', [], 'evidence-pack', 'output'],
  [
    'node --liftoff-only bin/concordat.js synth --evidence-pack evidence',
    ['--liftoff-only'],
    'evidence-pack',
    'output',
  ],
])('a build’s npm start tells how its commands are typed: %s', (start, flags, pack, evidenceOutput) => {
  expect(spellingOf(start)).toEqual({ flags, entry: 'bin/concordat.js', pack, evidenceOutput });
});

test.each([
  '',
  'node bin/concordat.js synth',
  'cdk synth',
  'node a.js synth --evidence-pack evidence --json',
])(
  'an npm start that makes no evidence pack, or that is typed in a way not known, has no spelling: %s',
  (start) => {
    expect(spellingOf(start)).toBeUndefined();
  },
);

describe('packages that are installed serve another commit', () => {
  const lock = (packages: Record<string, { version: string; integrity?: string; optional?: boolean }>) => ({
    packages: { '': { version: '0.1.0' }, ...packages },
  });
  const wanted = lock({ 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' } });

  test.each([
    ['where all are the same', wanted, true],
    ['beside others', lock({ ...wanted.packages, 'node_modules/b': { version: '2.0.0' } }), true],
    ['but not in another version', lock({ 'node_modules/a': { version: '1.0.1' } }), false],
    [
      'but not with other content',
      lock({ 'node_modules/a': { version: '1.0.0', integrity: 'sha512-b' } }),
      false,
    ],
    ['but not elsewhere', lock({ 'node_modules/c/node_modules/a': { version: '1.0.0' } }), false],
    ['but not where they are missing', lock({}), false],
  ])('%s', (_what, installed, serve) => {
    expect(isWithin(wanted, installed)).toBe(serve);
  });

  test('also without those that are for other systems', () => {
    const others = lock({ ...wanted.packages, 'node_modules/d': { version: '1.0.0', optional: true } });

    expect(isWithin(others, wanted)).toBe(true);
  });
});
