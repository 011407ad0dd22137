/** The smoke test of live AWS, against an AWS in memory that keeps to the scenario, or does not. */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { openAssembly, worldOf } from '../../lib/assembly';
import { EXIT } from '../../lib/commands/terminal';
import { castFor } from '../../lib/rehearsal/cast';
import type { LiveAws, LiveS3 } from '../../lib/rehearsal/live/aws';
import { smokeTest } from '../../lib/rehearsal/live/smoke-test';
import { passed } from '../../lib/rehearsal/result';
import { emptyFolder, run } from '../commands/captured-terminal';
import { synthesised } from '../stacks/sample-assembly';

const AGREEMENT = 'housing-benefit-awards';
const { folder, stacks } = synthesised();
const { owner, recipient, third } = castFor(worldOf(openAssembly(folder)), stacks, AGREEMENT);
const ACCOUNTS = [owner, recipient, third].map(({ account }) => account);

function refusal(): Error {
  return Object.assign(new Error('Access Denied'), { name: 'AccessDenied' });
}

/** S3 as AWS would be with the sample deployed. */
class MemoryAws implements LiveAws {
  readonly objects = new Map<string, string>();
  readonly asked: string[] = [];
  time = 0;
  /** Whether whoever asks, by this way, for a file of this kind, gets it. */
  lets = (account: string, way: string, key: string) =>
    account === recipient.account && way.endsWith('--leeds') && key.includes('clean');
  verdict = (body: string) => (body.includes('EICAR') ? 'THREATS_FOUND' : 'NO_THREATS_FOUND');
  decision: string | undefined = 'released';
  profiles = (account: string) => account;

  async identityOf(account: string): Promise<string> {
    this.asked.push(`identity ${account}`);
    return this.profiles(account);
  }

  async assume(account: string, role: string): Promise<LiveS3> {
    this.asked.push(`assume ${role}`);
    return {
      put: async (_bucket, key, body) => void this.objects.set(key, body),
      get: async (way, key) => {
        if (!this.lets(account, way, key)) throw refusal();
        return this.objects.get(key) ?? '';
      },
      // Nothing is scanned at once, and the gate waits for the scan.
      tag: async (_bucket, key, name) => {
        if (this.time < 30_000) return undefined;
        return name === 'concordat-gate' ? this.decision : this.verdict(this.objects.get(key) ?? '');
      },
      remove: async (_bucket, key) => void this.objects.delete(key),
    };
  }

  async sleep(milliseconds: number): Promise<void> {
    this.time += milliseconds;
  }

  now(): number {
    return this.time;
  }
}

const test = (aws: LiveAws, accounts: readonly string[] = ACCOUNTS, signal = new AbortController().signal) =>
  smokeTest({ assembly: folder, agreement: AGREEMENT, accounts, signal, say: () => undefined }, () => aws);

it('comes out as expected where AWS keeps to the templates, and leaves no file', async () => {
  const aws = new MemoryAws();
  const result = await test(aws);
  expect(result.steps.filter((each) => !each.passed)).toEqual([]);
  expect(passed(result)).toBe(true);
  expect(result.steps.every(({ decidedBy }) => decidedBy === 'AWS')).toBe(true);
  expect(aws.objects.size).toBe(0);
});

it.each([
  [
    'a third organisation that gets in',
    (aws: MemoryAws) => {
      aws.lets = (_account, _way, key) => key.includes('clean');
    },
    'leeds asks the bucket itself',
  ],
  [
    'a recipient that gets what is infected',
    (aws: MemoryAws) => {
      aws.lets = (account, way) => account === recipient.account && way.endsWith('--leeds');
    },
    'leeds asks for the infected file',
  ],
  [
    'a recipient that gets nothing',
    (aws: MemoryAws) => {
      aws.lets = () => false;
    },
    'leeds collects through its access point',
  ],
  [
    'a scan that finds nothing',
    (aws: MemoryAws) => {
      aws.verdict = () => 'NO_THREATS_FOUND';
    },
    'GuardDuty scans the infected file',
  ],
  [
    'a gate that rejects what keeps its contract',
    (aws: MemoryAws) => {
      aws.decision = 'rejected';
    },
    'The release gate decides on the clean file',
  ],
  [
    'a gate that does not decide',
    (aws: MemoryAws) => {
      aws.decision = undefined;
    },
    'The release gate decides on the clean file',
  ],
])('finds %s, and recalls the files all the same', async (_what, change, at) => {
  const aws = new MemoryAws();
  change(aws);
  const result = await test(aws);
  expect(result.steps.find((each) => !each.passed)?.step).toBe(at);
  expect(aws.objects.size).toBe(0);
});

it.each([[[]], [ACCOUNTS.slice(1)], [[...ACCOUNTS, '999999999999']]])(
  'asks nothing of AWS where the accounts typed are %p',
  async (accounts) => {
    const aws = new MemoryAws();
    await expect(test(aws, accounts)).rejects.toThrow('type their accounts again, with --accounts ID,ID,ID');
    expect(aws.asked).toEqual([]);
  },
);

it('takes on no role where a profile is of another account', async () => {
  const aws = new MemoryAws();
  aws.profiles = () => '999999999999';
  await expect(test(aws)).rejects.toThrow('the profile concordat-100000000011 is of account 999999999999');
  expect(aws.asked).toEqual(['identity 100000000011']);
});

it('recalls the files when it is stopped in the middle', async () => {
  const aws = new MemoryAws();
  const aborting = new AbortController();
  aws.sleep = async () => aborting.abort(new Error('stopped'));
  await expect(test(aws, ACCOUNTS, aborting.signal)).rejects.toThrow('stopped');
  expect(aws.objects.size).toBe(0);
});

it('is documented with a command that names the accounts of the sample', () => {
  const page = readFileSync(resolve(__dirname, '../../docs/rehearsal.md'), 'utf8');
  expect(page).toContain(
    `npx concordat rehearse --agreement ${AGREEMENT} --live --accounts ${ACCOUNTS.join(',')}\n`,
  );
});

it('refuses --live without the accounts, and the accounts without --live', async () => {
  const live = await run(['rehearse', '--live', '--assembly', folder], emptyFolder());
  expect([live.code, live.err]).toEqual([
    EXIT.faultyInput,
    expect.stringContaining('type their accounts again'),
  ]);
  const local = await run(['rehearse', '--accounts', '1', '--assembly', folder], emptyFolder());
  expect([local.code, local.err]).toEqual([
    EXIT.usage,
    expect.stringContaining('--accounts goes with --live'),
  ]);
});
