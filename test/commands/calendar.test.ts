/** `concordat calendar` and `concordat status`, as they are typed. */

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT } from '../../lib/commands/terminal';
import { copy, edited, MINIMAL, set } from '../register/samples';
import { folderWithRegister, run } from './captured-terminal';

const AS_OF = ['--as-of', '2026-12-01'];

test('the calendar has what is overdue first, then what comes, each with its day', async () => {
  const { code, out, err } = await run(['calendar', '--months', '6', ...AS_OF], folderWithRegister());
  expect(out).toMatch(/^Overdue\n {2}23 May 2026 +the security assurance of Leeds City Council is due\n/);
  expect(out).toMatch(/\nComing up\n {2}11 December 2026 {2,}/);
  expect(out).toMatch(
    /^ {2}31 March 2027 +school-transport-surrey ends with this day, and so does access: Surrey County Council with Invented Example Route Planning Limited$/m,
  );
  expect(err).toMatch(
    /^\nfalls-prevention-referrals awaits the approval of leeds\.\n\n\d things overdue on 1 December 2026; \d+ days to come until 2 June 2027\.\n$/,
  );
  expect(code).toBe(EXIT.clean);
});

test('the calendar, the status and check say by which day owners’ stacks are to be deployed, so that what they shared goes on its day', async () => {
  const over = { starts: '2026-04-01', review: '2026-11-20', ends: '2026-11-20', 'retention.period': 'P1M' };
  const folder = folderWithRegister(
    edited(
      MINIMAL,
      copy('agreements/benefit-awards.yaml', 'over', over),
      copy('agreements/benefit-awards.yaml', 'over-later', { ...over, 'retention.period': 'P1Y' }),
    ),
  );
  const says =
    'the stacks of Department for Work and Pensions are to have been deployed on a day from 21 November 2026 to this one, or what was shared under over stays beyond its day';
  const { out } = await run(['calendar', ...AS_OF], folder);
  expect(out).toMatch(
    new RegExp(`^ {2}20 December 2026 +${says}\n {2}21 December 2026 +S3 begins to delete what`, 'm'),
  );
  expect((await run(['status', '--as-of', '2026-12-19'], folder)).out).toContain(says);
  const noted = async (day: string) =>
    (await run(['check', '--as-of', day], folder)).err.split('\n').filter((line) => line.includes('Deploy'));
  const note = (by: string, agreement: string, more: string) =>
    `note: Deploy the stacks of dwp by ${by}, unless that was done on 21 November 2026 or later: what it shared under ${agreement} goes on its day only then${more}.`;
  expect(await noted('2026-11-20')).toEqual([]);
  expect(await noted('2026-12-20')).toEqual([
    note('20 December 2026', 'over', ' (1 more agreement follows)'),
  ]);
  expect(await noted('2026-12-21')).toEqual([note('20 November 2027', 'over-later', '')]);
});

test('the calendar gives programs the same', async () => {
  const { out } = await run(['calendar', '--json', ...AS_OF], folderWithRegister());
  const { schema, overdue, coming } = JSON.parse(out) as {
    schema: string;
    overdue: { on: string }[];
    coming: { on: string }[];
  };
  expect(schema).toBe('concordat-calendar/v1');
  expect(overdue.every(({ on }) => on < '2026-12-01')).toBe(true);
  expect(coming.every(({ on }) => on >= '2026-12-01' && on <= '2027-12-01')).toBe(true);
});

test.each(['0', '121', '1.5', 'x'])('the calendar takes no --months %s', async (months) => {
  const { code, err } = await run(['calendar', '--months', months, ...AS_OF], folderWithRegister());
  expect(code).toBe(EXIT.usage);
  expect(err).toContain(`--months is '${months}': give a whole number from 1 to 120`);
});

test('status says what is to be done, and nothing once it is', async () => {
  const assured = { assurance: { scheme: 'iso-27001', date: '2026-06-30' } };
  const files = edited(
    MINIMAL,
    ...MINIMAL.filter(({ path }) => path.startsWith('organisations/')).map(({ path }) => set(path, assured)),
  );
  const folder = folderWithRegister(files);
  const none = await run(['status', ...AS_OF], folder);
  expect(none.out).toMatch(/^Assembly +there is none in cdk\.out$/m);
  expect(none.err).toBe('\nTo do:\n- Make the templates: npx concordat synth\n');
  expect(none.code).toBe(EXIT.clean);

  await run(['synth', ...AS_OF], folder);
  const made = await run(['status', ...AS_OF], folder);
  expect(made.out).toMatch(/^Assembly +cdk\.out was made of this register, for this day, by this program$/m);
  expect(made.out).toMatch(/^Checks +0 open findings, \d+ acknowledged$/m);
  expect([made.err, made.code]).toEqual(['\nNothing is to be done.\n', EXIT.clean]);

  const later = await run(['status', '--as-of', '2026-12-02', '--json'], folder);
  const { rows } = JSON.parse(later.out) as { rows: { about: string; says: string }[] };
  expect(rows.find(({ about }) => about === 'Assembly')?.says).toBe('cdk.out was made for 1 December 2026');

  rmSync(join(folder, 'cdk.out/validation-report.json'));
  expect((await run(['status', ...AS_OF], folder)).err).toBe(
    '\nTo do:\n- Run the checks: npx concordat synth\n',
  );
});
