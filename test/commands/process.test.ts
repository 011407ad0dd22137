/** That the real commands, each a process of its own, do what the tests in this process saw. */
import './synthesised-once';
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EXIT } from '../../lib/commands/terminal';
import { MINIMAL } from '../register/samples';
import { emptyFolder, folderWithRegister, run } from './captured-terminal';
import { CDK_LIST, CDK_SYNTH } from './cdk-commands';

const ROOT = resolve(__dirname, '../..');
const BUILT = /\.template\.json$|^register\.json$|^concordat\.json$/;

interface Finished {
  readonly code: number | string;
  readonly out: string;
  readonly err: string;
}

/** Runs a program of this project to its end. */
function start(
  program: string,
  words: readonly string[],
  environment: NodeJS.ProcessEnv = {},
  cwd = ROOT,
): Promise<Finished> {
  // The CDK command line writes what it says to stdout where CI is set, so the tests decide that themselves.
  const env: NodeJS.ProcessEnv = { ...process.env, CI: 'false', ...environment };
  return new Promise((finish) => {
    execFile(process.execPath, [join(ROOT, program), ...words], { cwd, env }, (error, out, err) => {
      finish({ code: error?.code ?? 0, out, err });
    });
  });
}
/** Runs a command as the documents print it, but for where the assembly goes. */
const cdk = (command: string, output: string, environment?: NodeJS.ProcessEnv, cwd?: string) =>
  start('node_modules/aws-cdk/bin/cdk', [...command.split(' ').slice(2), '-o', output], environment, cwd);
const concordat = (...words: string[]) => start('bin/concordat.js', words);

describe(CDK_SYNTH, () => {
  const output = emptyFolder();
  let finished: Finished;
  beforeAll(async () => {
    // The one place among the tests where CDK validates the templates against the schemas of CloudFormation.
    finished = await cdk(CDK_SYNTH, output, { CDK_VALIDATION: 'true' });
  }, 120_000);

  it('succeeds, and prints the register, its success and no warning', () => {
    expect([finished.code, finished.out]).toEqual([0, '']);
    const lines = finished.err.split('\n').filter((line) => line !== '');
    expect(lines).toEqual([
      'register register, as of 1 April 2027',
      `Successfully synthesized to ${output}`,
      expect.stringMatching(/^Supply a stack id \(Zone, Trail, Organisation-.*\) to display its template\.$/),
    ]);
  });

  it('makes the same templates and register as concordat synth, byte for byte', async () => {
    const other = emptyFolder();
    const { code } = await run(['synth', '--as-of', '2027-04-01', '--output', other], ROOT);
    expect(code).toBe(EXIT.clean);
    const built = (folder: string) =>
      Object.fromEntries(
        readdirSync(folder)
          .filter((file) => BUILT.test(file))
          .map((file) => [file, readFileSync(join(folder, file), 'utf8')]),
      );
    expect(built(other)).toEqual(built(output));
    expect(Object.keys(built(output)).length).toBeGreaterThan(10);
  }, 30_000);
});

describe(CDK_LIST, () => {
  it('names the stack of every organisation on stdout', async () => {
    // The program with a register of few organisations, which is synthesised sooner.
    const zone = folderWithRegister(MINIMAL);
    for (const each of ['bin', 'cdk.json']) symlinkSync(join(ROOT, each), join(zone, each));
    const { code, out } = await cdk(CDK_LIST, emptyFolder(), {}, zone);
    const organisations = readdirSync(join(zone, 'register', 'organisations'));
    expect(organisations.length).toBeGreaterThan(2);
    expect(code).toBe(0);
    expect(out.trim().split('\n').sort()).toEqual(
      [
        ...organisations.map((file) => `Organisation-${file.replace('.yaml', '')}`),
        ...[
          'Access-analyzer',
          'Baseline',
          'Budgets',
          'Guardrails',
          'Guardrails-s3',
          'Guardrails-services',
          'Trail',
          'Zone',
        ],
      ].sort(),
    );
  }, 60_000);
});

describe('node bin/concordat.js', () => {
  it('meets a register that is not there with one sentence and exit code 3', async () => {
    const check = await concordat('check', '--register', 'nowhere');
    // Another command says the same; how a process ends, one shows.
    const synth = await run(
      ['synth', '--register', 'nowhere', '--output', join(emptyFolder(), 'none')],
      ROOT,
    );
    for (const { code, out, err } of [check, synth]) {
      expect([code, out]).toEqual([EXIT.faultyInput, '']);
      expect(err).toMatch(
        /^error: there is no folder .*nowhere: name the folder that holds zone\.yaml with --register DIR .*\n$/,
      );
    }
  }, 30_000);

  it('meets a file in the place of a register, and a wrong command, with their exit codes', async () => {
    const file = await run(['check', '--register', 'register/zone.yaml'], ROOT);
    const wrong = await concordat('snyth');
    expect([file.code, file.err]).toEqual([
      EXIT.faultyInput,
      expect.stringContaining('is a file and not a folder: name the folder that holds zone.yaml'),
    ]);
    expect([wrong.code, wrong.err]).toEqual([EXIT.usage, expect.stringContaining('did you mean synth?')]);
  }, 30_000);
});
