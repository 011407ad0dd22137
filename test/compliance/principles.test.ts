/** That the principles are all listed, and that no more is claimed of them than checks show. */
import { CHECKS, judgeAll } from '../../lib/compliance/checks';
import { PRINCIPLES, SUB_PRINCIPLES } from '../../lib/compliance/principles';
import { wholeSample } from './judged-sample';

const goals = SUB_PRINCIPLES.flatMap((each) => each.goals);
const of = (number: string) => SUB_PRINCIPLES.filter((each) => each.number === number);

it('lists 14 principles, 24 sub-principles and 115 goals: 85 to be confident of and 30 to prefer', () => {
  expect(PRINCIPLES).toHaveLength(14);
  expect(SUB_PRINCIPLES).toHaveLength(24);
  expect(new Set(SUB_PRINCIPLES.map(({ principle }) => principle)).size).toBe(14);
  expect(new Set(goals.map(({ id }) => id)).size).toBe(115);
  expect(goals.filter(({ strength }) => strength === 'confident')).toHaveLength(85);
});

it('has checks for goals and sub-principles that there are', () => {
  const ids = new Set([...SUB_PRINCIPLES.map(({ id }) => id), ...goals.map(({ id }) => id)]);
  expect(
    CHECKS.flatMap((check) => check.goals.filter((goal) => !ids.has(goal)).map((goal) => [check.id, goal])),
  ).toEqual([]);
  expect(CHECKS.filter((check) => check.goals.length === 0).map(({ id }) => id)).toEqual([]);
});

it('says that templates show a goal only wholly or in part, only where a check on it passes', () => {
  const judged = new Map(
    judgeAll(wholeSample()).map(({ check, judgements }) => [
      check.id,
      judgements.map(({ outcome }) => outcome),
    ]),
  );
  for (const { id, fromTemplates, checks } of goals) {
    const passing = checks.filter((check) => judged.get(check)?.includes('pass'));
    if (fromTemplates !== 'no') expect([id, passing.length > 0]).toEqual([id, true]);
    if (fromTemplates === 'no') expect([id, checks]).toEqual([id, []]);
  }
});

it('claims nothing of data centres, governance or the handling of incidents', () => {
  for (const number of ['2.2', '4', '5.3']) {
    const [sub] = of(number);
    expect([number, sub?.level, sub?.checks]).toEqual([number, 'not from templates', []]);
    expect(sub?.goals.map(({ fromTemplates }) => fromTemplates).filter((each) => each !== 'no')).toEqual([]);
  }
});

it('says what to ask for wherever templates do not show all', () => {
  for (const { id, fromTemplates, askFor } of goals)
    expect([id, askFor.length > 0]).toEqual([id, fromTemplates !== 'yes']);
  for (const { id, askFor, inherited, memberDuty } of SUB_PRINCIPLES)
    expect([id, askFor.length > 0, inherited !== '', memberDuty !== '']).toEqual([id, true, true, true]);
});

it('names outcomes of the Cyber Assessment Framework as both versions write them', () => {
  for (const { caf } of SUB_PRINCIPLES)
    for (const outcome of [...caf['3.2'], ...caf['4.0']]) expect(outcome).toMatch(/^[A-D]\d\.[a-f]$/);
});
