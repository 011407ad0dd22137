/** That somebody who only answers questions comes from an empty folder to a zone of three organisations and one agreement, proven and priced. */
import '../proof/proved-once';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { goldenIn } from '../golden';
import { emptyFolder, run } from './captured-terminal';
import { AGREEMENT_ANSWERS, BRADFORD_ANSWERS, DWP_ANSWERS, LEEDS_ANSWERS, ZONE_ANSWERS } from './own-zone';
import { hasTerminal, inTerminal } from './real-terminal';
import { terminalPicture } from './terminal-picture';

const ROOT = resolve(__dirname, '../..');
const golden = goldenIn(__dirname);
const CONCORDAT = `'${process.execPath}' '${join(ROOT, 'bin/concordat.js')}'`;
const AS_OF = '--as-of 2026-12-01';

/** What differs between computers and days. Where the path of the program breaks a line hangs on its length. */
const steady = (screen: string) =>
  screen
    .replace(/(npm pack )[\s\S]*?(?=\n {2}install it)/, '$1/opt/concordat --pack-destination vendor')
    .replace(/^(Time +)[\d.]+ s$/m, '$1... s');

/** As a package that is linked lies in a folder. */
function linkDocuments(folder: string): void {
  mkdirSync(join(folder, 'node_modules/concordat'), { recursive: true });
  symlinkSync(join(ROOT, 'docs'), join(folder, 'node_modules/concordat/docs'));
}

let home: string;
const screens: Record<string, string> = {};

const inATerminal = hasTerminal ? it : it.skip;
if (!hasTerminal)
  console.warn('skipped: there is no `script` of util-linux, so nothing is typed in a real terminal');

inATerminal('in a terminal of 60 columns, every screen as it is kept', async () => {
  const folder = emptyFolder();
  home = join(folder, 'my-zone');
  linkDocuments(folder);
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
    if (name === 'init') linkDocuments(home);
    screens[name] = steady(session.screen);
    golden(`first-hour-${name}.txt`, screens[name]);
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

/** Need somebody who answers, Python or AWS, and are run where there is one: by the test above, by those of the rehearsal. */
const ELSEWHERE = /^npx concordat (?:synth|onboard|agreement new|rehearse)$/;

inATerminal('and every command that was printed on the way works in that zone as it stands', async () => {
  const printed = new Set(
    Object.values(screens).flatMap((screen) =>
      [...screen.matchAll(/^ +(npx concordat .*)$/gm)].map(([, line]) => line ?? ''),
    ),
  );
  expect(printed).toContain('npx concordat onboard');
  const lines = [...printed].filter((line) => !ELSEWHERE.test(line));
  expect(lines.sort()).toEqual([
    'npx concordat acknowledgements',
    'npx concordat check',
    'npx concordat cost',
    'npx concordat custody',
    'npx concordat evidence',
    'npx concordat plan BEFORE',
    'npx concordat prove',
  ]);
  const before = join(home, 'last-deployed');
  cpSync(join(home, 'cdk.out'), before, { recursive: true });
  for (const line of lines) {
    const words = line.replace('BEFORE', before).split(' ').slice(2);
    // The same zone is meant from a folder below.
    const { code } = await run(words, join(home, 'register/agreements'));
    expect([line, code]).toEqual([line, 0]);
  }
  const { out, err } = await run(['status', '--as-of', '2026-12-01'], join(home, 'register'));
  expect(out).toContain('3 organisations, 1 agreement');
  expect(err).toBe('\nNothing is to be done.\n');
});

inATerminal('the README has these commands, and a picture of what they showed', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const typed = [...readme.matchAll(/^```console\n([\s\S]*?)^```$/gm)].flatMap(([, block = '']) =>
    block.trim().split('\n'),
  );
  expect(typed).toEqual([
    'npx concordat init ../my-zone',
    'npx concordat onboard',
    'npx concordat onboard',
    'npx concordat agreement new',
    'npx concordat synth --evidence-pack evidence',
  ]);
  const lines = (name: string) => (screens[name] ?? '').trimEnd().split('\n');
  const from = (list: readonly string[], mark: string) =>
    list.slice(list.findIndex((line) => line.startsWith(mark)));
  const shown = [
    '$ npx concordat agreement new',
    '...',
    ...from(lines('agreement-new'), ' 26  starts'),
    '',
    '$ npx concordat synth --evidence-pack evidence',
    ...lines('synth').slice(
      0,
      lines('synth').findIndex((line) => line.startsWith('Time')),
    ),
  ];
  const picture = terminalPicture(
    'A terminal in which an agreement is checked and written, and the zone is made, proven and priced',
    shown,
  );
  const file = join(ROOT, 'docs/first-hour.svg');
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, picture);
  expect(readFileSync(file, 'utf8')).toBe(picture);
});
