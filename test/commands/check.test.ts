/** That `check` tells what cannot be read from what would not work, by words, place and exit code. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bech32 } from '@scure/base';
import { EXIT } from '../../lib/commands/terminal';
import { AWS_ASSUMPTIONS, wordingOf } from '../../lib/policy/assumptions/assumptions';
import type { RegisterFile } from '../../lib/register/folder';
import { goldenIn } from '../golden';
import { LETTERS_FILE, letters } from '../register/letters';
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
  expect(err).toMatch(/^register is sound as of 1 October 2026: /);
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

describe('what live tests have come to', () => {
  const [assumption] = AWS_ASSUMPTIONS;
  if (assumption === undefined) throw new Error('there is no assumption');
  const { id, mend } = assumption;
  const outcome = {
    id,
    wording: wordingOf(assumption),
    outcome: 'refuted',
    on: '2026-09-30',
    region: 'eu-west-2',
    saw: 'something else',
  };
  const withOutcome = (more: object, ...options: string[]) => {
    const folder = folderWithRegister(MINIMAL);
    const file = { form: 'concordat-assumptions/v1', outcomes: [{ ...outcome, ...more }] };
    writeFileSync(join(folder, 'register/assumptions.json'), JSON.stringify(file));
    return run(['check', '--as-of', '2026-10-01', ...options], folder);
  };

  test('is a finding where it refuted an assumption, with what was seen and what to do', async () => {
    const { code, out } = await withOutcome({});
    expect(code).toBe(EXIT.findings);
    expect(out).toContain(
      `error[refuted-assumption]: '${id}' is refuted. Live AWS did otherwise on 30 September 2026: something else.`,
    );
    expect(out.replace(/\s+/g, ' ')).toContain(mend);
  });

  test.each(['json', 'sarif', 'github'])('so it is in the form %s', async (format) => {
    const { code, out } = await withOutcome({}, '--format', format);
    expect([code, out]).toEqual([EXIT.findings, expect.stringContaining('refuted-assumption')]);
  });

  test('is none where it was seen', async () => {
    const { code, err } = await withOutcome({ outcome: 'seen' });
    expect([code, err]).toEqual([EXIT.clean, expect.stringMatching(/^register is sound/)]);
  });

  test('is a fault where the file is of another wording, or of another Region', async () => {
    for (const more of [{ wording: '0'.repeat(64) }, { region: 'eu-west-1' }]) {
      const { code, out, err } = await withOutcome(more);
      expect([code, out]).toEqual([EXIT.faultyInput, '']);
      expect(err).toMatch(new RegExp(`^error: register/assumptions\\.json: the outcome of '${id}'`));
    }
  });
});

test('a sound register says where nobody may stop or lift, until somebody may', async () => {
  const notes = async (files: readonly RegisterFile[]) =>
    (await run(['check', '--as-of', '2026-10-01'], folderWithRegister(files))).err
      .split('\n')
      .filter((line) => line.startsWith('note: '));
  const dutyOfficer = (account: string) => [`arn:aws:iam::${account}:role/security/duty-officer`];
  expect(await notes(MINIMAL)).toEqual([
    'note: Nobody may stop what is shared by dwp and leeds: their files have no mayStop.',
    'note: Nobody may lift a stop at dwp and leeds: their files have no mayLift.',
  ]);
  const withZone = edited(MINIMAL, set('zone.yaml', { mayStopAll: dutyOfficer('100000000002') }));
  expect(await notes(withZone)).toContain(
    'note: Only the operator may stop what is shared by dwp and leeds: their files have no mayStop.',
  );
  const roles = (account: string) => ({ mayStop: dutyOfficer(account), mayLift: dutyOfficer(account) });
  const withAll = edited(
    withZone,
    set('organisations/dwp.yaml', roles('012345678901')),
    set('organisations/leeds.yaml', roles('100000000022')),
  );
  expect(await notes(withAll)).toEqual([]);
});

test('of sealed letters it says who could open nothing once one key is lost, until a recovery key stands beside it', async () => {
  const notes = async (given: Readonly<Record<string, number>>, letterWriting = true) => {
    let n = 0;
    const keys = Object.entries(given).flatMap(([holder, count]) =>
      Array.from({ length: count }, () => ({
        key: bech32.encodeFromBytes('age', new Uint8Array(32).fill(++n)),
        holder,
        keptBy: 'The desk',
      })),
    );
    const sealed = { why: 'It was promised.', keys };
    const files = letterWriting
      ? letters(set(LETTERS_FILE, { sealed }))
      : edited(MINIMAL, set(AGREEMENT, { sealed }));
    const { code, err } = await run(['check', '--as-of', '2026-10-01'], folderWithRegister(files));
    expect(code).toBe(EXIT.clean);
    return err.split('\n').filter((line) => /^note: .* key/.test(line));
  };
  const both = await notes({ dwp: 1, leeds: 1 });
  const one = await notes({ dwp: 1, leeds: 2 });
  goldenIn(__dirname)('recovery-keys.txt', [...both, ...one, ''].join('\n'));
  // What it says is done, and it says it no more.
  expect(await notes({ dwp: 2, leeds: 2 })).toEqual([]);
  // A program that collects keeps its key as it keeps others.
  expect(await notes({ leeds: 1 }, false)).toEqual([]);
});
