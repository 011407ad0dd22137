/** That sessions are ended of every role that can be reached, in spite of what passes, and that nothing left is told as done. */
import { endSessions } from '../../../lambda/key-grants/ending-sessions';
import { World } from './world';

const ROLES = ['concordat-collect', 'concordat-deposit', 'concordat-receipts'];

function world(): World {
  const made = new World();
  for (const role of ROLES) made.account.policies.set(role, new Map());
  return made;
}

const ended = ({ account }: World) => ROLES.filter((role) => (account.policies.get(role)?.size ?? 0) > 0);

it('is written down, then ends the sessions of each role that began before that moment', async () => {
  const account = world();
  const at = new Date(account.time).toISOString();
  await expect(endSessions(account.ports())).resolves.toMatchObject({ before: at, complete: true });
  expect(ended(account)).toEqual(ROLES);
  expect([...account.account.parameters.values()].map((text) => JSON.parse(text))).toMatchObject([
    { order: 'end-sessions', at },
  ]);
});

it.each([
  [409, 'ConcurrentModification'],
  [400, 'Throttling'],
  [403, 'RequestExpired'],
  [500, 'ServiceFailure'],
])('goes on after %s %s', async (status, code) => {
  const account = world();
  let left = 3;
  account.refusal = (_, action) => (action === 'PutRolePolicy' && left-- > 0 ? { status, code } : undefined);
  await expect(endSessions(account.ports())).resolves.toMatchObject({ complete: true });
  expect(ended(account)).toEqual(ROLES);
});

it('says which role it could not reach, is not complete for that, and ends the others', async () => {
  const account = world();
  let refused = 0;
  account.refusal = (_, action) => {
    if (action !== 'PutRolePolicy') return undefined;
    refused += 1;
    return refused === 1 ? { status: 403, code: 'AccessDenied' } : undefined;
  };
  const answer = await endSessions(account.ports());
  expect(answer.complete).toBe(false);
  expect(answer.roles.map(({ outcome }) => outcome)).toEqual(['failed', 'ended', 'ended']);
  expect(ended(account)).toEqual(ROLES.slice(1));
  expect(account.log.filter(({ step, failed }) => step === 'sessions' && failed === true)).toHaveLength(1);
});

it('is not complete where the order could not be written down, and ends the sessions all the same', async () => {
  const account = world();
  account.refusal = (_, action) =>
    action === 'PutParameter' ? { status: 400, code: 'AccessDeniedException' } : undefined;
  const answer = await endSessions(account.ports());
  expect(answer).toMatchObject({
    complete: false,
    notRecorded: expect.stringContaining('AccessDeniedException'),
  });
  expect(ended(account)).toEqual(ROLES);
});
