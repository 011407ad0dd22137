/**
 * That S3 deletes what an owner shared under an agreement on the day after the last on which a copy may be there, and not before;
 * nothing that goes on or is on hold; and that whoever reads the templates sees it.
 */
import fc from 'fast-check';
import { type RegisterFacts, worldOf } from '../../lib/assembly';
import { judgeAll } from '../../lib/compliance/checks';
import { judgedOf } from '../../lib/compliance/judged';
import { custodyStatement } from '../../lib/custody';
import { copiesChanges } from '../../lib/plan/copies';
import { headroomOf } from '../../lib/plan/headroom';
import { isNarrowerResource } from '../../lib/plan/taking-away';
import { tellCopies } from '../../lib/plan/words/copies';
import { copiesThatGo } from '../../lib/proof/settings/copies';
import { settingLines } from '../../lib/proof/settings/in-words';
import { settingFindings } from '../../lib/proof/settings/settings';
import { ownersCopies, type Register } from '../../lib/register';
import { addDays, dateOf, type IsoDate } from '../../lib/register/calendar';
import { copiesToDeploy, entriesBetween } from '../../lib/register/diary';
import { dutiesOf } from '../../lib/register/disposals/duties';
import type { Agreement } from '../../lib/register/schema/agreement';
import type { OrganisationId } from '../../lib/register/schema/organisation';
import { markedText } from '../../lib/words';
import { withEdited } from '../assembly/edited-copy';
import { type Json, withTemplate } from '../compliance/judged-sample';
import { whole } from '../compliance/template-edits';
import { registerOf } from '../policy/sample-register';
import { AGREEMENT, asked, signedBy, signedByBoth } from '../register/approvals/world';
import { copy, edited, MINIMAL, set } from '../register/samples';
import { synthesised } from '../stacks/sample-assembly';

const AS_OF = dateOf('2026-12-01');
const [DWP, LEEDS] = ['dwp', 'leeds'] as [OrganisationId, OrganisationId];
const AWARDS = 'agreements/benefit-awards.yaml';
const STACK = 'Organisation-dwp';
/** It ended with June, and a copy may be kept for a month. */
const over = { starts: '2026-04-01', review: '2026-06-30', ends: '2026-06-30', 'retention.period': 'P1M' };
const hold = { from: '2026-07-10', reason: 'Proceedings 12/2026.', by: 'dwp' };

const files = edited(
  MINIMAL,
  copy(AWARDS, 'over', over),
  copy(AWARDS, 'over-long', { ...over, 'retention.period': 'P1Y' }),
  copy(AWARDS, 'on-hold', { ...over, hold }),
  copy(AWARDS, 'held-once', { ...over, hold: { ...hold, until: '2026-07-19' } }),
  copy(AWARDS, 'renewed', over),
  copy(AWARDS, 'renewal', { starts: '2026-07-01', supersedes: 'renewed' }),
);

let made: ReturnType<typeof synthesised>['assembly'];
beforeAll(() => {
  made = synthesised({ files, asOf: AS_OF }).assembly;
});

const bucketIn = (template: Json) => whole(template, 'AWS::S3::Bucket').Properties;
const rulesIn = (template: Json): Json[] => bucketIn(template).LifecycleConfiguration.Rules;
const ruleOf = (template: Json, agreement: string): Json =>
  rulesIn(template).find(({ Prefix }) => Prefix === `agreements/${agreement}/`) as Json;
const withChanged = (change: (template: Json) => void) =>
  withEdited(made.folder, { [`${STACK}.template.json`]: change });
const found = (change: (template: Json) => void) =>
  settingFindings(worldOf(withChanged(change)), new Set([accountOf()])).flatMap((each) =>
    settingLines(each).slice(0, 1),
  );
const accountOf = () => made.stacks.find(({ name }) => name === STACK)?.account ?? '';

test('each agreement that is over has one rule, of its own prefix, from the day after its last; what goes on or is on hold has none', () => {
  let rules: unknown;
  withChanged((template) => {
    rules = rulesIn(template)
      .filter((rule) => 'ExpirationDate' in rule)
      .map(({ Prefix, ExpirationDate, Status }) => [
        Prefix,
        ExpirationDate.slice(0, 20).replace('.', 'Z'),
        Status,
      ]);
  });
  expect(rules).toEqual([
    ['agreements/over/', '2026-07-31T00:00:00Z', 'Enabled'],
    ['agreements/held-once/', '2026-08-10T00:00:00Z', 'Enabled'],
    ['agreements/over-long/', '2027-07-01T00:00:00Z', 'Enabled'],
  ]);
  expect(found(() => undefined)).toEqual([]);
});

