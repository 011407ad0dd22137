/** What each goal of the Cloud Security Principles comes to, by the checks that bear on it. Nothing is claimed without one. */
import type { CheckResult, Goal, GoalState, Principle, SubPrinciple } from '../model';
import type { CatalogueGoal, CataloguePart, CataloguePrinciple } from './catalogue';

/** The principles with the state of every goal. */
export function principlesWith(
  catalogue: readonly CataloguePrinciple[],
  checks: readonly CheckResult[],
): Principle[] {
  const results = new Map(checks.map((each) => [each.id, each]));
  return catalogue.map(({ number, title, link, parts }) => ({
    number,
    title,
    link,
    parts: parts.map((part) => partWith(part, results)),
  }));
}

function partWith(part: CataloguePart, results: ReadonlyMap<string, CheckResult>): SubPrinciple {
  const { id, title, inherited, member, askFor, caf32, caf40 } = part;
  const goals = part.goals.map((goal) => goalWith(goal, part, results));
  const checks = [...new Set([...part.checks, ...goals.flatMap((goal) => goal.checks)])];
  const counts = countsOf(checks, results);
  const state = goals.length > 0 ? stateOfAll(goals.map((goal) => goal.state)) : judge(part.fromTemplates, counts);
  return {
    id,
    title,
    state,
    inherited,
    operator: inWords(checks, counts, results),
    member,
    askFor: [...askFor],
    checks,
    passed: counts.passed,
    of: counts.of,
    caf32: [...caf32],
    caf40: [...caf40],
    goals,
  };
}

function goalWith(goal: CatalogueGoal, part: CataloguePart, results: ReadonlyMap<string, CheckResult>): Goal {
  const { id, strength, text, fromTemplates } = goal;
  const counts = countsOf(goal.checks, results);
  const state = judge(fromTemplates, counts);
  const askFor = goal.askFor.length > 0 ? goal.askFor : part.askFor;
  return {
    id,
    strength,
    text,
    state,
    checks: [...goal.checks],
    passed: counts.passed,
    of: counts.of,
    why: WHY[state](counts, goal.checks.length),
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
    checks === 0 ? 'templates cannot show this' : 'templates do not show this: they only bear on it',
};

function inWords(checks: readonly string[], { passed, of }: Counts, results: ReadonlyMap<string, CheckResult>) {
  if (checks.length === 0) return 'Nothing: templates cannot show this.';
  const titles = checks.map((id) => results.get(id)?.title ?? id);
  return `${passed} of ${of} judgements of ${checks.length} checks pass. They are about this: ${titles.join(' ')}`;
}
