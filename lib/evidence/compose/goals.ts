/** What each goal of the Cloud Security Principles comes to, by the checks that bear on it. Nothing is claimed without one. */
import { type Goal as CatalogueGoal, type SubPrinciple as CataloguePart, PRINCIPLES } from '../../compliance';
import { plural } from '../../words';
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
    goals.length > 0 ? stateOfAll(goals.map((goal) => goal.state)) : stateOfGoal(LEVELS[part.level], counts);
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
  const state = stateOfGoal(fromTemplates, counts);
  return {
    id,
    strength: strength === 'confident' ? 'be confident' : 'prefer',
    text,
    state,
    checks: [...goal.checks],
    passed: counts.passed,
    accepted: counts.accepted,
    of: counts.of,
    why: whyIt(fromTemplates, state, counts),
    askFor: state === 'shown' ? [] : [...askFor],
  };
}

interface Counts {
  readonly passed: number;
  /** Failures that an exception accepts. */
  readonly accepted: number;
  /** What applies: passed, accepted and failed. */
  readonly of: number;
}

/** The judgements of checks together. @throws RangeError if one was not run */
export function countsOf(checks: readonly string[], results: ReadonlyMap<string, CheckResult>): Counts {
  let passed = 0;
  let failed = 0;
  let accepted = 0;
  for (const id of checks) {
    const result = results.get(id);
    if (result === undefined) throw new RangeError(`a goal names the check ${id}, which there is not`);
    passed += result.passed;
    failed += result.failed;
    accepted += result.accepted;
  }
  return { passed, accepted, of: passed + accepted + failed };
}

/**
 * One failure is a failure. No pass is no claim, whatever the catalogue hoped for. What rests on an exception is shown in
 * part at most.
 */
export function stateOfGoal(
  fromTemplates: CatalogueGoal['fromTemplates'],
  { passed, accepted, of }: Counts,
): GoalState {
  if (of > passed + accepted) return 'failed';
  if (fromTemplates === 'no' || passed === 0) return 'not shown';
  return fromTemplates === 'yes' && accepted === 0 ? 'shown' : 'partly';
}

/** Of several goals: as good as all of them. @internal Only tests import it. */
export function stateOfAll(states: readonly GoalState[]): GoalState {
  if (states.includes('failed')) return 'failed';
  if (states.every((each) => each === 'shown')) return 'shown';
  return states.every((each) => each === 'not shown') ? 'not shown' : 'partly';
}

/** Why a goal is in its state, in words. */
export function whyIt(
  fromTemplates: CatalogueGoal['fromTemplates'],
  state: GoalState,
  { passed, accepted, of }: Counts,
) {
  const pass = `${passed} of ${of} judgements pass`;
  const exceptions = accepted === 0 ? '' : `; ${accepted} fail and are accepted as exceptions`;
  if (state === 'failed') return `${of - passed - accepted} of ${of} judgements fail${exceptions}`;
  if (state === 'shown') return pass;
  if (state === 'partly')
    return `${pass}${exceptions}${fromTemplates === 'part' ? '; templates show only a part of this' : ''}`;
  if (fromTemplates === 'no') return 'Templates cannot show this';
  return of === 0
    ? 'No check bears on anything that is here'
    : `None of ${of} judgements passes${exceptions}`;
}

function inWords(
  checks: readonly string[],
  { passed, of }: Counts,
  results: ReadonlyMap<string, CheckResult>,
) {
  if (checks.length === 0) return 'Nothing: templates cannot show this.';
  const titles = checks.map((id) => results.get(id)?.title ?? id);
  return `${passed} of ${of} judgements of ${plural(checks.length, 'check')} pass. They are about this: ${titles.join(' ')}`;
}