test.each<[string, (template: Json) => void]>([
  ['a day earlier', (t) => Object.assign(ruleOf(t, 'over-long'), { ExpirationDate: '2027-06-30T00:00:00Z' })],
  ['a day later', (t) => Object.assign(ruleOf(t, 'over-long'), { ExpirationDate: '2027-07-02T00:00:00Z' })],
  [
    'in the course of the day before',
    (t) => Object.assign(ruleOf(t, 'over'), { ExpirationDate: '2026-07-30T23:00:00Z' }),
  ],
  ['another prefix', (t) => Object.assign(ruleOf(t, 'over'), { Prefix: 'agreements/renewal/' })],
  [
    'a prefix that begins the names of others',
    (t) => Object.assign(ruleOf(t, 'over'), { Prefix: 'agreements/over' }),
  ],
  ['no prefix', (t) => delete ruleOf(t, 'over').Prefix],
  [
    'by age',
    (t) => {
      const rule = ruleOf(t, 'over');
      delete rule.ExpirationDate;
      rule.ExpirationInDays = 400;
    },
  ],
  [
    'a hold that is passed over',
    (t) => rulesIn(t).push({ ...ruleOf(t, 'over'), Id: 'x', Prefix: 'agreements/on-hold/' }),
  ],
  [
    'a renewal that is passed over',
    (t) => rulesIn(t).push({ ...ruleOf(t, 'over'), Id: 'x', Prefix: 'agreements/renewed/' }),
  ],
  [
    'one that is in force',
    (t) => rulesIn(t).push({ ...ruleOf(t, 'over'), Id: 'x', Prefix: 'agreements/benefit-awards/' }),
  ],
  ['a rule that is left out', (t) => rulesIn(t).splice(rulesIn(t).indexOf(ruleOf(t, 'over')), 1)],
  ['a rule that is off', (t) => Object.assign(ruleOf(t, 'over'), { Status: 'Disabled' })],
  [
    'old versions that go with it',
    (t) => Object.assign(ruleOf(t, 'over'), { NoncurrentVersionExpiration: { NoncurrentDays: 1 } }),
  ],
])('%s: the proof finds it', (_, change) => {
  expect(found(change)).toContainEqual(expect.stringContaining('LifecycleConfiguration.Rules'));
});

test.each<[string, (template: Json) => void, string]>([
  ['no prefix', (t) => delete ruleOf(t, 'over').Prefix, 'of every name'],
  [
    'that of all agreements',
    (t) => Object.assign(ruleOf(t, 'over'), { Prefix: 'agreements/' }),
    'of names in agreements/',
  ],
  [
    'by age',
    (t) => {
      const rule = ruleOf(t, 'over');
      delete rule.ExpirationDate;
      rule.ExpirationInDays = 400;
    },
    'of names in agreements/over/',
  ],
  [
    'what else it does',
    (t) => Object.assign(ruleOf(t, 'over'), { NoncurrentVersionExpiration: { NoncurrentDays: 1 } }),
    'of names in agreements/over/',
  ],
])('a check fails where a rule deletes by %s', (_, change, said) => {
  const judged = (edit: (template: Json) => void) =>
    judgeAll(withTemplate(judgedOf(made), STACK, edit))
      .filter(({ check }) => check.id === 'S3-LIFE')
      .flatMap(({ judgements }) => judgements)
      .filter(({ file }) => file.startsWith(STACK));
  expect(judged(() => undefined)).toEqual([
    expect.objectContaining({
      outcome: 'pass',
      saw: expect.stringContaining('What was shared under over goes on 31 July 2026.'),
    }),
  ]);
  expect(judged(change)).toEqual([
    expect.objectContaining({ outcome: 'fail', saw: expect.stringContaining(said) }),
  ]);
});

