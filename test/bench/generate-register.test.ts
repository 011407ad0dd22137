import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dateOf } from '../../lib/register/calendar';
import { readRegisterFolder } from '../../lib/register/folder';
import { loadRegister } from '../../lib/register/load';
import type { Register } from '../../lib/register/register';
import { sharesOf } from '../../lib/register/share';
import { AS_OF, generateRegister, type Shape } from './generate-register';
import { SAMPLE } from './sample';

const folder = mkdtempSync(join(tmpdir(), 'concordat-bench-test-'));

afterAll(() => rmSync(folder, { recursive: true }));

function load(name: string, shape: Shape): Register {
  generateRegister(join(folder, name), shape);
  const loaded = loadRegister(readRegisterFolder(join(folder, name)), dateOf(AS_OF));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics.slice(0, 5), null, 2));
  return loaded.register;
}

test.each([
  [1, 0],
  [10, 28],
  [60, 165],
])('a zone of %i organisations is sound and has %i agreements in force', (organisations, agreements) => {
  const register = load(`zone-${organisations}`, { kind: 'zone', organisations });

  expect(register.organisations).toHaveLength(organisations);
  expect(register.agreements).toHaveLength(agreements);
  expect(new Set(sharesOf(register, dateOf(AS_OF)).map((each) => each.state))).toEqual(
    new Set(agreements > 0 ? ['in-force'] : []),
  );
});

test('a zone has organisations of every sector, of every custody, and a few outside it', () => {
  const { organisations } = load('mixed', { kind: 'zone', organisations: 60 });
  const members = organisations.filter((each) => each.membership === 'member');

  expect(new Set(organisations.map((each) => each.sector)).size).toBe(7);
  expect(new Set(members.map((each) => each.custody.kind))).toEqual(
    new Set(['account', 'imported', 'cloudhsm', 'external']),
  );
  expect(organisations.length - members.length).toBe(3);
});

test('a zone has so many agreements as are asked for', () => {
  const register = load('asked', { kind: 'zone', organisations: 20, agreements: 60 });

  expect([register.organisations.length, register.agreements.length]).toEqual([20, 60]);
});

test('the sample is taken as it is, and has the 14 organisations that its size is named after', () => {
  const counts = generateRegister(join(folder, 'sample'), { kind: 'sample' });

  expect(readRegisterFolder(join(folder, 'sample'))).toEqual(readRegisterFolder(SAMPLE));
  expect(counts).toEqual({ organisations: 14, agreements: 15 });
});

test.each([
  ['one', 1],
  ['each', 382],
] as const)('a department shares with 382 councils: %s', (agreements, count) => {
  const register = load(`department-${agreements}`, { kind: 'department', councils: 382, agreements });

  expect(register.organisations).toHaveLength(383);
  expect(register.agreements).toHaveLength(count);
  expect(sharesOf(register, dateOf(AS_OF))).toHaveLength(382);
});

test('the same size gives the same files', () => {
  const files = ['first', 'second'].map((name) => {
    generateRegister(join(folder, name), { kind: 'zone', organisations: 30 });
    return readRegisterFolder(join(folder, name));
  });

  expect(files[0]).toEqual(files[1]);
});
