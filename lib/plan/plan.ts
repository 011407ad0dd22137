/** What changes from one assembly to another: access, roles and people, custody, and what is to be deployed. */

import { type AccountNames, accountNames } from '../custody';
import type { ProofFinding } from '../proof';
import { type AskedPolicy, askedPolicies } from './asked';
import type { Change } from './change';
import { type Copies, copiesChanges } from './copies';
import { type BaselineRole, baselineChanges, type Guardrail, guardrailChanges } from './guardrails';
import { type HoleChange, holeChanges, unjudgedIn } from './holes';
import { keyChanges, type PlannedKey } from './keys';
import { changesNotJudged, type UnjudgedChange } from './not-judged';
import { organisationChanges, type PlannedOrganisation } from './organisations';
import { type Holder, holderChanges } from './people';
import { type ResourceFate, resourceFates } from './resources';
import { type ShareChange, shareChanges } from './shares';
import type { NamedOrganisation, Side } from './side';
import { type SignInChange, signInChanges } from './sign-ins';
import { type StackChange, stackChanges } from './stacks';
import { type ChangedAgreement, termChanges } from './terms';
import { type SettingChange, settingChanges } from './zone-settings';

/** What each assembly says of its own making. */
interface PlanSide {
  readonly asOf: string;
  /** The SHA-256 of its register, in hex. */
  readonly registerDigest: string;
}

/** Something that could not be judged, and in which of the two. */
interface Unjudged {
  readonly side: 'before' | 'after';
  readonly finding: ProofFinding;
}

/** All that changes. Access is what agreements give, with what the proof finds beyond it and without what it finds missing. */
export interface Plan {
  readonly before: PlanSide;
  readonly after: PlanSide;
  readonly shares: readonly ShareChange[];
  /** Agreements of both whose terms differ, those among them from which shares follow. */
  readonly agreements: readonly ChangedAgreement[];
  readonly holes: readonly HoleChange[];
  /** Differences between templates and agreements that were there before, and on which nothing bears that changed. */
  readonly unchangedHoles: number;
  readonly holders: readonly Change<Holder>[];
  /** How people sign in who did so before. */
  readonly signIns: readonly SignInChange[];
  readonly organisations: readonly Change<PlannedOrganisation>[];
  readonly zone: readonly SettingChange[];
  readonly guardrails: readonly Change<Guardrail>[];
  readonly baselines: readonly Change<BaselineRole>[];
  readonly keys: readonly Change<PlannedKey>[];
  /** What S3 deletes of agreements that are over, where that changes. */
  readonly copies: readonly Change<Copies>[];
  readonly resources: readonly ResourceFate[];
  /** In the order in which to deploy. */
  readonly stacks: readonly StackChange[];
  /** What organisations set by hand, before their stacks are deployed. */
  readonly asked: readonly AskedPolicy[];
  readonly notJudged: readonly Unjudged[];
  /** What changes in templates and is judged by none of the above. */
  readonly changedNotJudged: readonly UnjudgedChange[];
  /** Every organisation of either side by its id, as the later one names it. */
  readonly named: ReadonlyMap<string, NamedOrganisation>;
  /** Whose each account is, on either side. */
  readonly accounts: AccountNames;
  /** Accounts that had stacks, and have none now: what was deployed there stays until it is deleted by hand. */
  readonly abandoned: ReadonlySet<string>;
}

/** Compares two assemblies. @throws AssemblyError if the later one’s stacks wait for one another */
export function planOf(before: Side, after: Side): Plan {
  const { changes, unchanged } = holeChanges(before, after);
  const accounts = (side: Side) => new Set(side.source.stacks.map(({ account }) => account));
  const left = accounts(after);
  return {
    before: originOf(before),
    after: originOf(after),
    shares: shareChanges(before.world, after.world),
    agreements: termChanges(before.source, after.source),
    holes: changes,
    unchangedHoles: unchanged,
    holders: holderChanges(before, after),
    signIns: signInChanges(before, after),
    organisations: organisationChanges(before.world, after.world),
    zone: settingChanges(before.world, after.world),
    guardrails: guardrailChanges(before, after),
    baselines: baselineChanges(before, after),
    keys: keyChanges(before.custody, after.custody),
    copies: copiesChanges(before.source.stacks, after.source.stacks),
    resources: resourceFates(before.source.stacks, after.source.stacks),
    stacks: stackChanges(before, after),
    asked: askedPolicies(before, after),
    notJudged: [
      ...unjudgedIn(before).map((finding): Unjudged => ({ side: 'before', finding })),
      ...unjudgedIn(after).map((finding): Unjudged => ({ side: 'after', finding })),
    ],
    changedNotJudged: changesNotJudged(before, after),
    named: new Map(
      [before, after].flatMap(({ world }) => world.register.organisations.map((each) => [each.id, each])),
    ),
    accounts: new Map([before, after].flatMap(({ source }) => [...accountNames(source.stacks)])),
    abandoned: new Set([...accounts(before)].filter((account) => !left.has(account))),
  };
}

function originOf({ source, world }: Side): PlanSide {
  return { asOf: world.asOf, registerDigest: source.origin?.registerDigest ?? '' };
}
