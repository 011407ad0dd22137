/** What all stacks here have in common. */
import { type CfnElement, Stack } from 'aws-cdk-lib';

const logicalIds = new WeakMap<CfnElement, string>();

/** A stack that works out the logical id of an element once. The CDK asks for it each time that the element is referred to. */
export abstract class ConcordatStack extends Stack {
  protected override allocateLogicalId(element: CfnElement): string {
    const id = logicalIds.get(element) ?? super.allocateLogicalId(element);
    logicalIds.set(element, id);
    return id;
  }
}
