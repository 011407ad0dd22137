/** A plan to be saved for a rollout, and whether one that was saved is still of the two assemblies that are there. */
import { type Assembly, type AssemblyStack, identityOf } from '../assembly';
import { type AssemblyIdentity, SAVED_PLAN_FORM, type SavedPlan } from '../wire';
import type { Plan } from './plan';
import type { StackChange } from './stacks';

type SavedStack = SavedPlan['stacks'][number];

/** What was settled about a plan before it is saved. */
interface Settled {
  /** What widens access, a sentence each. */
  readonly widenings: readonly string[];
  readonly approved: boolean;
  /** Why the later assembly is not fit to be deployed, and why it is to be all the same; no reasons where it is fit. */
  readonly unfit: readonly string[];
  readonly although: string | undefined;
}

/** Both assemblies of a plan. */
interface Pair {
  readonly before: Assembly;
  readonly after: Assembly;
}

/**
 * What is saved of a plan.
 * @throws Error if it holds what could not be judged, or what widens and was not approved: such a plan is not for deploying
 * @throws AssemblyError if a file of either assembly cannot be read
 */
export function savedPlanOf(plan: Plan, { before, after }: Pair, settled: Settled): SavedPlan {
  const { widenings, approved, unfit, although } = settled;
  if (plan.notJudged.length > 0 || (widenings.length > 0 && !approved))
    throw new Error('a plan that was not approved is saved');
  return {
    form: SAVED_PLAN_FORM,
    before: identityOf(before),
    after: identityOf(after),
    widenings,
    approved: widenings.length > 0,
    ...(unfit.length > 0 && although !== undefined && { unfit: { reasons: unfit, although } }),
    asked: plan.asked.map(({ organisation, key, file, change }) => ({ organisation, key, file, change })),
    stacks: plan.stacks.map((each) => savedStack(each, { before, after })),
  };
}

function savedStack(each: StackChange, { before, after }: Pair): SavedStack {
  const { stack, artifact, account, change, by, template, takesAway, asks } = each;
  const find = ({ stacks }: Assembly) => stacks.find(({ name }) => name === stack);
  const [was, is] = [find(before), find(after)];
  const [made, source] = change === 'gone' ? [was, before] : [is, after];
  if (made === undefined) throw new Error(`there is no stack ${stack}`);
  const resources = (ids: readonly string[], action: SavedStack['resources'][number]['action']) =>
    ids.map((id) => ({ id, type: typeOf(id, action === 'remove' ? was : is), action }));
  return {
    stack,
    artifact,
    account,
    region: made.region,
    change,
    ...(change === 'moved' && was && { from: { account: was.account, region: was.region } }),
    ...(by.kind === 'hand-over' && { handOver: by.organisation }),
    template,
    templateDigest: source.digest(template).sha256,
    takesAway,
    asks,
    resources: [
      ...resources(each.resources.added, 'add'),
      ...resources(each.resources.changed, 'modify'),
      ...resources(each.resources.removed, 'remove'),
    ],
  };
}

function typeOf(id: string, stack: AssemblyStack | undefined): string {
  return stack?.resources[id]?.Type ?? 'no type';
}

/** One thing in which an assembly is not the one that a plan was made of. */
export interface Departure {
  readonly side: 'before' | 'after';
  readonly of: 'day' | 'register' | 'program' | 'files';
  readonly planned: AssemblyIdentity;
  readonly found: AssemblyIdentity;
}

/**
 * Everything in which two assemblies are not those that a plan was made of; none where every byte of both is the same.
 * @throws AssemblyError if a file of either cannot be read
 */
export function departuresFrom(saved: Pick<SavedPlan, 'before' | 'after'>, pair: Pair): Departure[] {
  return (['before', 'after'] as const).flatMap((side) => {
    const [planned, found] = [saved[side], identityOf(pair[side])];
    const parts = {
      day: ({ asOf }: AssemblyIdentity) => asOf,
      register: ({ registerDigest }: AssemblyIdentity) => registerDigest,
      program: ({ program }: AssemblyIdentity) => JSON.stringify(program),
      files: ({ files, filesDigest }: AssemblyIdentity) => `${files} ${filesDigest}`,
    };
    return (Object.keys(parts) as (keyof typeof parts)[])
      .filter((of) => parts[of](planned) !== parts[of](found))
      .map((of): Departure => ({ side, of, planned, found }));
  });
}
