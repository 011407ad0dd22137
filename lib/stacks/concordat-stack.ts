/** What all stacks here have in common. */
import { type CfnElement, Stack } from 'aws-cdk-lib';
import { Resolution } from './resolution';

const logicalIds = new WeakMap<CfnElement, string>();

/**
 * A stack that works out the logical id of an element once, which the CDK asks for each time that the element is referred to, and
 * that resolves its resources once, which the CDK does again with the whole template.
 */
export abstract class ConcordatStack extends Stack {
  readonly #resolution = new Resolution(this, (value) => super.resolve(value));

  override resolve(value: unknown): unknown {
    return this.#resolution.of(value);
  }

  protected override allocateLogicalId(element: CfnElement): string {
    const id = logicalIds.get(element) ?? super.allocateLogicalId(element);
    logicalIds.set(element, id);
    return id;
  }
}
