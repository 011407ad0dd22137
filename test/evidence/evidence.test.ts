/** That the result model says what the assembly shows, claims nothing without a check, and is the same whatever the clock says. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Ajv from 'ajv/dist/2020';
import fc from 'fast-check';
import { jsonIn, openAssembly } from '../../lib/assembly';
import { stateOfAll, stateOfGoal } from '../../lib/evidence/compose/goals';
import { isAsAgreed } from '../../lib/evidence/compose/shares';
import { faultsOf, tallyOf } from '../../lib/evidence/compose/tally';
import { type Evidence, GOAL_STATES } from '../../lib/evidence/model';
import { evidenceJsonSchema } from '../../lib/evidence/pack';
import { sharesOf } from '../../lib/register/share';
import { AS_OF, registerOf } from '../policy/sample-register';
import { type SampleEvidence, sampleEvidence } from './sample-evidence';

let sample: SampleEvidence;
let evidence: Evidence;
beforeAll(() => {
  sample = sampleEvidence();
  evidence = sample.evidence;
});

const goalsOf = ({ principles }: Evidence) =>
  principles.flatMap(({ parts }) => parts.flatMap((part) => part.goals));

describe('the evidence of the sample', () => {
  it('fits the JSON Schema that goes with it', () => {
    const validate = new Ajv({ strict: false }).compile(JSON.parse(evidenceJsonSchema()));
    expect(validate(JSON.parse(JSON.stringify(evidence)))).toBe(true);
    const { checks: _, ...without } = evidence;
    expect(validate(without)).toBe(false);
  });

  it('lists 14 principles in 24 parts, with 115 goals', () => {
    expect(evidence.principles).toHaveLength(14);
    expect(evidence.principles.flatMap(({ parts }) => parts)).toHaveLength(24);
    const goals = goalsOf(evidence);
    expect(new Set(goals.map(({ id }) => id)).size).toBe(115);
    const { of, ...states } = tallyOf(evidence).goals;
    expect(Object.values(states).reduce((sum, each) => sum + each, 0)).toBe(of);
  });

  it('claims no goal without a check that passed, and asks for what it does not show', () => {
    const passed = new Set(evidence.checks.filter((check) => check.passed > 0).map(({ id }) => id));
    for (const { id, state, checks, askFor } of goalsOf(evidence)) {
      if (state === 'shown' || state === 'partly')
        expect([id, checks.some((each) => passed.has(each))]).toEqual([id, true]);
      if (state !== 'shown') expect([id, askFor.length > 0 || state === 'partly']).toEqual([id, true]);
    }
    expect(goalsOf(evidence).some(({ state }) => state === 'shown')).toBe(true);
  });

  it('lists the ten data sharing principles, claims none without a check that passed, and leaves the rest to people', () => {
    const { sharingPrinciples, checks } = evidence;
    expect(sharingPrinciples.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const passed = new Set(checks.filter((check) => check.passed > 0).map(({ id }) => id));
    const goals = sharingPrinciples.flatMap((principle) => principle.goals);
    expect(new Set(goals.map(({ id }) => id)).size).toBe(16);
    for (const { id, state, checks: named, left } of goals) {
      const isClaimed = state === 'shown' || state === 'partly';
      expect([id, isClaimed]).toEqual([id, named.some((each) => passed.has(each))]);
      expect([id, left.length > 0]).toEqual([id, state !== 'shown']);
    }
    expect(goals.filter(({ state }) => state === 'not shown')).toHaveLength(6);
  });

  it('claims nothing of data centres, governance and incident handling', () => {
    const parts = evidence.principles.flatMap((principle) => principle.parts);
    for (const id of ['2.2', '4', '5.3']) {
      const part = parts.find((each) => each.id === id);
      expect([id, part?.state, part?.goals.filter(({ state }) => state !== 'not shown')]).toEqual([
        id,
        'not shown',
        [],
      ]);
    }
  });

  it('gives each judgement, key and access point a pointer that leads somewhere', () => {
    const documents = new Map<string, unknown>();
    const assembly = openAssembly(sample.folder);
    const lost = [
      ...evidence.checks.flatMap(({ judgements }) => judgements),
      ...evidence.custody,
      ...evidence.shares.flatMap(({ accessPoint }) => accessPoint ?? []),
    ].filter(({ file, pointer }) => {
      if (!documents.has(file)) documents.set(file, jsonIn(assembly, file));
      return valueAt(documents.get(file), pointer) === undefined;
    });
    expect(lost).toEqual([]);
    expect(documents.size).toBeGreaterThan(10);
  });

  it('has the shares of the register with their states, each as agreed', () => {
    const told = (owner: string, agreement: string, recipient: string, state: string) =>
      `${owner} ${agreement} ${recipient} ${state.replace('-', ' ')}`;
    expect(
      evidence.shares.map((each) => told(each.owner, each.agreement, each.recipient, each.state)).sort(),
    ).toEqual(
      sharesOf(registerOf(), AS_OF)
        .map((each) => told(each.owner.id, each.agreement.id, each.recipient.id, each.state))
        .sort(),
    );
    expect(evidence.shares.filter((share) => !isAsAgreed(share))).toEqual([]);
    expect(evidence.undeclared).toEqual([]);
  });

  it('has a key for each member, held as the register says', () => {
    const members = registerOf().organisations.filter(({ membership }) => membership === 'member');
    expect(evidence.custody.map(({ organisation }) => organisation)).toEqual(members.map(({ id }) => id));
    expect(evidence.custody.flatMap(({ attention }) => attention)).toEqual([]);
  });

  it('is clean, and every exception in it has a reason, an owner, a day to come and a resource', () => {
    expect(faultsOf(evidence)).toEqual([]);
    expect(evidence.exceptions.length).toBeGreaterThan(5);
    for (const { reason, owner, review, past, resources } of evidence.exceptions)
      expect([reason, owner, resources.length > 0, past, review > evidence.asOf]).toEqual([
        expect.stringMatching(/\w{3}/),
        expect.stringMatching(/\w{3}/),
        true,
        false,
        true,
      ]);
  });
});

describe('a goal', () => {
  const counts = fc
    .tuple(fc.nat(9), fc.nat(9), fc.nat(9))
    .map(([passed, accepted, failed]) => ({ passed, accepted, of: passed + accepted + failed }));

  it('fails by one failure, and is claimed only by a pass', () => {
    fc.assert(
      fc.property(fc.constantFrom('yes', 'part', 'no'), counts, (fromTemplates, each) => {
        const state = stateOfGoal(fromTemplates, each);
        expect(state === 'failed').toBe(each.of > each.passed + each.accepted);
        if (state === 'shown') expect([fromTemplates, each.passed]).toEqual(['yes', each.of]);
        if (state === 'partly') expect(fromTemplates).not.toBe('no');
        if (state !== 'failed' && each.passed === 0) expect(state).toBe('not shown');
      }),
    );
  });

  it('counts among others as its worst, and all together are shown only where each is', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...GOAL_STATES), { minLength: 1 }), (states) => {
        const all = stateOfAll(states);
        expect(all === 'failed').toBe(states.includes('failed'));
        expect(all === 'shown').toBe(states.every((each) => each === 'shown'));
        if (states.every((each) => each === 'not shown')) expect(all).toBe('not shown');
      }),
    );
  });
});

describe('a pack', () => {
  it('is written by code that asks no clock and draws nothing at random', () => {
    const room = resolve(__dirname, '../../lib/evidence');
    const asks = readdirSync(room, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .filter((file) =>
        /Date\.now|new Date\(\)|Math\.random|randomUUID|performance\./.test(
          readFileSync(join(room, file), 'utf8'),
        ),
      );
    expect(asks).toEqual([]);
  });
});

/** What a JSON pointer (RFC 6901) leads to, or undefined where it leads nowhere. */
function valueAt(document: unknown, pointer: string): unknown {
  if (pointer === '') return document;
  let value = document;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}
