/**
 * Going back by the engine once a rollout was through, by the commands that docs/operating.md prints, one after the other: with an
 * assembly of before that an earlier program made.
 */
import '../plan/sides-once';
import './reproduced-once';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolloutCommand } from '../../lib/commands/rollout/rollout';
import { EXIT } from '../../lib/commands/terminal';
import { canonicalRegister } from '../../lib/register';
import { realCloudFormation } from '../../lib/rollout';
import { realEngine } from '../../lib/rollout/aws/engine';
import { parseSavedPlan } from '../../lib/wire';
import { afterFolder, beforeFolder } from '../plan/pair';
import { ModelStart } from '../rollout/engine/model-start';
import { ENGINE_ACCOUNT, PIPELINE } from '../stacks/rollout/engine-setting';
import { emptyFolder, run } from './captured-terminal';

const APPROVER = `arn:aws:iam::${ENGINE_ACCOUNT}:role/security/second-person`;
const PAGE = readFileSync(join(__dirname, '../../docs/operating.md'), 'utf8');
const [, printed = ''] =
  /\nTo go back after it was through[\s\S]*?```console\n([\s\S]*?)```/.exec(PAGE) ?? [];
const COMMANDS = printed
  .trim()
  .split('\n')
  .map((line) => (line.match(/'[^']*'|\S+/g) ?? []).map((each) => each.replaceAll("'", '')).slice(2));
const [look = [], save = [], carry = []] = COMMANDS;

/** What an earlier program made, as far as anybody can see: its digest is another, and so is what it writes. */
function madeEarlier(folder: string): void {
  const edit = (file: string, change: (text: string) => string) =>
    writeFileSync(join(folder, file), change(readFileSync(join(folder, file), 'utf8')));
  edit('concordat.json', (text) => text.replace(/("files": ")\w{64}/, `$1${'f'.repeat(64)}`));
  // The engine was there by then.
  const startedBy = {
    issuer: 'https://token.actions.githubusercontent.com',
    audience: 'sts.amazonaws.com',
    subject: PIPELINE,
  };
  const rollout = { account: ENGINE_ACCOUNT, approval: 'every-rollout', approvedBy: [APPROVER], startedBy };
  let digest = '';
  edit('register.json', (text) => {
    const register = JSON.parse(text) as { zone: { guardrails: { deployers: string[] } } };
    register.zone.guardrails.deployers.push(
      `arn:aws:iam::${ENGINE_ACCOUNT}:role/concordat/concordat-rollout-step`,
    );
    const canonical = canonicalRegister({ ...register, zone: { ...register.zone, rollout } } as never);
    digest = createHash('sha256').update(canonical).digest('hex');
    return canonical;
  });
  edit('concordat.json', (text) => text.replace(/("registerDigest": ")\w{64}/, `$1${digest}`));
  edit('Zone.template.json', (text) => text.replace('"Description": "', '"Description": "Earlier: '));
}

let workshop: string;
beforeAll(() => {
  workshop = emptyFolder();
  cpSync(beforeFolder(), join(workshop, 'last-deployed'), { recursive: true });
  cpSync(afterFolder(), join(workshop, 'cdk.out'), { recursive: true });
  madeEarlier(join(workshop, 'last-deployed'));
});

it('prints a plan that is looked at, one that is saved, and its start', () => {
  expect(COMMANDS.map(([name]) => name)).toEqual(['plan', 'plan', 'rollout']);
});

it('says first who gains by it, though this program does not make the assembly of before', async () => {
  const { code, out, err } = await run(look, workshop);
  expect(out).toContain('London Borough of Camden gains read on to-narrow');
  expect([code, err]).toEqual([EXIT.findings, expect.stringContaining('approve it with --approve-widening')]);
  const without = await run(look.slice(0, look.indexOf('--although')), workshop);
  expect([without.code, without.out]).toEqual([EXIT.faultyInput, '']);
  expect(without.err).toContain('was made by another');
});

it('saves it once that is approved, with why it may be carried out', async () => {
  const { code } = await run(save, workshop);
  expect(code).toBe(EXIT.clean);
  const saved = parseSavedPlan(readFileSync(join(workshop, 'back.json'), 'utf8'), 'back.json');
  expect([saved.approved, saved.unfit?.although]).toEqual([true, 'it was deployed until today']);
});

it('has the engine carry it out, once that is done by hand which comes first', async () => {
  const model = new ModelStart();
  const go = async (...more: string[]) => {
    const written = { out: '', err: '' };
    const command = rolloutCommand({
      cloud: realCloudFormation,
      engine: (place) => realEngine(place, model.clients),
      clock: {
        now: () => Date.UTC(2027, 0, 5, 9),
        remaining: () => Number.POSITIVE_INFINITY,
        sleep: async () => {},
        pause: async () => {},
      },
    });
    const code = await command.call([...carry.slice(1), ...more], {
      out: (text: string) => {
        written.out += text;
      },
      err: (text: string) => {
        written.err += text;
      },
      colour: false,
      cwd: workshop,
    });
    return { code, ...written };
  };
  const first = await go();
  expect([first.code, [...model.executions]]).toEqual([EXIT.unfinished, []]);
  expect(first.out).toContain('leeds sets last-deployed/key-policy-leeds.json on its key');
  const second = await go('--done', 'leeds');
  expect(second.err).toContain('the plan was approved though it is not what its register makes');
  expect([...model.executions.values()].map(({ status }) => status)).toEqual(['SUCCEEDED']);
  expect(second.code).toBe(EXIT.clean);
  // By other means, by the same name of the folder.
  const order = ['rollout', 'back.json', 'cdk.out', 'last-deployed', '--order', 'order'];
  const refused = await run(order, workshop);
  expect(refused.err).toContain('leeds sets last-deployed/key-policy-leeds.json on its key');
  expect((await run([...order, '--done', 'leeds'], workshop)).code).toBe(EXIT.clean);
  expect(existsSync(join(workshop, 'order/orders'))).toBe(true);
});
