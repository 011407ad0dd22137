/** That the drafts for GovAssure name what there is, keep to the length that WebCAF takes, and give nobody a status. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { govassureDrafts } from '../../lib/evidence/govassure/draft';
import { INDICATORS } from '../../lib/evidence/govassure/indicators';
import type { Evidence } from '../../lib/evidence/model';
import { sampleEvidence } from './sample-evidence';

/** WebCAF takes no more words than these in a summary. */
const MOST_WORDS = 1500;

const DATA = resolve(__dirname, '../../../shared/data');

let evidence: Evidence;
beforeAll(() => {
  evidence = sampleEvidence().evidence;
});

it.each([
  ['3.2', 'in32'],
  ['4.0', 'in40'],
] as const)('names indicators that version %s has, of good practice, under their outcome', (version, id) => {
  const file = join(DATA, `caf-v${version}.yaml`);
  if (!existsSync(file)) {
    console.log(
      `not run: indicators against WebCAF’s own list of version ${version}, which is not beside this clone`,
    );
    return;
  }
  type Outcome = { indicators: { achieved: Record<string, unknown> } };
  const { objectives } = parse(readFileSync(file, 'utf8'), { maxAliasCount: -1 }) as {
    objectives: Record<string, { principles: Record<string, { outcomes: Record<string, Outcome> }> }>;
  };
  const outcomes = Object.values(objectives).flatMap(({ principles }) =>
    Object.values(principles).flatMap((principle) => Object.entries(principle.outcomes)),
  );
  expect(outcomes.length).toBeGreaterThan(38);
  const known = new Set(
    outcomes.flatMap(([outcome, { indicators }]) =>
      Object.keys(indicators.achieved).map((each) => `${outcome} ${each}`),
    ),
  );
  const ours = INDICATORS.flatMap((each) => (each[id] === undefined ? [] : `${each.outcome} ${each[id]}`));
  expect(ours.length).toBeGreaterThan(20);
  expect(ours.filter((each) => !known.has(each))).toEqual([]);
});

it('names checks that there are', () => {
  const known = new Set(evidence.checks.map(({ id }) => id));
  expect(INDICATORS.flatMap(({ checks }) => checks).filter((each) => !known.has(each))).toEqual([]);
});

it('never says that an outcome is achieved, and stays within the words that WebCAF takes', () => {
  const drafts = govassureDrafts(evidence);
  expect(drafts.length).toBeGreaterThan(25);
  for (const [path, text] of drafts) {
    expect([path, /achieved|compliant|satisfied/i.test(text)]).toEqual([path, false]);
    expect([path, text.split(/\s+/).length <= MOST_WORDS]).toEqual([path, true]);
    expect([path, /undefined|NaN/.test(text)]).toEqual([path, false]);
  }
});

it('says which check fails, and by which indicator it was to be shown', () => {
  const failing = structuredClone(evidence);
  const check = failing.checks.find(({ id }) => id === 'S3-TLS12');
  if (check) check.failed = 3;
  const text = new Map(govassureDrafts(failing)).get('govassure/caf-4.0/B3.b.md');
  expect(text).toMatch(/\*\*B3\.b\.7\.\*\* .*S3-TLS12: \d+ of \d+ judgements pass/);
  expect(text).toContain('- S3-TLS12 fails 3 times.');
  expect(new Map(govassureDrafts(evidence)).get('govassure/caf-4.0/B3.b.md')).not.toContain('fails');
});
