/** That somebody who only answers questions comes from an empty folder to a zone of three organisations and one agreement, proven and priced. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { goldenIn } from '../golden';
import { emptyFolder } from './captured-terminal';
import { AGREEMENT_ANSWERS, BRADFORD_ANSWERS, DWP_ANSWERS, LEEDS_ANSWERS, ZONE_ANSWERS } from './own-zone';
import { hasTerminal, inTerminal } from './real-terminal';

const ROOT = resolve(__dirname, '../..');
const golden = goldenIn(__dirname);
const CONCORDAT = `'${process.execPath}' '${join(ROOT, 'bin/concordat.js')}'`;
const AS_OF = '--as-of 2026-12-01';

/** What differs between computers and days. */
const steady = (screen: string) =>
  screen.replaceAll(ROOT, '/opt/concordat').replace(/^(Time +)[\d.]+ s$/m, '$1... s');

const inATerminal = hasTerminal ? it : it.skip;
if (!hasTerminal)
  console.warn('skipped: there is no `script` of util-linux, so nothing is typed in a real terminal');

inATerminal('in a terminal of 60 columns, every screen as it is kept', async () => {
  const folder = emptyFolder();
  const home = join(folder, 'my-zone');
  const steps = [
    ['init', folder, `init my-zone ${AS_OF}`, [...ZONE_ANSWERS, 'yes', ...LEEDS_ANSWERS, 'yes']],
    ['onboard-dwp', home, `onboard ${AS_OF}`, [...DWP_ANSWERS, 'yes']],
    // From a folder below: the same zone.
    ['onboard-bradford', join(home, 'register'), `onboard ${AS_OF}`, [...BRADFORD_ANSWERS, 'yes']],
    ['agreement-new', home, `agreement new ${AS_OF}`, [...AGREEMENT_ANSWERS, 'yes']],
    ['synth', home, `synth ${AS_OF} --evidence-pack evidence`, []],
  ] as const;
  let keys = 0;
  for (const [name, cwd, words, answers] of steps) {
    const session = await inTerminal(`${CONCORDAT} ${words}`, cwd, answers);
    golden(`first-hour-${name}.txt`, steady(session.screen));
    expect([name, session.code]).toEqual([name, 0]);
    keys += session.keys;
  }
  const last = readFileSync(join(__dirname, 'golden/first-hour-synth.txt'), 'utf8');
  expect(last).toMatch(/^Organisations +3$/m);
  expect(last).toMatch(/^Cost +\$/m);
  expect(last).toContain('access proven');
  // Two keys a second leave time to read, and are half an hour at most; what the computer takes is bench work.
  expect(keys).toBeLessThan(3600);
});
