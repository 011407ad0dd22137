/**
 * That each of many bad registers gets the report in golden/, to the letter. After a change of wording, write them
 * anew with `UPDATE_GOLDEN=1 npx jest test/register/bad-input.test.ts`, and read every one that changed.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DIAGNOSTIC_CODES } from '../../lib/register/diagnostic';
import { textReport } from '../../lib/register/report/text';
import { CASES } from './bad-input/every-case';
import { loadMinimal } from './samples';

const FOLDER = join(__dirname, 'golden');

test('the register that the bad ones are made from is sound', () => {
  expect(loadMinimal()).toMatchObject({ ok: true });
});

test.each(CASES)('%s is reported as its golden file says', (name, edits) => {
  const loaded = loadMinimal(...edits);
  const text = loaded.ok ? 'sound\n' : textReport({ ...loaded, folder: 'register' }, false);
  const golden = join(FOLDER, `${name}.txt`);
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(golden, text);
  expect(text).toBe(existsSync(golden) ? readFileSync(golden, 'utf8') : 'a golden file that is missing');
  expect(loaded.ok).toBe(false);
});

test('there are at least 40 bad registers, each with one golden file and none without', () => {
  const names = CASES.map(([name]) => `${name}.txt`);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(40);
  expect(readdirSync(FOLDER).sort()).toEqual(names.sort());
});

test('every kind of fault is shown by at least one of them', () => {
  const reports = readdirSync(FOLDER).map((name) => readFileSync(join(FOLDER, name), 'utf8'));
  const shown = new Set(reports.join('\n').match(/(?<=^error\[)[a-z-]+(?=\])/gm));
  // Of what lies beside the register: `concordat check` tells it, and the test of that command shows it.
  shown.add('refuted-assumption');
  expect([...shown].sort()).toEqual(Object.keys(DIAGNOSTIC_CODES).sort());
});
