/** That no command writes what it makes into a register, where nothing could be checked any more. */
import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT } from '../../lib/commands/terminal';
import { MINIMAL } from '../register/samples';
import { folderWithRegister, run } from './captured-terminal';

const folder = folderWithRegister(MINIMAL);
symlinkSync('register', join(folder, 'link'));
mkdirSync(join(folder, 'elsewhere'));
const before = readdirSync(join(folder, 'register'), { recursive: true });
const DAY = ['--as-of', '2026-12-01'];

beforeAll(async () => {
  expect((await run(['synth', ...DAY], folder)).code).toBe(EXIT.clean);
});

it.each([
  ['a synth’s templates', ['synth', ...DAY, '--output', 'register/out']],
  ['templates by a link', ['synth', ...DAY, '--output', 'link/deep/out']],
  ['a synth’s evidence pack', ['synth', ...DAY, '--evidence-pack', 'register/pack']],
  ['an evidence pack', ['evidence', '--no-proof', '--output', 'elsewhere/../register/pack']],
  ['the public record', ['publish', ...DAY, '--out', 'register/public']],
  ['a joining pack', ['onboard', 'leeds', '--pack-only', '--output', 'register/joining']],
  ['a saved plan', ['plan', 'cdk.out', 'cdk.out', '--out', 'register/plan.json']],
  ['a profile', ['profile', 'leeds', '--output', 'register']],
  ['an agreement’s document', ['agreement', 'document', 'benefit-awards', '--output', 'register/documents']],
  ['a sample of the ledger', ['ledger', 'sample', 'register/ledger']],
])('refuses to write %s into one, and names the register', async (_what, words) => {
  const { code, err } = await run(words, folder);
  expect([code, err]).toEqual([
    EXIT.usage,
    expect.stringContaining(`would lie in the register ${join(folder, 'register')}, `),
  ]);
  expect(readdirSync(join(folder, 'register'), { recursive: true })).toEqual(before);
});

it.each([
  ['a DNS server’s', 'zones:\n  - name: leeds.example\n    master: 10.0.0.1\n'],
  ['an empty one', ''],
])('writes below a folder with a zone.yaml that is of no register: %s', async (of, text) => {
  const unrelated = join(folder, of);
  mkdirSync(unrelated);
  writeFileSync(join(unrelated, 'zone.yaml'), text);
  const { code } = await run(['ledger', 'sample', `${of}/ledger`], folder);
  expect([code, existsSync(join(unrelated, 'ledger'))]).toEqual([EXIT.clean, true]);
});

it.each([
  ['whose zone.yaml somebody emptied', ''],
  [
    'whose zone.yaml is in the middle of a merge',
    '<<<<<<< ours\nnamePrefix: leeds\n=======\nnamePrefix: kent\n',
  ],
])('knows a register for one %s', async (of, text) => {
  cpSync(join(folder, 'register'), join(folder, of), { recursive: true });
  writeFileSync(join(folder, of, 'zone.yaml'), text);
  const { code, err } = await run(['ledger', 'sample', `${of}/ledger`], folder);
  expect([code, err]).toEqual([
    EXIT.usage,
    expect.stringContaining(`would lie in the register ${join(folder, of)}, `),
  ]);
});

it('knows a register whose folders are not there yet by its zone.yaml', async () => {
  mkdirSync(join(folder, 'begun'));
  cpSync(join(folder, 'register/zone.yaml'), join(folder, 'begun/zone.yaml'));
  expect((await run(['ledger', 'sample', 'begun/ledger'], folder)).code).toBe(EXIT.usage);
});
