/** That counting what is not asked without judging all of it counts the same: what is passed over is asked, and like fares as like. */
import { letters } from '../register/letters';
import { MINIMAL } from '../register/samples';
import { synthesised } from '../stacks/sample-assembly';
import { likenessIn } from './alike';
import { type AnyMutant, aboutOf, everyMutantOf, judgeFor } from './every-mutant';
import { drawn } from './mutate';
import { mutantsOf } from './policies';

/** A zone of few members: of what nobody asks about, all of it is proven. */
const small = synthesised({ files: MINIMAL }).assembly;
const judge = judgeFor(small);
const every = everyMutantOf(small);
const nameOf = (mutant: AnyMutant) => `${aboutOf(mutant).place} ${mutant.how}`;

/** One of each reason that the command gives, and some beside it. */
const SOME = [
  [
    /^Organisation-leeds\/ExchangePolicy/,
    /^OwnAccessPointsDecideWhoReads: (?:also s3:PutObject|every resource|dropped)$/,
  ],
  [
    /^Organisation-leeds\/SecurityAlertsTopicPolicy/,
    /^DenyPublishingWithoutTls: (?:also sns:Subscribe|dropped)$/,
  ],
  [/^Baseline\/BaselineStackSet\w+$/, /OperationPreferences.*(?:left out|: 0)$/],
  [/^Organisation-leeds\/\w+Rule\w+$/, /Targets\.0\.InputTransformer: left out$/],
  [/^manifest\.json$/, /^Zone (?:waits for nothing|in another Region)$/],
] as const;

test('what is not asked could not be told to be asked', () => {
  const some = every.filter((mutant) =>
    SOME.some(([place, how]) => place.test(aboutOf(mutant).place) && how.test(mutant.how)),
  );
  const notAsked = some.filter((each) => judge.judge(each).fate === 'not asked');
  expect(notAsked.length).toBeGreaterThanOrEqual(4);
  for (const each of notAsked) {
    const { couldBeNotAsked, differsWhereNobodyAsks } = judge;
    const told = couldBeNotAsked(each) && differsWhereNobodyAsks(each);
    expect([nameOf(each), told]).toEqual([nameOf(each), true]);
  }
});

test('what is told to be asked is', () => {
  const told = every.filter(
    (mutant) => 'policy' in mutant && mutant.policy.stack.name === 'Organisation-leeds',
  );
  const asked = drawn([...told.keys()], 60, '5eed').flatMap((at) => told[at] ?? []);
  const passedOver = asked.filter(
    (mutant) => !(judge.couldBeNotAsked(mutant) && judge.differsWhereNobodyAsks(mutant)),
  );
  expect(passedOver.length).toBeGreaterThan(30);
  expect(passedOver.filter((each) => judge.judge(each).fate === 'not asked').map(nameOf)).toEqual([]);
});

test('mutants that differ in names alone fare alike', () => {
  // Members that are alike are among many.
  const source = synthesised().assembly;
  const { judge } = judgeFor(source);
  const likeness = likenessIn(source);
  const ofTwo = mutantsOf(source, ({ place }) =>
    /^Organisation-(?:fife|leeds)\/(?:ExchangePolicy|SecurityChangesQueuePolicy)/.test(place),
  );
  const groups = new Map<string, AnyMutant[]>();
  ofTwo.forEach((each, number) => {
    const text = likeness(each, number);
    groups.set(text, [...(groups.get(text) ?? []), each]);
  });
  const pairs = [...groups.values()].filter((group) => group.length > 1);
  expect(pairs.length).toBeGreaterThan(100);
  for (const at of drawn([...pairs.keys()], 12, '5eed')) {
    const pair = pairs[at] ?? [];
    expect([pair.map(nameOf), new Set(pair.map((each) => judge(each).fate)).size]).toEqual([
      pair.map(nameOf),
      1,
    ]);
  }
});

test('who owns under a reciprocal agreement alone is an owner', () => {
  const written = synthesised({ files: letters() }).assembly;
  const [own] = everyMutantOf({
    ...written,
    stacks: written.stacks.filter(({ name }) => name === 'Organisation-leeds'),
  }).filter((each) => aboutOf(each).sort === 'bucket');
  expect(own && likenessIn(written)(own, 0)).toMatch(/^bucket member,true,/);
});
