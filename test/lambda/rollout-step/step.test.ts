/** Questions that the state machine does not ask as it should, files that are not what was ordered, and what AWS may answer later. */
import { createHash } from 'node:crypto';
import { parseEnvironment } from '../../../lambda/rollout-step/environment';
import type { Account, World } from '../../../lambda/rollout-step/ports';
import { answered } from '../../../lambda/rollout-step/step';
import type { StackOrder } from '../../../lib/wire';

const bytes = (text: string) => ({ bytes: new TextEncoder().encode(text), version: undefined });
const ORDER: StackOrder = {
  form: 'concordat-stack-order/v1',
  stack: 'Zone',
  account: '100000000002',
  region: 'eu-west-2',
  role: 'arn:aws:iam::100000000002:role/deploy',
  changeSet: 'concordat-plan',
  after: {
    template: 'a'.repeat(64),
    url: 'https://s3.eu-west-2.amazonaws.com/assets/a.json',
    role: 'arn:aws:iam::100000000002:role/exec',
    parameters: [],
    resources: [{ id: 'Key', type: 'AWS::KMS::Key', action: 'add', replaces: false, maySeeNone: false }],
  },
  protects: true,
  alarms: [],
  watch: 2,
  files: [
    {
      from: 'a.zip',
      sha256: createHash('sha256').update('code').digest('hex'),
      bucket: 'assets',
      key: 'a.zip',
      role: 'arn:aws:iam::100000000002:role/publish',
    },
  ],
};
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const wholeOf = (order: StackOrder) =>
  JSON.stringify({
    form: 'concordat-rollout-order/v1',
    plan: 'c'.repeat(64),
    widenings: [],
    waves: [
      { name: 'all', key: 'waves/0.json', accounts: 1, tolerated: 0, takesAway: false, atOnce: 1, pause: 0 },
    ],
    files: { 'stacks/Zone.json': sha256(JSON.stringify(order)) },
  });
const WHOLE = wholeOf(ORDER);
const ABOUT = {
  order: sha256(WHOLE),
  plan: 'c'.repeat(64),
  stack: 'stacks/Zone.json',
  side: 'after',
  since: '2026-12-04T09:00:00.000Z',
  at: '2026-12-04T09:00:20.000Z',
};

function world(given: Partial<Account> = {}, file = 'code') {
  const uploaded: string[] = [];
  const there = new Set<string>();
  const account = {
    stack: async () => undefined,
    template: async () => '{}',
    reasons: async () => '',
    changeSet: async () => ({ status: 'CREATE_COMPLETE', reason: '', changes: [] }),
    make: async () => 'making',
    execute: async () => undefined,
    discard: async () => undefined,
    deleteEmpty: async () => undefined,
    protect: async () => undefined,
    ...given,
  } as Account;
  const all: World = {
    now: () => 0,
    read: async (key) =>
      bytes(key.startsWith('files/') ? file : key.endsWith('/order.json') ? WHOLE : JSON.stringify(ORDER)),
    account: () => account,
    staging: (role) => ({
      has: async (_, key) => there.has(key),
      put: async (bucket, key) => {
        uploaded.push(`${bucket}/${key} as ${role}`);
        there.add(key);
      },
    }),
  };
  return { all, uploaded };
}

it('uploads what is not there yet, once, as the role that uploads', async () => {
  const { all, uploaded } = world();
  expect(await answered({ question: 'prepare', ...ABOUT }, all)).toEqual({ is: 'making' });
  await answered({ question: 'prepare', ...ABOUT }, all);
  expect(uploaded).toEqual(['assets/a.zip as arn:aws:iam::100000000002:role/publish']);
});

it('uploads nothing that is not what was ordered, and then makes no change set', async () => {
  const make = jest.fn(async () => 'making' as const);
  const { all, uploaded } = world({ make }, 'other code');
  await expect(answered({ question: 'prepare', ...ABOUT }, all)).rejects.toMatchObject({
    name: 'OrderUnfit',
  });
  expect([uploaded, make.mock.calls]).toEqual([[], []]);
});

it('clears a change set of an earlier run, and is asked again', async () => {
  const discard = jest.fn(async () => undefined);
  const { all } = world({ make: async () => 'there', discard });
  expect(await answered({ question: 'prepare', ...ABOUT }, all)).toEqual({ is: 'wait' });
  expect(discard).toHaveBeenCalledWith('Zone', 'concordat-plan');
});

it('says by its name what AWS may answer later, and leaves other errors as they are', async () => {
  const failing = (name: string) =>
    world({
      stack: () => Promise.reject(Object.assign(new Error('Rate exceeded'), { name })),
    }).all;
  const look = { question: 'look', ...ABOUT, noted: {} };
  await expect(answered(look, failing('ThrottlingException'))).rejects.toMatchObject({ name: 'AskAgain' });
  await expect(answered(look, failing('AccessDenied'))).rejects.toMatchObject({ name: 'AccessDenied' });
});

it('gives up after six hours on what is under way, and says that nobody knows', async () => {
  const { all } = world({
    stack: async () => ({ status: 'UPDATE_IN_PROGRESS', isProtected: true, parameters: [] }),
  });
  const look = { question: 'look', ...ABOUT, noted: {} };
  expect(await answered(look, all)).toEqual({ is: 'wait', runs: 'unknown' });
  expect(await answered({ ...look, at: '2026-12-04T15:00:00.000Z' }, all)).toEqual({
    is: 'over',
    seen: { standing: 'stuck', runs: 'unknown', found: 'no', why: '["it was under way for six hours"]' },
  });
});

it('protects a new stack, and where it could not says so with the stack through', async () => {
  const text = '{}';
  const order = {
    ...ORDER,
    after: { ...ORDER.after, template: createHash('sha256').update(text).digest('hex') },
  };
  const protect = jest.fn(() => Promise.reject(Object.assign(new Error('no'), { name: 'AccessDenied' })));
  const { all } = world({
    stack: async () => ({ status: 'CREATE_COMPLETE', isProtected: false, parameters: [] }),
    protect,
  });
  const answer = await answered(
    { question: 'came', ...ABOUT, order: sha256(wholeOf(order)), heard: {} },
    {
      ...all,
      read: async (key) => bytes(key.endsWith('/order.json') ? wholeOf(order) : JSON.stringify(order)),
    },
  );
  expect(protect).toHaveBeenCalledWith('Zone');
  expect(answer).toMatchObject({
    is: 'over',
    seen: {
      standing: 'through',
      runs: 'after',
      why: '["it could not be protected against deletion (AccessDenied: no)"]',
    },
  });
});

it.each([
  ['nothing', undefined],
  ['a question that there is not', { question: 'delete', ...ABOUT }],
  ['a side that there is not', { question: 'execute', ...ABOUT, side: 'both' }],
  ['to change what is only waited for', { question: 'execute', ...ABOUT, side: 'close' }],
])('refuses %s', async (_, event) => {
  await expect(answered(event, world().all)).rejects.toMatchObject({ name: 'EventError' });
});

it('names every variable of its environment that is wrong', () => {
  expect(() => parseEnvironment({ ORDERS_BUCKET: 'A' })).toThrow(
    /AWS_REGION is not set.*AWS_LAMBDA_FUNCTION_NAME is not set.*ORDERS_BUCKET is 'A'/,
  );
});
