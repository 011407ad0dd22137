/** What a plan has CloudFormation do, forwards and back, from two real assemblies. */
import { openAssembly } from '../../lib/assembly';
import { type Expected, type Side, templateDigest } from '../../lib/change-sets';
import { planOf, savedPlanOf } from '../../lib/plan';
import { alarmsWatched } from '../../lib/rollout/alarms';
import { expectedOf } from '../../lib/rollout/expected';
import { fleetOf } from '../../lib/rollout/fleet';
import type { SavedPlan } from '../../lib/wire';
import { after, afterFolder, before, beforeFolder, changed, find } from '../plan/pair';

const SETTLED = { widenings: ['somebody gains'], approved: true, unfit: [], although: undefined };
let pair: Readonly<Record<Side, ReturnType<typeof openAssembly>>>;
let plan: SavedPlan;
beforeAll(() => {
  pair = { before: openAssembly(beforeFolder()), after: openAssembly(afterFolder()) };
  plan = savedPlanOf(planOf(before(), after()), pair, SETTLED);
});
const stack = (name: string) => {
  const found = plan.stacks.find((each) => each.stack === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
};
const actions = ({ resources }: Expected) =>
  Object.fromEntries([...resources].map(([id, { action }]) => [id, action]));

it('turns each change round on the way back', () => {
  const turned = { add: 'remove', modify: 'modify', remove: 'add' } as const;
  for (const each of plan.stacks) {
    const forwards = actions(expectedOf(each, pair, 'after'));
    const back = actions(expectedOf(each, pair, 'before'));
    expect(Object.keys(back)).toEqual(Object.keys(forwards));
    for (const [id, action] of Object.entries(forwards)) expect(back[id]).toBe(turned[action]);
  }
});

it('knows a stack by the template of either side, and one that is new by the later alone', () => {
  const text = (side: Side) => pair[side].file('Organisation-dwp.template.json') ?? '';
  expect(expectedOf(stack('Organisation-dwp'), pair, 'after').templates).toEqual({
    before: templateDigest(text('before')),
    after: templateDigest(text('after')),
  });
  expect(Object.keys(expectedOf(stack('Organisation-fife'), pair, 'after').templates)).toEqual(['after']);
  expect(templateDigest(JSON.stringify(JSON.parse(text('after'))))).toBe(templateDigest(text('after')));
});

it('says of a resource that it is replaced where a property changes that makes another of it, and only then', () => {
  const edited = (properties: Record<string, unknown>) => {
    const source = changed(pair.before, 'Organisation-dwp', (resources) => {
      const [, role] = find(resources, 'AWS::IAM::Role', '"RoleName":"concordat-deposit"');
      Object.assign(role.Properties, properties);
    });
    const [id] = find(
      source.stacks.find(({ name }) => name === 'Organisation-dwp')?.resources as never,
      'AWS::IAM::Role',
      '"RoleName":"concordat-deposit"',
    );
    const planned = {
      ...stack('Organisation-dwp'),
      resources: [{ id, type: 'AWS::IAM::Role', action: 'modify' as const }],
    };
    return expectedOf(planned, { before: pair.before, after: source }, 'after').resources.get(id);
  };
  expect(edited({ Path: '/elsewhere/' })).toMatchObject({ replaces: true });
  expect(edited({ MaxSessionDuration: 7200 })).toMatchObject({
    replaces: false,
    maySeeNone: false,
  });
});

it('watches alarms that are there on both sides, five at most, and none of a new stack', () => {
  const { stacks } = fleetOf(plan, pair.before, pair.after);
  for (const each of stacks) {
    const watched = alarmsWatched(each, pair);
    expect(watched.length).toBeLessThanOrEqual(5);
    if (each.change === 'new') expect(watched).toEqual([]);
    else if (each.organisation !== undefined)
      expect(watched).toContain(
        `arn:aws:cloudwatch:${each.region}:${each.account}:alarm:concordat-grants-failing`,
      );
  }
});
