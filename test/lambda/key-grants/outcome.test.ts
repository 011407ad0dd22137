/** What CloudFormation, and people who read an alarm, are told of a run. */
import { outcomeOf, stillStopped, summary } from '../../../lambda/key-grants/outcome';
import { emptyResult, type RunResult } from '../../../lambda/key-grants/result';

const ID = 'concordat-key-grants/key';
const failure = (n: number) => ({ what: 'create the grant', share: `share-${n}`, error: 'refused' });
const failed = (keyState: RunResult['keyState'], failures = 1): RunResult => ({
  ...emptyResult(keyState, false),
  failures: Array.from({ length: failures }, (_, n) => failure(n)),
});

it('a run in which something failed is a failure, and one that only waits is none', () => {
  expect(outcomeOf(failed('Enabled'), ID, false).reason).toContain('create the grant of share-0: refused');
  const waits = {
    ...emptyResult('Enabled', false),
    pending: [{ share: 's', agreement: 'a', why: 'grantee-absent' as const, minutes: 1 }],
  };
  expect(outcomeOf(waits, ID, false)).toMatchObject({
    physicalId: ID,
    reason: undefined,
    data: { GrantsPending: '1' },
  });
});

it('what fails while the broker is removed is no failure only where the key goes too, with its grants', () => {
  for (const state of ['gone', 'PendingDeletion', 'PendingReplicaDeletion'] as const) {
    expect([state, outcomeOf(failed(state), ID, true).reason]).toEqual([state, undefined]);
    expect(outcomeOf(failed(state), ID, false).reason).toBeDefined();
  }
  for (const state of ['Enabled', 'Disabled', 'Unavailable'] as const)
    expect([state, outcomeOf(failed(state), ID, true).reason]).toEqual([state, expect.any(String)]);
});

it('names a few of many, and how many more there are', () => {
  expect(summary(failed('Enabled', 5))).not.toContain('more');
  const many = summary(failed('Enabled', 12));
  expect(many).toMatch(/^12 failed, 0 created, 0 revoked, 0 in force\. /);
  expect([many.includes('share-4'), many.includes('share-5')]).toEqual([true, false]);
  expect(many).toMatch(/; and 7 more, in the log$/);
});

it('names the shares that a deployment would share again, and how to lift their stop', () => {
  expect(stillStopped(['a'])).toMatch(/^a is stopped in an emergency/);
  expect(stillStopped(['a', 'b'])).toMatch(/^a, b are stopped/);
  expect(stillStopped(['a', 'b', 'c', 'd', 'e', 'f', 'g'])).toMatch(/^a, b, c, d, e and 2 more are stopped/);
  expect(stillStopped(['a'])).toContain('npx concordat suspend --lift --live');
});
