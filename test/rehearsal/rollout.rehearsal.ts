/** A rollout’s clients of AWS on a real endpoint: what is uploaded, planned, thrown away, executed and put back there is seen there. */
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { openAssembly } from '../../lib/assembly';
import { templateDigest } from '../../lib/change-sets';
import { bootstrap } from '../../lib/rehearsal/deploy';
import { type StartedEndpoint, startMinistack } from '../../lib/rehearsal/endpoint/ministack';
import { pythonIn } from '../../lib/rehearsal/endpoint/python';
import { realCloudFormation } from '../../lib/rollout';
import type { FleetStack } from '../../lib/rollout/fleet';
import { synthesised } from '../stacks/sample-assembly';
import { ROOT } from './rehearsing';

const STACK = 'Organisation-nspcc';
const region = 'eu-west-2';
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'concordat-rollout-')));
const variables = { ...process.env };
let endpoint: StartedEndpoint;
beforeAll(async () => {
  const { signal } = new AbortController();
  const python = await pythonIn(join(ROOT, '.venv'), signal, () => undefined);
  endpoint = await startMinistack(python, join(folder, 'endpoint'), region, signal);
});
afterAll(async () => {
  process.env = variables;
  await endpoint.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What each side deploys: kinds that the endpoint knows. */
const TEMPLATES = {
  before: { Resources: { Topic: topic('earlier') } },
  after: {
    Resources: {
      Topic: topic('later'),
      Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'concordat-rollout' } },
    },
  },
};

function topic(DisplayName: string) {
  return { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'concordat-rollout', DisplayName } };
}

/** The sample’s assembly with a small template for the stack. The endpoint gives no role of an account that account’s things. */
function sideIn(side: keyof typeof TEMPLATES) {
  const { folder: own, assembly } = synthesised({ own: true });
  const opened = openAssembly(own);
  const [id] = Object.entries(assembly.manifest.artifacts).find(([name]) => name === STACK) ?? [''];
  const url = assembly.manifest.artifacts[id]?.properties?.stackTemplateAssetObjectUrl ?? '';
  const digest = url.split('/').at(-1)?.replace('.json', '') ?? '';
  const key = (side === 'before' ? 'b' : 'a').repeat(64);
  writeFileSync(join(own, `${STACK}.template.json`), JSON.stringify(TEMPLATES[side]));
  for (const file of ['manifest.json', `${STACK}.assets.json`]) {
    const text = readFileSync(join(own, file), 'utf8').replaceAll(digest, key);
    writeFileSync(join(own, file), text);
  }
  const known = openAssembly(own);
  for (const file of ['manifest.json', `${STACK}.assets.json`])
    writeFileSync(
      join(own, file),
      JSON.stringify(withoutRoles(JSON.parse(readFileSync(join(own, file), 'utf8')))),
    );
  return { ...known, deployers: opened.deployers };
}

function withoutRoles(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutRoles);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(
    ([name]) => !/^(?:assumeRoleArn|lookupRole|cloudFormationExecutionRoleArn)$/.test(name),
  );
  return Object.fromEntries(kept.map(([name, each]) => [name, withoutRoles(each)]));
}

it('makes, throws away, executes and puts back, and tells what each stack runs', async () => {
  const pair = { before: sideIn('before'), after: sideIn('after') };
  const { account = '' } = pair.after.stacks.find(({ name }) => name === STACK) ?? {};
  const target = {
    assembly: pair.before.folder,
    endpoint: endpoint.url,
    region,
    folder,
    signal: new AbortController().signal,
  };
  await bootstrap(account, target);
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: 'rehearsal',
    AWS_ENDPOINT_URL: endpoint.url,
    AWS_EC2_METADATA_DISABLED: 'true',
  });
  const asked = { watch: 0, sleep: (milliseconds: number) => pause(Math.min(milliseconds, 200)) };
  const client = () => new CloudFormationClient({ region, endpoint: endpoint.url });
  const earlier = realCloudFormation({ ...asked, pair: { ...pair, after: pair.before } }, client);
  const cloud = realCloudFormation({ ...asked, pair }, client);
  const stack = { stack: STACK, artifact: STACK, account, region, change: 'changed' } as FleetStack;
  const digest = (side: keyof typeof TEMPLATES) => templateDigest(JSON.stringify(TEMPLATES[side]));

  await earlier.publish([stack]);
  await cloud.publish([stack]);
  expect(await cloud.look(stack)).toEqual({});
  const made = await cloud.prepare(stack, 'concordat-first', 'before');
  expect(made?.changes.map(({ id, action }) => `${action} ${id}`)).toEqual(['Add Topic']);
  await cloud.discard(stack, 'concordat-first');
  expect(await cloud.look(stack)).toEqual({});

  await cloud.prepare(stack, 'concordat-first', 'before');
  // One of an earlier run is replaced.
  await cloud.prepare(stack, 'concordat-first', 'before');
  await cloud.execute(stack, 'concordat-first');
  // The endpoint protects no stack, and that is told.
  expect(await cloud.settle(stack)).toEqual({
    status: 'CREATE_COMPLETE',
    template: digest('before'),
    reason: 'it could not be protected against deletion (InvalidAction)',
  });

  for (const [side, changes] of [
    ['after', ['Add Queue', 'Modify Topic']],
    ['before', ['Modify Topic', 'Remove Queue']],
  ] as const) {
    const next = await cloud.prepare(stack, `concordat-${side}`, side);
    expect(next?.changes.map(({ id, action }) => `${action} ${id}`).sort()).toEqual(changes);
    await cloud.execute(stack, `concordat-${side}`);
    expect(await cloud.settle(stack)).toEqual({ status: 'UPDATE_COMPLETE', template: digest(side) });
    expect(await cloud.prepare(stack, 'concordat-nothing', side)).toBeUndefined();
  }
});
