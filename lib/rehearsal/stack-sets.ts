/**
 * A model of what AWS documents of StackSets with automatic deployment, since no endpoint has them: which stacks an account
 * has as it is moved between units.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-manage-auto-deployment.html
 */
import { type Baseline, physicalNames } from '../assembly';

/** A StackSet, as far as the model goes. */
export type ModelledSet = Pick<Baseline, 'name' | 'resources' | 'units' | 'retains'>;

/** One account that is moved between units. */
export class ModelledAccount {
  /** The StackSets that still update a stack of theirs here. */
  readonly instances = new Set<string>();
  /** What there is, by type and name, and which StackSet made it. */
  readonly #made = new Map<string, string>();
  #unit: string | undefined;

  constructor(private readonly sets: readonly ModelledSet[]) {}

  /**
   * Moves it, and has each StackSet do what follows: those that it leaves first.
   *
   * That one which has both units keeps its stack is an assumption: `moved-account-keeps-its-baseline`.
   * @returns what could not be made since something of that type and name is there, by StackSet
   */
  moveTo(unit: string): ReadonlyMap<string, readonly string[]> {
    this.#unit = unit;
    for (const { name, units, retains } of this.sets) {
      if (this.#isIn(units) || !this.instances.delete(name) || retains) continue;
      for (const [made, by] of [...this.#made]) if (by === name) this.#made.delete(made);
    }
    const refused = new Map<string, readonly string[]>();
    for (const { name, units, resources } of this.sets) {
      if (!this.#isIn(units) || this.instances.has(name)) continue;
      const names = physicalNames(resources);
      const there = names.filter((each) => this.#made.has(each));
      if (there.length > 0) {
        refused.set(name, there);
        continue;
      }
      for (const each of names) this.#made.set(each, name);
      this.instances.add(name);
    }
    return refused;
  }

  #isIn(units: readonly string[]): boolean {
    return this.#unit !== undefined && units.includes(this.#unit);
  }
}
