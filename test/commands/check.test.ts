/** That `check` tells what cannot be read from what would not work, by words, place and exit code. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT } from '../../lib/commands/terminal';
import { edited, MINIMAL, set } from '../register/samples';
import { folderWithRegister, run } from './captured-terminal';

const AGREEMENT = 'agreements/benefit-awards.yaml';
const checked = (settings: Readonly<Record<string, unknown>>, ...more: string[]) => {
  const folder = folderWithRegister(MINIMAL);
  for (const { path, bytes } of edited(MINIMAL, set(AGREEMENT, settings)))
    writeFileSync(join(folder, 'register', path), bytes);
  return run(['check', '--as-of', '2026-10-01', ...more], folder);
};

test('a sound register is said to be sound', async () => {
  const { code, out, err } = await checked({});
  expect([code, out]).toEqual([EXIT.clean, '']);
  expect(err).toMatch(/^register is sound as of 2026-10-01: /);
});

test('an object that is too large to be scanned is a finding with its line', async () => {
  const { code, out, err } = await checked({ 'delivery.largestObject': '200 GB' });
  expect([code, err]).toEqual([EXIT.findings, '\n1 error in 1 file.\n']);
  expect(out).toMatch(
    /^error\[too-large\]: an object of 200 GB .*\n *--> register\/agreements\/benefit-awards\.yaml:\d+:\d+\n/,
  );
});

test.each(['json', 'sarif', 'github'])('in the form %s as well', async (format) => {
  const { code, out } = await checked({ 'delivery.largestObject': '200 GB' }, '--format', format);
  expect(code).toBe(EXIT.findings);
  expect(out).toContain('too-large');
});

test('what is said to be done on a day that has not come is a fault, whatever the day asked about', async () => {
  const later = { starts: '2199-01-01', review: '2199-01-02', ends: '2199-01-03' };
  const { code, out } = await checked({ ...later, 'dpia.date': '2198-01-01' });
  expect(code).toBe(EXIT.faultyInput);
  expect(out).toMatch(/^error\[future-date\]: the impact assessment is dated 1 January 2198/);
});
