/** What joining would change: stacks and resources between two assemblies, and who could read whom afterwards. */
import type { AssemblyStack, World } from '../assembly';
import { prove } from '../proof/prove';
import { findingsOf } from '../proof/report';
import { impliedShares } from '../proof/shares';

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
  const old = new Map(before.map((stack) => [stack.name, stack]));
  const names = new Set(after.map(({ name }) => name));
  const changed = (textOf: (stack: AssemblyStack) => string) =>
    after
      .filter((stack) => {
        const earlier = old.get(stack.name);
        return earlier !== undefined && textOf(earlier) !== textOf(stack);
      })
      .map(({ name }) => name);
  const changedStacks = new Set(changed(withoutFiles));
  const proof = prove(world, new Set([organisation.account]));
  return {
    newStacks: after
      .filter(({ name }) => !old.has(name))
      .map(({ name, account, resources }) => ({ name, account, resources: Object.keys(resources).length })),
    changedStacks: [...changedStacks],
    informedStacks: changed(asItIs).filter((name) => !changedStacks.has(name)),
    goneStacks: [...old.keys()].filter((name) => !names.has(name)),
    reads: impliedShares(world.register, world.asOf)
      .filter(({ owner, recipient }) => owner.id === organisation.id || recipient.id === organisation.id)
      .map(({ agreement, owner, recipient }) => `${agreement}: ${owner.id} to ${recipient.id}`),
    proven: findingsOf(proof).length === 0,
    asked: proof.asked,
  };
}

function asItIs({ resources }: AssemblyStack): string {
  return JSON.stringify(resources);
}

/** The template without the digests by which it names the files that it is deployed with. */
function withoutFiles(stack: AssemblyStack): string {
  return asItIs(stack).replace(/"[0-9a-f]{64}(?:\.zip)?"/g, '""');
}
