/**
 * Runs every command that the README and the docs print as their reader types it: by a shell, in a fresh folder that is not the
 * clone, with Concordat as `npm pack` packs it. Run by hand or in CI: node --import tsx test/docs/from-the-tarball.ts
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { CLIENT_COMMANDS } from '../../lib/commands/client-commands';
import { EXIT } from '../../lib/commands/terminal';
import { install, packed } from '../start/installed';

const ROOT = resolve(__dirname, '../..');

/** What needs AWS, a clone or Python, with what runs it. Each is a reason, so that nothing is left out unsaid. */
const ELSEWHERE: readonly (readonly [RegExp, string])[] = [
  [/^npm /, 'is for a clone: .ci/run'],
  [/^npx cdk (?:deploy|diff) /, 'needs AWS: docs.test.ts holds the names of its stacks'],
  [/^aws /, 'needs AWS: docs.test.ts holds what it sends'],
  [/^npx concordat rehearse$/, 'needs Python: the tests of the rehearsal'],
  [/ --engine\b/, 'needs an engine of rollouts: docs.test.ts holds that it is asked for, and its tests how'],
];

/** What goes on until it is stopped, with what it says once it does. */
const GOES_ON: readonly (readonly [RegExp, RegExp])[] = [
  [/^npx concordat mailbox serve\b/, /http:\/\/127\.0\.0\.1:\d+/],
];
/** How long such a command is left, and any other may take, in seconds. */
const LEFT_FOR = 30;
const LONGEST = 300;

const blocks = (file: string) =>
  [...readFileSync(join(ROOT, file), 'utf8').matchAll(/^ *```sh\n([\s\S]*?)^ *```$/gm)].flatMap(
    ([, block = '']) =>
      block
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
  );
const pages = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((each) => each.endsWith('.md'))
  .map((each) => join('docs', each))
  .sort();
const commands = [...new Set(['README.md', ...pages].flatMap(blocks))];

const work = mkdtempSync(join(tmpdir(), 'concordat-tarball-'));
let failed = 0;
const tally: Record<string, number> = {};
try {
  const { tarball } = packed(work);
  const home = join(work, 'a folder');
  mkdirSync(home);
  install(tarball, home);
  // As npm links what a package that it installs brings.
  symlinkSync('../aws-cdk/bin/cdk', join(home, 'node_modules/.bin/cdk'));
  cpSync(join(home, 'node_modules/concordat/register'), join(home, 'register'), { recursive: true });
  // The CDK’s own command line runs the app here with the settings that the package has for it, without which it makes other templates.
  const settings = JSON.parse(readFileSync(join(home, 'node_modules/concordat/cdk.json'), 'utf8'));
  const app = 'node node_modules/concordat/bin/landing-zone.js';
  writeFileSync(join(home, 'cdk.json'), JSON.stringify({ ...settings, app }));
  for (const command of commands) {
    const why = ELSEWHERE.find(([form]) => form.test(command))?.[1];
    if (why !== undefined) {
      count(why);
      continue;
    }
    const [, , name = ''] = command.split(' ');
    const isClient = Object.hasOwn(CLIENT_COMMANDS, name);
    const isLive = command.includes(' --live');
    // The register that a stop is written into is not that of the commands after it.
    const cwd = isLive ? fresh(home) : home;
    keepLastDeployed(home, command);
    const { status, output } = typed(isLive ? command.replace(' --live', '') : command, cwd);
    // What sends and collects has a profile by now, but neither a provider, nor that file, nor AWS, and says so.
    const isRefused =
      isClient && status !== 0 && status !== EXIT.internal && /^error: |"event":"refused"/m.test(output);
    const says = GOES_ON.find(([form]) => form.test(command))?.[1];
    const isRight = (status === EXIT.clean && (says?.test(output) ?? true)) || isRefused;
    if (!isRight) {
      failed++;
      console.log(`FAILED ${command}: exit ${status}\n${output.slice(-1000)}`);
    }
    count(
      isRefused
        ? 'are refused for want of AWS, a provider or the file: the tests of the client have them'
        : 'ran',
    );
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
for (const [what, times] of Object.entries(tally)) console.log(`${times} ${what}`);
console.log(`${commands.length} commands of ${pages.length + 1} pages, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function count(what: string): void {
  tally[what] = (tally[what] ?? 0) + 1;
}

/** By a shell, as its reader types it; npx runs what the folder has installed. */
function typed(command: string, cwd: string): { readonly status: number | null; readonly output: string } {
  const npx = `npx() { local name=$1; shift; "${process.execPath}" "$PWD/node_modules/.bin/$name" "$@"; }`;
  const goesOn = GOES_ON.some(([form]) => form.test(command));
  // Stopped as by Ctrl-C, it ends by itself; whatever else takes so long is killed, and has failed.
  const limit = goesOn
    ? ['--preserve-status', '--signal=INT', '--kill-after=30', `${LEFT_FOR}`]
    : ['--signal=KILL', `${LONGEST}`];
  const { status, stdout, stderr } = spawnSync('timeout', [...limit, 'bash', '-c', `${npx}; ${command}`], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: work, CI: 'false', AWS_EC2_METADATA_DISABLED: 'true' },
    maxBuffer: 1 << 28,
  });
  return { status, output: `${stdout}${stderr}` };
}

function fresh(home: string): string {
  const folder = mkdtempSync(join(work, 'stop-'));
  for (const each of ['register', 'node_modules'])
    cpSync(join(home, each), join(folder, each), { recursive: true, verbatimSymlinks: true });
  return folder;
}

/** What a pipeline keeps of the last deployment is here what was made before. */
function keepLastDeployed(home: string, command: string): void {
  const kept = join(home, 'last-deployed');
  if (command.includes(' last-deployed') && !existsSync(kept))
    cpSync(join(home, 'cdk.out'), kept, { recursive: true });
}
