/** That a plan tells first of accounts that would lose their baseline, since the unit that they are in is named no more. */
import { planOf } from '../../lib/plan/plan';
import { type Side, sideOf } from '../../lib/plan/side';
import { sectionsOf } from '../../lib/plan/words/sections';
import { dateOf } from '../../lib/register/calendar';
import { markedText } from '../../lib/words';
import { edited, MINIMAL, set } from '../register/samples';
import { synthesised } from '../stacks/sample-assembly';

const withMembersIn = (members: string): Side =>
  sideOf(
    synthesised({
      files: edited(MINIMAL, set('zone.yaml', { 'guardrails.units.members': members })),
      asOf: dateOf('2026-12-01'),
    }).assembly,
    new Set(),
  );

const before = withMembersIn('ou-abcd-members00');
const after = withMembersIn('ou-abcd-members11');
const lookedAtFirst = (was: Side, is: Side) =>
  sectionsOf(planOf(was, is))
    .filter(({ heading }) => heading.startsWith('Look first'))
    .flatMap(({ told }) => told)
    .map(({ sentence, more }) => [sentence, ...more].map(markedText));

test('a unit that leaves the StackSet is told at the top, with what goes and what to do first', () => {
  const [canary, , zone] = ['ou-abcd-canary00', 'ou-abcd-members11', 'ou-abcd-zone0000'];
  expect(lookedAtFirst(before, after)).toEqual([
    [
      expect.stringMatching(
        /^The StackSet `concordat-baseline` of `Baseline\/\w+` leaves `ou-abcd-members00`: its stack in each account there is DELETED$/,
      ),
      `With it goes the way to deploy to them. Move every account into \`${canary}\`, \`ou-abcd-members11\` or \`${zone}\` first, as \`docs/guardrails.md\` says.`,
      'CloudFormation refuses to deploy `Baseline` until `Units` says that this was done.',
    ],
  ]);
});

test('who deploys is asked for the units once they are others, and not before', () => {
  const asked = (was: Side, is: Side) =>
    planOf(was, is).stacks.flatMap(({ stack, asks }) => asks.map((name) => `${stack} ${name}`));
  expect(asked(before, after)).toEqual(['Baseline Units']);
  expect(asked(before, before)).toEqual([]);
});

test('units that stay are not told of', () => {
  expect(lookedAtFirst(before, before)).toEqual([]);
});
