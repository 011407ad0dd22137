/** That the list of what AWS is taken to do is whole, and that docs/limits.md prints it as it stands. UPDATE_GOLDEN=1 writes that section again. */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { AWS_ASSUMPTIONS, wordingOf } from '../../../lib/policy/assumptions/assumptions';
import { ASSUMPTIONS_HEADING, assumptionsSection } from '../../../lib/policy/assumptions/in-words';
import { PROBE_STACKS } from '../../../lib/policy/assumptions/live-test';

const PAGE = resolve(__dirname, '../../../docs/limits.md');

test('the section of docs/limits.md is that of the list as it stands', () => {
  const page = readFileSync(PAGE, 'utf8');
  const from = page.indexOf(`${ASSUMPTIONS_HEADING}\n`);
  expect(from).toBeGreaterThan(0);
  const to = page.indexOf('\n## ', from) + 1;
  const whole = `${page.slice(0, from) + assumptionsSection()}\n${page.slice(to)}`;
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(PAGE, whole);
  expect(readFileSync(PAGE, 'utf8')).toBe(whole);
});

test('each assumption has a handle of its own, by which records know it', () => {
  const ids = AWS_ASSUMPTIONS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/);
});

test.each(AWS_ASSUMPTIONS)(
  '$id says what rests on it, what happens if it is false, and what to do then',
  (each) => {
    for (const text of [each.assumes, each.rests, each.mend]) expect(text).toMatch(/^[A-Z].*\.$/);
    // Both become parts of sentences.
    expect(each.ifFalse.what).toMatch(/[^.]$/);
    expect(each.checked).toMatch(/^2026-\d\d-\d\d$/);
    if (each.source.says !== 'nothing')
      expect(each.source.page).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/.+\.html$/);
  },
);

test.each(AWS_ASSUMPTIONS)('the test of $id can refute it', ({ test: live }) => {
  if (live.by === 'hand') {
    expect(live.steps).toMatch(/^[A-Z].*\.$/);
    expect(live.because).toMatch(/^[a-z0-9].*[^.]$/);
    return;
  }
  expect(live.steps.filter(({ decides }) => decides).length).toBeGreaterThan(0);
  // A refusal shows something only of a reader that was let through before.
  live.steps.forEach(({ call, expect: expected, decides }, index) => {
    if (!(decides && expected === 'refused' && call.call === 'get-object')) return;
    const before = live.steps.slice(0, index);
    expect(before.some((each) => each.call.call === 'get-object' && each.expect === 'allowed')).toBe(true);
  });
});

test('every stack of the probe is asked for by a test, but for the one that holds the readers', () => {
  const made = AWS_ASSUMPTIONS.flatMap(({ test: live }) =>
    live.by === 'hand'
      ? []
      : live.steps.flatMap(({ call }) => (call.call === 'make-stack' ? [call.stack] : [])),
  );
  expect(new Set([...made, 'recipient'])).toEqual(new Set(Object.keys(PROBE_STACKS)));
});

test('another wording, or another test, is another assumption to the records', () => {
  const [first] = AWS_ASSUMPTIONS;
  if (first === undefined) throw new Error('the list is empty');
  expect(wordingOf({ ...first, assumes: `${first.assumes} Always.` })).not.toBe(wordingOf(first));
  expect(wordingOf({ ...first, test: { by: 'hand', steps: 'Look.', because: 'so' } })).not.toBe(
    wordingOf(first),
  );
});
