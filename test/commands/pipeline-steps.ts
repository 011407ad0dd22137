/**
 * Runs the shell steps of the pipelines that `concordat init` leaves, as they are printed, in a fresh folder with the package that npm
 * makes: the checks whole, the plan and the order of deployment as they are before anything was deployed and after, and where an
 * engine of rollouts deploys. What asks GitHub, GitLab, AWS or a registry is left out, by its reason. Run by test/commands/pipelines.sh.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { withEngine } from '../stacks/rollout/engine-setting';
import { install, packed } from '../start/installed';
import { INIT_BY_FLAGS } from './own-zone';

const ELSEWHERE: readonly (readonly [RegExp, string])[] = [
  [/^npm ci/, 'ask a registry: the package is laid there already'],
  [/\bgh (?:run|api|pr)\b/, 'ask GitHub'],
  [/\bcurl\b|\$answer/, 'ask GitLab'],
  [/AWS_TOKEN|AWS_ROLE_ARN|^sh -eux deploy\.sh/, 'ask AWS, by OpenID Connect'],
];
const github = z.object({
  jobs: z.record(z.string(), z.object({ steps: z.array(z.object({ run: z.string().optional() })) })),
});
const gitlab = z.object({ script: z.array(z.string()) });

/** What the services number their runs by. */
const IDS = 'set -u; GITHUB_RUN_ID=12345678901; CI_PIPELINE_ID=1234567890';

const work = mkdtempSync(join(tmpdir(), 'concordat-pipeline-'));
let failed = 0;
let ran = 0;
const leftOut: Record<string, number> = {};
try {
  const { tarball } = packed(work);
  const home = join(work, 'zone');
  mkdirSync(home);
  install(tarball, home);
  shell(`npx --no concordat init --no-input ${INIT_BY_FLAGS.map((each) => `'${each}'`).join(' ')}`, home);
  const { jobs } = github.parse(parse(readFileSync(join(home, '.github/workflows/concordat.yml'), 'utf8')));
  const ofGitlab = parse(readFileSync(join(home, '.gitlab-ci.yml'), 'utf8'));
  const steps = {
    github: (job: string) => (jobs[job]?.steps ?? []).flatMap(({ run }) => run ?? []),
    gitlab: (job: string) => gitlab.parse(ofGitlab[job]).script,
  };
  for (const of of ['github', 'gitlab'] as const) {
    for (const job of ['check', 'plan', 'deploy']) {
      // Each job begins with what is checked out, and with what the first has left.
      for (const each of ['last-deployed', 'deployed'])
        rmSync(join(home, each), { recursive: true, force: true });
      for (const step of steps[of](job)) take(step, home);
    }
    // What was deployed last is there from the second time on.
    rmSync(join(home, 'last-deployed'), { recursive: true, force: true });
    cpSync(join(home, 'cdk.out'), join(home, 'last-deployed'), { recursive: true });
    for (const job of ['plan', 'deploy'])
      for (const step of steps[of](job).filter((each) => each.includes('concordat plan'))) take(step, home);
    deploysBy(home, /^(?!.*--engine)/s);
    // Where there is an engine from now on, this time still deploys as before; from the next time on, the engine does.
    const before = readFileSync(join(home, 'register/zone.yaml'), 'utf8');
    writeFileSync(join(home, 'register/zone.yaml'), withEngine(before));
    shell('npx --no concordat synth', home);
    const deploys = steps[of]('deploy').filter((each) => each.includes('concordat plan'));
    for (const step of deploys) take(step, home);
    deploysBy(home, /^(?!.*--engine)/s);
    rmSync(join(home, 'last-deployed'), { recursive: true, force: true });
    cpSync(join(home, 'cdk.out'), join(home, 'last-deployed'), { recursive: true });
    for (const step of deploys) take(step, home);
    deploysBy(home, /^npx --no concordat rollout .* --engine --yes .*\n$/);
    // The command takes these words, and where the plan is empty it starts nothing and asks nobody.
    shell(`${IDS}\n${readFileSync(join(home, 'deploy.sh'), 'utf8')}`, home);
    writeFileSync(join(home, 'register/zone.yaml'), before);
    for (const each of ['last-deployed', 'deployed', 'cdk.out', 'evidence'])
      rmSync(join(home, each), { recursive: true, force: true });
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
for (const [why, times] of Object.entries(leftOut)) console.log(`${times} left out: they ${why}`);
console.log(`${ran} shell steps of the pipelines ran as printed, ${failed} failed`);
process.exit(failed === 0 && ran >= 15 ? 0 : 1);

/** Holds what the job would run against what it is to be. */
function deploysBy(home: string, expected: RegExp): void {
  const told = readFileSync(join(home, 'deploy.sh'), 'utf8');
  if (expected.test(told)) return;
  failed++;
  console.log(`FAILED deploy.sh is not ${expected}: ${told}`);
}

function take(step: string, home: string): void {
  const why = ELSEWHERE.find(([form]) => form.test(step))?.[1];
  if (why === undefined) shell(step, home);
  else leftOut[why] = (leftOut[why] ?? 0) + 1;
}

/** As both services run a step: by bash, which ends at the first command that fails. */
function shell(step: string, cwd: string): void {
  const npx = `npx() { [ "$1" != --no ] || shift; local name=$1; shift; "${process.execPath}" "$PWD/node_modules/.bin/$name" "$@"; }`;
  const { status, stdout, stderr } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', `${npx}\n${step}`], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 300_000,
    env: { PATH: process.env.PATH, HOME: work, CI: 'true', AWS_EC2_METADATA_DISABLED: 'true' },
    maxBuffer: 1 << 28,
  });
  ran++;
  if (status === 0) return;
  failed++;
  console.log(`FAILED ${step}: exit ${status}\n${`${stdout}${stderr}`.slice(-1500)}`);
}
