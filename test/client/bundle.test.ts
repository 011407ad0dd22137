/** That `concordat-client.mjs` is one file that needs nothing beside it: as a command line, and as a module. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CLIENT_COMMANDS } from '../../lib/commands/client-commands';
import { EXIT } from '../../lib/commands/terminal';
import { clientProgram } from '../../lib/start/client';

let folder: string;
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'concordat-client-')));
  writeFileSync(join(folder, clientProgram().name), clientProgram().text);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs Node in the folder, with nothing of this computer’s settings. */
function node(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...words], {
    cwd: folder,
    encoding: 'utf8',
    env: { HOME: folder, PATH: process.env.PATH ?? '' },
  });
  return { status, stdout, stderr };
}

it('says what it can do, by its own name', () => {
  const { status, stdout, stderr } = node('concordat-client.mjs', 'help');
  expect([status, stderr]).toEqual([EXIT.clean, '']);
  expect(stdout).toContain('node concordat-client.mjs COMMAND');
  for (const name of Object.keys(CLIENT_COMMANDS)) expect(stdout).toContain(`  ${name} `);
});

it('loads each of its commands', () => {
  const names = Object.keys(CLIENT_COMMANDS);
  // Each as if it were typed, in a module of its own: a process each takes several times as long.
  const { status, stdout } = node(
    ...['--input-type=module', '--eval'],
    `for (const name of ${JSON.stringify(names)}) {
      process.argv = [process.argv[0], ${JSON.stringify(join(folder, 'concordat-client.mjs'))}, name, '--help'];
      console.log('== ' + name);
      await import('./concordat-client.mjs?' + name);
    }`,
  );
  expect(status).toBe(EXIT.clean);
  const said = stdout.split(/^== /m).slice(1);
  expect(said.map((each) => each.split('\n')[0])).toEqual(names);
  names.forEach((name, n) => {
    expect(said[n]).toContain(`node concordat-client.mjs ${name}`);
  });
});

it('without a profile says where it looked', () => {
  const { status, stderr } = node('concordat-client.mjs', 'deposit', 'benefit-rates', 'rates.json');
  expect(status).toBe(EXIT.faultyInput);
  expect(stderr).toContain(`There is no profile at ${join(folder, 'concordat-profile.json')}`);
});

it('is a module that does nothing by itself', () => {
  const asked =
    "import * as client from './concordat-client.mjs'; console.log(Object.keys(client).join(' '));";
  const { status, stdout, stderr } = node('--input-type=module', '--eval', asked);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout.split(/\s/)).toEqual(expect.arrayContaining(['deposit', 'openClient', 'waitForVerdicts']));
});

it('is run by a link too', () => {
  symlinkSync(join(folder, 'concordat-client.mjs'), join(folder, 'concordat'));
  expect(node('concordat', '--version').stdout).toMatch(/^concordat-client \d+\.\d+\.\d+\n$/);
});
