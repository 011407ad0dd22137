/** What joining would change: stacks and resources between two assemblies, and who could read whom afterwards. */
import type { AssemblyStack } from '../assembly/assembly';
import { prove } from '../assembly/proof/prove';
import { findingsOf } from '../assembly/proof/report';
import { impliedShares } from '../assembly/proof/shares';
import type { World } from '../assembly/world';

/** What changes. */
export interface Effect {
  readonly newStacks: readonly {
    readonly name: string;
    readonly account: string;
    readonly resources: number;
  }[];
  readonly changedStacks: readonly string[];
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
  const proof = prove(world, new Set([organisation.account]));
  return {
    newStacks: after
      .filter(({ name }) => !old.has(name))
      .map(({ name, account, resources }) => ({ name, account, resources: Object.keys(resources).length })),
    changedStacks: after
      .filter((stack) => {
        const earlier = old.get(stack.name);
        return earlier !== undefined && JSON.stringify(earlier.resources) !== JSON.stringify(stack.resources);
      })
      .map(({ name }) => name),
    goneStacks: [...old.keys()].filter((name) => !names.has(name)),
    reads: impliedShares(world.register, world.asOf)
      .filter(({ owner, recipient }) => owner.id === organisation.id || recipient.id === organisation.id)
      .map(({ agreement, owner, recipient }) => `${agreement}: ${owner.id} to ${recipient.id}`),
    proven: findingsOf(proof).length === 0,
    asked: proof.asked,
  };
}
