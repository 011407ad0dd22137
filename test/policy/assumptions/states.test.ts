/** What is known of each assumption, from its pages and from the records of live tests; and which records hold for no zone. */
import { AWS_ASSUMPTIONS, wordingOf } from '../../../lib/policy/assumptions/assumptions';
import { assumptionTally, knownAssumptions, LiveOutcomesError } from '../../../lib/policy/assumptions/states';
import { type LiveOutcome, liveOutcomesText, NO_LIVE_OUTCOMES, parseLiveOutcomes } from '../../../lib/wire';

const HERE = { region: 'eu-west-2', asOf: '2026-12-10' };

function outcomeOf(id: string, more: Partial<LiveOutcome> = {}): LiveOutcome {
  const assumption = AWS_ASSUMPTIONS.find((each) => each.id === id);
  if (assumption === undefined) throw new Error(`no assumption ${id}`);
  return {
    id,
    wording: wordingOf(assumption),
    outcome: 'seen',
    on: '2026-12-10',
    region: 'eu-west-2',
    saw: 'allowed after 4 seconds',
    ...more,
  };
}

function stateOf(id: string, ...outcomes: LiveOutcome[]) {
  return knownAssumptions({ ...NO_LIVE_OUTCOMES, outcomes }, HERE).find(
    ({ assumption }) => assumption.id === id,
  )?.state.is;
}

const problemsOf = (outcome: LiveOutcome): readonly string[] => {
  try {
    knownAssumptions({ ...NO_LIVE_OUTCOMES, outcomes: [outcome] }, HERE);
    return [];
  } catch (error) {
    if (!(error instanceof LiveOutcomesError)) throw error;
    return error.problems;
  }
};

test('without a record, an assumption is documented where a page of AWS says it, and else assumed', () => {
  expect(stateOf('untagged-object-is-refused')).toBe('documented');
  expect(stateOf('grant-suffices-alone')).toBe('assumed');
});

test('a record makes it seen or refuted, and nothing else changes', () => {
  expect(stateOf('grant-suffices-alone', outcomeOf('grant-suffices-alone'))).toBe('seen');
  expect(stateOf('grant-suffices-alone', outcomeOf('grant-suffices-alone', { outcome: 'refuted' }))).toBe(
    'refuted',
  );
  const before = assumptionTally(knownAssumptions(NO_LIVE_OUTCOMES, HERE));
  const after = assumptionTally(
    knownAssumptions({ ...NO_LIVE_OUTCOMES, outcomes: [outcomeOf('grant-suffices-alone')] }, HERE),
  );
  expect(after).toEqual({ ...before, seen: 1, assumed: before.assumed - 1 });
});

test.each([
  ['of an assumption that is not there', { id: 'grant-suffices-alon' }, 'did you mean grant-suffices-alone?'],
  ['of another wording', { wording: 'a'.repeat(64) }, 'another wording'],
  ['of another Region', { region: 'eu-west-1' }, 'eu-west-1'],
  ['of a day to come', { on: '2026-12-11' }, '11 December 2026'],
])('a record %s holds for no zone, and one sentence says so', (_what, more, says) => {
  const problems = problemsOf({ ...outcomeOf('grant-suffices-alone'), ...more });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(says);
});

test('a file is read strictly: no field more, no assumption twice', () => {
  const text = liveOutcomesText({ ...NO_LIVE_OUTCOMES, outcomes: [outcomeOf('grant-suffices-alone')] });
  expect(liveOutcomesText(parseLiveOutcomes(text))).toBe(text);
  expect(() => parseLiveOutcomes(text.replace('"saw"', '"more": 1, "saw"'))).toThrow(/unknown field more/);
  const one = outcomeOf('grant-suffices-alone');
  const twice = JSON.stringify({ ...NO_LIVE_OUTCOMES, outcomes: [one, one] });
  expect(() => parseLiveOutcomes(twice)).toThrow(/which is there already/);
  expect(() => parseLiveOutcomes(text.slice(0, -10))).toThrow(/is not JSON/);
});
