/** The probe’s clients of AWS on a real endpoint: what it makes there it takes down, and what the endpoint has not is open, not refuted. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import type { ProbeSide } from '../../lib/policy';
import type { Settings } from '../../lib/probe/aws/clients';
import { realProbeAws } from '../../lib/probe/aws/real';
import { probePlan } from '../../lib/probe/plan';
import type { ProbeAws } from '../../lib/probe/port';
import { runProbe, takeDownProbe } from '../../lib/probe/probe';
import type { Sandbox } from '../../lib/probe/sandbox';
import { type ProbeTemplate, resource } from '../../lib/probe/templates/template';
import { templateOf } from '../../lib/probe/templates/templates';
import { accountId } from '../../lib/register';
import { type StartedEndpoint, startMinistack } from '../../lib/rehearsal/endpoint/ministack';
import { pythonIn } from '../../lib/rehearsal/endpoint/python';
import { ROOT } from './rehearsing';

const SANDBOX: Sandbox = {
  accounts: { owner: accountId.parse('111122223333'), recipient: accountId.parse('444455556666') },
  region: 'eu-west-2',
  organisation: 'o-exampleorg1',
};
const SIDES = ['owner', 'recipient'] as const;

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'concordat-probe-')));
let endpoint: StartedEndpoint;

beforeAll(async () => {
  const { signal } = new AbortController();
  const python = await pythonIn(join(ROOT, '.venv'), signal, () => undefined);
  endpoint = await startMinistack(python, join(folder, 'endpoint'), SANDBOX.region, signal);
});
afterAll(async () => {
  await endpoint.stop();
  rmSync(folder, { recursive: true, force: true });
});

const settings = (side: ProbeSide): Settings => ({
  region: SANDBOX.region,
  endpoint: endpoint.url,
  credentials: { accessKeyId: SANDBOX.accounts[side], secretAccessKey: 'probe' },
  forcePathStyle: true,
  maxAttempts: 2,
});

/** An hour of waiting takes seconds. */
function aws(signal = new AbortController().signal): ProbeAws {
  let time = 0;
  const began = Date.now();
  return realProbeAws(SANDBOX, settings, {
    sleep: async (milliseconds) => {
      time += milliseconds;
      await pause(20);
    },
    now: () => began + time,
    signal,
    template: (stack) => withoutUnknown(templateOf(stack, SANDBOX)),
  });
}

/** The endpoint does not know these types. */
const UNKNOWN = ['AWS::S3::AccessPoint', 'AWS::CloudTrail::Trail', 'AWS::GuardDuty::MalwareProtectionPlan'];

function withoutUnknown(template: ProbeTemplate): ProbeTemplate {
  const known = Object.entries(template.Resources).filter(([, { Type }]) => !UNKNOWN.includes(Type));
  // A stack has at least one resource.
  const empty = { Topic: resource('AWS::SNS::Topic', { TopicName: 'concordat-probe' }) };
  return { ...template, Resources: known.length > 0 ? Object.fromEntries(known) : empty };
}

async function left(): Promise<string[]> {
  const buckets = await Promise.all(
    SIDES.map(
      async (side) => (await new S3Client(settings(side)).send(new ListBucketsCommand({}))).Buckets ?? [],
    ),
  );
  const stacks = await Promise.all(SIDES.map((side) => aws().stacks(side)));
  return [...stacks.flat(), ...buckets.flat().flatMap(({ Name }) => Name ?? [])].filter(
    (each) => !each.startsWith('cdk-'),
  );
}

const say = () => undefined;

test('a probe makes its stacks, asks, and leaves none of them', async () => {
  const { signal } = new AbortController();
  const result = await runProbe({ plan: probePlan(SANDBOX), aws: aws(), signal, say });
  const by = (outcome: string) => result.tests.flatMap((each) => (each.outcome === outcome ? [each.id] : []));
  // It has no grants, no access points, no CloudTrail and no GuardDuty: what is not there refutes nothing.
  // It holds no upload against the policy of a key.
  expect(by('refuted')).toEqual(['further-context-is-told']);
  expect(by('seen')).toEqual(
    expect.arrayContaining(['account-regional-bucket', 'function-role-with-condition']),
  );
  expect(by('open')).toEqual(expect.arrayContaining(['grant-covers-access-point', 'record-shows-tags']));
  expect([result.stopped, result.left, await left()]).toEqual([undefined, [], []]);
});

test('stopped while it makes a stack, it takes down what is there', async () => {
  const aborting = new AbortController();
  const plan = probePlan(SANDBOX);
  const stopping = (line: string) => {
    if (line === 'Making owner') aborting.abort(new Error('stopped by SIGINT'));
  };
  const result = await runProbe({ plan, aws: aws(aborting.signal), signal: aborting.signal, say: stopping });
  expect([result.stopped, result.tests, result.left]).toEqual(['Error: stopped by SIGINT', [], []]);
  expect(await left()).toEqual([]);
});

test('what a probe that was killed has left, a later take-down removes, objects included', async () => {
  const killed = aws();
  for (const stack of ['recipient', 'owner', 'second-reader'] as const)
    expect((await killed.perform({ call: 'make-stack', stack })).outcome).toBe('done');
  for (const object of ['tagged', 'infected'] as const) await killed.perform({ call: 'put-object', object });
  const { signal } = new AbortController();
  const plan = probePlan(SANDBOX);
  await expect(runProbe({ plan, aws: aws(), signal, say })).rejects.toThrow('--take-down');
  expect(await takeDownProbe({ plan, aws: aws(), signal, say })).toEqual({ tests: [], left: [] });
  expect(await left()).toEqual([]);
});
