/** That a register of one’s own begins by answering questions: all of it or nothing, and sound. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { init } from '../../lib/commands/organisations/init';
import { EXIT } from '../../lib/commands/terminal';
import { goldenIn } from '../golden';
import { answering, emptyFolder, run } from './captured-terminal';
import { ZONE_ANSWERS } from './own-zone';

const golden = goldenIn(__dirname);

const ROLE = 'arn:aws:iam::100000000022:role';
const LEEDS = [
  'leeds',
  'Leeds City Council',
  '2',
  'member',
  '100000000022',
  'account',
  `${ROLE}/security/key-administrator`,
  `${ROLE}/benefits/sender`,
  `${ROLE}/benefits/reader`,
  'cyber-security@leeds.example',
  'data-protection@leeds.example',
  '',
  'cyber-essentials',
  '2026-03-01',
  '2027-01-04',
  'gss:E08000035:2011-01-01',
];
const AS_OF = ['--as-of', '2026-12-01'];
/** Every file of a zone’s own folder, but for the schemas for editors. */
const OWN = [
  '.github/workflows/concordat.yml',
  '.gitignore',
  '.gitlab-ci.yml',
  '.npmrc',
  'cdk.json',
  'concordat.yaml',
  'package.json',
  'register/organisations/leeds.yaml',
  'register/schema/',
  'register/zone.yaml',
];
const everythingIn = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();

it('asks in a terminal of 60 columns as its golden file does, and leaves a register that is sound', async () => {
  const folder = emptyFolder();
  const typed = [...ZONE_ANSWERS, 'yes', ...LEEDS, 'yes'];
  const { code, out, err } = await answering(init, folder, { folder: 'my zone' }, typed, 60);
  expect(code).toBe(EXIT.clean);
  golden('init.txt', `${err}---\n${out}`.replaceAll(resolve(__dirname, '../..'), '/opt/concordat'));
  golden('init-concordat.yaml', readFileSync(join(folder, 'my zone/concordat.yaml'), 'utf8'));
  golden('init-zone.yaml', readFileSync(join(folder, 'my zone/register/zone.yaml'), 'utf8'));
  golden('init-leeds.yaml', readFileSync(join(folder, 'my zone/register/organisations/leeds.yaml'), 'utf8'));
  expect(everythingIn(folder).filter((each) => each.startsWith('.concordat'))).toEqual([]);
  const checked = await run(['check', ...AS_OF], join(folder, 'my zone'));
  expect([checked.code, checked.err]).toEqual([EXIT.clean, expect.stringContaining('sound')]);
});

it('writes nothing of a register before the last yes, and goes on from where it was stopped', async () => {
  const folder = emptyFolder();
  const first = await answering(init, folder, {}, [...ZONE_ANSWERS.slice(0, 5), undefined]);
  expect(first.code).toBe(EXIT.findings);
  const second = await answering(init, folder, {}, [...ZONE_ANSWERS.slice(5), 'yes', ...LEEDS, undefined]);
  expect(second.code).toBe(EXIT.findings);
  expect(existsSync(join(folder, 'register'))).toBe(false);
  const last = await answering(init, folder, {}, ['yes', 'yes']);
  expect(last.code).toBe(EXIT.clean);
  expect(existsSync(join(folder, 'register/zone.yaml'))).toBe(true);
});

it('names all that is missing at once where nobody can be asked', async () => {
  const folder = emptyFolder();
  const { code, err } = await run(['init', ...AS_OF], folder);
  expect(code).toBe(EXIT.findings);
  for (const name of ['operator', 'zone-account', 'deployers', 'id', 'may-collect', 'joins'])
    expect(err).toContain(`--${name} `);
  expect(everythingIn(folder)).toEqual([]);
});

it.each([
  ['a zone', 'zone.yaml', 'has a zone already: to add to it, npx concordat onboard'],
  ['something else', 'thesis.docx', 'holds thesis.docx already'],
])('refuses a folder that holds %s, before it asks', async (_what, name, message) => {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'register'));
  writeFileSync(join(folder, 'register', name), '');
  const { code, err } = await run(['init', ...AS_OF], folder);
  expect([code, err]).toEqual([EXIT.usage, expect.stringContaining(message)]);
});

it('tells a wrong answer of the second file with its own flag, and writes nothing', async () => {
  const folder = emptyFolder();
  // The organisation’s account is the zone’s: only both files together show it.
  const wrong = LEEDS.map((each) => each.replace('100000000022', '100000000002'));
  const { code, err } = await answering(init, folder, {}, [
    ...ZONE_ANSWERS,
    'yes',
    ...wrong.slice(0, 5),
    '100000000022',
    ...LEEDS.slice(5),
    'yes',
  ]);
  expect([code, err.replace(/\s+/g, ' ')]).toEqual([
    EXIT.clean,
    expect.stringContaining('account 100000000002 is already that of the zone (zone.yaml:5)'),
  ]);
});

it('leaves what is there already as it is, and makes what is not', async () => {
  const folder = emptyFolder();
  // As npm leaves it where the tarball was installed first.
  const installed = '{ "dependencies": { "concordat": "file:concordat-0.1.0.tgz" } }\n';
  writeFileSync(join(folder, 'package.json'), installed);
  const { code, out } = await answering(init, folder, {}, [...ZONE_ANSWERS, 'yes', ...LEEDS, 'yes']);
  expect(code).toBe(EXIT.clean);
  expect(readFileSync(join(folder, 'package.json'), 'utf8')).toBe(installed);
  expect(out.split('\n').filter(Boolean).sort()).toEqual(OWN.filter((each) => each !== 'package.json'));
  for (const each of OWN) expect(existsSync(join(folder, each))).toBe(true);
});

it('goes on to the register where it was cut off between the folder’s own files and that', async () => {
  const folder = emptyFolder();
  await answering(init, folder, {}, [...ZONE_ANSWERS, 'yes', ...LEEDS, 'yes']);
  rmSync(join(folder, 'register'), { recursive: true });
  const { code, err } = await run(['check', ...AS_OF], folder);
  expect([code, err]).toEqual([EXIT.faultyInput, expect.stringContaining('there is no folder')]);
  expect((await answering(init, folder, {}, [...ZONE_ANSWERS, 'yes', ...LEEDS, 'yes'])).code).toBe(
    EXIT.clean,
  );
  expect((await run(['check', ...AS_OF], folder)).code).toBe(EXIT.clean);
});