test('a plan says what comes to be deleted, on another day, or stays; custody says the day; and rules count against what S3 takes', () => {
  const other = withChanged((template) => {
    rulesIn(template).splice(rulesIn(template).indexOf(ruleOf(template, 'over')), 1);
    ruleOf(template, 'over-long').ExpirationDate = '2027-08-01T00:00:00Z';
  });
  const told = (before: typeof made.stacks, after: typeof made.stacks) =>
    copiesChanges(before, after).map((each) => {
      const { mark, sentence } = tellCopies(each, AS_OF);
      return `${mark} ${markedText(sentence)}`;
    });
  const bucket = `concordat-exchange-${accountOf()}-eu-west-2-an`;
  expect(told(other.stacks, made.stacks)).toEqual([
    `! What was shared under \`over\` in \`${bucket}\` is DELETED by S3 as soon as this is deployed: its day, 31 July 2026, has come`,
    `! What was shared under \`over-long\` in \`${bucket}\` is DELETED by S3 from the beginning of 1 July 2027, in UTC, and no longer on 1 August 2027`,
  ]);
  expect(told(made.stacks, other.stacks)).toContain(
    `- Nothing deletes \`over\` in \`${bucket}\` any more; that began on 31 July 2026, and what was there may be gone`,
  );
  // A hold has to be there before the day; what only deletes more waits until all else is done.
  const bucketOf = (stacks: typeof made.stacks) =>
    Object.values(stacks.find(({ name }) => name === STACK)?.resources ?? {}).find(
      ({ Type }) => Type === 'AWS::S3::Bucket',
    );
  const sooner = withChanged((t) => {
    ruleOf(t, 'over-long').ExpirationDate = '2027-08-01T00:00:00Z';
  });
  const held = withChanged((t) => rulesIn(t).splice(rulesIn(t).indexOf(ruleOf(t, 'over-long')), 1));
  const more = withChanged((t) => {
    rulesIn(t).splice(rulesIn(t).indexOf(ruleOf(t, 'over-long')), 1);
    Object.assign(ruleOf(t, 'over'), { Transitions: [{ StorageClass: 'GLACIER', TransitionInDays: 1 }] });
  });
  const waits = (was: typeof made.stacks, is: typeof made.stacks) =>
    isNarrowerResource(bucketOf(was), bucketOf(is));
  expect([waits(held.stacks, made.stacks), waits(sooner.stacks, made.stacks)]).toEqual([true, true]);
  expect([waits(made.stacks, held.stacks), waits(made.stacks, sooner.stacks)]).toEqual([false, false]);
  expect([waits(held.stacks, more.stacks), waits(more.stacks, made.stacks)]).toEqual([false, false]);
  const [custody] = custodyStatement(made, 'dwp').keys;
  expect(custody?.copies).toContainEqual({ agreement: 'over-long', from: '2027-07-01' });
  expect(headroomOf(made.stacks).fullest).toContainEqual(
    expect.objectContaining({ limit: 'lifecycleRulesPerBucket', used: 6 }),
  );
});

const [BASE] = registerOf(MINIMAL).agreements as [Agreement];
const {
  owner: _,
  recipients: __,
  ...WITHOUT_PARTIES
} = BASE as Agreement & {
  owner: unknown;
  recipients: unknown;
};
const DAYS = fc.nat(700).map((after) => addDays(dateOf('2025-01-01'), after));
const IDS = ['a', 'b', 'c', 'd'];
/** Who shares: the one with the other, or each with the other. */
const WAYS: Readonly<
  Record<'dwp' | 'leeds' | 'both', { owner?: string; recipients?: string[]; reciprocal?: string[] }>
> = {
  dwp: { owner: 'dwp', recipients: ['leeds'] },
  leeds: { owner: 'leeds', recipients: ['dwp'] },
  both: { reciprocal: ['dwp', 'leeds'] },
};
/** The same, as facts have it. */
const directionsIn = (reciprocal: readonly string[] | undefined, owner: string | undefined) =>
  [WAYS.dwp, WAYS.leeds].filter((each) => reciprocal !== undefined || each.owner === owner);
