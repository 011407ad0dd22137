/** `concordat profile`, as it is typed. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT } from '../../lib/commands/terminal';
import { parseProfile } from '../../lib/wire';
import { folderWithRegister, run } from './captured-terminal';

const AS_OF = ['--as-of', '2026-12-01'];

test('it writes the profile, says what is in it, and writes it anew over an old one', async () => {
  const folder = folderWithRegister();
  const file = join(folder, 'concordat-profile.json');
  const { code, out, err } = await run(['profile', 'leeds', ...AS_OF], folder);
  expect(out).toMatch(
    /^Leeds City Council on 1 December 2026: \d agreements\n {2}sends housing-benefit-extract +to Department for Work and Pensions +in force until 31 March 2029\n/,
  );
  expect(err).toContain('anti-social-behaviour-reviews is not in force before 1 February 2027');
  expect(err).toMatch(
    /\nWritten to concordat-profile.json. Nothing in it is secret; hand it to those who send and collect.\n$/,
  );
  expect(code).toBe(EXIT.clean);
  const first = readFileSync(file, 'utf8');
  expect(parseProfile(first).organisation.id).toBe('leeds');
  expect((await run(['profile', 'leeds', ...AS_OF], folder)).code).toBe(EXIT.clean);
  expect((await run(['profile', 'leeds', '--json', ...AS_OF], folder)).out).toBe(first);
});

test('it writes over nothing that is no profile, and leaves nothing half-written', async () => {
  const folder = folderWithRegister();
  const file = join(folder, 'concordat-profile.json');
  writeFileSync(file, 'my notes');
  const { code, err } = await run(['profile', 'leeds', ...AS_OF], folder);
  expect(code).toBe(EXIT.usage);
  expect(err).toContain(
    'concordat-profile.json is there and is no profile: name another folder with --output DIR',
  );
  expect(readFileSync(file, 'utf8')).toBe('my notes');
  const nowhere = await run(['profile', 'leeds', '--output', 'no/such', ...AS_OF], folder);
  expect([nowhere.code, nowhere.err]).toEqual([
    EXIT.usage,
    expect.stringContaining('no/such/concordat-profile.json cannot be written'),
  ]);
  expect(existsSync(`${file}.new`)).toBe(false);
});

test('of an organisation that the register does not have it names the nearest', async () => {
  const { code, err } = await run(['profile', 'leds', ...AS_OF], folderWithRegister());
  expect(code).toBe(EXIT.usage);
  expect(err).toContain("the register has no organisation 'leds': did you mean leeds?");
});
