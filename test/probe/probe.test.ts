/** A probe against AWS in memory: it sees what is so, refutes what is not, takes no accident for an answer, and leaves nothing unsaid. */
import { AWS_ASSUMPTIONS } from '../../lib/policy';
import { probePlan } from '../../lib/probe/plan';
import { ProbeError } from '../../lib/probe/port';
import { type ProbeResult, runProbe, takeDownProbe } from '../../lib/probe/probe';
import type { Sandbox } from '../../lib/probe/sandbox';
import { accountId } from '../../lib/register';
import { MemoryAws } from './memory-aws';

const SANDBOX: Sandbox = {
  accounts: { owner: accountId.parse('111122223333'), recipient: accountId.parse('444455556666') },
  region: 'eu-west-2',
  organisation: 'o-exampleorg1',
};
const PLAN = probePlan(SANDBOX);
const TESTED = PLAN.tests.map(({ assumption }) => assumption.id);

function run(aws: MemoryAws, signal = new AbortController().signal): Promise<ProbeResult> {
  return runProbe({ plan: PLAN, aws, signal, say: () => undefined });
}

const by = ({ tests }: ProbeResult, outcome: string) =>
  tests.filter((each) => each.outcome === outcome).map(({ id }) => id);

test('where AWS does as is assumed, everything is seen, and everything is taken down', async () => {
  const aws = new MemoryAws();
  const result = await run(aws);
  expect(by(result, 'seen').sort()).toEqual([...TESTED].sort());
  expect([result.left, result.stopped, aws.made.size, aws.buckets.size]).toEqual([[], undefined, 0, 0]);
  expect(TESTED.length + PLAN.byHand.length).toBe(AWS_ASSUMPTIONS.length);
});

/** An event that does not come shows nothing. */
const NEVER_REFUTED = ['events-by-organisation-trail'];

test.each(TESTED)('where %s is false, that is refuted, and nothing else is', async (id) => {
  const aws = new MemoryAws(new Set([id]));
  const result = await run(aws);
  const expected = NEVER_REFUTED.includes(id) ? [] : [id];
  expect(by(result, 'refuted').sort()).toEqual([...expected].sort());
  expect(by(result, 'seen')).not.toContain(id);
  expect([result.left, aws.made.size]).toEqual([[], 0]);
});

test('whatever call fails, nothing is refuted that is so, and what was made is taken down', async () => {
  const all = new MemoryAws();
  await run(all);
  // Two for whose account it is, and two for what is there, come before anything is made.
  for (let at = 1; at <= all.calls.length; at += at < 100 ? 1 : 37) {
    const aws = new MemoryAws();
    aws.failsAt = new Set([at]);
    const result = await run(aws).catch((error: Error) => error);
    if (result instanceof Error) {
      expect(at).toBeLessThanOrEqual(4);
      expect(aws.made.size).toBe(0);
      continue;
    }
    expect([at, by(result, 'refuted')]).toEqual([at, []]);
    expect([at, aws.made.size, result.left]).toEqual([at, 0, []]);
  }
});

test('what can’t be taken down is named, with why, and all else goes', async () => {
  const aws = new MemoryAws();
  aws.stuck.add('scan');
  const { left } = await run(aws);
  expect(left).toEqual([{ side: 'owner', stack: 'scan', why: 'Error: DELETE_FAILED: it is in use' }]);
  expect([...aws.made.keys()]).toEqual(['scan']);
});

test('where an account can’t be asked at the end, it is named: nobody may think that it is empty', async () => {
  const aws = new MemoryAws();
  aws.before = (call) => {
    if (call === 'find-stacks recipient' && aws.made.size > 0) throw new Error('expired');
  };
  const { left } = await run(aws);
  expect(left).toEqual([{ side: 'recipient', why: 'Error: expired' }]);
  expect(
    [...aws.made.keys()].every((stack) =>
      ['recipient', 'recipient-trail', 'second-reader', 'events'].includes(stack),
    ),
  ).toBe(true);
});

test('stopped at any call, it takes everything down and says nothing of what it saw', async () => {
  const all = new MemoryAws();
  await run(all);
  for (let at = 5; at < all.calls.length; at += 61) {
    const aws = new MemoryAws();
    const aborting = new AbortController();
    aws.before = () => {
      if (aws.calls.length === at) aborting.abort(new Error('stopped by SIGINT'));
    };
    const result = await run(aws, aborting.signal);
    const under = all.calls.slice(0, at).every((call) => !call.startsWith('empty-bucket'));
    if (under && at < all.calls.findIndex((call) => call.startsWith('remove-stack owner-trail'))) {
      expect([at, result.tests]).toEqual([at, []]);
      expect(result.stopped).toBe('Error: stopped by SIGINT');
    }
    expect([at, aws.made.size, result.left]).toEqual([at, 0, []]);
  }
});

test('nothing is made where a profile is of another account, or where an earlier probe has left something', async () => {
  const other = new MemoryAws();
  other.identityOf.recipient = '999999999999';
  await expect(run(other)).rejects.toThrow(ProbeError);
  await expect(run(other)).rejects.toThrow('concordat-444455556666 is of account 999999999999');
  const earlier = new MemoryAws();
  await earlier.perform({ call: 'make-stack', stack: 'owner' });
  await expect(run(earlier)).rejects.toThrow('--take-down');
  expect([other.made.size, [...earlier.made.keys()]]).toEqual([0, ['owner']]);
});

test('a later take-down removes what is there, with or without what was in it', async () => {
  const aws = new MemoryAws();
  for (const stack of ['recipient', 'owner', 'owner-trail', 'second-reader', 'events'] as const)
    await aws.perform({ call: 'make-stack', stack });
  await aws.perform({ call: 'put-object', object: 'clean' });
  const result = await takeDownProbe({
    plan: PLAN,
    aws,
    signal: new AbortController().signal,
    say: () => undefined,
  });
  expect([result.left, aws.made.size]).toEqual([[], 0]);
  expect(aws.calls.indexOf('remove-stack owner-trail')).toBeLessThan(aws.calls.indexOf('empty-bucket logs'));
});