const agreements = fc.tuple(
  ...IDS.map((id) =>
    fc
      .record({
        starts: DAYS,
        lasts: fc.nat(300),
        way: fc.constantFrom(...(['dwp', 'dwp', 'leeds', 'both'] as const)),
        period: fc.constantFrom('P0D', 'P1D', 'P1M', 'P1Y1M', 'P2W', 'P30D', 'P2Y'),
        disposeWithin: fc.option(fc.constantFrom('P5D', 'P3M'), { nil: undefined }),
        hold: fc.option(fc.tuple(DAYS, fc.option(fc.nat(90), { nil: undefined })), {
          nil: undefined,
          freq: 2,
        }),
        follows: fc.option(fc.tuple(fc.constantFrom('supersedes', 'novatedFrom'), fc.constantFrom(...IDS)), {
          nil: undefined,
        }),
      })
      .map(({ starts, lasts, way, period, disposeWithin, hold: held, follows }) => ({
        ...WITHOUT_PARTIES,
        ...WAYS[way],
        id,
        starts,
        ends: addDays(starts, lasts),
        retention: { ...BASE.retention, period, ...(disposeWithin !== undefined && { disposeWithin }) },
        ...(held !== undefined && {
          hold: {
            from: held[0],
            ...(held[1] !== undefined && { until: addDays(held[0], held[1]) }),
            reason: 'r',
            by: 'dwp',
          },
        }),
        ...(follows !== undefined && { [follows[0]]: follows[1] }),
      })),
  ),
);

/** By the program, and by the proof. */
function both(
  register: Pick<Register, 'zone' | 'contracts' | 'verified' | 'agreements' | 'organisations' | 'disposals'>,
  facts: RegisterFacts,
  asOf: IsoDate,
  owner = DWP,
) {
  const organisation = facts.organisations.find(({ id }) => id === owner);
  if (organisation === undefined) throw new Error(`there is no ${owner}`);
  const byProof = copiesThatGo(organisation, facts, asOf);
  const byProgram = ownersCopies(register, owner, asOf);
  expect(byProof.map(({ Prefix }) => Prefix)).toEqual(
    byProgram.map(({ agreement }) => `agreements/${agreement}/`),
  );
  for (const [at, { until }] of byProgram.entries()) {
    const { ExpirationDate: rule } = byProof[at] as unknown as {
      ExpirationDate: { holds: (text: string) => boolean };
    };
    expect(rule.holds(`${addDays(until, 1)}T00:00:00.000Z`)).toBe(true);
  }
  return byProgram;
}

test('whatever agreements say, the proof works out the same days as the program, and none comes before its own last day and period', () => {
  const register = registerOf(MINIMAL);
  const facts = worldOf(made).register;
  let some = 0;
  let ofBoth = 0;
  fc.assert(
    fc.property(agreements, DAYS, (all, asOf) => {
      const list = all as unknown as Agreement[];
      const carried = {
        ...facts,
        agreements: all.map(({ owner, recipients: ___, reciprocal, ...each }) => ({
          ...each,
          directions: directionsIn(reciprocal, owner),
        })) as never,
      };
      const [gone, byLeeds] = [DWP, LEEDS].map((owner) =>
        both({ ...register, agreements: list, disposals: [] }, carried, asOf, owner),
      ) as [ReturnType<typeof both>, ReturnType<typeof both>];
      // What each deposited under an agreement by which both share goes on one day.
      for (const { id, reciprocal } of all) {
        if (reciprocal === undefined) continue;
        const [ours, theirs] = [gone, byLeeds].map((of) => of.filter(({ agreement }) => agreement === id));
        expect(ours).toEqual(theirs);
        ofBoth += ours?.length ?? 0;
      }
      const owners = new Map(all.map(({ id, owner, reciprocal }) => [id, reciprocal ?? [owner]]));
      some += gone.length;
      // By what recipients are told, which neither of the two looks at.
      const duties = dutiesOf({ ...register, verified: [], agreements: list, disposals: [] });
      for (const { agreement, until } of [...gone, ...byLeeds]) {
        for (const { due, of } of duties.filter((each) => each.of.some((id) => id === agreement)))
          expect([of, due !== undefined && due <= until]).toEqual([of, true]);
        const one = list.find(({ id }) => id === agreement) as Agreement;
        expect(until >= one.ends && one.ends < asOf).toBe(true);
        const day = entriesBetween({ ...register, agreements: list }, until, addDays(until, 1));
        expect(day).toContainEqual(
          expect.objectContaining({
            on: addDays(until, 1),
            kind: 'copies-go',
            agreement,
            organisations: owners.get(agreement),
          }),
        );
        expect(until >= (one.hold?.until ?? '')).toBe(true);
        expect(one.hold !== undefined && (one.hold.until === undefined || one.hold.until >= asOf)).toBe(
          false,
        );
      }
    }),
  );
  expect(Math.min(some, ofBoth)).toBeGreaterThan(0);
});

