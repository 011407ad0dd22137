/** Which stacks are new, changed or gone, and in which order those of the new assembly are deployed. */
import { type Assembly, AssemblyError, type AssemblyStack, stackArtifacts, type World } from '../assembly';

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
  /** The account that it was deployed in before, where that is another. */
  readonly from?: string;
}

/** A side as far as stacks are concerned. */
export interface StackSide {
  readonly source: Assembly;
  readonly world: World;
}

/**
 * What changes, in the order in which to deploy; what is gone last. Stacks wait for those that they depend on. The operator’s
 * come before organisations’; of these, those that make a role come before the rest, since a grant waits for its role.
 * @throws AssemblyError if stacks wait for one another
 */
export function stackChanges(before: StackSide, after: StackSide): StackChange[] {
  const was = new Map(before.source.stacks.map((stack) => [stack.name, stack]));
  const changed = after.source.stacks.flatMap((stack) => {
    const old = was.get(stack.name);
    was.delete(stack.name);
    return changeOf(old, stack, before, after) ?? [];
  });
  const gone = [...was.values()].map((stack) =>
    plain('gone', stack, before, [], [], Object.keys(stack.resources)),
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
  old: AssemblyStack | undefined,
  stack: AssemblyStack,
  before: StackSide,
  after: StackSide,
): Unnamed | undefined {
  const ids = Object.keys(stack.resources);
  if (old === undefined) return plain('new', stack, after, ids, [], []);
  if (old.account !== stack.account || old.region !== stack.region)
    return { ...plain('moved', stack, after, ids, [], []), from: `${old.account} ${old.region}` };
  if (before.source.file(old.file) === after.source.file(stack.file)) return undefined;
  const said = (from: AssemblyStack, id: string) => {
    const { Metadata: _, ...rest } = from.resources[id] ?? { Type: '' };
    return JSON.stringify(rest);
  };
  return plain(
    'changed',
    stack,
    after,
    ids.filter((id) => old.resources[id] === undefined),
    ids.filter((id) => old.resources[id] !== undefined && said(old, id) !== said(stack, id)),
    Object.keys(old.resources).filter((id) => stack.resources[id] === undefined),
  );
}

function plain(
  change: StackChange['change'],
  stack: AssemblyStack,
  { world }: StackSide,
  added: readonly string[],
  changed: readonly string[],
  removed: readonly string[],
): Unnamed {
  const external = world.register.organisations.find(
    ({ account, membership }) => account === stack.account && membership === 'external',
  );
  return {
    stack: stack.name,
    account: stack.account,
    change,
    resources: { added, changed, removed },
    by: external === undefined ? { kind: 'cdk' } : { kind: 'hand-over', organisation: external.id },
    template: stack.file,
  };
}

function inOrder(changes: readonly StackChange[], { source, world }: StackSide): StackChange[] {
  const waitsFor = new Map(stackArtifacts(source.manifest).map((each) => [each.name, each.waitsFor]));
  const rank = ({ stack, account, resources }: StackChange) => {
    const made = source.stacks.find(({ name }) => name === stack)?.resources ?? {};
    const makes = (type: string) => Object.values(made).some(({ Type }) => Type === type);
    // Guardrails come before the accounts that they hold, and what bootstraps accounts before what is deployed there.
    if (makes('AWS::Organizations::Policy')) return -2;
    if (makes('AWS::CloudFormation::StackSet')) return -1;
    if (!world.register.organisations.some((each) => each.account === account)) return 0;
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
