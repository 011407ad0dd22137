/** Which stacks are new, changed or gone, and in which order those of the new assembly are deployed. */
import {
  type Assembly,
  AssemblyError,
  type AssemblyStack,
  isGroup,
  stackArtifacts,
  type World,
} from '../assembly';
import { onlyTakesAway } from './taking-away';

/** A stack that is to be deployed, or taken away by hand. */
export interface StackChange {
  readonly stack: string;
  readonly account: string;
  readonly change: 'new' | 'changed' | 'gone' | 'moved';
  /** Logical ids. What differs in nothing but metadata and words is not among them. */
  readonly resources: {
    readonly added: readonly string[];
    readonly changed: readonly string[];
    readonly removed: readonly string[];
  };
  /** Who deploys it: the operator with the CDK, or the external organisation of this id, which is handed the template. */
  readonly by: { readonly kind: 'cdk' } | { readonly kind: 'hand-over'; readonly organisation: string };
  /** What `cdk deploy` calls it. */
  readonly artifact: string;
  readonly template: string;
  /** The parameters that it must be told. CloudFormation keeps what it was told before, while the parameter is the same. */
  readonly asks: readonly string[];
  /** Whether all that it does is to take away; it is deployed after all that give. */
  readonly takesAway: boolean;
  /** The account that it was deployed in before, where that is another. */
  readonly from?: string;
}

/** A stack that is not what it was: without `before` it is new, without `after` it is made no more. */
export interface StackDifference {
  readonly name: string;
  readonly before?: AssemblyStack;
  readonly after?: AssemblyStack;
  /** To another account or Region, where all of it is made again. */
  readonly isMoved: boolean;
  readonly resources: StackChange['resources'];
  /** Whether it differs in nothing but the digests of files that it is deployed with. */
  readonly isFilesOnly: boolean;
}

/**
 * How two lists of stacks differ, in the order of the later one; what is gone comes last.
 * @param isSame whether two stacks of one name and place are one and the same; by their resources if not given
 */
export function compareStacks(
  before: readonly AssemblyStack[],
  after: readonly AssemblyStack[],
  isSame: (old: AssemblyStack, now: AssemblyStack) => boolean = hasSameResources,
): StackDifference[] {
  const left = new Map(before.map((stack) => [stack.name, stack]));
  const differences = after.flatMap((now): StackDifference[] => {
    const { name } = now;
    const old = left.get(name);
    left.delete(name);
    const ids = Object.keys(now.resources);
    const isMoved = old !== undefined && (old.account !== now.account || old.region !== now.region);
    if (old === undefined || isMoved) {
      const resources = { added: ids, changed: [], removed: [] };
      return [{ name, ...(old && { before: old }), after: now, isMoved, resources, isFilesOnly: false }];
    }
    if (isSame(old, now)) return [];
    return [
      {
        name,
        before: old,
        after: now,
        isMoved,
        resources: {
          added: ids.filter((id) => old.resources[id] === undefined),
          changed: ids.filter((id) => old.resources[id] !== undefined && said(old, id) !== said(now, id)),
          removed: Object.keys(old.resources).filter((id) => now.resources[id] === undefined),
        },
        isFilesOnly: withoutFiles(old) === withoutFiles(now),
      },
    ];
  });
  const gone = [...left.values()].map((old): StackDifference => {
    const resources = { added: [], changed: [], removed: Object.keys(old.resources) };
    return { name: old.name, before: old, isMoved: false, resources, isFilesOnly: false };
  });
  return [...differences, ...gone];
}

function hasSameResources(old: AssemblyStack, now: AssemblyStack): boolean {
  return JSON.stringify(old.resources) === JSON.stringify(now.resources);
}

/** A resource without its metadata. */
function said(stack: AssemblyStack, id: string): string {
  const { Metadata: _, ...rest } = stack.resources[id] ?? { Type: '' };
  return JSON.stringify(rest);
}

/** The resources without the digests by which they name files. */
function withoutFiles({ resources }: AssemblyStack): string {
  return JSON.stringify(resources).replace(/"[0-9a-f]{64}(?:\.zip)?"/g, '""');
}

/** A side as far as stacks are concerned. */
export interface StackSide {
  readonly source: Assembly;
  readonly world: World;
}