test('a deployment is due from the day on which all is over to the last on which copies may be there, and no other brings the rule in time', () => {
  const register = registerOf(MINIMAL);
  let some = 0;
  fc.assert(
    fc.property(agreements, (all) => {
      const list = all as unknown as Agreement[];
      const content = { ...register, agreements: list, disposals: [] };
      const ruled = (day: IsoDate) => [DWP, LEEDS].flatMap((owner) => ownersCopies(content, owner, day));
      const entries = entriesBetween(content, dateOf('2024-01-01'), dateOf('2040-01-01'));
      for (const entry of entries) {
        if (entry.kind !== 'copies-deployment') continue;
        some += 1;
        const { agreement, from, on: by } = entry;
        const has = (day: IsoDate) => ruled(day).some((each) => each.agreement === agreement);
        expect([agreement, has(addDays(from, -1)), has(from), has(by)]).toEqual([
          agreement,
          false,
          true,
          true,
        ]);
        // S3 begins at the first moment of the day after: on it, a deployment is late unless all was over only then.
        const [goes] = entries.filter((each) => each.kind === 'copies-go' && each.agreement === agreement);
        expect([addDays(by, 1), from]).toContain(goes?.on === by ? from : goes?.on);
        const told = (day: IsoDate) =>
          copiesToDeploy(content, day).some((each) => each.agreement === agreement);
        expect([addDays(from, -1), from, by, addDays(by, 1)].map(told)).toEqual([false, true, true, false]);
      }
    }),
    { numRuns: 60 },
  );
  expect(some).toBeGreaterThan(0);
});

test.each<[string, { on: string; from: string } | undefined, readonly string[], string | undefined]>([
  ['that nobody withdrew from is over by its last day', undefined, [], undefined],
  [
    'that was withdrawn from is over with the day before',
    { on: '2026-10-01', from: '2026-10-15' },
    [],
    '2026-11-13',
  ],
  [
    'of whose withdrawal the days have not come goes on',
    { on: '2026-10-01', from: '2026-12-15' },
    [],
    undefined,
  ],
  ['that was approved again goes on', { on: '2026-10-01', from: '2026-10-15' }, ['2026-11-01'], undefined],
])('an agreement %s', async (_, withdrawal, again, until) => {
  let signed = await signedByBoth(asked(set(AWARDS, { 'retention.disposeWithin': 'P30D' })));
  if (withdrawal !== undefined)
    signed = await signedBy(
      signed,
      'leeds',
      { kind: 'withdraws', from: dateOf(withdrawal.from) },
      dateOf(withdrawal.on),
    );
  for (const on of again)
    signed = await signedBy(signed, 'leeds', { kind: 'approves', until: undefined }, dateOf(on));
  const register = registerOf(signed, AS_OF);
  const facts = {
    ...worldOf(made).register,
    ...JSON.parse(
      JSON.stringify({
        zone: register.zone,
        organisations: register.organisations,
        approvals: register.approvals,
      }),
    ),
    agreements: register.agreements.map((each) => ({
      ...each,
      directions: [{ owner: 'dwp', recipients: ['leeds'] }],
    })),
  } as unknown as RegisterFacts;
  expect(both(register, facts, AS_OF)).toEqual(until === undefined ? [] : [{ agreement: AGREEMENT, until }]);
});

test('of more than fit into a bucket’s rules, the soonest go first, and what went a year ago makes room', () => {
  const register = registerOf(MINIMAL);
  const list = Array.from({ length: 1200 }, (_, n) => ({
    ...BASE,
    id: `a${n}`,
    ends: addDays(dateOf('2024-01-01'), n),
    retention: { ...BASE.retention, period: 'P0D' },
  })) as unknown as Agreement[];
  const asOf = dateOf('2029-01-01');
  expect(
    ownersCopies({ ...register, verified: [], disposals: [], agreements: list } as never, DWP, asOf),
  ).toEqual([]);
  const all = ownersCopies(
    {
      ...register,
      verified: [],
      disposals: [],
      agreements: list.map((each) => ({ ...each, retention: { ...each.retention, period: 'P9Y' } })),
    } as never,
    DWP,
    asOf,
  );
  expect([all.length, all[0]?.agreement, all.at(-1)?.agreement]).toEqual([900, 'a0', 'a899']);
});
