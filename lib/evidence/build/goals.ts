/** What each goal of the Cloud Security Principles comes to, by the checks that bear on it. Nothing is claimed without one. */
import { PRINCIPLES } from '../../compliance/principles';
import type {
  Goal as CatalogueGoal,
  SubPrinciple as CataloguePart,
} from '../../compliance/principles/sub-principle';
import type { CheckResult, Goal, GoalState, Principle, SubPrinciple } from '../model';

const NCSC = 'https://www.ncsc.gov.uk/collection/cloud/the-cloud-security-principles';

/** How far a sub-principle that has no goals can be shown. */
const LEVELS = { shown: 'yes', partly: 'part', 'not from templates': 'no' } as const;

/** The principles with the state of every goal. @throws RangeError if a goal names a check that was not run */
export function principlesWith(
  catalogue: readonly CataloguePart[],
  checks: readonly CheckResult[],
): Principle[] {
  const results = new Map(checks.map((each) => [each.id, each]));
  return PRINCIPLES.map(({ number, title }) => ({
    number,
    title,
    link: `${NCSC}/principle-${number}-${title.toLowerCase().replaceAll(' ', '-')}`,
    parts: catalogue.filter(({ principle }) => principle === number).map((part) => partWith(part, results)),
  }));
}

function partWith(part: CataloguePart, results: ReadonlyMap<string, CheckResult>): SubPrinciple {
  const { number, title, inherited, memberDuty, askFor, checks, caf } = part;
  const goals = part.goals.map((goal) => goalWith(goal, results));
  const counts = countsOf(checks, results);
  const state =
    goals.length > 0 ? stateOfAll(goals.map((goal) => goal.state)) : judge(LEVELS[part.level], counts);
  return {
    id: number,
    title,
    state,
    inherited,
    operator: inWords(checks, counts, results),
    member: memberDuty,
    askFor: [...askFor],
    checks: [...checks],
    passed: counts.passed,
    of: counts.of,
    caf32: [...caf['3.2']],
    caf40: [...caf['4.0']],
    goals,
  };
}

function goalWith(goal: CatalogueGoal, results: ReadonlyMap<string, CheckResult>): Goal {
  const { id, strength, text, fromTemplates, askFor } = goal;
  const counts = countsOf(goal.checks, results);
  const state = judge(fromTemplates, counts);
  return {
    id,
    strength: strength === 'confident' ? 'be confident' : 'prefer',
    text,
    state,
    checks: [...goal.checks],
    passed: counts.passed,
    of: counts.of,
    why: fromTemplates === 'no' && state !== 'failed' ? 'Templates cannot show this' : WHY[state](counts, goal.checks.length),
    askFor: state === 'shown' ? [] : [...askFor],
  };
}

interface Counts {
  readonly passed: number;
  /** What applies: passed and failed. */
  readonly of: number;
}

function countsOf(checks: readonly string[], results: ReadonlyMap<string, CheckResult>): Counts {
  let passed = 0;
  let failed = 0;
  for (const id of checks) {
    const result = results.get(id);
    if (result === undefined) throw new RangeError(`a goal names the check ${id}, which there is not`);
    passed += result.passed;
    failed += result.failed;
  }
  return { passed, of: passed + failed };
}

/** One failure is a failure. No pass is no claim, whatever the catalogue hoped for. */
export function judge(fromTemplates: CatalogueGoal['fromTemplates'], { passed, of }: Counts): GoalState {
  if (of > passed) return 'failed';
  if (fromTemplates === 'no' || passed === 0) return 'not shown';
  return fromTemplates === 'yes' ? 'shown' : 'partly';
}

/** Of several goals: as good as all of them. */
export function stateOfAll(states: readonly GoalState[]): GoalState {
  if (states.includes('failed')) return 'failed';
  if (states.every((each) => each === 'shown')) return 'shown';
  return states.every((each) => each === 'not shown') ? 'not shown' : 'partly';
}

const WHY: Readonly<Record<GoalState, (counts: Counts, checks: number) => string>> = {
  shown: ({ passed, of }) => `${passed} of ${of} judgements pass`,
  partly: ({ passed, of }) => `${passed} of ${of} judgements pass, but templates show only a part of this`,
  failed: ({ passed, of }) => `${of - passed} of ${of} judgements fail`,
  'not shown': (_counts, checks) =>
    checks === 0
      ? 'No check bears on this'
      : 'The checks that bear on this do not suffice to claim it, or apply to nothing here',
};

function inWords(
  checks: readonly string[],
  { passed, of }: Counts,
  results: ReadonlyMap<string, CheckResult>,
) {
  if (checks.length === 0) return 'Nothing: templates cannot show this.';
  const titles = checks.map((id) => results.get(id)?.title ?? id);
  return `${passed} of ${of} judgements of ${checks.length} checks pass. They are about this: ${titles.join(' ')}`;
}
