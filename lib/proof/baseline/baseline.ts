/**
 * What the baseline makes in each account, held against what docs/guardrails.md and the register say: that all of it is there
 * and set as it is to be; who takes on its roles; who reads and writes its buckets; what its roles and boundaries let be done.
 */
import type { MadeBaseline, RegisterFacts, World } from '../../assembly';
import { Askers } from '../askers';
import { classesOf } from '../classes';
import { type Answer, examine } from '../examine';
import { groupsOf, seenFrom } from '../groups';
import type { Asker, Owner } from '../question';
import { missingOf, type RightFinding, rightsOf } from '../rights/rights';
import type { Expected } from '../settings/expected';
import { type SettingFinding, settingsAgainst } from '../settings/settings';
import { questionOf, type Way, waysToBucket, wayToRole } from '../way';
import { boundaryFindings, importFindings } from './boundaries';
import { baselineClaims } from './claims';
import { deployingFindings } from './deploying';
import { ofBaseline, watcherIn } from './entitled';
import { budgetOf, inEachAccount } from './expected';

/** Everything that is not as it is to be. */
export interface BaselineProof {
  readonly answers: readonly Answer[];
  readonly rights: readonly RightFinding[];
  readonly settings: readonly SettingFinding[];
  readonly asked: number;
  readonly compared: number;
}

const EVERY: Owner = { kind: 'each account' };

/** Judges what StackSets make. */
export function baselineProof(world: World): BaselineProof {
  const { register, baselines } = world;
  if (register.zone.guardrails === undefined) return NOTHING;
  // A third StackSet is one that nothing asks for, which the settings of the management account say.
  const each = baselines.flatMap((one) => {
    const expected = EXPECTED[one.name];
    return expected === undefined ? [] : [proofOf(one, expected, world)];
  });
  return {
    answers: each.flatMap(({ answers }) => answers),
    rights: each.flatMap(({ rights }) => rights),
    settings: each.flatMap(({ settings }) => settings),
    asked: sum(each.map(({ asked }) => asked)),
    compared: sum(each.map(({ compared }) => compared)),
  };
}

type ExpectedIn = (account: string, register: RegisterFacts) => Expected[];

/** What each StackSet is to make in an account. */
const EXPECTED: Readonly<Record<string, ExpectedIn | undefined>> = {
  'concordat-baseline': inEachAccount,
  'concordat-budgets': budgetOf,
};

const NOTHING: BaselineProof = { answers: [], rights: [], settings: [], asked: 0, compared: 0 };

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}

function proofOf(baseline: MadeBaseline, expected: ExpectedIn, world: World): BaselineProof {
  const { account, roles, buckets, things } = baseline;
  const { register } = world;
  const deployers = [
    ...(register.zone.guardrails?.deployers ?? []),
    ...[watcherIn(register.zone)].flatMap((each) => each ?? []),
  ];
  const askers = new Askers({ ...world, roles: [], deployers });
  const ways = [
    ...roles.map((role) => wayToRole(role, EVERY)),
    ...buckets.flatMap((bucket) => waysToBucket(bucket, EVERY)),
  ];
  const answered = ways.map((way) => answersOn(way, world, askers, deployers));
  return {
    answers: answered.flatMap(({ answers }) => answers),
    asked: sum(answered.map(({ asked }) => asked)),
    compared: sum(answered.map(({ compared }) => compared)),
    rights: [
      ...roles.flatMap((role) => {
        const claims = baselineClaims(role.arn.slice(role.arn.indexOf('role/') + 5), account, register);
        return [...missingOf(role, claims), ...rightsOf(role, claims, new Set())];
      }),
      ...boundaryFindings(baseline, register),
      ...importFindings(baseline, register),
      ...deployingFindings(baseline, world),
    ],
    settings: settingsAgainst(things, expected(account, register)),
  };
}

function answersOn(
  way: Way,
  { register }: World,
  askers: Askers,
  deployers: readonly string[],
): Pick<BaselineProof, 'answers' | 'asked' | 'compared'> {
  const awsOrganization = register.zone.awsOrganizationId;
  const services = ['cloudformation.amazonaws.com', 'config.amazonaws.com'];
  const answers: Answer[] = [];
  let asked = 0;
  let compared = 0;
  for (const group of groupsOf(
    seenFrom(way, undefined, [], askers, [], [...deployers, ...services]),
    askers,
  )) {
    const classes = classesOf(
      way.target,
      group.askers.map((asker: Asker) => ({ asker, covers: 1 })),
      (asker, action) => questionOf(way, asker, action, awsOrganization),
      (question) => ofBaseline(question, register),
      () => true,
    );
    for (const { question, entitlement } of classes) {
      const examined = examine(question, entitlement);
      asked += examined.asked;
      compared += examined.compared;
      answers.push(...examined.answers);
    }
  }
  return { answers, asked, compared };
}
