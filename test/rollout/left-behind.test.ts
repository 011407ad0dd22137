/** That a rollout is not held up by an account whose organisation has left: it may be closed, and every deployment to it fails. */
import { planOf, savedPlanOf } from '../../lib/plan';
import { sideOf } from '../../lib/plan/side';
import { dateOf } from '../../lib/register/calendar';
import { fleetOf } from '../../lib/rollout/fleet';
import { stepsOf, USUAL_CAUTION } from '../../lib/rollout/waves';
import { byHandLines } from '../../lib/rollout/words';
import { type Edit, edited, MINIMAL, set } from '../register/samples';
import { synthesised } from '../stacks/sample-assembly';

const LAST_DAY = dateOf('2026-09-30');
const DAY_AFTER = dateOf('2026-10-01');
const LATER = dateOf('2026-10-02');
const LEAVES = { leaves: LAST_DAY };

const withoutAgreements: Edit = (files) => {
  for (const path of [...files.keys()]) if (/^(?:agreements|approvals)\//.test(path)) files.delete(path);
};
/** The steps of a rollout that changes the alarm mailbox of every organisation, once one of them has a last day. */
function rolledOut(
  from: typeof LAST_DAY,
  to: typeof LAST_DAY,
  departure: Readonly<Record<string, unknown>>,
  later = departure,
) {
  const on = (asOf: typeof LAST_DAY, security: string, ofLeeds: typeof departure) =>
    synthesised({
      files: edited(
        MINIMAL,
        withoutAgreements,
        ...['dwp', 'leeds'].map((id) =>
          set(`organisations/${id}.yaml`, {
            contacts: { security, dataProtection: 'data-protection@example.org' },
            ...(id === 'leeds' && ofLeeds),
          }),
        ),
      ),
      asOf,
    }).assembly;
  const pair = {
    before: on(from, 'earlier@example.org', departure),
    after: on(to, 'later@example.org', later),
  };
  const settled = { widenings: [], approved: true, unfit: [], although: undefined };
  const plan = savedPlanOf(planOf(sideOf(pair.before), sideOf(pair.after)), pair, settled);
  return stepsOf(fleetOf(plan, pair.before, pair.after), USUAL_CAUTION);
}
const inWaves = (steps: ReturnType<typeof rolledOut>) =>
  steps
    .flatMap((each) => (each.kind === 'wave' ? each.stacks.map(({ stack }) => stack) : []))
    .filter((each) => each.startsWith('Organisation-'))
    .sort();

it('deploys the day after its last to take its permissions away, and from then on leaves it out', () => {
  const both = ['Organisation-dwp', 'Organisation-leeds'];
  expect(inWaves(rolledOut(LAST_DAY, DAY_AFTER, LEAVES))).toEqual(both);
  const steps = rolledOut(DAY_AFTER, LATER, LEAVES);
  expect(inWaves(steps)).toEqual(['Organisation-dwp']);
  const last = steps.at(-1);
  if (last?.kind !== 'by-hand') throw new Error('nothing is left to be done by hand');
  expect(last.holdsUp).toBe(false);
  expect(byHandLines(last, { folder: 'cdk.out' })).toEqual([
    'by hand, whenever all else is through',
    '   Organisation-leeds in 100000000022 of leeds, which has left: delete it, or where it is still to be deployed: npx cdk deploy --app cdk.out --exclusively Organisation-leeds',
  ]);
});

it('deploys to one that winds up, since others still collect from it', () => {
  const winding = { ...LEAVES, windsUp: dateOf('2026-12-31') };
  expect(inWaves(rolledOut(DAY_AFTER, LATER, winding))).toContain('Organisation-leeds');
});

it('deploys to one that had left and comes back', () => {
  expect(inWaves(rolledOut(DAY_AFTER, LATER, LEAVES, {}))).toContain('Organisation-leeds');
});
