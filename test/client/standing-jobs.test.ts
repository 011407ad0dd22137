/** That the jobs which the documents print run as printed, as far as this computer goes. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { CLIENT_COMMANDS } from '../../lib/commands/client-commands';
import { readValues } from '../../lib/commands/command-line';
import bundles from '../../lib/start/bundle.cjs';
import { profileText } from '../../lib/wire';
import { collects, profileWith } from '../delivery/collect/running';

const ROOT = resolve(__dirname, '../..');
const page = readFileSync(join(ROOT, 'docs/sending-and-collecting.md'), 'utf8');
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    ([, text = '']) => text,
  );

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'concordat-jobs-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a line has the client do. */
const inLine = (line: string) =>
  / concordat-client\.mjs ([^'>]*)/.exec(line.replace(/\/\S*\/concordat/, 'concordat'))?.[1];

const printed = [
  ...blocks('sh')
    .flatMap((text) => text.trim().split('\n'))
    .map((line) => line.replace(/^npx concordat /, '')),
  ...[...blocks('ini'), ...blocks('crontab'), ...blocks('powershell')].flatMap((text) =>
    text.split('\n').flatMap((line) => inLine(` ${line.replaceAll("'concordat", "' concordat")}`) ?? []),
  ),
];

test('some are printed for each kind of job', () => {
  expect(printed.filter((line) => line.startsWith('collect --to collected --quiet'))).toHaveLength(3);
});

test.each(printed)('%s is a command line that the client takes', (line) => {
  const typed = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  const words = CLIENT_COMMANDS[typed.slice(0, 2).join(' ')] === undefined ? 1 : 2;
  const command = CLIENT_COMMANDS[typed.slice(0, words).join(' ')]?.load();
  expect(command).toBeDefined();
  if (command !== undefined) expect(() => readValues(command, typed.slice(words))).not.toThrow();
});

const systemd = spawnSync('systemd-analyze', ['--version']).status === 0;
(systemd ? test : test.skip)('systemd takes the units, and the timer comes each quarter of an hour', () => {
  const [service = '', timer = ''] = blocks('ini');
  // The programs lie elsewhere here, and there is no such user.
  const here = service.replace('/usr/bin/node', process.execPath).replace('User=concordat', 'User=root');
  const units = { 'concordat-collect.service': here, 'concordat-collect.timer': timer };
  for (const [name, text] of Object.entries(units)) writeFileSync(join(folder, name), text);
  const verified = spawnSync(
    'systemd-analyze',
    ['verify', '--man=no', ...Object.keys(units).map((name) => join(folder, name))],
    {
      encoding: 'utf8',
    },
  );
  expect(verified.stderr.split('\n').filter((line) => line.includes('concordat-collect'))).toEqual([]);
  const calendar = /^OnCalendar=(.*)$/m.exec(timer)?.[1] ?? '';
  const told = execFileSync('systemd-analyze', ['calendar', '--iterations=3', calendar], {
    encoding: 'utf8',
  });
  expect(told).toMatch(/:(?:00|15|30|45):00/);
});

test('the line of the crontab runs in a shell, and says what it lacks', () => {
  const [line = ''] = blocks('crontab');
  const command = line
    .trim()
    .split(' ')
    .slice(5)
    .join(' ')
    .replace('/srv/concordat', folder)
    .replace('/usr/bin/node', process.execPath);
  expect(line.split(' ').slice(0, 5)).toEqual(['*/15', '*', '*', '*', '*']);
  writeFileSync(join(folder, 'concordat-client.mjs'), bundles.clientBundle(ROOT));
  const { status } = spawnSync('sh', ['-c', command], { env: { HOME: folder, PATH: process.env.PATH } });
  expect(readFileSync(join(folder, 'collect.log'), 'utf8')).toMatch(/^error: There is no profile at /);
  expect(status).toBe(3);
});

test('the Lambda handler runs as it is printed, up to the first call of AWS', () => {
  const handler = blocks('js').find((text) => text.includes('handler')) ?? '';
  const at = join(folder, 'function');
  mkdirSync(at);
  writeFileSync(join(at, 'concordat-client.mjs'), bundles.clientBundle(ROOT));
  writeFileSync(
    join(at, 'concordat-profile.json'),
    profileText(profileWith({ ...collects('awards'), days: [{ from: '2020-01-01', until: '2199-12-31' }] })),
  );
  writeFileSync(join(at, 'index.mjs'), handler.replace('/mnt/collected', join(at, 'collected')));
  const run = `import('./index.mjs').then(({ handler }) => handler()).catch((error) => console.log(error.name, error.kind ?? JSON.stringify(error.refusal), error.of))`;
  const { stdout } = spawnSync(process.execPath, ['-e', run], {
    cwd: at,
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH,
      AWS_ACCESS_KEY_ID: 'a',
      AWS_SECRET_ACCESS_KEY: 'b',
      AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1',
      AWS_MAX_ATTEMPTS: '1',
    },
  });
  expect(stdout.trim()).toBe('StoreFailure unreachable sts');
});
