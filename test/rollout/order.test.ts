/** An order for the engine: whole, called by its digest, the same each time, and of what a rollout from one machine would do. */
import { createHash } from 'node:crypto';
import { unzipSync } from 'fflate';
import { opened } from '../../lambda/rollout-step/opening';
import { type Assembly, assetManifestIn, openAssembly } from '../../lib/assembly';
import type { Side } from '../../lib/change-sets';
import { planOf, savedPlanOf } from '../../lib/plan';
import { expectedOf } from '../../lib/rollout/expected';
import { fleetOf, stackCalled } from '../../lib/rollout/fleet';
import { USUAL_TEMPO } from '../../lib/rollout/forecast';
import { type Order, orderOf } from '../../lib/rollout/order';
import { stepsOf, USUAL_CAUTION } from '../../lib/rollout/waves';
import {
  parseOrderedAccounts,
  parseStackOrder,
  parseUnchangedStacks,
  type SavedPlan,
  type StackOrder,
} from '../../lib/wire';
import { after, afterFolder, before, beforeFolder } from '../plan/pair';

const SETTLED = { widenings: ['somebody gains'], approved: true, unfit: [], although: undefined };

const now = () => Date.parse('2026-12-04T09:00:00Z');
const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

let pair: Readonly<Record<Side, Assembly>>;
let plan: SavedPlan;
let made: Order;
const ordered = (done: readonly string[]) => {
  const steps = stepsOf(fleetOf(plan, pair.before, pair.after), USUAL_CAUTION);
  return { plan, digest: 'a'.repeat(64), pair, steps, tempo: USUAL_TEMPO, changeSet: 'concordat-plan', done };
};
/** All that is done by hand in it. */
const byHand = () =>
  ordered([]).steps.flatMap((step) =>
    step.kind === 'wave'
      ? []
      : [
          ...step.asked.map((each) => each.organisation),
          ...[...step.stacks, ...step.moved].map((each) => each.stack),
        ],
  );
beforeAll(() => {
  pair = { before: openAssembly(beforeFolder()), after: openAssembly(afterFolder()) };
  plan = savedPlanOf(planOf(before(), after()), pair, SETTLED);
  made = orderOf(ordered(byHand()));
});
const stacksOf = ({ files, digest, order }: Order): StackOrder[] =>
  order.waves.flatMap(({ key }) =>
    parseOrderedAccounts(text(files.get(`orders/${digest}/${key}`)), key).flatMap(({ stacks }) =>
      stacks.map((each) => parseStackOrder(text(files.get(`orders/${digest}/${each.key}`)), each.key)),
    ),
  );

it('is opened by the engine, and by no other name', async () => {
  const read = async (key: string) => ({
    bytes: made.files.get(key) ?? new Uint8Array(),
    version: `of ${key}`,
  });
  const { waves, widens, forget } = await opened(made.digest, { read, now });
  expect(waves.map(({ version }) => version)).toEqual(
    made.order.waves.map(({ key }) => `of orders/${made.digest}/${key}`),
  );
  expect(widens).toBe(plan.widenings.length > 0);
  expect(new Date(Number(forget) * 1000).toISOString()).toBe('2027-03-04T09:00:00.000Z');
  await expect(opened('b'.repeat(64), { read, now })).rejects.toMatchObject({ name: 'OrderUnfit' });
});

it('is not opened from a bucket that keeps no versions, in which a wave could change after it', async () => {
  const read = async (key: string) => ({
    bytes: made.files.get(key) ?? new Uint8Array(),
    version: undefined,
  });
  await expect(opened(made.digest, { read, now })).rejects.toMatchObject({ name: 'OrderUnfit' });
});

it('is the same each time', () => {
  const again = orderOf(ordered(byHand()));
  expect(again.digest).toBe(made.digest);
  expect([...again.files].map(([name, bytes]) => [name, sha256(bytes)])).toEqual(
    [...made.files].map(([name, bytes]) => [name, sha256(bytes)]),
  );
});