/**
 * What changes, in the order in which to deploy; what is gone last. Stacks wait for those that they depend on. The operator’s
 * come before organisations’; of these, those that make a role come before the rest, since a grant waits for its role. What
 * only takes away comes when all others have been: organisations’ first, then the operator’s, and what bootstraps accounts
 * last, since CloudFormation needs its roles to delete what is gone elsewhere.
 * @throws AssemblyError if stacks wait for one another
 */
export function stackChanges(before: StackSide, after: StackSide): StackChange[] {
  const isSame = (old: AssemblyStack, now: AssemblyStack) =>
    before.source.file(old.file) === after.source.file(now.file);
  const differences = compareStacks(before.source.stacks, after.source.stacks, isSame);
  const pair = [before.source, after.source] as const;
  const changed = differences.flatMap((each) => (each.after ? changeOf(each, each.after, after, pair) : []));
  const gone = differences.flatMap((each) =>
    each.before && !each.after ? changeOf(each, each.before, before, pair) : [],
  );
  return [...inOrder(named(changed, after), after), ...named(gone, before)];
}

/** A change without what `cdk deploy` calls its stack. */
type Unnamed = Omit<StackChange, 'artifact'>;

function named(changes: readonly Unnamed[], { source }: StackSide): StackChange[] {
  const called = new Map(stackArtifacts(source.manifest).map((each) => [each.name, each.called]));
  return changes.map((each) => ({ ...each, artifact: called.get(each.stack) ?? each.stack }));
}

function changeOf(
  difference: StackDifference,
  stack: AssemblyStack,
  { world }: StackSide,
  pair: readonly [Assembly, Assembly],
): Unnamed {
  const { before: old, after, isMoved, resources } = difference;
  const external = world.register.organisations.find(
    ({ account, membership }) => account === stack.account && membership === 'external',
  );
  const isTold = (name: string) =>
    !isMoved && JSON.stringify(old?.parameters?.[name]) === JSON.stringify(after?.parameters?.[name]);
  const change = old === undefined ? 'new' : after === undefined ? 'gone' : isMoved ? 'moved' : 'changed';
  return {
    stack: stack.name,
    account: stack.account,
    change,
    resources,
    by: external === undefined ? { kind: 'cdk' } : { kind: 'hand-over', organisation: external.id },
    template: stack.file,
    asks: after === undefined ? [] : askedFor(after).filter((name) => !isTold(name)),
    takesAway: change === 'gone' || onlyTakesAway(difference, pair),
    ...(change === 'moved' && old !== undefined && { from: `${old.account} ${old.region}` }),
  };
}

/** The parameters for which the template has no value. */
function askedFor({ parameters = {} }: AssemblyStack): string[] {
  return Object.keys(parameters).filter((name) => {
    const parameter = parameters[name];
    return isGroup(parameter) && parameter.Default === undefined;
  });
}

function inOrder(changes: readonly StackChange[], { source, world }: StackSide): StackChange[] {
  const waitsFor = new Map(stackArtifacts(source.manifest).map((each) => [each.name, each.waitsFor]));
  const rank = ({ stack, account, resources, takesAway }: StackChange) => {
    const made = source.stacks.find(({ name }) => name === stack)?.resources ?? {};
    const makes = (type: string) => Object.values(made).some(({ Type }) => Type === type);
    // Guardrails come before the accounts that they hold, and what bootstraps accounts before what is deployed there.
    if (makes('AWS::Organizations::Policy')) return -2;
    if (makes('AWS::CloudFormation::StackSet')) return takesAway ? 5 : -1;
    if (!world.register.organisations.some((each) => each.account === account)) return takesAway ? 4 : 0;
    if (takesAway) return 3;
    return resources.added.some((id) => made[id]?.Type === 'AWS::IAM::Role') ? 1 : 2;
  };
  const left = [...changes].sort((a, b) => rank(a) - rank(b) || (a.stack < b.stack ? -1 : 1));
  const done: StackChange[] = [];
  while (left.length > 0) {
    const next = left.findIndex(({ stack }) => !left.some((each) => reaches(waitsFor, stack, each.stack)));
    if (next < 0) throw new AssemblyError('stacks of the assembly wait for one another: synthesise it again');
    done.push(...left.splice(next, 1));
  }
  return done;
}

/** Whether a stack waits for another, straight or through others. */
function reaches(waitsFor: ReadonlyMap<string, readonly string[]>, stack: string, other: string): boolean {
  const seen = new Set(waitsFor.get(stack));
  for (const each of seen) for (const next of waitsFor.get(each) ?? []) seen.add(next);
  return seen.has(other);
}
