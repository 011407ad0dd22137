/** What joining would change: stacks and resources between two assemblies, and who could read whom afterwards. */
import type { AssemblyStack, World } from '../assembly';
import { compareStacks } from '../plan';
import { findingsOf, impliedShares, prove } from '../proof';

/** What changes. */
export interface Effect {
  readonly newStacks: readonly {
    readonly name: string;
    readonly account: string;
    readonly resources: number;
  }[];
  readonly changedStacks: readonly string[];
  /** Those that change only in files that they are deployed with, such as the list of who takes part. */
  readonly informedStacks: readonly string[];
  readonly goneStacks: readonly string[];
  /** `agreement: owner to recipient`, of the organisation alone. */
  readonly reads: readonly string[];
  /** Whether the templates allow exactly that, for everybody who could ask for what is the organisation’s. */
  readonly proven: boolean;
  /** How many requests were judged for it. */
  readonly asked: number;
}

/** Compares, and proves access to the organisation’s own account. */
export function effectOf(
  before: readonly AssemblyStack[],
  after: readonly AssemblyStack[],
  world: World,
  organisation: { readonly id: string; readonly account: string },
): Effect {
  const differences = compareStacks(before, after);
  const changed = differences.filter((each) => each.before && each.after);
  const proof = prove(world, new Set([organisation.account]));
  return {
    newStacks: differences
      .filter((each) => each.before === undefined)
      .flatMap(({ after: stack }) => stack ?? [])
      .map(({ name, account, resources }) => ({ name, account, resources: Object.keys(resources).length })),
    changedStacks: changed.filter(({ isFilesOnly }) => !isFilesOnly).map(({ name }) => name),
    informedStacks: changed.filter(({ isFilesOnly }) => isFilesOnly).map(({ name }) => name),
    goneStacks: differences.filter((each) => each.after === undefined).map(({ name }) => name),
    reads: impliedShares(world.register, world.asOf)
      .filter(({ owner, recipient }) => owner.id === organisation.id || recipient.id === organisation.id)
      .map(({ agreement, owner, recipient }) => `${agreement}: ${owner.id} to ${recipient.id}`),
    proven: findingsOf(proof).length === 0,
    asked: proof.asked,
  };
}