it('has every stack that the rollout deploys, with what the plan has CloudFormation do, forwards and back', () => {
  const deployed = ordered([]).steps.flatMap((step) => (step.kind === 'wave' ? step.stacks : []));
  expect(
    stacksOf(made)
      .map(({ stack }) => stack)
      .sort(),
  ).toEqual(deployed.map(({ stack }) => stack).sort());
  for (const each of stacksOf(made)) {
    const planned = plan.stacks.find(({ stack }) => stack === each.stack);
    if (planned === undefined) throw new Error(each.stack);
    for (const side of ['before', 'after'] as const) {
      const own = each[side];
      if (own === undefined) continue;
      const expected = expectedOf(planned, pair, side);
      expect(new Map(own.resources.map(({ id, ...change }) => [id, change]))).toEqual(expected.resources);
      expect(own.template).toBe(expected.templates[side]);
    }
    expect(each.before !== undefined).toBe(planned.change === 'changed');
  }
});

it('names what the plan leaves as it is, with the later register and the template that it has in both', () => {
  const whole = ordered(byHand());
  const [first] = stacksOf(made);
  const left = first?.stack;
  const without = {
    ...whole,
    plan: { ...plan, stacks: plan.stacks.filter(({ stack }) => stack !== left) },
    steps: whole.steps.map((step) =>
      step.kind === 'wave' ? { ...step, stacks: step.stacks.filter(({ stack }) => stack !== left) } : step,
    ),
  };
  const unchangedOf = (order: Order) => {
    const file = `orders/${order.digest}/unchanged.json`;
    return parseUnchangedStacks(text(order.files.get(file)), file);
  };
  expect(unchangedOf(made)).toEqual([]);
  const [found, ...more] = unchangedOf(orderOf(without));
  expect([found?.stack, more]).toEqual([left, []]);
  const template = first?.after.template;
  expect(found).toMatchObject({ account: first?.account, template });
  expect(JSON.parse(found?.after ?? '')).toMatchObject({ register: plan.after.registerDigest, template });
});

it('has every file that its stacks need, as the assembly has it', () => {
  for (const { stack, files, account, after: side } of stacksOf(made)) {
    const found = stackCalled(pair.after, stack);
    const wanted = found === undefined ? [] : Object.values(assetManifestIn(pair.after, found).files);
    expect(files).toHaveLength(wanted.length);
    for (const { from, sha256: digest, bucket, role } of files) {
      const bytes = made.files.get(`files/${from}`) ?? new Uint8Array();
      expect(sha256(bytes)).toBe(digest);
      expect([bucket, role].every((each) => each.includes(account))).toBe(true);
      if (!from.endsWith('.zip')) continue;
      const folder = wanted.find(({ destinations }) =>
        Object.values(destinations).some(({ objectKey }) => objectKey === from),
      )?.source?.path;
      for (const [name, content] of Object.entries(unzipSync(bytes)))
        expect(text(content)).toBe(pair.after.file(`${folder}/${name}`));
    }
    expect(files.some(({ bucket, key }) => side.url.endsWith(`/${bucket}/${key}`))).toBe(true);
  }
});

it('ends before what somebody has to do by hand, and lets none fail where others are taken from later', () => {
  const { until, order } = orderOf(ordered([]));
  const first = ordered([]).steps.findIndex((step) => step.kind === 'by-hand' && step.holdsUp);
  if (first >= 0) expect([until, order.waves.length]).toEqual([ordered([]).steps[first], first]);
  const wave = { kind: 'wave', name: 'share', takesAway: false, stacks: [], tolerated: 3 } as const;
  const tolerated = (takesAway: boolean) =>
    orderOf({ ...ordered([]), steps: [wave, { ...wave, takesAway }] }).order.waves.map(
      (each) => each.tolerated,
    );
  expect([tolerated(false), tolerated(true)]).toEqual([
    [3, 3],
    [0, 3],
  ]);
});

it('refuses a stack that waits for one of another account in its wave', () => {
  const stacks = ordered([]).steps.flatMap((step) => (step.kind === 'wave' ? step.stacks : []));
  const [one, other] = [stacks[0], stacks.find(({ account }) => account !== stacks[0]?.account)];
  if (one === undefined || other === undefined) throw new Error('the plan has one account');
  const wave = {
    kind: 'wave',
    name: 'share',
    takesAway: false,
    tolerated: 0,
    stacks: [one, { ...other, waitsFor: [one.stack] }],
  } as const;
  expect(() => orderOf({ ...ordered([]), steps: [wave] })).toThrow(
    `${other.stack} waits for ${one.stack} of another account in the same wave`,
  );
});
